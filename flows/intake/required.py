"""Cells left empty on which checking and counting rest (the dictionary's ``required``), told as such.

Not told: households nobody could interview, amounts of money (a missing income is an answer's absence that
the income rules judge, never a fault of form), cells already told as unreadable, and columns that are
missing whole.
"""

from collections.abc import Mapping

import polars as pl

from flows.intake import structure
from flows.intake.part import PROBLEM, Part
from schemas.dictionary import columns
from schemas.layouts import MODELS, Table

INTERVIEWED = "collected"


def empty_required(part: Part, table: Table, fields: Mapping[str, str]) -> pl.DataFrame:
    """Problems of the required cells of ``part`` that hold nothing."""
    rows = part.frame
    if table == "household":
        rows = rows.filter((pl.col("household_status") == INTERVIEWED).fill_null(True))
    found = [pl.DataFrame(schema=PROBLEM)]
    for column in columns(MODELS[table]).values():
        if not column.required or column.name not in fields or (column.unit or "").startswith("baht"):
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
                pl.lit(structure.REQUIRED_EMPTY).alias("rule_id"),
                pl.lit(True).alias("is_taken"),
            )
        )
    return pl.concat(found)
