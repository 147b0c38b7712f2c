"""Counts per tambon added up to district and province: the same numbers at every level: sums agree."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from schemas.areas import LEVELS

KEYS = ("level", "area_code")
# What is counted per: nothing smaller is ever told.
BY = ("district_code", "tambon_code")


def in_both_units(per_size: pl.DataFrame, rows: str) -> pl.DataFrame:
    """The same columns with ``unit`` in place of ``members``: counts of households, then of their members.

    ``per_size``: a row per BY and ``members``, else numbers of households, all of them in column ``rows``.
    Households whose members are not known are in no count of persons, but in its ``uncounted``.
    """
    numbers = pl.exclude(*BY, "members")
    unknown = pl.when(pl.col("members").is_null()).then(pl.col(rows)).otherwise(0)
    households = per_size.select(*BY, numbers, unit=pl.lit("household"), uncounted=pl.lit(0, pl.Int64))
    persons = per_size.select(
        *BY, numbers * pl.col("members").fill_null(0), unit=pl.lit("person"), uncounted=unknown
    )
    return pl.concat([households, persons])


def at_every_level(counted: pl.DataFrame, province: str, also: Sequence[str] = ()) -> pl.DataFrame:
    """KEYS, ``also``, then every other column added up: the province, its districts, its tambons.

    ``counted``: a row per BY and ``also``, else whole numbers. Sorted by level and code, then as they come; a
    code that is missing is "". A province without rows has none.
    """
    numbers = [name for name in counted.columns if name not in (*BY, *also)]
    codes = {
        "province": pl.lit(province),
        "district": pl.col("district_code").cast(pl.String).fill_null(""),
        "tambon": pl.col("tambon_code").cast(pl.String).fill_null(""),
    }
    return pl.concat(
        counted.with_columns(level=pl.lit(level), area_code=codes[level])
        .group_by(*KEYS, *also, maintain_order=True)
        .agg(pl.col(numbers).sum())
        .sort("area_code", maintain_order=True)
        for level in LEVELS
    )
