"""Each household against each indicator of the round, and how many people that concerns.

Not applicable is never a fail and leaves the denominator; unanswered and inconsistent are states of their
own, so that only pass and fail enter a rate. Deliberately not here: households below the income line as a
list (rules/below_line.py), whose verdict is only taken over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from rules import below_line
from rules.compiled import round_params
from rules.indicators.judging import INCOME, LIVED_IN, STATES, columns
from rules.indicators.reading import Indicator
from rules.language import parse, values

if TYPE_CHECKING:
    from schemas.rounds import Round

KEYS = ("household_id", "district_code", "tambon_code")


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
    fails without saying how many, is unanswered or inconsistent).
    """
    chosen = in_force(indicators, round_)
    asked = {
        f"{each.slug} {key}": part
        for each in chosen
        for key, part in each.expressions(round_params(round_)).items()
    }
    asked[LIVED_IN] = parse("count(members) >= 1", "household")
    income = below_line.states(households, persons, round_).get_column("state").cast(pl.String)
    answers = values(asked, "household", households, persons).with_columns(income.alias(INCOME))
    judged = answers.lazy().select(column for each in chosen for column in columns(each)).collect()
    return pl.concat([households.select(KEYS), judged], how="horizontal")


def slugs(assessed: pl.DataFrame) -> list[str]:
    """The indicators of an assessed frame."""
    return [name for name, dtype in assessed.schema.items() if dtype == pl.Enum(STATES)]
