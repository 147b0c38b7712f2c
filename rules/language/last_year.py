"""Last round's records for ``last.``: of each key at most one, so that what is looked up is never a guess.

A household is the same by its household_id, wherever it is; a person by their national id, wherever they live
now. A national id with a wrong check digit finds nobody: it was mistyped or made up, and who else has it is
somebody else. Deliberately not here: the look-up itself (records.py), reading last year's deliveries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rules.language.polars_ids import thai_id_ok
from rules.language.scope import Table

# By what a record of each table is known again a year later.
KEYS: Mapping[Table, str] = {"household": "household_id", "person": "national_id"}


@dataclass(frozen=True)
class LastYear:
    """Last round's records, typed as this year's: the columns that rules read, and the key of each table.

    Keys are present and unique (``last_year`` sees to it); ValueError otherwise.
    """

    households: pl.DataFrame
    persons: pl.DataFrame

    def __post_init__(self) -> None:
        for table, key in KEYS.items():
            keys = self.of(table).get_column(key)
            if keys.null_count() or keys.n_unique() != keys.len():
                raise ValueError(f"last year's {table} records need a {key} each, no two the same")

    def of(self, table: Table) -> pl.DataFrame:
        """The records of one table."""
        return self.households if table == "household" else self.persons

    def beside(self, households: pl.DataFrame, persons: pl.DataFrame) -> LastYear:
        """Without the records whose key several of this year's have: whose last year it is nobody knows.

        A target sees to this among the records it is handed. Where it is handed a part of them, a district or
        those that break a rule, the whole has to be looked at before.
        """
        return LastYear(
            known_again(self.households, KEYS["household"], households),
            known_again(self.persons, KEYS["person"], persons),
        )


def known_again(last: pl.DataFrame, key: str, records: pl.DataFrame) -> pl.DataFrame:
    """Last year's records of one table without those whose key several of this year's ``records`` have."""
    keys = records.get_column(key).drop_nulls()
    if keys.n_unique() == keys.len():
        return last
    return last.filter(~pl.col(key).is_in(keys.filter(keys.is_duplicated()).unique().implode()))


def last_year(households: pl.DataFrame, persons: pl.DataFrame) -> LastYear:
    """Last round's typed frames as ``last.`` takes them; they may be any columns with the keys among them.

    Left out are records without a key, all of several with one key (which of them is meant nobody knows), and
    persons whose national id has a wrong check digit.
    """
    return LastYear(
        _told_apart(households, KEYS["household"]),
        _told_apart(persons.filter(thai_id_ok(pl.col(KEYS["person"]))), KEYS["person"]),
    )


def _told_apart(records: pl.DataFrame, key: str) -> pl.DataFrame:
    known = records.filter(pl.col(key).is_not_null())
    keys = known.get_column(key)
    return known if keys.n_unique() == keys.len() else known.filter(keys.is_unique())
