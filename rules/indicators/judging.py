"""The state of one indicator, from what its texts came out as on each household: Polars expressions only.

What the household states is held against its roster; where the roster cannot tell, a statement contradicts
nothing. Deliberately not here: the texts (the indicator's file) and running them (assessment.py).
"""

from __future__ import annotations

import polars as pl

from rules.indicators.reading import Indicator

STATES = ("pass", "fail", "not_applicable", "unanswered", "inconsistent")
PERSONS, FAILING = ".persons", ".failing"
LIVED_IN, INCOME = "lived in", "income state"
_OF_INCOME = {"above": True, "below": False}


def columns(indicator: Indicator) -> list[pl.Expr]:
    """The columns of ``indicator`` in an assessed frame, over a frame of its texts by ``<slug> <name>``.

    That frame also has LIVED_IN, whether anybody is on the roster, and INCOME, a state of rules.below_line.
    """
    slug = indicator.slug
    applies, passes = _applies(indicator), _passes(indicator)
    judged = pl.when(passes).then(pl.lit("pass")).when(~passes).then(pl.lit("fail"))
    state = (
        pl.when(pl.col(LIVED_IN) & _is_contradicted(indicator, applies, passes))
        .then(pl.lit("inconsistent"))
        .when(applies)
        .then(judged.otherwise(pl.lit("unanswered")))
        .when(~applies)
        .then(pl.lit("not_applicable"))
        .otherwise(pl.lit("unanswered"))
    )
    columns = [state.cast(pl.Enum(STATES)).alias(slug)]
    if indicator.unit == "person":
        failing = pl.when(state == "pass").then(0).when(state == "fail").then(_failing(indicator))
        counted = pl.when(state != "not_applicable").then(_persons(indicator))
        columns += [
            counted.cast(pl.Int64).alias(slug + PERSONS),
            failing.cast(pl.Int64).alias(slug + FAILING),
        ]
    return columns


def _text(indicator: Indicator, name: str) -> pl.Expr:
    return pl.col(f"{indicator.slug} {name}")


def _group(indicator: Indicator, size: str, prefix: str = "") -> pl.Expr:
    """The roster's answer about the group low, high or most; of the next smaller one if it is not named."""
    if size == "most" and not indicator.tolerated:
        size = "high"
    return _text(indicator, prefix + ("low" if size == "high" and not indicator.perhaps else size))


def _applies(indicator: Indicator) -> pl.Expr:
    """Whether anybody is counted: what the roster tells, else what the household states."""
    stated = _text(indicator, "applies")
    if not indicator.who:
        return stated
    # when() takes cannot tell for no.
    return (
        pl.when(_group(indicator, "low", "any "))
        .then(pl.lit(value=True))
        .when(~_group(indicator, "high", "any "))
        .then(pl.lit(value=False))
        .otherwise(stated)
    )


def _passes(indicator: Indicator) -> pl.Expr:
    if indicator.judged_by:
        return pl.col(INCOME).replace_strict(_OF_INCOME, default=None, return_dtype=pl.Boolean)
    return _text(indicator, "passes")


def _persons(indicator: Indicator) -> pl.Expr:
    """People counted: as many as stated, within what the roster tells; null when nobody can tell."""
    stated = _text(indicator, "persons") if indicator.persons else pl.lit(None, pl.Int64)
    if not indicator.who:
        return stated
    low, high = _group(indicator, "low"), _group(indicator, "high")
    is_told = low.is_not_null() & high.is_not_null()
    within = pl.when(stated.is_not_null()).then(pl.max_horizontal(low, pl.min_horizontal(stated, high)))
    return pl.when(is_told).then(pl.when(low == high).then(low).otherwise(within)).otherwise(stated)


def _parts(indicator: Indicator) -> list[pl.Expr]:
    return [_text(indicator, f"failing {number}") for number in range(len(indicator.failing))]


def _failing(indicator: Indicator) -> pl.Expr:
    """People who fail, an empty part being 0; null when no part is given."""
    parts = _parts(indicator)
    is_given = pl.any_horizontal(part.is_not_null() for part in parts)
    return pl.when(is_given).then(pl.sum_horizontal(part.fill_null(0) for part in parts))


def _is_contradicted(indicator: Indicator, applies: pl.Expr, passes: pl.Expr) -> pl.Expr:
    """Whether the answers surely contradict each other or the roster; never null."""
    contradictions = [~_text(indicator, "consistent")] if indicator.consistent else []
    if indicator.who and indicator.persons:
        stated = _text(indicator, "persons")
        low, most = _group(indicator, "low"), _group(indicator, "most")
        # A band of children may be stated where their sum is not.
        contradictions += [stated < low, stated > most, _text(indicator, "applies") & (most == 0)]
    if indicator.unit == "person":
        failing, parts = _failing(indicator), _parts(indicator)
        are_given = pl.all_horizontal(part.is_not_null() for part in parts)
        # Of those a form comes with and who are not counted, some may be said to fail.
        nobody = _group(indicator, "most") if indicator.tolerated else pl.lit(0)
        contradictions += [
            passes & (failing > 0),
            applies & ~passes & are_given & (failing == 0),
            # Nobody is not known to be fewer than those who fail where it is not known who is counted.
            ~passes & (failing > pl.when(applies).then(_persons(indicator)).when(~applies).then(nobody)),
        ]
    return pl.any_horizontal(pl.lit(value=False), *(each.fill_null(value=False) for each in contradictions))
