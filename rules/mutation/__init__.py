"""Do a rule's examples notice a mistake in it? Each rule is made wrong in many small ways and tried on them.

A mistake is *noticed* when a good, bad or unknown example is no longer that. One that no record near the
examples tells from the rule in this way is *alike* and not counted: it finds the same, though it may count
somebody it does not concern among those who are right. The others are survivors, shown with a record that
would tell. The reference target judges. Deliberately not here: the mistakes themselves (mutation/changes.py).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rules.boundaries import KINDS, Case, nearby, own_examples
from rules.compiled import Compiled, compiled, round_params
from rules.examples import place, truth_by_python
from rules.language import Expr, Outcome, outcome
from rules.language.meaning import Truth
from rules.language.written import written
from rules.mutation.alike import spelling
from rules.mutation.changes import changes
from rules.rule import Example, Rule

if TYPE_CHECKING:
    from schemas.rounds import Round

# Share of mistakes the examples of the whole catalogue must notice.
GOAL = 0.95
# Records two steps from an example are many: from this many records one step away, this many steps are tried,
# always the same ones.
FAR_STARTS, FAR_STEPS = 80, 20
EVERYONE = "ทุกรายการ · every record"


@dataclass(frozen=True)
class Mutant:
    """A rule with one mistake, under ``applies`` or ``must``; the place before and after as text."""

    rule_id: str
    key: str
    before: str
    after: str
    applies: Expr | None
    must: Expr

    def is_told_by(self, one: Judged) -> bool:
        """Whether the example would be of another kind if the rule had this mistake."""
        # Most records near an example are of no concern to the rule: whatever it demands is not looked at.
        is_asked = self.key == "applies" or one.applies is True
        return is_asked and KINDS[self.outcome(one)] != one.kind

    def outcome(self, one: Judged) -> Outcome:
        """What the mistaken rule says of the example; the other condition says what it said."""
        if self.key == "must":
            return outcome(one.applies, truth_by_python(one.ready, self.must, one.placed))
        return outcome(truth_by_python(one.ready, self.applies, one.placed), one.must)


@dataclass(frozen=True)
class Judged(Case):
    """A case with what each condition of the rule as written says of it."""

    applies: Truth
    must: Truth


def judged(ready: Compiled, example: Example) -> Judged:
    """One example for the rule, its own or not."""
    placed = place(ready.rule, "good", 1, example)
    applies, must = (truth_by_python(ready, one, placed) for one in (ready.applies, ready.must))
    return Judged(ready, example, placed, KINDS[outcome(applies, must)], applies, must)


@dataclass(frozen=True)
class Survivor:
    """A mistake no example notices, with the record that would: by the rule, and by the mistaken rule."""

    mutant: Mutant
    record: Example
    outcome: Outcome
    mistaken: Outcome


@dataclass(frozen=True)
class Score:
    """How many mistakes of a rule its examples notice; ``alike`` ones are not part of ``total``."""

    rule_id: str
    noticed: int
    alike: int
    survivors: tuple[Survivor, ...]

    @property
    def total(self) -> int:
        return self.noticed + len(self.survivors)


def share(scores: Sequence[Score]) -> float:
    """The noticed share 0..1 over several rules; 1 when there is nothing to notice."""
    total = sum(score.total for score in scores)
    return sum(score.noticed for score in scores) / total if total else 1.0


def mutants(ready: Compiled) -> tuple[Mutant, ...]:
    """Every mistake in a rule's conditions that is not the rule itself or another one in other words."""
    seen = {_spelt(ready.applies, ready.must)}
    found = []
    for mutant in _mutants(ready):
        if (said := _spelt(mutant.applies, mutant.must)) not in seen:
            seen.add(said)
            found.append(mutant)
    return tuple(found)


def _mutants(ready: Compiled) -> Iterator[Mutant]:
    rule_id, applies, must = ready.rule.id, ready.applies, ready.must
    if applies is not None:
        yield Mutant(rule_id, "applies", written(applies), EVERYONE, None, must)
        for change in changes(applies):
            texts = written(change.before), written(change.after)
            yield Mutant(rule_id, "applies", *texts, change.whole, must)
    for change in changes(must):
        yield Mutant(rule_id, "must", written(change.before), written(change.after), applies, change.whole)


def _spelt(applies: Expr | None, must: Expr) -> tuple[Expr | None, Expr]:
    return (None if applies is None else spelling(applies)), spelling(must)


class Trial:
    """One rule with its examples and the records near them, for trying mistakes."""

    def __init__(self, rule: Rule, round_: Round) -> None:
        self.ready = compiled(rule, round_params(round_))
        self.own = tuple(judged(self.ready, example) for example in own_examples(self.ready))

    @cached_property
    def mutants(self) -> tuple[Mutant, ...]:
        """The mistakes to be tried."""
        return mutants(self.ready)

    @cached_property
    def near(self) -> tuple[Judged, ...]:
        """Records one step from an example, then some two steps away."""
        chosen = random.Random(self.ready.rule.id)
        own = own_examples(self.ready)
        first = [one.example for example in own for one in nearby(self.ready, example)]
        second: list[Example] = []
        for example in chosen.sample(first, min(len(first), FAR_STARTS)):
            steps = [one.example for one in nearby(self.ready, example)]
            second += chosen.sample(steps, min(len(steps), FAR_STEPS))
        # Two steps often lead where one does, or back: more than half are there twice.
        distinct = {repr(example): example for example in (*first, *second)}
        return tuple(judged(self.ready, example) for example in distinct.values())

    def unnoticed(self) -> tuple[Mutant, ...]:
        """The mistakes that no example of the rule tells."""
        return tuple(
            mutant for mutant in self.mutants if not any(mutant.is_told_by(example) for example in self.own)
        )

    def survivor(self, mutant: Mutant) -> Survivor | None:
        """The mistake with the first record that tells it; None when none does."""
        for one in self.near:
            if mutant.is_told_by(one):
                return Survivor(mutant, one.example, one.as_written, mutant.outcome(one))
        return None


def score(rule: Rule, round_: Round) -> Score:
    """How well the examples of one rule guard it, with the round's parameters."""
    trial = Trial(rule, round_)
    unnoticed = trial.unnoticed()
    survivors = tuple(found for mutant in unnoticed if (found := trial.survivor(mutant)))
    noticed = len(trial.mutants) - len(unnoticed)
    return Score(rule.id, noticed, len(unnoticed) - len(survivors), survivors)


def in_force(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules that are written in the rule language; one on trial is to be guarded by its examples too."""
    return tuple(rule for rule in rules if not rule.structural)
