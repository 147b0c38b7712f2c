"""Answers 1-8: infants, vaccines, food and self-care, rights and facilities, check-ups, exercise."""

import numpy as np
import polars as pl

from sample_data.answers.asking import Answers, Interview, all_or_how_many, asked, one_item_missing
from schemas import rounds

VACCINE_STEPS = ("birth", "1m", "2m", "4m", "6m", "9m", "1y", "18m", "30m", "4y", "7y", "12y")
VACCINE_AGES = (0, 1, 2, 4, 6, 9, 12, 18, 30, 48, 84, 144)
"""Age in months from which each step is due."""

FACILITY_LIMIT = 5
"""The official manual calls more than five people per facility implausible."""


def fill(it: Interview) -> Answers:
    return {
        **_infants(it),
        **_vaccines(it),
        **_self_care(it),
        **_rights(it),
        **_checkups(it),
        **_exercise(it),
    }


def _months(it: Interview) -> np.ndarray:
    """Age in full months on the day of the interview."""
    born = it.people["birth_date"].to_numpy()
    day = it.homes["interview_date"].to_numpy()[it.hh]
    apart = (day.astype("datetime64[M]") - born.astype("datetime64[M]")).astype(np.int64)
    into_month = (day - day.astype("datetime64[M]")).astype(np.int64)
    born_into = (born - born.astype("datetime64[M]")).astype(np.int64)
    return np.where(np.isnat(born), it.age * 12, apart - (into_month < born_into))


def _infants(it: Interview) -> Answers:
    infant = it.age < 1
    young = infant & (_months(it) < 6)
    older = infant & ~young
    light = it.count(it.behind("birth_weight"))
    bottle = it.behind("exclusive_breastfeeding")
    return {
        **all_or_how_many(
            it.count(infant), light, ("child_u1_count", "birth_weight_all_ok", "low_birth_weight_count")
        ),
        **all_or_how_many(
            it.count(young), it.count(bottle & young), ("child_u6m_count", "bf_u6m_all", "bf_u6m_not_count")
        ),
        **all_or_how_many(
            it.count(older),
            it.count(bottle & older),
            ("child_6_12m_count", "bf_6_12m_all", "bf_6_12m_not_count"),
        ),
    }


def _vaccines(it: Interview) -> Answers:
    missed = it.behind("vaccination")
    answers = all_or_how_many(
        it.count(it.age <= 12), it.count(missed), ("child_0_12_count", "vaccine_all", "vaccine_not_count")
    )
    step = np.searchsorted(np.array(VACCINE_AGES), _months(it), side="right") - 1
    some = it.count(missed) > 0
    for number, name in enumerate(VACCINE_STEPS):
        answers[f"vaccine_step_{name}_count"] = asked(some, it.count(missed & (step == number)))
    return answers


def _self_care(it: Interview) -> Answers:
    """Food, and what the year's form asks after it: medicine use until 2565, self-care from 2566 on."""
    asked_after = "medicine_use" if "medicine_use" in rounds.load(it.year).indicators else "self_care"
    care = it.fails("self_care")
    return {
        **one_item_missing(
            it.fails("food_safety"), it.number("item"), tuple(f"food_safety_{n}" for n in range(1, 5))
        ),
        **one_item_missing(care, it.number("insurance"), tuple(f"{asked_after}_{n}" for n in range(1, 5))),
    }


def _rights(it: Interview) -> Answers:
    official = it.occupied("government")
    insured = it.occupied("company", "state_enterprise") & ~official
    civil, social = it.count(official), it.count(insured)
    shared = np.minimum(it.members - civil - social, np.where(civil > 0, 2, 0))
    private = np.minimum(it.members, (it.number("insurance") < 0.06).astype(np.int64))
    centre = np.minimum(it.members, 1 + np.floor(it.number("facility") * 4).astype(np.int64))
    hospital = np.minimum(it.members, np.floor(it.number("leisure") * 3).astype(np.int64))
    clinic = np.minimum(it.members, (it.number("facility") < 0.2).astype(np.int64))
    none = np.zeros(it.n, dtype=np.int64)
    return {
        "insurance_private_count": pl.Series(private),
        "insurance_civil_count": pl.Series(civil + shared),
        "insurance_social_count": pl.Series(social),
        "insurance_universal_count": pl.Series(it.members - civil - shared - social),
        "insurance_other_count": pl.Series(none),
        "facility_health_centre_count": pl.Series(np.minimum(centre, FACILITY_LIMIT)),
        "facility_state_hospital_count": pl.Series(np.minimum(hospital, FACILITY_LIMIT)),
        "facility_private_hospital_count": pl.Series(none),
        "facility_clinic_count": pl.Series(clinic),
        "facility_other_count": pl.Series(none),
    }


def _checkups(it: Interview) -> Answers:
    unchecked = it.behind("annual_checkup")
    missing = it.count(unchecked)
    unscreened = np.where(it.number("disaster") < 0.3, np.minimum(missing, 1), 0)
    return {
        **all_or_how_many(
            it.count(it.age >= 35), missing, ("age35_count", "checkup_all", "checkup_not_count")
        ),
        "screened_all": asked(missing > 0, unscreened == 0),
        "screened_not_count": asked((missing > 0) & (unscreened > 0), unscreened),
    }


def _exercise(it: Interview) -> Answers:
    older = it.count(it.age >= 6)
    neither = it.count(it.behind("exercise"))
    exerted = it.count((it.age >= 6) & it.works & ~it.behind("exercise"))
    return {
        "exercise_all": asked(older > 0, neither == 0),
        "exercised_count": asked(older > 0, older - exerted - neither),
        "exerted_count": asked(older > 0, exerted),
        "neither_count": asked(older > 0, neither),
    }
