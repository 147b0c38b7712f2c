"""Cells left empty that may not be: those on which checking and counting rest (``required`` in the
dictionary), names, and what vouches for the interview.

Not told: households nobody could interview, amounts of money (a missing income is an answer's absence that
the income rules judge, never a fault of form), cells already told as unreadable, and columns that are
missing whole.
"""

from collections.abc import Mapping

import polars as pl

from flows.intake import structure
from flows.intake.part import PROBLEM, Part
from schemas import code_lists
from schemas.dictionary import columns
from schemas.layouts import MODELS, Table

INTERVIEWED = code_lists.load("household_status").groups["interviewed"]
# Nothing is counted from these, so a file may lack them; where a column is kept, each record fills it.
VOUCHING = {
    "first_name": structure.FIRST_NAME_EMPTY,
    "last_name": structure.LAST_NAME_EMPTY,
    "is_consented": structure.INTERVIEW_CELL_EMPTY,
    "collector_id": structure.INTERVIEW_CELL_EMPTY,
    "interview_date": structure.INTERVIEW_CELL_EMPTY,
}


def empty_required(part: Part, table: Table, fields: Mapping[str, str]) -> pl.DataFrame:
    """Problems of the cells of ``part`` that hold nothing though they must."""
    rows = part.frame
    if table == "household":
        rows = rows.filter(pl.col("household_status").cast(pl.String).is_in(INTERVIEWED).fill_null(True))
    found = [pl.DataFrame(schema=PROBLEM)]
    for column in columns(MODELS[table]).values():
        rule_id = structure.REQUIRED_EMPTY if column.required else _vouching(part, column.name)
        if rule_id is None or column.name not in fields or (column.unit or "").startswith("baht"):
            continue
        is_empty = pl.col(column.name).is_null()
        if column.stand_in:
            is_empty &= pl.col(column.stand_in).is_null()
        unread = part.problems.filter((pl.col("field") == column.name) & ~pl.col("is_taken"))
        found.append(
            rows.filter(is_empty)
            .join(unread, on="row", how="anti")
            .select(
                "row",
                pl.lit(column.name).alias("field"),
                pl.lit(None, pl.String).alias("text"),
                pl.lit(rule_id).alias("rule_id"),
                pl.lit(True).alias("is_taken"),
            )
        )
    return pl.concat(found)


def _vouching(part: Part, field: str) -> str | None:
    """The rule that tells of an empty cell of that column; None if nobody ever fills the column."""
    return VOUCHING.get(field) if part.frame[field].count() else None
