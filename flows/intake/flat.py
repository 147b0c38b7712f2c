"""A flat file parted: a row per member with the household's columns repeated on each.

Member rows are those with anything of a member in them; households are the different rows of the household's
own columns. Where these differ within one household the first value is kept and the column is told.
"""

from collections.abc import Mapping

import polars as pl

from flows.intake import structure
from flows.intake.part import PROBLEM, Part

NOT_OF_A_MEMBER = frozenset({"household_id", "district_code"})


def member_rows(records: pl.DataFrame, fields: Mapping[str, str]) -> pl.DataFrame:
    """Rows with any cell of a member's own: an empty house has a row without."""
    own = [cell for field, cell in fields.items() if field not in NOT_OF_A_MEMBER]
    return records.filter(pl.any_horizontal(pl.col(own).is_not_null()))


def household_rows(records: pl.DataFrame, fields: Mapping[str, str]) -> pl.DataFrame:
    """The different household rows, each at its first place in the file."""
    cells = list(dict.fromkeys(fields.values()))
    return records.select("source_row", *cells).unique(cells, keep="first", maintain_order=True)


def one_row_each(part: Part, fields: Mapping[str, str]) -> Part:
    """One typed row per household: the first value of each column, and a problem where another differs."""
    is_repeated = part.frame["household_id"].is_duplicated()
    if not is_repeated.any():
        return part
    repeated = part.frame.filter(is_repeated)
    kept = repeated.group_by("household_id", maintain_order=True).agg(pl.all().drop_nulls().first())
    frame = pl.concat([part.frame.filter(~is_repeated), kept.select(part.frame.columns)]).sort("row")
    conflicts = [_conflicts(repeated, field) for field in fields if field != "household_id"]
    problems = part.problems.join(_first_rows(repeated), on="row", how="left").with_columns(
        row=pl.coalesce("first_row", "row")
    )
    told = problems.select(PROBLEM.keys()).unique(["row", "field", "text"], maintain_order=True)
    return Part(frame, pl.concat([told, *conflicts]))


def _first_rows(repeated: pl.DataFrame) -> pl.DataFrame:
    return repeated.select("row", first_row=pl.col("row").first().over("household_id"))


def _conflicts(repeated: pl.DataFrame, field: str) -> pl.DataFrame:
    values = pl.col(field).drop_nulls().unique(maintain_order=True).cast(pl.String)
    return (
        repeated.group_by("household_id", maintain_order=True)
        .agg(pl.col("row").first(), values.alias("values"))
        .filter(pl.col("values").list.len() > 1)
        .select(
            "row",
            pl.lit(field).alias("field"),
            pl.col("values").list.join(" ≠ ").alias("text"),
            pl.lit(structure.VALUES_DIFFER).alias("rule_id"),
            pl.lit(True).alias("is_taken"),
        )
    )
