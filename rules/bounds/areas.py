"""The least and the most households below the line that an area can have, and the places it can take.

Counts of households; an area's standing is its place among its siblings by share below the line, worst first.
Deliberately not here: the household's own flag (certainty.py).
"""

from __future__ import annotations

import polars as pl

from rules.bounds.certainty import FLAGS
from schemas.areas import LEVELS

AREAS = {
    "level": pl.Enum(LEVELS),
    "area_code": pl.String(),
    "households": pl.Int64(),
    "below": pl.Int64(),
    "below_min": pl.Int64(),
    "below_max": pl.Int64(),
    "open": pl.Int64(),
    "place": pl.Int64(),
    "place_last": pl.Int64(),
    "place_first": pl.Int64(),
    "is_place_sure": pl.Boolean(),
}


def of_areas(bounded: pl.DataFrame, province_code: str) -> pl.DataFrame:
    """A row in AREAS per province, district and tambon of ``bounded`` (certainty.BOUNDS), by level and code.

    ``below``: as recorded, lying between ``below_min`` (certain) and ``below_max`` (certain or open);
    ``households``: all that are judged, assessable or not. ``place``: 1 is the greatest share below the line
    as recorded, equals share a place; it can be any from ``place_first`` to ``place_last``.
    """
    coded = bounded.with_columns(
        pl.lit(province_code).alias("province"),
        pl.col("district_code").fill_null("").alias("district"),
        pl.coalesce("tambon_code", "district_code").fill_null("").alias("tambon"),
    )
    counted = pl.concat(_counted(coded, level) for level in LEVELS)
    parent = (
        pl.when(pl.col("level") == "province")
        .then(pl.lit(""))
        .when(pl.col("level") == "district")
        .then(pl.lit(province_code))
        .otherwise(pl.col("area_code").str.slice(0, 4))
    )
    placed = _placed(counted.with_columns(parent=parent))
    return placed.select(pl.col(name).cast(dtype) for name, dtype in AREAS.items()).sort("level", "area_code")


def _counted(coded: pl.DataFrame, level: str) -> pl.DataFrame:
    flags = {name: (pl.col("flag") == name).sum().cast(pl.Int64) for name in FLAGS}
    return coded.group_by(pl.col(level).alias("area_code")).agg(
        pl.lit(level).first().alias("level"),
        pl.len().cast(pl.Int64).alias("households"),
        (pl.col("state") == "below").sum().cast(pl.Int64).alias("below"),
        flags["certain_below"].alias("below_min"),
        (flags["certain_below"] + flags["open"]).alias("below_max"),
        flags["open"].alias("open"),
    )


def _placed(counted: pl.DataFrame) -> pl.DataFrame:
    """Places by comparing every two siblings; shares as products of whole numbers, never as fractions."""
    others = counted.select("level", "parent", pl.exclude("level", "parent").name.prefix("other_"))
    pairs = counted.join(others, on=["level", "parent"]).filter(
        pl.col("area_code") != pl.col("other_area_code")
    )

    def worse(theirs: str, mine: str) -> pl.Expr:
        theirs_share = pl.col("other_" + theirs) * pl.col("households")
        own_share = pl.col(mine) * pl.col("other_households")
        return (theirs_share > own_share).sum().cast(pl.Int64) + 1

    places = pairs.group_by("level", "area_code").agg(
        place=worse("below", "below"),
        place_first=worse("below_min", "below_max"),
        place_last=worse("below_max", "below_min"),
    )
    alone = [pl.col(name).fill_null(1) for name in ("place", "place_first", "place_last")]
    return (
        counted.join(places, on=["level", "area_code"], how="left")
        .with_columns(alone)
        .with_columns(is_place_sure=pl.col("place_first") == pl.col("place_last"))
    )
