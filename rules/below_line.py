"""Households below the round's income line: decided on whole numbers, never on a rounded average.

Income is the sum of the four components over everybody on the roster. A single empty component counts as 0,
as on the form, and is counted in `missing_components`; four empty ones mean that the household cannot be
assessed. Deliberately not here: failing an indicator, being poor, and any income stated as a total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rules.language import parse, values
from schemas import code_lists

if TYPE_CHECKING:
    from schemas.rounds import Round

COMPONENTS = ("income_main_baht", "income_secondary_baht", "income_other_baht", "income_own_produce_baht")
STATES = ("below", "above", "not_assessable")
SCHEMA = {
    "household_id": pl.String(),
    "district_code": pl.String(),
    "tambon_code": pl.String(),
    "village_no": pl.Int64(),
    "members": pl.Int64(),
    "income_baht": pl.Int64(),
    "missing_components": pl.Int64(),
    "state": pl.Enum(STATES),
}
# Nobody lives there: such a house is no household, so it is neither above the line nor left unassessed.
EMPTY_HOUSES = code_lists.load("household_status").groups["empty_house"]


def judge(households: pl.DataFrame, persons: pl.DataFrame, round_: Round) -> pl.DataFrame:
    """One row per household, in SCHEMA and in the order of ``households``; an id that comes twice comes once.

    members: rows of the roster, null when two households share the id; income_baht: a year, null when all
    four components are empty; state: below, above, or not_assessable (no income recorded, or nobody on the
    roster). Houses without people whose status is one of EMPTY_HOUSES are left out.
    """
    judged = states(households, persons, round_)
    is_empty_house = households.get_column("household_status").cast(pl.String).is_in(EMPTY_HOUSES).fill_null(
        False
    ) & (judged.get_column("members") == 0).fill_null(False)
    # A household sent twice is one household; which of its rows is right, another rule asks.
    is_new = (
        judged.get_column("household_id").is_first_distinct() | judged.get_column("household_id").is_null()
    )
    return judged.filter(~is_empty_house & is_new)


def states(households: pl.DataFrame, persons: pl.DataFrame, round_: Round) -> pl.DataFrame:
    """Like ``judge``, with exactly one row per row of ``households``."""
    members = values({"members": parse("count(members)", "household")}, "household", households, persons)
    missing = pl.sum_horizontal(pl.col(name).is_null() for name in COMPONENTS).cast(pl.Int64)
    income = pl.sum_horizontal(pl.col(name).fill_null(0) for name in COMPONENTS)
    line = pl.lit(round_.income_line_baht, pl.Int64) * pl.col("members")
    passes = (
        pl.col("income_baht") >= line if round_.income_passes_at == ">=" else pl.col("income_baht") > line
    )
    is_assessable = pl.col("income_baht").is_not_null() & (pl.col("members") > 0).fill_null(False)
    return (
        households.with_columns(members.to_series(), missing.alias("missing_components"))
        .with_columns(
            pl.when(pl.col("missing_components") < len(COMPONENTS)).then(income).alias("income_baht")
        )
        .with_columns(
            pl.when(~is_assessable)
            .then(pl.lit("not_assessable"))
            .when(passes)
            .then(pl.lit("above"))
            .otherwise(pl.lit("below"))
            .alias("state")
        )
        .select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
    )


def totals(judged: pl.DataFrame) -> pl.DataFrame:
    """Households and persons per district and state: ``below_households``, ``below_persons`` and so on.

    Persons of a household whose roster is not known are in no count.
    """
    counts = [
        count.alias(f"{state}_{unit}")
        for state in STATES
        for unit, count in (
            ("households", (pl.col("state") == state).sum().cast(pl.Int64)),
            ("persons", pl.col("members").filter(pl.col("state") == state).sum()),
        )
    ]
    return judged.group_by(pl.col("district_code").fill_null("")).agg(counts).sort("district_code")
