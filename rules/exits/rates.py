"""How many households were known again, by what, per area: without it no transition means much.

Deliberately not here: a share or a threshold; counts are added up and divided by whoever shows them.
"""

from __future__ import annotations

import polars as pl

from rules.exits.tallies import area
from schemas.areas import LEVELS

KEYS = ("level", "area_code")
COUNTS = (
    "households_before",
    "households_now",
    "linked_by_key",
    "linked_by_members",
    "new",
    "gone",
    "not_compared_now",
    "not_compared_before",
    "moved_in",
    "moved_out",
    "keys_reused",
)


def count(judged: pl.DataFrame, links: pl.DataFrame, province_code: str) -> pl.DataFrame:
    """A row per area, KEYS and COUNTS (Int64), by level from the province down.

    ``judged``: of transitions.judge; ``links``: of linking.link. households_now = linked_by_key +
    linked_by_members + new + not_compared_now, and households_before = the linked + gone +
    not_compared_before + moved_out - moved_in. not_compared: the district is in one round only. keys_reused:
    of this round's households, those whose key was another household's.
    """
    reused = links.filter("is_key_reused").select("household_id").drop_nulls()
    households = judged.lazy().join(
        reused.lazy().with_columns(is_reused=pl.lit(True)), on="household_id", how="left"
    )
    return pl.concat(_of_level(households, level, province_code) for level in LEVELS).collect()


def _of_level(households: pl.LazyFrame, level: str, province_code: str) -> pl.LazyFrame:
    is_here, was_here, is_compared = pl.col("is_here"), pl.col("was_here"), pl.col("is_compared")
    placed = households.with_columns(
        here=pl.when(is_here).then(area(level, province_code)),
        there=pl.when(was_here).then(area(level, province_code, "_before")),
    )
    is_moved = is_here & was_here & (pl.col("here") != pl.col("there"))
    of_here = {
        "households_now": is_here,
        **{f"linked_by_{each}": was_here & (pl.col("linked_by") == each) for each in ("key", "members")},
        "new": ~was_here & is_compared,
        "not_compared_now": ~was_here & ~is_compared,
        "moved_in": is_moved,
        "keys_reused": pl.col("is_reused").fill_null(False),
    }
    of_there = {
        "households_before": was_here,
        "gone": ~is_here & is_compared,
        "not_compared_before": ~is_here & ~is_compared,
        "moved_out": is_moved,
    }
    counts = [
        placed.drop_nulls(where)
        .group_by(area_code=pl.col(where))
        .agg(each.sum().cast(pl.Int64).alias(name) for name, each in these.items())
        for where, these in (("here", of_here), ("there", of_there))
    ]
    both = counts[0].join(counts[1], on="area_code", how="full", coalesce=True)
    counted = (pl.col(name).fill_null(0) for name in COUNTS)
    return both.select(pl.lit(level).alias("level"), "area_code", *counted).sort("area_code")
