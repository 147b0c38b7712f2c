"""Last year's records of the whole province, as the checks across years need them.

Deliberately not here: reading them (flows/last_year.py), and ``last.`` in the rule language, which compares a
record with its own last year (rules/last_year.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from schemas.frames import empty
from schemas.household import Household
from schemas.person import Person

HOUSEHOLD_COLUMNS = ("household_id", "district_code", "tambon_code", "village_no", "household_status")
PERSON_COLUMNS = ("household_id", "district_code", "member_no", "national_id")


@dataclass(frozen=True)
class Before:
    """Records of the round before, each frame with at least the columns above.

    ``is_whole``: every district of the province is among them, so that who is not found was nowhere in it.
    """

    households: pl.DataFrame
    persons: pl.DataFrame
    is_whole: bool


# Nothing of last year is known.
NOTHING = Before(empty(Household), empty(Person), is_whole=False)
