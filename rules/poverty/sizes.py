"""How many are on each of the three lists, per area, each with its own denominator.

A row belongs to one list and one unit; there is no row for two lists together, because they overlap.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rules.poverty.areas import BY, at_every_level, in_both_units
from rules.poverty.dimensions import Dimensions
from rules.poverty.poor import marked, side_by_side

SIZES = {
    "level": pl.String(),
    "area_code": pl.String(),
    "list": pl.String(),
    "slug": pl.String(),
    "unit": pl.String(),
    "listed": pl.Int64(),
    "denominator": pl.Int64(),
    "not_applicable": pl.Int64(),
    "not_assessable": pl.Int64(),
}
_TOLD = ("pass", "fail", "not_applicable")


def sizes(
    assessed: pl.DataFrame | pl.LazyFrame,
    below_line: pl.DataFrame | pl.LazyFrame,
    set_: Dimensions,
    slugs: Sequence[str],
    province: str,
    k: int | None = None,
) -> pl.DataFrame:
    """A row in SIZES per area, list and unit; ``fails_indicator`` has one per indicator of ``slugs``.

    ``denominator``: those of whom it is told whether they are on the list, ``listed`` of them are. With
    ``not_applicable`` and ``not_assessable`` they make all households of ``below_line``, and of persons all
    their members; of households whose members are not known no persons are counted.
    """
    every = tuple(dict.fromkeys((*set_.slugs, *slugs)))
    answers = side_by_side(assessed, below_line, every).with_columns(
        (pl.col(slug) == state).alias(f"{slug} {state}") for slug in slugs for state in _TOLD
    )
    per_size = marked(answers, set_, k).group_by(*BY, "members").agg(_sums(slugs)).collect()
    counted = at_every_level(in_both_units(per_size, "all"), province, ["unit"]).with_row_index("place")
    rows = [
        _rows(counted, "below_line", None, "below", ("below", "above")),
        *(
            _rows(counted, "fails_indicator", slug, f"{slug} fail", (f"{slug} fail", f"{slug} pass"))
            for slug in slugs
        ),
        _rows(counted, "poor", None, "poor", ("poor", "not poor")),
    ]
    # Area by area, each with its lists in this order.
    return pl.concat(rows).sort("place", maintain_order=True).select(list(SIZES))


def _sums(slugs: Sequence[str]) -> list[pl.Expr]:
    told = {
        "all": pl.len(),
        "below": (pl.col("state") == "below").sum(),
        "above": (pl.col("state") == "above").sum(),
        "poor": pl.col("poor").sum(),
        "not poor": (~pl.col("poor")).sum(),
        **{f"{slug} {state}": pl.col(f"{slug} {state}").sum() for slug in slugs for state in _TOLD},
    }
    return [count.cast(pl.Int64).alias(name) for name, count in told.items()]


def _rows(
    counted: pl.DataFrame, name: str, slug: str | None, listed: str, decided: tuple[str, str]
) -> pl.DataFrame:
    outside = pl.col(f"{slug} not_applicable") if slug else pl.lit(0, pl.Int64)
    return (
        counted.with_columns(
            list=pl.lit(name),
            slug=pl.lit(slug, pl.String),
            listed=pl.col(listed),
            denominator=pl.sum_horizontal(decided),
            not_applicable=outside,
        )
        .with_columns(not_assessable=pl.col("all") - pl.col("denominator") - pl.col("not_applicable"))
        .select("place", *SIZES)
    )
