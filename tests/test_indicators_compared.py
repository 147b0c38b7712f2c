"""Stated results against recomputed ones, and rates against those of the provinces in 2561."""

import re

import polars as pl
import pytest

from rules import indicators
from rules.indicators import reference, stated
from schemas import rounds

ROUND = rounds.load(2569)
NAMES = {each.slug: each.name for each in indicators.load()}
STATE = pl.Enum(indicators.STATES)


def assessed(states, slug="food_safety"):
    return pl.DataFrame(
        {"household_id": [f"h{number}" for number in range(len(states))]}
        | {"district_code": ["3401"] * len(states), "tambon_code": ["340101"] * len(states)}
        | {slug: pl.Series(states, dtype=STATE)}
    )


def test_stated_results_are_counted_against_the_recomputed_ones():
    states = ["pass", "fail", "fail", "pass", "inconsistent", "unanswered", "pass"]
    said = [True, False, True, False, True, False, None]
    both = assessed(states)
    homes = both.select("household_id", result_food_safety=pl.Series(said))
    row = indicators.stated_table(homes, both, "34").filter(level="district").row(0, named=True)
    assert row["area_code"] == "3401"
    assert [row[name] for name in stated.COUNTS] == [2, 1, 1, 2, 1]


def test_a_form_without_stated_results_has_stated_none():
    both = assessed(["pass", "fail"])
    row = indicators.stated_table(both.select("household_id"), both, "34").row(0, named=True)
    assert [row[name] for name in stated.COUNTS] == [0, 0, 0, 0, 2]


def test_rows_of_other_households_are_refused():
    both = assessed(["pass", "fail"])
    with pytest.raises(ValueError, match="not those of the households"):
        indicators.stated_table(both.select("household_id").reverse(), both, "34")


def rate(failing, passing, slug="food_safety"):
    both = assessed(["fail", "pass", "inconsistent"], slug)
    members = both.select("household_id", members=pl.Series([failing, passing, 5]))
    return indicators.compared(both, members, "34").filter(level="province").row(0, named=True)


def test_the_reference_is_the_31_indicators_of_2561():
    assert [each.number for each in reference.load()] == list(range(1, 32))
    for each in reference.load():
        low, middle, high = each.province_min, each.province_median, each.province_max
        assert low <= middle <= each.province_p90 <= high
        assert low <= each.thailand <= high
        assert each.ubon_failing <= each.ubon_all
    used = {each.slug for each in reference.load()}
    assert set(ROUND.enabled_indicators) - used == {"self_care"}


def test_members_of_failing_households_are_compared_among_those_it_applies_to():
    row = rate(1, 99)
    assert (row["failing_members"], row["members"], row["standing"]) == (1, 100, "within")
    assert indicators.pointed_out(row, NAMES["food_safety"]) is None


@pytest.mark.parametrize(
    ("failing", "passing", "slug", "expected"),
    [
        (7_115, 92_885, "food_safety", "within"),
        (7_116, 92_884, "food_safety", "above"),
        (1_575, 98_425, "saving", "within"),
        (1_574, 98_426, "saving", "below"),
        (0, 100, "food_safety", "below"),
        (0, 100, "housing_secure", "within"),
        (0, 0, "food_safety", None),
    ],
)
def test_a_rate_is_outside_only_beyond_what_the_reference_may_have_been_rounded_from(
    failing, passing, slug, expected
):
    assert rate(failing, passing, slug)["standing"] == expected


def test_a_rate_outside_is_told_in_both_languages_with_its_numbers():
    told = indicators.pointed_out(rate(80, 920), NAMES["food_safety"])
    assert told is not None
    for text in (told.th, told.en):
        assert re.search(r"80 .* 1,000 .*0\.01–7\.11", text)
    assert "สูงกว่าทุกจังหวัด" in told.th
    assert "above every province" in told.en
