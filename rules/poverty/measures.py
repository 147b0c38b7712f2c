"""H, A and M0 of the poor per province, district and tambon, and what makes them so.

Shares are whole millionths, beside the counts they are made of: what is compared or hashed is never a float.
Households and persons are told apart, each row names its unit. Deliberately not here: the method itself
(alkire_foster.py) and who is poor (poor.py).
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from rules.poverty import alkire_foster
from rules.poverty.alkire_foster import CENSORED, RAW, Scheme
from rules.poverty.areas import BY, at_every_level, in_both_units
from rules.poverty.dimensions import Dimensions
from rules.poverty.poor import marked_poor

MILLION = 1_000_000
AREAS = {
    "level": pl.String(),
    "area_code": pl.String(),
    "unit": pl.String(),
    "k": pl.Int64(),
    "assessable": pl.Int64(),
    "not_assessable": pl.Int64(),
    "uncounted": pl.Int64(),
    "poor": pl.Int64(),
    "incomplete": pl.Int64(),
    "units": pl.Int64(),
    "total_units": pl.Int64(),
    "headcount_millionths": pl.Int64(),
    "intensity_millionths": pl.Int64(),
    "adjusted_millionths": pl.Int64(),
}
PARTS = {
    "level": pl.String(),
    "area_code": pl.String(),
    "unit": pl.String(),
    "k": pl.Int64(),
    "dimension": pl.String(),
    "slug": pl.String(),
    "deprived": pl.Int64(),
    "poor_and_deprived": pl.Int64(),
    "weighed_units": pl.Int64(),
    "censored_millionths": pl.Int64(),
    "contribution_millionths": pl.Int64(),
}


class Tables(NamedTuple):
    """``areas`` in AREAS, ``parts`` in PARTS: see ``measures``."""

    areas: pl.DataFrame
    parts: pl.DataFrame


def measures(
    assessed: pl.DataFrame | pl.LazyFrame,
    below_line: pl.DataFrame | pl.LazyFrame,
    set_: Dimensions,
    province: str,
    k: int | None = None,
) -> Tables:
    """Two tables, for households and for persons (members of the households), at all three levels.

    ``areas``: headcount H = poor / assessable, intensity A = units / (poor * total_units), adjusted M0 =
    units / (assessable * total_units); null where the divisor is 0. ``units``: weight units the poor are
    deprived of, of the ``total_units`` there are. ``uncounted``: households whose members are not known, in
    no count of persons. ``incomplete``: poor ones with something not known, see alkire_foster.counts.
    ``parts``: a row per indicator, and one per dimension whose ``slug`` is null. ``deprived`` of the
    assessable, ``poor_and_deprived`` of them, ``weighed_units`` their part of ``units``: over the indicators,
    and over the dimensions, they add up to ``units``. Millionths are rounded to the nearest.
    """
    least = set_.k if k is None else k
    scheme = Scheme(set_.indicator_weights, "household", set_.by_dimension)
    marked = marked_poor(assessed, below_line, set_, k)
    by = [*BY, "members"]
    per_size = alkire_foster.counts(marked, scheme, by=by, poor="poor", also=set_.weights).collect()
    counted = at_every_level(
        in_both_units(per_size.drop("uncounted"), "rows"), province, ["unit"]
    ).with_columns(k=pl.lit(least, pl.Int64), total_units=pl.lit(scheme.total, pl.Int64))
    return Tables(_areas(counted), _parts(counted, set_))


def _areas(counted: pl.DataFrame) -> pl.DataFrame:
    poor, people, units = pl.col("poor"), pl.col("assessable"), pl.col("units")
    total = pl.col("total_units")
    return counted.with_columns(
        headcount_millionths=millionths(poor, people),
        intensity_millionths=millionths(units, poor * total),
        adjusted_millionths=millionths(units, people * total),
    ).select(pl.col(name).cast(dtype) for name, dtype in AREAS.items())


def _parts(counted: pl.DataFrame, set_: Dimensions) -> pl.DataFrame:
    weights = set_.indicator_weights
    rows = []
    for dimension, slugs in set_.by_dimension.items():
        units = {slug: weights[slug] * pl.col(slug + CENSORED) for slug in slugs}
        rows.append(_part(counted, dimension, None, pl.sum_horizontal(units.values())))
        rows += [_part(counted, dimension, slug, units[slug]) for slug in slugs]
    # Area by area, each with its parts in the order of the set.
    return pl.concat(rows).sort("place", maintain_order=True).select(list(PARTS))


def _part(counted: pl.DataFrame, dimension: str, slug: str | None, units: pl.Expr) -> pl.DataFrame:
    name = slug or dimension
    return (
        counted.with_row_index("place")
        .with_columns(
            dimension=pl.lit(dimension),
            slug=pl.lit(slug, pl.String),
            deprived=pl.col(name + RAW),
            poor_and_deprived=pl.col(name + CENSORED),
            weighed_units=units,
            censored_millionths=millionths(pl.col(name + CENSORED), pl.col("assessable")),
            contribution_millionths=millionths(units, pl.col("units")),
        )
        .select("place", *(pl.col(column).cast(dtype) for column, dtype in PARTS.items()))
    )


def millionths(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """``part`` of ``whole`` in whole millionths, to the nearest; null where ``whole`` is 0.

    Exact while twice the part times a million fits into 64 bits: four billion weight units of a province.
    """
    return pl.when(whole > 0).then((2 * MILLION * part + whole) // (2 * whole))
