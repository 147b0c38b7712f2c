"""Keys between the two tables: members without a household, households without members, keys given twice.

Deliberately not here: the keys' spelling, which intake reports cell by cell (ST016, ST017).
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from rules.across.found import Found, found
from schemas import code_lists

RULES = ("DU004", "DU005", "DU006", "DU007")


def keys(households: pl.DataFrame, persons: pl.DataFrame, shared: Collection[str]) -> dict[str, Found]:
    """The four checks by rule id; ``shared`` are the household ids of more than one household."""
    return {
        "DU004": _member_without_household(households, persons),
        "DU005": _household_without_members(households, persons),
        "DU006": _member_no_twice(persons, shared),
        "DU007": _household_id_twice(households, shared),
    }


def _member_without_household(households: pl.DataFrame, persons: pl.DataFrame) -> Found:
    ids = persons.get_column("household_id")
    is_lost = ~ids.is_in(households.get_column("household_id").drop_nulls().unique().implode())
    return found("person", ids.is_not_null(), _rows(is_lost), "household_id")


def _household_without_members(households: pl.DataFrame, persons: pl.DataFrame) -> Found:
    ids = households.get_column("household_id")
    is_empty = ~ids.is_in(persons.get_column("household_id").drop_nulls().unique().implode())
    status = households.get_column("household_status").cast(pl.String)
    # No status is not a reason for nobody on the roster; vacant, refused and the like are.
    interviewed = code_lists.load("household_status").groups["interviewed"]
    expects_members = status.is_in(interviewed).fill_null(True)
    return found(
        "household",
        ids.is_not_null(),
        _rows(is_empty & expects_members),
        "household_id",
        applies=expects_members,
    )


def _member_no_twice(persons: pl.DataFrame, shared: Collection[str]) -> Found:
    pair = persons.select("household_id", "member_no")
    is_known = (
        pair.get_column("household_id").is_not_null()
        & pair.get_column("member_no").is_not_null()
        & ~pair.get_column("household_id").is_in(list(shared)).fill_null(False)
    )
    known = pair.with_row_index("row").filter(is_known)
    twice = known.group_by("household_id", "member_no").len().filter(pl.col("len") > 1)
    rows = known.join(twice, on=["household_id", "member_no"], how="semi").select(
        pl.col("row").cast(pl.Int64)
    )
    return found("person", is_known, rows, "member_no")


def _household_id_twice(households: pl.DataFrame, shared: Collection[str]) -> Found:
    ids = households.get_column("household_id")
    return found("household", ids.is_not_null(), _rows(ids.is_in(list(shared))), "household_id")


def _rows(is_violated: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"row": is_violated.fill_null(False).arg_true().cast(pl.Int64)})
