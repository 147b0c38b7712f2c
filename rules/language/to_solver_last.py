"""Last year's records as the solver sees them: each of the household and its people has one or has none.

One is found by its key (last_year.py), so whoever has one has a key, a person a right national id that nobody
else of the household has, and the record of last year has the same. These facts go with the cells they are
about. Deliberately not here: the cells themselves (to_solver_cells.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import z3

from rules.language.last_year import KEYS
from rules.language.scope import Table
from rules.language.to_solver_domains import LAST, Domains
from rules.language.to_solver_logic import Formula, Known, among, both, one_of, opposite
from rules.language.to_solver_texts import THAI_ID


def label_of(person: int | None, name: str) -> str:
    """What the solver calls a cell of a person by place, or of the household."""
    return f"{'hh' if person is None else person}.{name}"


class LastYear:
    """Who has a record of last year. ``here``: which of the people are there at all."""

    def __init__(self, here: Sequence[Formula], domains: Domains) -> None:
        self._here, self._domains = here, domains
        self._there: dict[int | None, Formula] = {}

    def there(self, person: int | None) -> Formula:
        """That a person, or the household, has a record of last year."""
        return self._there.setdefault(person, z3.Bool(label_of(person, "last?")))

    def facts(self, person: int | None, name: str, cell: Known) -> list[Formula]:
        """What is true of a cell because of last year's record, whatever it holds."""
        table: Table = "household" if person is None else "person"
        if table not in self._domains.ago:
            return []
        if name == LAST + KEYS[table]:
            key = _key(person, table)
            same = both(cell.known == self.there(person), key.known, cell.value == key.value)
            is_absent = both(opposite(cell.known), opposite(self.there(person)))
            return [one_of(same, is_absent), *self._of_key(person, table)]
        if name.startswith(LAST):
            return [z3.Implies(cell.known, self.there(person))]
        return self._of_key(person, table) if name == KEYS[table] else []

    def _of_key(self, person: int | None, table: Table) -> list[Formula]:
        key, there = _key(person, table), self.there(person)
        if person is None:
            return [z3.Implies(there, key.known)]
        right = self._domains.texts[table, KEYS[table]].fitting(THAI_ID)
        is_right = among(key.value, right)
        found = [one_of(opposite(there), both(key.known, is_right))]
        for n, here in enumerate(self._here):
            if n != person:
                other = _key(n, table)
                is_shared = both(self._here[person], here, key.known, other.known, key.value == other.value)
                found.append(one_of(opposite(is_shared), opposite(there)))
        return found

    def is_there(self, person: int | None, model: Formula) -> bool:
        """Whether the model gives them a record of last year."""
        return person in self._there and z3.is_true(model.eval(self._there[person], True))

    def pinned(
        self, household: Mapping[str, Any] | None, people: Sequence[Mapping[str, Any]]
    ) -> Iterator[Formula]:
        """The condition that just those have a record of last year whose rows have one under ``last``."""
        rows: dict[int | None, Mapping[str, Any] | None] = {None: household, **dict(enumerate(people))}
        for person, there in self._there.items():
            if person in rows:
                yield there == z3.BoolVal((rows[person] or {}).get("last") is not None)


def _key(person: int | None, table: Table) -> Known:
    """The key's cell; equal labels are equal unknowns to the solver."""
    label = label_of(person, KEYS[table])
    return Known(z3.Bool(f"{label}?"), z3.Int(label))
