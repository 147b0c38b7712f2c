"""Proof of a set of rules: what is wrong with the rules themselves, found before any record is.

``prove`` looks for rules that contradict each other, conditions that are never true, rules that can never
find anything, codes without a valid record, and rules that others make unnecessary. A household the solver
finds is a certain answer. *Impossible* is certain for households of bounded size: PEOPLE persons, or two more
than the largest number of persons the rules concerned name (proof/sheets.py). What the solver cannot settle
within its work limit is reported as not decided, never as fine. Deliberately not here: rules that Python
code finds (structural ones), and anything about records.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pandera.polars import DataFrameModel

from rules.compiled import Compiled, compiled, round_params
from rules.in_force import in_force
from rules.language import Table, ast
from rules.language.to_solver_domains import CellName, Limits, cell_names, domains, home
from rules.proof.alone import Alone
from rules.proof.sentences import FAULTS, Flaw, Kind, not_decided
from rules.proof.sheets import Sheets
from rules.proof.together import Together
from rules.rule import Rule, Sentence
from schemas import dictionary
from schemas.household import Household
from schemas.person import Person

if TYPE_CHECKING:
    from schemas.rounds import Round

__all__ = ["FAULTS", "Flaw", "Kind", "Proof", "flaws", "prove"]

PEOPLE = 3
PATTERNS = Sentence(
    "ข้อความใดเข้ารูปแบบใดบ้าง เพราะช่องเดียวมีรูปแบบมากเกินไป",
    "whether its patterns can hold: too many on one column",
)


@dataclass(frozen=True)
class Proof:
    """What was found, the gravest first, among ``rules`` rules; ``people`` is the usual size of household."""

    flaws: tuple[Flaw, ...]
    rules: int
    people: int

    @property
    def faults(self) -> tuple[Flaw, ...]:
        """What must be changed before the rules are used."""
        return tuple(flaw for flaw in self.flaws if flaw.is_fault)

    @property
    def summary(self) -> str:
        """One line in Thai and English: how many rules, faults, warnings, open questions, and the bound."""
        open_questions = sum(flaw.kind == "not_decided" for flaw in self.flaws)
        warnings = len(self.flaws) - len(self.faults) - open_questions
        return (
            f"พิสูจน์ {self.rules} กฎ: ผิด {len(self.faults)} เตือน {warnings} พิสูจน์ไม่เสร็จ {open_questions}"
            f" (ครัวเรือนไม่เกิน {self.people} คน หรือมากกว่านั้นเมื่อกฎเอ่ยถึง)"
            f" · {self.rules} rules proved: {len(self.faults)} faults, {warnings} warnings,"
            f" {open_questions} not decided"
            f" (households of up to {self.people}, more where rules name more)"
        )


def prove(
    rules: Sequence[Rule],
    round_: Round,
    people: int = PEOPLE,
    seen: Callable[[Flaw], None] = lambda _flaw: None,
) -> Proof:
    """What is wrong with these rules in the round; structural ones and those not in force are left out.

    ``seen`` is told each flaw as it is found. Raises TextError for a rule whose text is wrong.
    """
    params = round_params(round_)
    ready = [compiled(rule, params) for rule in in_force(rules, round_) if not rule.structural]
    found = []
    for flaw in flaws(ready, dictionary_limits(), people):
        seen(flaw)
        found.append(flaw)
    order = ["contradiction", "dead_condition", "never_fires", "code_without_record", "redundant"]
    place = {kind: number for number, kind in enumerate(order)}
    found.sort(key=lambda flaw: (place.get(flaw.kind, len(place)), flaw.rules, flaw.code or ""))
    return Proof(tuple(found), len(ready), people)


def flaws(rules: Sequence[Compiled], limits: Limits, people: int = PEOPLE) -> Iterator[Flaw]:
    """The same for rules already typed, as found."""
    cells = domains(((rule.table, part) for rule in rules for part in rule.expressions), limits, people)
    sheets = Sheets(cells, people)
    contradictions: list[frozenset[str]] = []
    empty = _may_be_missing(rules)
    too_hard = [rule for rule in rules if cells.untold & cell_names(rule.table, rule.expressions)]
    rules = [rule for rule in rules if rule not in too_hard]
    yield from (not_decided([rule.rule.id], PATTERNS) for rule in too_hard)
    for group in connected(rules):
        for flaw in Together(group, sheets, empty).flaws():
            if flaw.kind == "contradiction":
                contradictions.append(frozenset(flaw.rules))
            yield flaw
    for flaw in Alone(rules, sheets).flaws():
        # Among rules that contradict each other everything implies everything.
        if flaw.kind != "redundant" or not any(core <= set(flaw.rules[1:]) for core in contradictions):
            yield flaw


def connected(rules: Sequence[Compiled]) -> list[list[Compiled]]:
    """The rules in groups that share no column with each other."""
    groups: list[tuple[set[CellName], list[Compiled]]] = []
    for rule in rules:
        reads = cell_names(rule.table, rule.expressions)
        touched = [group for group in groups if group[0] & reads]
        groups = [group for group in groups if not group[0] & reads]
        cells = reads.union(*(names for names, _ in touched))
        groups.append((cells, [*(one for _, members in touched for one in members), rule]))
    return [sorted(members, key=lambda one: one.rule.id) for _, members in groups]


def dictionary_limits() -> Limits:
    """The least and greatest number of each column of the data dictionary."""
    models: dict[Table, type[DataFrameModel]] = {"household": Household, "person": Person}
    return {
        (table, name): (column.low, column.high)
        for table, model in models.items()
        for name, column in dictionary.columns(model).items()
    }


def _may_be_missing(rules: Sequence[Compiled]) -> Collection[CellName]:
    """The columns of which some rule asks whether they are missing."""
    return {
        home(rule.table, column)
        for rule in rules
        for expression in rule.expressions
        for node in ast.walk(expression)
        if isinstance(node, ast.Missing)
        for column in ast.columns(node.value)
    }
