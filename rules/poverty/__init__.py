"""Multidimensional poverty: dimensions as data, who is poor, Alkire and Foster's measures, the three lists.

Three lists are never mixed: households below the income line, households that fail an indicator, households
that are poor. Deliberately not here: judging incomes (rules/below_line.py) and indicators (rules/indicators).
"""

from __future__ import annotations

from rules.poverty import lists, reading
from rules.poverty.dimensions import Dimensions
from rules.poverty.measures import measures
from rules.poverty.poor import poor
from rules.poverty.reading import load, of_round
from rules.poverty.refusal import PovertyError
from rules.poverty.sizes import sizes

__all__ = ["Dimensions", "PovertyError", "faults", "load", "measures", "of_round", "poor", "sizes"]


def faults() -> list[str]:
    """What is wrong with the data files of this room, for `jpt rules check`; empty when all can be used."""
    return reading.faults() + lists.faults()
