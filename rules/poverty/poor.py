"""Who is multidimensionally poor: deprived in at least k of the dimensions of the questionnaire's generation.

A dimension is deprived when any of its indicators fails; when none fails and one is unanswered or
inconsistent, nobody can tell. So a household may be surely poor although something of it is not known, and it
is not lost from the list. Deliberately not here: being below the income line and failing a single indicator,
which are other lists (lists.py), and the welfare-card register, without which nobody is TPMAP's target poor.
"""

from __future__ import annotations

import polars as pl

from rules.poverty.dimensions import Dimensions

STATES = ("poor", "not_poor", "not_assessable")
DEPRIVED = ("deprived", "not_deprived", "not_assessable")
KEYS = ("household_id", "district_code", "tambon_code", "members")
# States of an indicator that say something; all others, whatever their name, say that nobody can tell.
_NO_DEPRIVATION = ("pass", "not_applicable")


def poor(
    assessed: pl.DataFrame | pl.LazyFrame,
    below_line: pl.DataFrame | pl.LazyFrame,
    set_: Dimensions,
    k: int | None = None,
) -> pl.DataFrame:
    """A row per row of ``below_line``, in its order: KEYS, a column per dimension, ``dimensions``, ``state``.

    ``assessed``: rules.indicators.assess; ``below_line``: rules.below_line.judge, whose households and
    members these are. A dimension is an Enum of DEPRIVED; ``dimensions`` counts those surely deprived
    (Int64); ``state`` is an Enum of STATES: poor when they are at least ``k`` (default: the set's),
    not_assessable when those nobody can tell of could make it so. A household without an id, or that
    ``assessed`` does not have, is not assessable. Raises ValueError for a k the set has not.
    """
    enum = pl.Enum(DEPRIVED)
    return (
        marked_poor(assessed, below_line, set_, k)
        .select(
            *KEYS,
            *(
                pl.when(pl.col(name))
                .then(pl.lit("deprived", enum))
                .when(~pl.col(name))
                .then(pl.lit("not_deprived", enum))
                .otherwise(pl.lit("not_assessable", enum))
                .alias(name)
                for name in set_.weights
            ),
            "dimensions",
            state=pl.when(pl.col("poor"))
            .then(pl.lit("poor", pl.Enum(STATES)))
            .when(~pl.col("poor"))
            .then(pl.lit("not_poor", pl.Enum(STATES)))
            .otherwise(pl.lit("not_assessable", pl.Enum(STATES))),
        )
        .collect()
    )


def marked_poor(
    assessed: pl.DataFrame | pl.LazyFrame,
    below_line: pl.DataFrame | pl.LazyFrame,
    set_: Dimensions,
    k: int | None = None,
) -> pl.LazyFrame:
    """KEYS, Booleans per indicator and dimension (is it deprived), ``dimensions``, ``poor``."""
    return marked(side_by_side(assessed, below_line, set_.slugs), set_, k)


def marked(answers: pl.LazyFrame, set_: Dimensions, k: int | None = None) -> pl.LazyFrame:
    """``answers`` with the indicators of the set as Booleans, and ``marked_poor``'s other columns."""
    least = set_.k if k is None else k
    if type(least) is not int or not 1 <= least <= len(set_.weights):
        raise ValueError(f"k is a number of dimensions, from 1 to {len(set_.weights)}")
    names = list(set_.weights)
    sure = pl.sum_horizontal(pl.col(name).fill_null(False).cast(pl.Int64) for name in names)
    possible = pl.sum_horizontal(pl.col(name).fill_null(True).cast(pl.Int64) for name in names)
    return (
        answers.with_columns(is_deprived(slug) for slug in set_.slugs)
        .with_columns(
            # Kleene's or: one failing indicator decides, whatever the others are.
            pl.any_horizontal(slugs).alias(name)
            for name, slugs in set_.by_dimension.items()
        )
        .with_columns(sure.alias("dimensions"))
        .with_columns(
            pl.when(pl.col("dimensions") >= least).then(True).when(possible < least).then(False).alias("poor")
        )
    )


def side_by_side(
    assessed: pl.DataFrame | pl.LazyFrame, below_line: pl.DataFrame | pl.LazyFrame, slugs: tuple[str, ...]
) -> pl.LazyFrame:
    """KEYS and ``state`` of ``below_line``, row by row, with the indicators ``slugs`` of the same household.

    Two rows of one id are one household to ``below_line``, which takes the first: so here.
    """
    on = ["district_code", "household_id"]
    answers = (
        assessed.lazy()
        .select(*on, *slugs)
        .filter(pl.col("household_id").is_not_null() & pl.struct(on).is_first_distinct())
    )
    left = below_line.lazy().select(*KEYS, "state")
    return left.join(answers, on=on, how="left", nulls_equal=True, maintain_order="left")


def is_deprived(slug: str) -> pl.Expr:
    """True: fails; False: passes or does not apply; null: nobody can tell."""
    state = pl.col(slug)
    no = pl.any_horizontal(state == name for name in _NO_DEPRIVATION)
    return pl.when(state == "fail").then(True).when(no).then(False).alias(slug)
