"""Indicators are scored by what the questionnaire asks; the collecting app's known faults are not repeated.

Its writing of item 17.5 (hours of study) over 16.5 has no column here and so no test.
"""

from datetime import date

import pytest

from rules import indicators
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
ALL = indicators.load()
ADULT, INFANT = {"age": 40}, {"age": 0}
SOUND = {"title": "nai", "health_status": "normal", "can_help_self": True}
STUDENT = SOUND | {"age": 20, "occupation": "student"}
DEPENDENT = {"title": "nai", "occupation": "none", "health_status": "disabled", "can_help_self": False}
SAFE = {"no_killing": True, "no_assault": True, "no_property_loss": True}


def state(slug, answers, members=(ADULT,)):
    key = {"household_id": "h", "district_code": "3401"}
    homes = from_rows(Household, [key | {"reference_date": date(2026, 7, 1)} | answers])
    people = from_rows(Person, [key | {"member_no": no} | each for no, each in enumerate(members, 1)])
    return indicators.assess(homes, people, ALL, ROUND).get_column(slug).item()


def test_saving_with_a_cooperative_is_saving():
    assert state("saving", {"saving_3": True}) == "pass"


@pytest.mark.parametrize("income", [0, 39_999, 1_000_000])
def test_saving_is_any_form_of_it_and_not_the_test_of_the_income_line(income):
    money = {"income_main_baht": income}
    assert state("saving", money | {"saving_1": True}) == "pass"
    assert state("saving", money | {"saving_none": True}) == "fail"


@pytest.mark.parametrize("happened", ["home_intruded", "other_crime"])
def test_intrusion_and_other_crime_fail_when_they_happened(happened):
    quiet = SAFE | {"home_intruded": False, "other_crime": False}
    assert state("life_property_safety", quiet) == "pass"
    assert state("life_property_safety", quiet | {happened: True}) == "fail"


def test_the_first_band_of_infants_is_not_everybody_under_one_year():
    older = {"child_u6m_count": 0, "child_6_12m_count": 1, "bf_6_12m_all": True}
    assert state("exclusive_breastfeeding", older, [ADULT, INFANT]) == "pass"
    in_both = older | {"child_u6m_count": 1, "bf_u6m_all": False, "bf_u6m_not_count": 1}
    assert state("exclusive_breastfeeding", in_both, [ADULT, INFANT]) == "inconsistent"


def test_those_who_only_study_or_depend_on_others_need_no_job():
    answers = {"job_15_59_count": 2, "job_15_59_all": False, "no_job_no_income_15_59_count": 2}
    members = [STUDENT, DEPENDENT | {"age": 30}]
    assert state("job_income_15_59", answers, members) == "not_applicable"
    assert state("job_income_15_59", {"job_15_59_count": 2}, members) == "not_applicable"
    assert state("job_income_60", {"job_60_count": 1}, [DEPENDENT | {"age": 70}]) == "not_applicable"


def test_family_warmth_needs_every_item_of_its_branch():
    together = {"lives_alone": False, "warmth_together": True, "warmth_respect": True}
    two = [ADULT, ADULT]
    assert state("family_warmth", together | {"warmth_consult": True}, two) == "pass"
    assert state("family_warmth", together | {"warmth_consult": False}, two) == "fail"
    alone = {"lives_alone": True, "alone_visited": True}
    assert state("family_warmth", alone | {"alone_happy": False}) == "fail"


def test_an_income_that_was_not_answered_is_not_an_income_of_nothing():
    assert state("income_per_capita", {}) == "unanswered"
    assert state("income_per_capita", {"income_main_baht": 0}) == "fail"
