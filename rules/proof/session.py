"""Sessions that ask the solver about the rules of a sheet.

A session is a solver holding some of the rules, each behind a switch: a question names the switches that are
on, and an answer *impossible* names the switches it needs. Deliberately not here: which questions are asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum, auto
from typing import Any

import z3

from rules.compiled import Compiled
from rules.language import evaluate, outcome
from rules.language.meaning import Outcome
from rules.language.to_solver_cells import Row
from rules.language.to_solver_domains import CellName, cell_names
from rules.language.to_solver_logic import Formula
from rules.proof.sheet import Asked, Sheet

# Work, not time: the same answer on a busy machine. About a second where it is used up.
MOST_WORK = 3_000_000


class Answer(Enum):
    """What the solver says of a question."""

    POSSIBLE = auto()
    IMPOSSIBLE = auto()
    NOT_DECIDED = auto()


# The solver's two ways with numbers: the older needs half the work on formulas as small as these.
WAYS = (2, 6)


def new_solver(way: int = WAYS[0]) -> Any:
    """A solver as all questions are put to it."""
    solver = z3.Solver()
    solver.set("smt.arith.solver", way)
    return solver


class Session:
    """A solver with some rules of a sheet. ``may_be_empty``: the cells that may be missing; None: any."""

    def __init__(self, sheet: Sheet, may_be_empty: Collection[CellName] | None = None) -> None:
        self.sheet, self._may_be_empty = sheet, may_be_empty
        self._solver = self._answering = new_solver()
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
        asked = [*on, *(question for question in questions if question is not True)]
        self._answering = self._solver
        found = self._check(asked, work)
        if found == z3.unknown and work == MOST_WORK:
            # What is hard in one way is often easy in the other; which, depends on what was asked before.
            self._answering = new_solver(WAYS[1])
            self._answering.add(self._solver.assertions())
            found = self._check(asked, work)
        if found == z3.sat:
            return Answer.POSSIBLE
        return Answer.IMPOSSIBLE if found == z3.unsat else Answer.NOT_DECIDED

    def _check(self, asked: Sequence[Formula], work: int) -> Any:
        self._answering.set("rlimit", work)
        return self._answering.check(*asked)

    def responsible(self, switches: Sequence[str]) -> list[str]:
        """Those that the last *impossible* needed; not always as few as would do."""
        core = {part.get_id() for part in self._answering.unsat_core()}
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
            self._model = self._answering.model()
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
