"""Indicators of the questionnaire: one YAML file each in the rule language, judged per household.

Everything is keyed by slug; official numbers and which indicators are in force belong to the round
(schemas/rounds). Deliberately not here: rules about wrong records (rules/catalogue).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rules.indicators.assessment import KEYS, assess, in_force, slugs
from rules.indicators.counting import RATES, rates
from rules.indicators.in_round import round_faults
from rules.indicators.judging import FAILING, PERSONS, STATES
from rules.indicators.official import official_table, share_text
from rules.indicators.reading import Indicator, IndicatorError, read
from rules.indicators.reference import compared, pointed_out
from rules.indicators.stated import stated_table

__all__ = [
    "FAILING",
    "KEYS",
    "PERSONS",
    "RATES",
    "STATES",
    "Indicator",
    "IndicatorError",
    "assess",
    "compared",
    "faults",
    "in_force",
    "load",
    "official_table",
    "pointed_out",
    "rates",
    "round_faults",
    "share_text",
    "slugs",
    "stated_table",
]

FOLDER = Path(__file__).parent


def load(folder: Path | None = None) -> tuple[Indicator, ...]:
    """Every indicator of ``folder`` (default: this one), sorted by slug. Raises IndicatorError."""
    return _load(folder or FOLDER)


@cache
def _load(folder: Path) -> tuple[Indicator, ...]:
    return tuple(read(path) for path in sorted(folder.glob("*.yaml")))


def faults(folder: Path | None = None) -> list[str]:
    """What is wrong with the files, one text per file, for `jpt rules check`; empty when all can be used."""
    found = []
    for path in sorted((folder or FOLDER).glob("*.yaml")):
        try:
            read(path)
        except IndicatorError as error:
            found.append(str(error))
    return found
