"""Assessed households added up per district: households by state, and people for indicators about people.

Households and persons are never mixed: each count says in its name which it is. Deliberately not here: shares
and thresholds (rules/quality.py, rules/acceptance.py).
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from rules.indicators.assessment import slugs
from rules.indicators.judging import FAILING, PERSONS, STATES
from rules.indicators.reading import Indicator

RATES = {
    "district_code": pl.String(),
    "slug": pl.String(),
    "unit": pl.String(),
    "passed": pl.Int64(),
    "failed": pl.Int64(),
    "not_applicable": pl.Int64(),
    "unanswered": pl.Int64(),
    "inconsistent": pl.Int64(),
    "persons_passed": pl.Int64(),
    "persons_failed": pl.Int64(),
    "persons_unanswered": pl.Int64(),
    "persons_inconsistent": pl.Int64(),
}
_PEOPLE = ("passed", "failed", "unanswered", "inconsistent")
_NAMES = dict(zip(STATES, ("passed", "failed", *STATES[2:]), strict=True))


def rates(assessed: pl.DataFrame, indicators: Iterable[Indicator]) -> pl.DataFrame:
    """A row per district and indicator of ``assessed``, in RATES, by district, then as assessed.

    passed, failed, not_applicable, unanswered, inconsistent: households. persons_*: people, null for
    household indicators; those of a failing household that does not say how many fail are
    persons_unanswered, not guessed.
    """
    units = {indicator.slug: indicator.unit for indicator in indicators}
    per_district = assessed.group_by(pl.col("district_code").fill_null("")).agg(
        count for slug in slugs(assessed) for count in counts(slug, units[slug])
    )
    parts = [
        per_district.select(
            "district_code",
            slug=pl.lit(slug),
            unit=pl.lit(units[slug]),
            **{name: pl.col(f"{slug} {name}").cast(pl.Int64) for name in list(RATES)[3:]},
        )
        for slug in slugs(assessed)
    ]
    return pl.concat([pl.DataFrame(schema=RATES), *parts]).sort("district_code", maintain_order=True)


def counts(slug: str, unit: str) -> list[pl.Expr]:
    """The counts of RATES for one indicator of an assessed frame, each named ``<slug> <count>``."""
    state = pl.col(slug)
    counts = [(state == name).sum().alias(f"{slug} {label}") for name, label in _NAMES.items()]
    if unit == "household":
        return counts + [pl.lit(None, pl.Int64).alias(f"{slug} persons_{name}") for name in _PEOPLE]
    persons, failing = pl.col(slug + PERSONS).fill_null(0), pl.col(slug + FAILING)
    is_told, is_inconsistent = failing.is_not_null(), state == "inconsistent"
    people = (
        (persons - failing).filter(is_told).sum(),
        failing.sum(),
        persons.filter(~is_told & ~is_inconsistent).sum(),
        persons.filter(is_inconsistent).sum(),
    )
    return counts + [
        count.alias(f"{slug} persons_{name}") for name, count in zip(_PEOPLE, people, strict=True)
    ]
