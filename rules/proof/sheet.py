"""The rules of a round written down for the solver, once for each size of household, and sessions that ask.

A session is a solver holding some of the rules, each behind a switch: a question names the switches that are
on, and an answer *impossible* names the switches it needs. Deliberately not here: which questions are asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import z3

from rules.compiled import Compiled
from rules.language import Table, ast, evaluate, outcome
from rules.language.last_year import KEYS
from rules.language.meaning import Outcome
from rules.language.to_solver import Written
from rules.language.to_solver_cells import Home, Row
from rules.language.to_solver_domains import LAST, CellName, Domains, cell_names
from rules.language.to_solver_logic import Formula, both, opposite

# Work, not time: the same answer on a busy machine. About a second where it is used up.
MOST_WORK = 3_000_000


class Answer(Enum):
    """What the solver says of a question."""

    POSSIBLE = auto()
    IMPOSSIBLE = auto()
    NOT_DECIDED = auto()


@dataclass(frozen=True)
class Asked:
    """One rule written down. ``kept``: nobody of the household breaks it; the others are about the first
    person, or the household."""

    kept: Formula
    applies: Formula
    holds: Formula
    violated: Formula


class Sheet:
    """Every rule for households of up to ``size`` people, written when first asked for."""

    def __init__(self, size: int, domains: Domains) -> None:
        self.size = size
        self.home = Home(size, domains)
        self._written = Written(self.home)
        self._asked: dict[str, Asked] = {}
        self._codes: dict[tuple[CellName, str], Formula] = {}

    def asked(self, rule: Compiled) -> Asked:
        """The rule's formulas."""
        if rule.rule.id not in self._asked:
            self._asked[rule.rule.id] = self._write(rule)
        return self._asked[rule.rule.id]

    def _write(self, rule: Compiled) -> Asked:
        if rule.table == "household":
            applies, holds, violated = self._of(rule, None)
            return Asked(opposite(violated), applies, holds, violated)
        each = [self._of(rule, person) for person in range(self.size)]
        broken = zip(self.home.here, each, strict=True)
        kept = both(*(opposite(both(here, violated)) for here, (_, _, violated) in broken))
        return Asked(kept, *(both(self.home.here[0], part) for part in each[0]))

    def _of(self, rule: Compiled, person: int | None) -> tuple[Formula, Formula, Formula]:
        must = self._written.condition(rule.must, rule.table, person)
        if rule.applies is None:
            return True, must.true, must.false
        applies = self._written.condition(rule.applies, rule.table, person).true
        return applies, both(applies, must.true), both(applies, must.false)

    def code(self, name: CellName, column: ast.Column, slug: str) -> Formula:
        """The first person, or the household, has this code."""
        if (name, slug) not in self._codes:
            person = 0 if name[0] == "person" else None
            cell = self.home.cell(person, name[1], column.type)
            is_it = both(cell.known, cell.value == self.home.inside(slug, column.type))
            self._codes[name, slug] = both(self.home.here[0], is_it) if person == 0 else is_it
        return self._codes[name, slug]

    def facts(self, names: Collection[CellName]) -> list[Formula]:
        """What is true of the cells of these columns whatever they hold."""
        return [fact for key in self._keys(names) for fact in self.home.facts.get(key, ())]

    def answered(self, names: Collection[CellName], may_be_empty: Collection[CellName]) -> list[Formula]:
        """The condition that these columns are filled, for everybody who is there.

        Those of last year too; where some rule asks whether there is a record of last year, if there is one.
        """
        filled = []
        for person, name in self._keys(names):
            known = self.home.cells[person, name][1].known
            table: Table = "household" if person is None else "person"
            if name.startswith(LAST) and (table, LAST + KEYS[table]) in may_be_empty:
                known = z3.Implies(self.home.ago.there(person), known)
            filled.append(known if person is None else z3.Implies(self.home.here[person], known))
        return filled

    def _keys(self, names: Collection[CellName]) -> list[tuple[int | None, str]]:
        return [
            key for key in self.home.cells if ("household" if key[0] is None else "person", key[1]) in names
        ]


class Session:
    """A solver with some rules of a sheet. ``may_be_empty``: the cells that may be missing; None: any."""

    def __init__(self, sheet: Sheet, may_be_empty: Collection[CellName] | None = None) -> None:
        self.sheet, self._may_be_empty = sheet, may_be_empty
        self._solver = z3.Solver()
        self._solver.add(*sheet.home.order)
        self._switches: dict[str, Formula] = {}
        self._cells: set[CellName] = set()
        self._model: z3.ModelRef | None = None

    def add(self, rule: Compiled) -> Asked:
        """Let the rule take part; it binds only when its switch is on."""
        asked = self.sheet.asked(rule)
        if rule.rule.id not in self._switches:
            self.put(rule.rule.id, asked.kept)
            self.know(cell_names(rule.table, rule.expressions))
        return asked

    def put(self, switch: str, condition: Formula) -> None:
        """Let a condition take part that binds only when its switch is on.

        Worth it for a condition asked again and again: the solver then reads it once.
        """
        self._switches[switch] = z3.Bool(f"on {switch}")
        self._solver.add(z3.Implies(self._switches[switch], condition))

    def know(self, names: Collection[CellName]) -> None:
        """State what is true of these columns."""
        new = set(names) - self._cells
        self._cells |= new
        self._solver.add(*self.sheet.facts(new))
        if self._may_be_empty is not None:
            self._solver.add(*self.sheet.answered(new - set(self._may_be_empty), self._may_be_empty))

    def ask(self, kept: Iterable[str], *questions: Formula, work: int = MOST_WORK) -> Answer:
        """Whether some household keeps these rules (switches that are on) and fits the questions."""
        self._model = None
        if any(question is False for question in questions):
            return Answer.IMPOSSIBLE
        on = [self._switches[rule_id] for rule_id in kept]
        self._solver.set("rlimit", work)
        found = self._solver.check(*on, *(question for question in questions if question is not True))
        if found == z3.sat:
            return Answer.POSSIBLE
        return Answer.IMPOSSIBLE if found == z3.unsat else Answer.NOT_DECIDED

    def responsible(self, switches: Sequence[str]) -> list[str]:
        """Those that the last *impossible* needed; not always as few as would do."""
        core = {part.get_id() for part in self._solver.unsat_core()}
        return [switch for switch in switches if self._switches[switch].get_id() in core]

    def smallest(self, kept: Sequence[str], *questions: Formula) -> tuple[str, ...]:
        """Of rules that cannot be kept, as few as already cannot; none of those can be left out."""
        needed = self.responsible(kept)
        for rule_id in list(needed):
            fewer = [other for other in needed if other != rule_id]
            if self.ask(fewer, *questions) is Answer.IMPOSSIBLE:
                needed = fewer
        return tuple(needed)

    def rows(self) -> tuple[Row, list[Row]]:
        """The household last found."""
        return self.sheet.home.rows(self._found())

    def fits(self, question: Formula) -> bool:
        """Whether the household last found fits a question too."""
        return question is True or z3.is_true(self._found().eval(question, True))

    def _found(self) -> z3.ModelRef:
        # Handed over by the solver anew each time, which a thousand questions about one household would pay.
        if self._model is None:
            self._model = self._solver.model()
        return self._model


def breaks(rule: Compiled, household: Row, people: Sequence[Row]) -> bool:
    """Whether the reference finds a record of the household that violates the rule."""
    for record in [household] if rule.table == "household" else people:
        applies = True if rule.applies is None else evaluate(rule.applies, record, household, people)
        if (
            applies is True
            and outcome(True, evaluate(rule.must, record, household, people)) is Outcome.VIOLATED
        ):
            return True
    return False
