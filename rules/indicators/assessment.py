"""Each household against each indicator of the round, and how many people that concerns.

Not applicable is never a fail and leaves the denominator; unanswered is a state of its own. Deliberately not
here: households below the income line as a list (rules/below_line.py), whose verdict is only taken over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from rules import below_line
from rules.compiled import round_params
from rules.indicators.reading import Indicator
from rules.language import values

if TYPE_CHECKING:
    from schemas.rounds import Round

STATES = ("pass", "fail", "not_applicable", "unanswered")
KEYS = ("household_id", "district_code", "tambon_code")
PERSONS, FAILING = ".persons", ".failing"
_OF_INCOME = {"above": "pass", "below": "fail", "not_assessable": "unanswered"}


def in_force(indicators: Iterable[Indicator], round_: Round) -> tuple[Indicator, ...]:
    """The indicators the round uses, in its order."""
    by_slug = {indicator.slug: indicator for indicator in indicators}
    return tuple(by_slug[slug] for slug in round_.enabled_indicators if slug in by_slug)


def assess(
    households: pl.DataFrame, persons: pl.DataFrame, indicators: Iterable[Indicator], round_: Round
) -> pl.DataFrame:
    """A row per household, in their order: KEYS, then a column per indicator in force, an Enum of STATES.

    A person indicator has two more, Int64: ``<slug>.persons``, the people it counts here (null when it does
    not apply or nobody can tell), and ``<slug>.failing``, those of them who fail (null when the household
    fails without saying how many, or is unanswered).
    """
    chosen = in_force(indicators, round_)
    asked = {
        f"{each.slug} {key}": part
        for each in chosen
        for key, part in each.expressions(round_params(round_)).items()
    }
    answers = values(asked, "household", households, persons) if asked else pl.DataFrame()
    income = below_line.states(households, persons, round_).get_column("state").cast(pl.String)
    columns = [column for each in chosen for column in _columns(each, answers, income)]
    return households.select(KEYS).with_columns(columns)


def slugs(assessed: pl.DataFrame) -> list[str]:
    """The indicators of an assessed frame."""
    return [name for name, dtype in assessed.schema.items() if dtype == pl.Enum(STATES)]


def _columns(indicator: Indicator, answers: pl.DataFrame, income: pl.Series) -> list[pl.Series]:
    slug = indicator.slug
    applies = answers.get_column(f"{slug} applies")
    if indicator.judged_by:
        verdict = income.replace_strict(_OF_INCOME, return_dtype=pl.String)
    else:
        passes = answers.get_column(f"{slug} passes")
        verdict = passes.replace_strict(
            {True: "pass", False: "fail"}, default="unanswered", return_dtype=pl.String
        )
    state = pl.select(
        pl.when(pl.lit(applies))
        .then(pl.lit(verdict))
        .when(~pl.lit(applies))
        .then(pl.lit("not_applicable"))
        .otherwise(pl.lit("unanswered"))
        .cast(pl.Enum(STATES))
        .alias(slug)
    ).to_series()
    if indicator.unit == "household":
        return [state]
    parts = answers.select(f"{slug} failing {number}" for number in range(len(indicator.failing)))
    return [state, *_people(slug, state, answers.get_column(f"{slug} persons"), parts)]


def _people(slug: str, state: pl.Series, persons: pl.Series, parts: pl.DataFrame) -> list[pl.Series]:
    stated = parts.select(
        pl.when(pl.any_horizontal(pl.all().is_not_null())).then(pl.sum_horizontal(pl.all().fill_null(0)))
    ).to_series()
    of_state = pl.lit(state.cast(pl.String))
    applies = of_state != "not_applicable"
    failing = pl.when(of_state == "pass").then(0).when(of_state == "fail").then(pl.lit(stated)).cast(pl.Int64)
    return pl.select(
        pl.when(applies).then(pl.lit(persons)).cast(pl.Int64).alias(slug + PERSONS),
        failing.alias(slug + FAILING),
    ).get_columns()
