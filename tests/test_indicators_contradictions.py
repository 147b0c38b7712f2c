"""Answers that contradict the roster or each other are in no rate; what nobody can tell does not."""

from datetime import date

import pytest

from rules import indicators
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
ALL = indicators.load()
ADULT, PUPIL = {"age": 40}, {"age": 8}
SCHOOL = {"child_6_14_count": 2, "in_school_all": False, "in_school_not_count": 1}
STUDENT = {
    "age": 20,
    "occupation": "student",
    "health_status": "normal",
    "can_help_self": True,
    "title": "nai",
}
DEPENDENT = STUDENT | {
    "age": 30,
    "occupation": "none",
    "health_status": "disabled",
    "can_help_self": False,
}
WORKER = STUDENT | {"age": 35, "occupation": "rice"}
MONK = STUDENT | {"age": 50, "occupation": "none", "title": "phra"}
FACES_EITHER_WAY = {"lives_alone": False, "warmth_together": True, "warmth_respect": True}


def frame(answers, members):
    key = {"household_id": "h", "district_code": "3401"}
    homes = from_rows(
        Household, [key | {"tambon_code": "340101", "reference_date": date(2026, 7, 1)} | answers]
    )
    people = from_rows(Person, [key | {"member_no": no} | each for no, each in enumerate(members, 1)])
    return indicators.assess(homes, people, ALL, ROUND)


def assessed(answers, members):
    return frame(answers, members).row(0, named=True)


def of_school(*members, **changes):
    row = assessed(SCHOOL | changes, members)
    return row["compulsory_education"], row["compulsory_education.persons"]


def test_a_number_that_differs_from_the_roster_contradicts_it():
    assert of_school(ADULT, PUPIL, PUPIL) == ("fail", 2)
    assert of_school(ADULT, PUPIL, PUPIL, PUPIL) == ("inconsistent", 3)
    assert of_school(ADULT, PUPIL) == ("inconsistent", 1)
    assert of_school(ADULT, child_6_14_count=0, in_school_all=True, in_school_not_count=None) == (
        "not_applicable",
        None,
    )


def test_a_group_the_household_denies_and_the_roster_has_contradicts_it():
    nobody = {"child_6_14_count": 0, "in_school_all": None, "in_school_not_count": None}
    assert of_school(ADULT, PUPIL, **nobody)[0] == "inconsistent"


def test_a_group_the_roster_does_not_have_is_not_applicable_whatever_is_answered():
    nobody = {"child_6_14_count": None, "in_school_not_count": None}
    assert of_school(ADULT, **nobody, in_school_all=True)[0] == "not_applicable"
    assert of_school(ADULT, **nobody, in_school_all=False)[0] == "not_applicable"
    assert of_school(ADULT, child_6_14_count=None, in_school_not_count=1)[0] == "inconsistent"


def test_the_roster_gives_the_number_that_the_household_left_out():
    assert of_school(ADULT, PUPIL, PUPIL, child_6_14_count=None) == ("fail", 2)


def test_where_ages_are_missing_the_households_number_is_taken_and_contradicts_nothing():
    assert of_school(ADULT, PUPIL, {}) == ("fail", 2)
    assert of_school(ADULT, PUPIL, {}, child_6_14_count=1, in_school_all=True, in_school_not_count=0) == (
        "pass",
        1,
    )
    assert of_school({}, {}, child_6_14_count=None)[0] == "unanswered"


def test_all_passing_beside_people_who_fail_contradicts_itself():
    assert of_school(ADULT, PUPIL, PUPIL, in_school_all=True)[0] == "inconsistent"
    assert of_school(ADULT, PUPIL, PUPIL, in_school_all=True, in_school_not_count=0)[0] == "pass"


def test_not_all_passing_needs_somebody_who_fails_once_every_part_is_answered():
    assert of_school(ADULT, PUPIL, PUPIL, in_school_not_count=0)[0] == "inconsistent"
    assert of_school(ADULT, PUPIL, PUPIL, in_school_not_count=None)[0] == "fail"
    drinks = {"nobody_drinks": False, "drinkers_u15_count": 0, "drinkers_15_19_count": 0}
    assert assessed(drinks, [ADULT])["no_alcohol"] == "fail"
    assert assessed(drinks | {"drinkers_20p_count": 0}, [ADULT])["no_alcohol"] == "inconsistent"


def test_more_people_fail_than_are_counted():
    assert of_school(ADULT, PUPIL, PUPIL, in_school_not_count=2)[0] == "fail"
    assert of_school(ADULT, PUPIL, PUPIL, in_school_not_count=3)[0] == "inconsistent"


def test_an_open_answer_about_the_right_people_is_unanswered():
    assert of_school(ADULT, PUPIL, PUPIL, in_school_all=None) == ("unanswered", 2)


def test_a_house_without_people_contradicts_nothing():
    assert of_school()[0] == "not_applicable"


@pytest.mark.parametrize(
    ("slug", "good", "bad"),
    [
        ("saving", {"saving_none": True}, {"saving_none": True, "saving_3": True}),
        ("saving", {"saving_none": True}, {"saving_none": True, "saving_amount_baht": 500}),
        ("no_smoking", {"nobody_smokes": True}, {"nobody_smokes": True, "main_earner_smokes": True}),
        (
            "no_alcohol",
            {"nobody_drinks": True, "main_earner_drinks_per_month": 0},
            {"nobody_drinks": True, "main_earner_drinks_per_month": 4},
        ),
        (
            "no_alcohol",
            {"nobody_drinks": False, "drinkers_20p_count": 1},
            {"nobody_drinks": False, "drinkers_15_19_count": 1},
        ),
        (
            "no_pollution",
            {f"no_pollution_{number}": True for number in range(1, 7)},
            {f"no_pollution_{number}": True for number in range(1, 7)} | {"pollution_source": "industry"},
        ),
        (
            "life_property_safety",
            {"no_property_loss": False, "property_loss_baht": 500},
            {"no_property_loss": True, "property_loss_baht": 500},
        ),
        ("family_warmth", {"lives_alone": True, "alone_visited": False}, FACES_EITHER_WAY),
    ],
)
def test_answers_that_exclude_each_other_contradict(slug, good, bad):
    assert assessed(good, [ADULT])[slug] in {"pass", "fail"}
    assert assessed(bad, [ADULT])[slug] == "inconsistent"


def test_a_nuisance_without_its_source_is_still_a_fail():
    assert assessed({"no_pollution_4": False}, [ADULT])["no_pollution"] == "fail"


def jobs(members, **answers):
    row = assessed(answers, members)
    slug = "job_income_15_59"
    return row[slug], row[slug + ".persons"], row[slug + ".failing"]


def test_a_number_the_old_app_fills_in_contradicts_nothing_but_counts_only_those_who_are_meant():
    assert jobs([WORKER, STUDENT, DEPENDENT], job_15_59_count=3, job_15_59_all=True) == ("pass", 1, 0)
    assert jobs([WORKER, STUDENT, DEPENDENT], job_15_59_count=1, job_15_59_all=True) == ("pass", 1, 0)
    assert jobs([WORKER, STUDENT], job_15_59_count=0, job_15_59_all=True)[0] == "inconsistent"
    assert jobs([WORKER, STUDENT], job_15_59_count=3, job_15_59_all=True)[0] == "inconsistent"


def test_a_monk_counts_when_the_household_counts_him():
    assert jobs([WORKER, MONK], job_15_59_count=1, job_15_59_all=True) == ("pass", 1, 0)
    without = {"no_job_no_income_15_59_count": 1}
    assert jobs([WORKER, MONK], job_15_59_count=2, job_15_59_all=False, **without) == ("fail", 2, 1)


def test_everybody_having_a_job_contradicts_a_roster_with_somebody_without():
    idle = WORKER | {"occupation": "none"}
    assert jobs([WORKER, idle], job_15_59_count=2, job_15_59_all=True)[0] == "inconsistent"


def test_a_disability_that_only_its_kind_shows_is_left_to_the_household():
    ill = {"health_status": "chronic", "disability_type": "seeing"}
    without = {"disabled_count": 0}
    assert assessed(without, [ill])["disabled_care"] == "not_applicable"
    cared = {"disabled_count": 1, "disabled_care_all": True}
    assert assessed(cared, [ill])["disabled_care.persons"] == 1
    assert assessed(cared, [{"health_status": "chronic"}])["disabled_care"] == "inconsistent"


def test_one_band_of_infants_beside_a_roster_without_any_contradicts_it():
    assert assessed({"child_u6m_count": 1, "bf_u6m_all": True}, [ADULT])["exclusive_breastfeeding"] == (
        "inconsistent"
    )


def test_only_pass_and_fail_enter_a_rate():
    row = indicators.rates(frame(SCHOOL, [ADULT, PUPIL]), ALL).filter(slug="compulsory_education")
    counted = row.row(0, named=True)
    assert (counted["passed"], counted["failed"], counted["inconsistent"]) == (0, 0, 1)
    people = [counted[f"persons_{name}"] for name in ("passed", "failed", "unanswered", "inconsistent")]
    assert people == [0, 0, 0, 1]
