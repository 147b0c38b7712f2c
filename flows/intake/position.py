"""Map positions that cannot be the home's: latitude and longitude swapped, or a place outside the province.

A longitude of Thailand is no latitude at all, so a swapped pair arrives here as a number out of range; it is
told as what it is, once, and not as two wrong numbers. Latitude 0 and longitude 0 is a rule of its own.
"""

import polars as pl

from flows.intake import structure
from flows.intake.address import problem
from flows.intake.part import PROBLEM, Part
from schemas.province_boxes import Box, box


def told_positions(part: Part, province_code: str) -> Part:
    """The part with swapped and outlying positions among its problems; without a box nothing is told."""
    limits = box(province_code)
    if limits is None:
        return part
    swapped = _swapped(part, limits)
    is_swapped = (pl.col("field") == "latitude") & pl.col("row").is_in(swapped.implode())
    problems = part.problems.with_columns(
        rule_id=pl.when(is_swapped).then(pl.lit(structure.POSITION_SWAPPED)).otherwise("rule_id")
    )
    return Part(
        part.frame, pl.concat([problems, _outside(part.frame, limits, swapped)]).select(PROBLEM.keys())
    )


def _swapped(part: Part, limits: Box) -> pl.Series:
    """Rows whose latitude as sent is a longitude of the province and the other way round."""
    is_candidate = (pl.col("field") == "latitude") & (pl.col("rule_id") == structure.NUMBER_IMPOSSIBLE)
    sent = part.problems.filter(is_candidate).select(
        "row", east=pl.col("text").cast(pl.Float64, strict=False)
    )
    pairs = sent.join(part.frame.select("row", north="longitude"), on="row")
    fits = pl.col("east").is_between(limits.west, limits.east) & pl.col("north").is_between(
        limits.south, limits.north
    )
    return pairs.filter(fits)["row"]


def _outside(frame: pl.DataFrame, limits: Box, swapped: pl.Series) -> pl.DataFrame:
    north = pl.col("latitude").is_between(limits.south, limits.north)
    east = pl.col("longitude").is_between(limits.west, limits.east)
    is_zero = (pl.col("latitude") == 0) & (pl.col("longitude") == 0)
    is_whole = pl.col("latitude").is_not_null() & pl.col("longitude").is_not_null()
    rows = frame.filter(is_whole & ~(north & east) & ~is_zero & ~pl.col("row").is_in(swapped.implode()))
    return problem(rows, "latitude", structure.POSITION_OUTSIDE)
