"""Households that are multidimensionally poor, as TPMAP counts poverty: five dimensions, keys only, no names.

A row says of its household what is known of the three lists side by side, never mixed: poor in dimensions,
below the income line in a column of its own. They are never called the target poor (คนจนเป้าหมาย): that takes
the register of the state-welfare card, which a province's questionnaire does not replace.
"""

import polars as pl

from rules.poverty import Dimensions

# The order in which the flags of the mask stand.
MASK = ("health", "living", "education", "income", "access")
_FLAGS = {"deprived": 1, "not_deprived": 0}
CERTAINTY = ("certain_below", "certain_above", "open")


def frame(
    poor: pl.DataFrame,
    below_line: pl.DataFrame,
    assessed: pl.DataFrame,
    card_holders: pl.DataFrame,
    set_: Dimensions,
    bounds: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The export's rows: the households of ``poor`` (rules.poverty.poor) whose state is poor.

    ``below_line``: rules.below_line.judge; ``assessed``: rules.indicators.assess; ``card_holders``:
    household_id, district_code, welfare_card_holder_count; ``bounds``: of rules.bounds, household_id,
    district_code and flag, or None where nobody has asked how sure a household's income is.
    """
    on = ["district_code", "household_id"]
    chosen = poor.filter(pl.col("state") == "poor")
    income = below_line.select(*on, "village_no", "income_baht", below_line=pl.col("state"))
    joined = chosen.join(_once(income, on), on=on, how="left", nulls_equal=True)
    joined = joined.join(_once(_failing(assessed, set_), on), on=on, how="left", nulls_equal=True)
    cards = card_holders.select(*on, "welfare_card_holder_count")
    joined = joined.join(_once(cards, on), on=on, how="left", nulls_equal=True)
    if bounds is None:
        sure = joined.with_columns(below_line_certainty=pl.lit(None, pl.String))
    else:
        told = bounds.select(*on, below_line_certainty=pl.col("flag").cast(pl.String))
        sure = joined.join(_once(told, on), on=on, how="left", nulls_equal=True)
    flags = [
        pl.col(name).cast(pl.String).replace_strict(_FLAGS, default=None, return_dtype=pl.Int64)
        for name in MASK
    ]
    return sure.select(
        pl.col("district_code").str.slice(0, 2).alias("province_code"),
        "district_code",
        "tambon_code",
        "village_no",
        "household_id",
        "members",
        "dimensions",
        pl.concat_str([flag.cast(pl.String).fill_null("-") for flag in flags]).alias("dimension_mask"),
        *(flag.alias(f"{name}_deprived") for name, flag in zip(MASK, flags, strict=True)),
        "failing_indicators",
        "below_line",
        "below_line_certainty",
        "welfare_card_holder_count",
    )


def _once(frame: pl.DataFrame, on: list[str]) -> pl.DataFrame:
    """A household sent twice is one: the first row counts, as everywhere."""
    return frame.unique(on, keep="first", maintain_order=True)


def _failing(assessed: pl.DataFrame, set_: Dimensions) -> pl.DataFrame:
    named = [pl.when(pl.col(slug) == "fail").then(pl.lit(slug)) for slug in set_.slugs]
    failing = pl.concat_list(named).list.drop_nulls().list.join("|").alias("failing_indicators")
    return assessed.select("district_code", "household_id", failing)
