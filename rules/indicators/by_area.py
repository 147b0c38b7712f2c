"""Counts of households added up for the province, its districts and their tambons.

Every household is in exactly one row of each level, so sums agree upward. Deliberately not here: names of
areas (schemas.areas).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from schemas.areas import LEVELS

# The row of a district's households whose tambon is not known, or is no tambon of it.
NO_TAMBON = "00"


def summed(frame: pl.DataFrame, counts: Sequence[pl.Expr], province: str) -> pl.DataFrame:
    """``level`` (Enum), ``area_code`` and the sums of ``counts`` over a frame with district and tambon code.

    Sorted by level, then code: ``province``, 4 digits ("" without a district), 6 digits (NO_TAMBON at the
    end where it is not known).
    """
    district = pl.col("district_code").fill_null("")
    tambon = pl.col("tambon_code").cast(pl.String).fill_null("")
    is_of_it = (district != "") & tambon.str.starts_with(district) & (tambon.str.len_chars() == 6)
    lowest = (
        frame.lazy()
        .group_by(
            district.alias("district"),
            pl.when(is_of_it).then(tambon).otherwise(district + NO_TAMBON).alias("tambon"),
        )
        .agg(counts)
    )
    code = {"province": pl.lit(province), "district": pl.col("district"), "tambon": pl.col("tambon")}
    parts = [
        lowest.group_by(code[level].alias("area_code"))
        .agg(pl.exclude("district", "tambon").sum())
        .select(pl.lit(level, pl.Enum(LEVELS)).alias("level"), pl.all())
        for level in LEVELS
    ]
    return pl.concat(parts).sort("level", "area_code").collect()


def by_slug(table: pl.DataFrame, names: Sequence[str], slugs: Sequence[str]) -> pl.DataFrame:
    """``summed`` columns ``<slug> <name>`` as rows per area and slug, in the order of ``slugs``."""
    parts = [
        table.select(
            "level",
            "area_code",
            pl.lit(slug).alias("slug"),
            *(pl.col(f"{slug} {name}").cast(pl.Int64).alias(name) for name in names),
        )
        for slug in slugs
    ]
    keys = {"level": pl.Enum(LEVELS), "area_code": pl.String(), "slug": pl.String()}
    whole = pl.concat([pl.DataFrame(schema=keys | dict.fromkeys(names, pl.Int64())), *parts])
    return whole.sort("level", "area_code", maintain_order=True)
