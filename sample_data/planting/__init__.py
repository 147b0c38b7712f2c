"""Planting: breaking chosen records on purpose, a rule at a time, and listing what the night must find.

`plan` says which rule is broken in which district, `sow` does it, the `…_plants` modules say how. Everything
not listed in planted.csv is clean.
"""

from sample_data.planting import (
    across_plants,
    answer_gate_plants,
    answer_number_plants,
    answer_plants,
    cell_plants,
    debt_plants,
    family_plants,
    health_plants,
    household_plants,
    identity_plants,
    income_plants,
    interview_plants,
    person_plants,
    place_plants,
    result_plants,
    row_plants,
    saving_plants,
    schooling_plants,
    spending_plants,
    year_household_plants,
    year_person_plants,
    year_plants,
)
from sample_data.planting.registry import PLANTS, Plant

FAMILIES = (
    person_plants,
    schooling_plants,
    health_plants,
    family_plants,
    household_plants,
    income_plants,
    spending_plants,
    debt_plants,
    saving_plants,
    interview_plants,
    answer_plants,
    answer_number_plants,
    answer_gate_plants,
    result_plants,
    identity_plants,
    place_plants,
    cell_plants,
    row_plants,
    across_plants,
    year_plants,
    year_person_plants,
    year_household_plants,
)

__all__ = ["FAMILIES", "PLANTS", "Plant"]
