from dataclasses import replace
from datetime import date
from types import MappingProxyType

import polars as pl
import pytest

from rules import indicators
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
ALL = indicators.load()
TWO_ADULTS = ({"age": 40}, {"age": 38})
INFANT = ({"age": 40}, {"age": 0})
SAVING = {f"saving_{number}": False for number in range(1, 12)}


def frames(*households):
    homes, people = [], []
    for number, (answers, members) in enumerate(households):
        key = {"household_id": f"h{number}", "district_code": "3401"}
        homes.append({"tambon_code": "340101", "reference_date": date(2026, 7, 1)} | key | answers)
        people += [key | {"member_no": no} | member for no, member in enumerate(members, 1)]
    return from_rows(Household, homes), from_rows(Person, people)


def assessed(answers, members=TWO_ADULTS, round_=ROUND):
    return indicators.assess(*frames((answers, members)), ALL, round_).row(0, named=True)


def pupils(number):
    return (*TWO_ADULTS, *({"age": 8},) * number)


def state(slug, answers, members=TWO_ADULTS):
    return assessed(answers, members)[slug]


def test_every_indicator_of_the_round_that_is_in_force_is_judged():
    found = indicators.assess(*frames(({}, TWO_ADULTS)), ALL, ROUND)
    assert indicators.slugs(found) == list(ROUND.enabled_indicators)
    assert {each.slug for each in ALL} >= set(ROUND.enabled_indicators)


def test_nobody_in_the_group_is_not_applicable_and_never_a_fail():
    assert state("birth_weight", {"child_u1_count": 0, "birth_weight_all_ok": False}) == "not_applicable"


def test_an_unknown_group_or_an_unknown_answer_is_unanswered():
    of_no_age = ({"age": 40}, {})
    answers = {"child_u1_count": None, "birth_weight_all_ok": True}
    assert state("birth_weight", answers, of_no_age) == "unanswered"
    assert state("birth_weight", {"child_u1_count": 1, "birth_weight_all_ok": None}, INFANT) == "unanswered"


def test_a_person_indicator_passes_or_fails_by_its_answer():
    assert state("birth_weight", {"child_u1_count": 1, "birth_weight_all_ok": True}, INFANT) == "pass"
    assert state("birth_weight", {"child_u1_count": 1, "birth_weight_all_ok": False}, INFANT) == "fail"


def test_a_household_indicator_needs_every_item():
    yes = {f"food_safety_{number}": True for number in range(1, 5)}
    assert state("food_safety", yes) == "pass"
    assert state("food_safety", yes | {"food_safety_3": False, "food_safety_4": None}) == "fail"
    assert state("food_safety", yes | {"food_safety_3": None}) == "unanswered"


def test_a_house_without_people_is_not_applicable_for_everything():
    row = assessed({}, ())
    assert {row[slug] for slug in ROUND.enabled_indicators} == {"not_applicable"}


def test_breast_feeding_asks_only_the_band_that_has_children():
    only_older = {"child_u6m_count": 0, "child_6_12m_count": 1, "bf_6_12m_all": True}
    assert state("exclusive_breastfeeding", only_older, INFANT) == "pass"
    both = {"child_u6m_count": 1, "bf_u6m_all": True, "child_6_12m_count": 1, "bf_6_12m_all": False}
    assert state("exclusive_breastfeeding", both, (*INFANT, {"age": 0})) == "fail"


def test_saving_reads_empty_boxes_beside_a_ticked_none_as_no():
    assert state("saving", {"saving_none": True}) == "fail"
    assert state("saving", SAVING | {"saving_none": None}) == "fail"
    assert state("saving", {"saving_9": True}) == "pass"
    assert state("saving", {}) == "unanswered"


def test_family_warmth_takes_the_branch_of_the_household():
    alone = {"lives_alone": True, "alone_visited": True, "alone_happy": True, "warmth_together": False}
    assert state("family_warmth", alone, ({"age": 70},)) == "pass"
    together = {
        "lives_alone": False,
        "warmth_together": True,
        "warmth_respect": True,
        "warmth_consult": False,
    }
    assert state("family_warmth", together) == "fail"


def test_life_and_property_counts_an_intrusion_as_a_fail():
    safe = {"no_killing": True, "no_assault": True, "no_property_loss": True}
    assert state("life_property_safety", safe | {"home_intruded": False, "other_crime": False}) == "pass"
    assert state("life_property_safety", safe | {"home_intruded": True, "other_crime": False}) == "fail"


def test_exercise_counts_people_of_six_and_over_on_the_roster():
    row = assessed({"exercise_all": False, "neither_count": 1}, ({"age": 5}, {"age": 6}, {"age": 40}))
    assert (row["exercise"], row["exercise.persons"], row["exercise.failing"]) == ("fail", 2, 1)
    assert state("exercise", {"exercise_all": True}, ({"age": 5},)) == "not_applicable"


@pytest.mark.parametrize(
    ("income", "expected"),
    [
        ((80000, 0, 0, 0), "pass"),
        ((79999, 0, 0, 0), "fail"),
        ((80000, None, 0, 0), "pass"),
        ((None,) * 4, "unanswered"),
    ],
)
def test_income_follows_the_list_of_households_below_the_line(income, expected):
    names = ("income_main_baht", "income_secondary_baht", "income_other_baht", "income_own_produce_baht")
    assert state("income_per_capita", dict(zip(names, income, strict=True))) == expected


def test_people_of_a_failing_household_are_counted_by_the_parts_it_states():
    drinks = {"nobody_drinks": False, "drinkers_20p_count": 1}
    row = assessed(drinks)
    assert (row["no_alcohol.persons"], row["no_alcohol.failing"]) == (2, 1)
    row = assessed({"nobody_drinks": False})
    assert (row["no_alcohol.persons"], row["no_alcohol.failing"]) == (2, None)
    row = assessed({"nobody_drinks": True})
    assert (row["no_alcohol.persons"], row["no_alcohol.failing"]) == (2, 0)


def test_rates_keep_households_and_persons_apart():
    school = {"child_6_14_count": 2, "in_school_all": False, "in_school_not_count": 1}
    households = [
        (school, pupils(2)),
        ({"child_6_14_count": 3, "in_school_all": True}, pupils(3)),
        ({"child_6_14_count": 1, "in_school_all": False}, pupils(1)),
        ({"child_6_14_count": 1}, pupils(1)),
        ({"child_6_14_count": 0}, pupils(0)),
        ({"child_6_14_count": 4, "in_school_all": True}, pupils(5)),
    ]
    found = indicators.rates(indicators.assess(*frames(*households), ALL, ROUND), ALL)
    row = found.filter(pl.col("slug") == "compulsory_education").row(0, named=True)
    assert row == {
        "district_code": "3401",
        "slug": "compulsory_education",
        "unit": "person",
        "passed": 1,
        "failed": 2,
        "not_applicable": 1,
        "unanswered": 1,
        "inconsistent": 1,
        "persons_passed": 4,
        "persons_failed": 1,
        "persons_unanswered": 2,
        "persons_inconsistent": 5,
    }
    water = found.filter(pl.col("slug") == "drinking_water").row(0, named=True)
    assert (water["unanswered"], water["persons_failed"]) == (6, None)


def test_rates_are_by_district_in_the_rounds_order():
    homes, people = frames(({}, TWO_ADULTS), ({}, TWO_ADULTS))
    homes = homes.with_columns(district_code=pl.Series(["3402", "3401"]))
    found = indicators.rates(indicators.assess(homes, people, ALL, ROUND), ALL)
    assert found["district_code"].to_list() == ["3401"] * 31 + ["3402"] * 31
    assert found["slug"].to_list() == list(ROUND.enabled_indicators) * 2


def test_rates_of_nothing_are_an_empty_table_of_the_same_columns():
    empty = indicators.rates(indicators.assess(*frames(), ALL, ROUND), ALL)
    assert empty.schema == pl.Schema(indicators.RATES)


def test_a_round_that_switches_an_indicator_off_has_no_column_for_it():
    entries = dict(ROUND.indicators)
    entries["saving"] = replace(entries["saving"], enabled=False)
    found = indicators.assess(
        *frames(({}, TWO_ADULTS)), ALL, replace(ROUND, indicators=MappingProxyType(entries))
    )
    assert "saving" not in found.columns
