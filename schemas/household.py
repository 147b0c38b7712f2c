"""Household: one row per household visited, the whole questionnaire of one round in a flat frame.

Columns are declared in the `household_*` modules, one part of the form each. Answers that an export lacks are
null; nothing here compares columns with each other or with the roster.
"""

from schemas.household_education import AfterCompulsory, Schooling
from schemas.household_health import Checkups, Food, Infants
from schemas.household_living import Home, Safety, Surroundings
from schemas.household_money import Income, LoansAndDebts, SavingAndWelfare, Work
from schemas.household_place import Interview, Place
from schemas.household_results import StatedResults
from schemas.household_vaccines import Vaccines
from schemas.household_values import Care, Funds, Habits, Together
from schemas.provenance import Provenance


# Pandera lays columns out from the last base to the first, so the form is read here from bottom to top.
class Household(
    Provenance,
    StatedResults,
    Funds,
    Together,
    Care,
    Habits,
    SavingAndWelfare,
    LoansAndDebts,
    Income,
    Work,
    AfterCompulsory,
    Schooling,
    Safety,
    Surroundings,
    Home,
    Checkups,
    Food,
    Vaccines,
    Infants,
    Interview,
    Place,
):
    """A household record. Validate DataFrames only: on a LazyFrame Pandera skips every data check."""

    class Config:
        strict = True
        ordered = True
