from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import poverty
from tests.poverty_province import ANSWERS, OLD, SET, UNHURRIED, area, frames, provinces


def one(answers, k=None, set_=SET):
    return poverty.poor(*frames(("340101", 3, "above", answers), set_=set_), set_, k).row(0, named=True)


def test_one_failing_indicator_makes_its_dimension_and_the_household_poor():
    row = one({"drinking_water": "fail"})
    assert row == {
        "household_id": "h0",
        "district_code": "3401",
        "tambon_code": "340101",
        "members": 3,
        "health": "not_deprived",
        "living": "deprived",
        "education": "not_deprived",
        "income": "not_deprived",
        "access": "not_deprived",
        "dimensions": 1,
        "state": "poor",
    }


def test_two_failing_indicators_of_a_dimension_are_one_dimension():
    row = one({"drinking_water": "fail", "domestic_water": "fail"})
    assert (row["dimensions"], row["state"]) == (1, "poor")
    assert one({"drinking_water": "fail", "domestic_water": "fail"}, k=2)["state"] == "not_poor"


def test_an_indicator_that_does_not_apply_is_no_deprivation():
    row = one(dict.fromkeys(SET.slugs, "not_applicable"))
    assert (row["dimensions"], row["state"], row["health"]) == (0, "not_poor", "not_deprived")


@pytest.mark.parametrize("answer", ["unanswered", "inconsistent", "a state nobody has thought of", None])
def test_an_answer_that_says_nothing_leaves_the_dimension_open(answer):
    row = one({"exercise": answer})
    assert (row["health"], row["state"]) == ("not_assessable", "not_assessable")


def test_a_failing_indicator_decides_beside_an_unanswered_one():
    row = one({"exercise": "unanswered", "food_safety": "fail"})
    assert (row["health"], row["state"]) == ("deprived", "poor")


def test_a_household_surely_poor_stays_on_the_list_whatever_else_is_open():
    row = one({"exercise": "unanswered", "drinking_water": "fail"})
    assert (row["health"], row["dimensions"], row["state"]) == ("not_assessable", 1, "poor")


def test_with_a_higher_k_what_is_open_may_decide_or_not():
    open_one = {"exercise": "unanswered"}
    assert one(open_one, k=2)["state"] == "not_poor"
    assert one(open_one | {"drinking_water": "fail"}, k=2)["state"] == "not_assessable"
    assert one(open_one | {"drinking_water": "fail", "elderly_care": "fail"}, k=2)["state"] == "poor"


@pytest.mark.parametrize("k", [0, 6, True, 1.0])
def test_a_k_the_set_has_not_is_refused(k):
    with pytest.raises(ValueError, match="from 1 to 5"):
        one({}, k=k)


def test_the_enum_of_the_indicators_is_read_like_their_texts():
    assessed, below = frames(("340101", 3, "above", {"exercise": "fail"}), ("340101", 2, "above", {}))
    typed = assessed.with_columns(pl.col(*SET.slugs).cast(pl.Enum(ANSWERS[:4])))
    assert poverty.poor(typed, below, SET).equals(poverty.poor(assessed, below, SET))


def test_households_and_their_order_are_those_of_the_income_list():
    assessed, below = frames(
        ("340101", 3, "above", {}),
        ("340101", None, "above", {"exercise": "fail"}),
        ("340201", 2, "below", {}),
    )
    empty_house = assessed[:1].with_columns(household_id=pl.lit("empty"))
    sent_twice = assessed[1:2].with_columns(exercise=pl.lit("pass"))
    found = poverty.poor(pl.concat([empty_house, assessed.reverse(), sent_twice]), below, SET)
    assert found.get_column("household_id").to_list() == ["h0", "h1", "h2"]
    assert found.get_column("members").to_list() == [3, None, 2]
    assert found.get_column("state").to_list() == ["not_poor", "poor", "not_poor"]


def test_the_same_id_in_two_districts_is_two_households():
    assessed, below = frames(("340101", 3, "above", {"exercise": "fail"}), ("340201", 2, "above", {}))
    same = pl.col("household_id").replace({"h1": "h0"})
    found = poverty.poor(assessed.with_columns(same), below.with_columns(same), SET)
    assert found.get_column("state").to_list() == ["poor", "not_poor"]


def test_a_household_without_an_id_or_without_answers_is_not_assessable():
    assessed, below = frames(("340101", 3, "above", {}), ("340101", 2, "above", {}), (None, 2, "above", {}))
    lost = below.with_columns(pl.col("household_id").replace({"h0": None, "h1": "elsewhere"}))
    nameless = assessed.with_columns(pl.col("household_id").replace({"h0": None}))
    found = poverty.poor(nameless, lost, SET)
    assert found.get_column("state").to_list() == ["not_assessable", "not_assessable", "not_poor"]


PROVINCE = (
    ("340101", 4, "below", {"exercise": "fail", "food_safety": "fail", "income_per_capita": "fail"}),
    ("340101", 2, "above", {}),
    ("340102", 1, "above", {"elderly_care": "fail", "exercise": "unanswered"}),
    ("340102", 5, "above", {"exercise": "unanswered"}),
    ("340201", 3, "above", {"disabled_care": "not_applicable"}),
    ("340201", None, "above", {"elderly_care": "fail"}),
)


def test_measures_of_a_province_made_by_hand():
    found = poverty.measures(*frames(*PROVINCE), SET, "34")
    # exercise and food_safety weigh 3 of 60, income_per_capita 4, elderly_care 6.
    whole = area(found.areas, "province", "34", "household")
    assert whole == {
        "level": "province",
        "area_code": "34",
        "unit": "household",
        "k": 1,
        "assessable": 5,
        "not_assessable": 1,
        "uncounted": 0,
        "poor": 3,
        "incomplete": 1,
        "units": 10 + 6 + 6,
        "total_units": 60,
        "headcount_millionths": 600_000,
        "intensity_millionths": 122_222,
        "adjusted_millionths": 73_333,
    }
    persons = area(found.areas, "province", "34", "person")
    assert (persons["assessable"], persons["not_assessable"], persons["uncounted"]) == (10, 5, 1)
    assert (persons["poor"], persons["units"]) == (5, 4 * 10 + 6)
    assert area(found.areas, "district", "3402", "person")["headcount_millionths"] == 0
    assert area(found.areas, "district", "3402", "person")["intensity_millionths"] is None


def test_parts_of_a_province_made_by_hand():
    parts = poverty.measures(*frames(*PROVINCE), SET, "34").parts
    health = area(parts, "province", "34", "household", dimension="health", slug=None)
    assert (health["deprived"], health["poor_and_deprived"], health["weighed_units"]) == (1, 1, 6)
    assert health["contribution_millionths"] == 272_727
    elderly = area(parts, "province", "34", "person", slug="elderly_care")
    assert (elderly["poor_and_deprived"], elderly["weighed_units"]) == (1, 6)
    assert elderly["censored_millionths"] == 100_000


def test_with_a_higher_k_the_censored_headcounts_leave_out_who_is_not_poor():
    parts = poverty.measures(*frames(*PROVINCE), SET, "34", k=2).parts
    elderly = area(parts, "province", "34", "household", slug="elderly_care")
    assert (elderly["k"], elderly["deprived"], elderly["poor_and_deprived"]) == (2, 1, 0)
    income_part = area(parts, "province", "34", "household", slug="income_per_capita")
    assert (income_part["deprived"], income_part["poor_and_deprived"]) == (1, 1)


def test_measures_come_by_level_area_and_unit():
    found = poverty.measures(*frames(*reversed(PROVINCE)), SET, "34").areas
    assert found.select("level", "area_code", "unit").rows()[::2] == [
        ("province", "34", "household"),
        ("district", "3401", "household"),
        ("district", "3402", "household"),
        ("tambon", "340101", "household"),
        ("tambon", "340102", "household"),
        ("tambon", "340201", "household"),
    ]


def test_an_empty_province_has_no_measures():
    found = poverty.measures(*frames(), SET, "34")
    assert found.areas.height == found.parts.height == 0


@UNHURRIED
@given(provinces())
def test_the_measures_count_exactly_who_is_on_the_list(case):
    households, k = case
    assessed, below = frames(*households, set_=OLD)
    listed = poverty.poor(assessed, below, OLD, k)
    areas = poverty.measures(assessed, below, OLD, "34", k).areas
    whole = area(areas, "province", "34", "household")
    states = listed.get_column("state").value_counts()
    counted = dict(states.rows())
    assert whole["poor"] == counted.get("poor", 0)
    assert whole["not_assessable"] == counted.get("not_assessable", 0)
    assert whole["assessable"] + whole["not_assessable"] == len(households)
    of_the_poor = listed.filter(pl.col("state") == "poor").get_column("members").sum()
    assert area(areas, "province", "34", "person")["poor"] == of_the_poor


@UNHURRIED
@given(provinces())
def test_sums_agree_upward_and_parts_add_up_to_the_whole(case):
    assessed, below = frames(*case[0], set_=OLD)
    found = poverty.measures(assessed, below, OLD, "34", case[1])
    numbers = ["assessable", "not_assessable", "uncounted", "poor", "incomplete", "units"]
    per_level = found.areas.group_by("level", "unit").agg(pl.col(numbers).sum())
    for unit in ("household", "person"):
        sums = per_level.filter(pl.col("unit") == unit).select(numbers).unique()
        assert sums.height == 1
    for is_dimension in (True, False):
        parts = found.parts.filter(pl.col("slug").is_null() == is_dimension)
        summed = parts.group_by("level", "area_code", "unit").agg(pl.col("weighed_units").sum())
        joined = found.areas.join(summed, on=["level", "area_code", "unit"])
        assert joined.height == found.areas.height
        assert joined.get_column("units").equals(joined.get_column("weighed_units"), check_names=False)


@UNHURRIED
@given(provinces())
def test_population_shares_times_their_measures_are_the_whole_exactly(case):
    areas = poverty.measures(*frames(*case[0], set_=OLD), OLD, "34", case[1]).areas
    whole = area(areas, "province", "34", "person")
    if not whole["assessable"]:
        return
    districts = areas.filter((pl.col("level") == "district") & (pl.col("unit") == "person"))
    parts = [
        Fraction(row["assessable"], whole["assessable"])
        * Fraction(row["units"], row["assessable"] * row["total_units"])
        for row in districts.iter_rows(named=True)
        if row["assessable"]
    ]
    assert sum(parts) == Fraction(whole["units"], whole["assessable"] * whole["total_units"])


@UNHURRIED
@given(provinces(), st.sampled_from(OLD.slugs))
def test_one_more_failing_indicator_takes_nobody_off_the_list(case, slug):
    households, k = case
    assessed, below = frames(*households, set_=OLD)
    worse = assessed.with_columns(pl.lit("fail").alias(slug))
    before, after = (poverty.poor(answers, below, OLD, k) for answers in (assessed, worse))
    was_poor = before.filter(pl.col("state") == "poor").get_column("household_id")
    assert set(was_poor) <= set(after.filter(pl.col("state") == "poor").get_column("household_id"))


@UNHURRIED
@given(provinces())
def test_whole_province_or_district_by_district_is_the_same(case):
    assessed, below = frames(*case[0], set_=OLD)
    whole = poverty.poor(assessed, below, OLD, case[1]).sort("household_id")
    parts = [
        poverty.poor(
            assessed.filter(pl.col("district_code").eq_missing(pl.lit(code, pl.String))),
            below.filter(pl.col("district_code").eq_missing(pl.lit(code, pl.String))),
            OLD,
            case[1],
        )
        for code in ("3401", "3402", None)
    ]
    assert pl.concat(parts).sort("household_id").equals(whole)
