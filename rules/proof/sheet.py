"""The rules of a round written down for the solver, once for each size of household.

What is the same whatever the size is written once. Deliberately not here: asking (proof/session.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import z3

from rules.compiled import Compiled
from rules.language import Table, ast
from rules.language.last_year import KEYS
from rules.language.to_solver import Written
from rules.language.to_solver_cells import Home
from rules.language.to_solver_domains import LAST, CellName, Domains, cell_name
from rules.language.to_solver_logic import Formula, both, opposite

# By rule id and place of the record: when it applies, is kept, is violated.
SameForAll = dict[tuple[str, int | None], tuple[Formula, Formula, Formula]]


@dataclass(frozen=True)
class Asked:
    """One rule written down. ``kept``: nobody of the household breaks it; the others are about the first
    person, or the household."""

    kept: Formula
    applies: Formula
    holds: Formula
    violated: Formula


class Sheet:
    """Every rule for households of up to ``size`` people, written when first asked for.

    ``same``: what sheets of all sizes say alike, written by the first of them that needs it.
    """

    def __init__(self, size: int, domains: Domains, same: SameForAll) -> None:
        self.size, self._same = size, same
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
        """When the rule applies, is kept and is violated, of one record."""
        if asks_about_members(rule):
            return self._written_of(rule, person)
        key = rule.rule.id, person
        if key not in self._same:
            self._same[key] = self._written_of(rule, person)
        else:
            for column in (column for part in rule.expressions for column in ast.columns(part)):
                at = person if column.table(rule.table) == "person" else None
                self.home.cell(at, cell_name(column), column.type)
        return self._same[key]

    def _written_of(self, rule: Compiled, person: int | None) -> tuple[Formula, Formula, Formula]:
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


def asks_about_members(rule: Compiled) -> bool:
    """Whether the rule asks anything about the members of a household."""
    return any(isinstance(node, ast.Aggregate) for part in rule.expressions for node in ast.walk(part))
