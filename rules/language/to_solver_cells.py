"""A household as the solver sees it: cells that may be missing, and people of whom only some are there.

Every cell is two unknowns, *is it there* and *what is it*; codes are their place in the list, dates are
yyyymmdd with a real calendar, texts their place in a finite list (to_solver_texts.py). Each of them may have
a record of last year or none (to_solver_last.py). A found household can be read back as plain rows and put
before the reference. Deliberately not here: expressions (to_solver.py).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import z3

from rules.language.ast import Value
from rules.language.kinds import Kind, Type
from rules.language.to_solver_domains import LAST, CellName, Domains
from rules.language.to_solver_last import LastYear, label_of
from rules.language.to_solver_logic import Formula, Known
from rules.language.to_solver_texts import Texts

Key = tuple[int | None, str]
Row = dict[str, Any]
SMALLEST, LARGEST = -(2**63), 2**63 - 1


class Home:
    """One household with room for ``size`` people.

    ``order`` and the ``facts`` of the cells used must be asserted with whatever is asked of it.
    """

    def __init__(self, size: int, domains: Domains) -> None:
        self.size, self.domains = size, domains
        self.here: list[Formula] = [z3.Bool(f"here {n}") for n in range(size)]
        # People are in no order: without this every household would be tried in all its orders.
        self.order: list[Formula] = [
            z3.Implies(later, sooner) for sooner, later in zip(self.here, self.here[1:], strict=False)
        ]
        self.cells: dict[Key, tuple[Type, Known]] = {}
        self.facts: dict[Key, list[Formula]] = {}
        self.ago = LastYear(self.here, domains)

    def cell(self, person: int | None, name: str, type_: Type) -> Known:
        """A cell of a person by place, or of the household (None); of last year: ``last.`` and its name."""
        key = (person, name)
        if key not in self.cells:
            self.cells[key] = type_, self._new(key, type_)
            self.facts[key] = [*self.facts.get(key, ()), *self.ago.facts(person, name, self.cells[key][1])]
        return self.cells[key][1]

    def _new(self, key: Key, type_: Type) -> Known:
        person, name = key
        label = label_of(person, name)
        known = z3.Bool(_asked(label))
        if type_.kind is Kind.BOOL:
            return Known(known, z3.Bool(label))
        if type_.kind is Kind.DATE:
            value, self.facts[key] = _date(label)
            return Known(known, value)
        value = z3.Int(label) if type_.is_whole else z3.Real(label)
        low, high = self._limits(_cell_name(key), type_)
        self.facts[key] = [value >= low, value <= high]
        return Known(known, value)

    def _limits(self, name: CellName, type_: Type) -> tuple[Any, Any]:
        if type_.codes:
            return 0, len(type_.codes.slugs) - 1
        if type_.kind is Kind.TEXT:
            return 0, len(self.domains.texts[name].listed) - 1
        low, high = self.domains.limit(name)
        if not type_.is_whole:
            # Map positions; closer to a million a float still tells neighbours apart.
            return _exact(-1e6 if low is None else low), _exact(1e6 if high is None else high)
        return SMALLEST if low is None else int(low), LARGEST if high is None else int(high)

    def inside(self, value: Value, type_: Type, texts: Texts | None = None) -> Formula:
        """A constant as cells hold it."""
        if type_.codes:
            return z3.IntVal(type_.codes.slugs.index(str(value)))
        if isinstance(value, bool):
            return z3.BoolVal(value)
        if isinstance(value, dt.date):
            return z3.IntVal(value.year * 10000 + value.month * 100 + value.day)
        if isinstance(value, str):
            assert texts is not None
            return z3.IntVal(texts.place(value))
        return z3.IntVal(value) if isinstance(value, int) else _exact(value)

    def rows(self, model: Formula) -> tuple[Row, list[Row]]:
        """The household and its people as found, for the reference; cells nothing was asked of are absent."""
        people = [n for n in range(self.size) if z3.is_true(model.eval(self.here[n], True))]
        rows: dict[int | None, Row] = {None: {}, **{n: {} for n in people}}
        for person, row in rows.items():
            if self.ago.is_there(person, model):
                row["last"] = {}
        # A cell the model does not speak of is missing in it; asking of each would take longer than solving.
        named = {constant.name() for constant in model.decls()}
        for (person, name), (type_, cell) in self.cells.items():
            cells = rows.get(person)
            if cells is not None and name.startswith(LAST):
                cells = cells.get("last")
            if cells is not None:
                is_named = _asked(label_of(person, name)) in named
                is_known = is_named and z3.is_true(model.eval(cell.known, True))
                found = model.eval(cell.value, True) if is_known else None
                shown = None if found is None else self._outside(person, name, type_, found)
                cells[name.removeprefix(LAST)] = shown
        return rows[None], [rows[n] for n in people]

    def _outside(self, person: int | None, name: str, type_: Type, found: Formula) -> Value:
        if type_.kind is Kind.BOOL:
            return bool(z3.is_true(found))
        if not type_.is_whole:
            return float(found.as_fraction())
        number = int(found.as_long())
        if type_.codes:
            return type_.codes.slugs[number]
        if type_.kind is Kind.DATE:
            return dt.date(number // 10000, number // 100 % 100, number % 100)
        if type_.kind is Kind.TEXT:
            return self.domains.texts[_cell_name((person, name))].listed[number]
        return number

    def pinned(
        self, household: Mapping[str, Any] | None, people: Sequence[Mapping[str, Any]]
    ) -> Iterator[Formula]:
        """The condition that the cells so far used hold just these rows."""
        for n, here in enumerate(self.here):
            yield here == z3.BoolVal(n < len(people))
        yield from self.ago.pinned(household, people)
        for (person, name), (type_, cell) in self.cells.items():
            if person is not None and person >= len(people):
                continue
            row = household if person is None else people[person]
            if row is not None and name.startswith(LAST):
                row = row.get("last")
            value = None if row is None else row.get(name.removeprefix(LAST))
            if isinstance(value, float) and math.isnan(value):
                value = None
            yield cell.known == z3.BoolVal(value is not None)
            if value is not None:
                texts = self.domains.texts.get(_cell_name((person, name)))
                yield cell.value == self.inside(value, type_, texts)


def _asked(label: str) -> str:
    """What the solver calls the question whether a cell is filled in."""
    return f"{label}?"


def _cell_name(key: Key) -> CellName:
    return "household" if key[0] is None else "person", key[1]


def _date(label: str) -> tuple[Formula, list[Formula]]:
    """A day as yyyymmdd, and that it is one of the calendar."""
    year, month, day = (z3.Int(f"{label} {part}") for part in ("year", "month", "day"))
    is_leap = z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))
    return year * 10000 + month * 100 + day, [
        z3.And(year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1, day <= 31),
        z3.Implies(z3.Or(month == 4, month == 6, month == 9, month == 11), day <= 30),
        z3.Implies(month == 2, z3.Or(day <= 28, z3.And(day == 29, is_leap))),
    ]


def _exact(value: float) -> Formula:
    return z3.RealVal(str(Fraction(value)))
