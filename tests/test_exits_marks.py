from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from rules import below_line, exits, indicators
from rules.exits import marks, tallies
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person
from tests.exits_rounds import IDS

ROUND = rounds.load(2569)
LINE = ROUND.income_line_baht
PLACE = {"district_code": "3401", "tambon_code": "340101", "village_no": 3}
AMOUNTS = {
    "expense_necessary_baht": 50_100,
    "expense_unnecessary_baht": 900,
    "expense_production_baht": 12_000,
    "saving_amount_baht": 3_000,
    "debt_formal_baht": 20_000,
}


def home(key, members, income, **answers):
    """A household of as many people, its income all from the main occupation; (row, ids of its people)."""
    row = {"household_id": key, "reference_date": date(2026, 7, 1), "income_main_baht": income}
    others = dict.fromkeys(below_line.COMPONENTS[1:], 0)
    return row | PLACE | others | answers, IDS[:members]


def frames(homes, round_=ROUND):
    households = from_rows(Household, [row for row, _ in homes])
    people = [
        {
            "household_id": row["household_id"],
            "member_no": no + 1,
            "district_code": "3401",
            "national_id": id_,
        }
        for row, ids in homes
        for no, id_ in enumerate(ids)
    ]
    persons = from_rows(Person, people)
    return exits.RoundFrames(
        round_,
        households,
        persons,
        below_line.judge(households, persons, round_),
        indicators.assess(households, persons, indicators.load(), round_),
    )


def compared(before, now, of=(ROUND, ROUND)):
    """One household in both rounds."""
    return exits.compare(frames([before], of[0]), frames([now], of[1]), "34")


def marked(before, now, of=(ROUND, ROUND), list_="income"):
    """The marks of its exit."""
    found = compared(before, now, of).marked.filter(pl.col("list") == list_)
    return {name for name in marks.MARKS if found.get_column(name).item()}


def test_an_exit_far_over_the_line_by_new_income_carries_no_mark():
    result = compared(home("a", 2, LINE), home("a", 2, 4 * LINE))
    row = result.marked.filter(pl.col("list") == "income").row(0, named=True)
    assert (row["household_id"], row["members_before"], row["is_marked"]) == ("a", 2, False)


def test_an_income_within_the_margin_is_just_over_and_a_baht_more_is_not():
    margin = 2 * LINE * (100 + ROUND.parameters["income_risen_margin_percent"]) // 100
    assert marked(home("a", 2, LINE), home("a", 2, margin - 1)) == {"is_just_over"}
    assert marked(home("a", 2, LINE), home("a", 2, margin)) == set()


def test_a_smaller_household_with_no_more_income_exits_by_its_members_alone():
    before = home("a", 4, 3 * LINE)
    assert marked(before, home("a", 2, 3 * LINE - 5)) == {"is_by_fewer_members"}
    assert marked(before, home("a", 2, 3 * LINE)) == {"is_by_fewer_members", "is_income_copied"}
    assert marked(before, home("a", 2, 3 * LINE + 1)) == set()


def test_an_exit_that_the_lowered_line_alone_made_is_the_lines_and_not_the_members():
    lower = replace(ROUND, income_line_baht=LINE // 2)
    before = home("a", 4, 3 * LINE)
    assert marked(before, home("a", 4, 3 * LINE), (ROUND, lower)) == {"is_by_line", "is_income_copied"}
    assert marked(before, home("a", 3, 3 * LINE - 1), (ROUND, lower)) == {"is_by_line"}


def test_an_income_of_other_components_but_the_same_sum_is_not_copied():
    lower = replace(ROUND, income_line_baht=LINE // 2)
    other = home("a", 4, 2 * LINE, income_other_baht=LINE)
    assert marked(home("a", 4, 3 * LINE), other, (ROUND, lower)) == {"is_by_line"}


def test_a_form_copied_but_for_its_income_is_marked():
    before = home("a", 2, LINE, **AMOUNTS)
    assert marked(before, home("a", 2, 4 * LINE, **AMOUNTS)) == {"is_rest_copied"}
    assert marked(before, home("a", 2, 4 * LINE, **AMOUNTS | {"saving_amount_baht": 3_001})) == set()


def test_a_form_with_too_few_amounts_to_tell_is_not_called_copied():
    few = dict(list(AMOUNTS.items())[:4])
    assert marked(home("a", 2, LINE, **few), home("a", 2, 4 * LINE, **few)) == set()


def test_an_indicator_corrected_on_a_form_otherwise_copied_is_marked():
    before = home("a", 2, 4 * LINE, **AMOUNTS, drinking_water_enough=False)
    now = home("a", 2, 4 * LINE, **AMOUNTS, drinking_water_enough=True)
    assert marked(before, now, list_="drinking_water") == {"is_rest_copied"}
    other = home("a", 2, 4 * LINE, **AMOUNTS, drinking_water_enough=True, domestic_water_enough=True)
    assert marked(before, other, list_="drinking_water") == set()


def test_an_exit_of_a_household_known_by_its_people_only_says_so():
    assert marked(home("a", 2, LINE), home("b", 2, 4 * LINE)) == {"is_linked_by_members"}


def test_marks_are_counted_among_the_exits_of_the_tally():
    before = frames([home("a", 2, LINE), (home("b", 0, LINE)[0], IDS[5:8])])
    now = frames([home("a", 2, 4 * LINE), (home("b", 0, 3 * LINE)[0], IDS[5:8])])
    result = exits.compare(before, now, "34")
    keys = list(tallies.KEYS)
    both = result.marked_counts.filter(pl.col("list") == "income").join(result.income_tally, on=keys)
    assert both.height == 6
    assert both.filter(pl.col("exited") != pl.col("exited_right")).is_empty()
    province = both.filter(pl.col("level") == "province").select(
        "unit", "exited", "is_just_over", "is_marked"
    )
    assert province.rows() == [("households", 2, 1, 1), ("members", 5, 3, 3)]


def test_marks_of_no_exit_are_no_rows():
    result = compared(home("a", 2, LINE), home("a", 2, LINE))
    assert result.marked.is_empty()
    assert result.marked_counts.is_empty()


def test_a_margin_that_is_no_number_is_told():
    odd = replace(
        ROUND, parameters=dict(ROUND.parameters) | {"income_risen_margin_percent": date(2026, 1, 1)}
    )
    with pytest.raises(TypeError, match="income_risen_margin_percent"):
        marked(home("a", 2, LINE), home("a", 2, 4 * LINE), (ROUND, odd))


def without(round_, slug):
    entries = dict(round_.indicators)
    entries[slug] = replace(entries[slug], enabled=False)
    return replace(round_, indicators=entries)


def test_indicators_are_compared_by_name_and_only_those_both_rounds_have():
    old, new = without(ROUND, "saving"), without(ROUND, "drinking_water")
    result = compared(home("a", 2, LINE), home("a", 2, LINE), (old, new))
    assert (result.only_before, result.only_now) == (("drinking_water",), ("saving",))
    compared_slugs = result.indicator_tally.get_column("list").unique()
    assert "food_safety" in compared_slugs
    assert not {"saving", "drinking_water"} & set(compared_slugs)


def test_an_indicator_that_changed_its_number_is_still_the_same():
    entries = dict(ROUND.indicators)
    entries["drinking_water"] = replace(entries["drinking_water"], number=99, slot=99)
    renumbered = replace(ROUND, indicators=entries)
    before = home("a", 2, LINE, drinking_water_enough=False)
    now = home("a", 2, LINE, drinking_water_enough=True)
    result = compared(before, now, (ROUND, renumbered))
    assert result.indicators.get_column("drinking_water").to_list() == ["exited"]


def test_every_table_of_a_comparison_holds_the_identity():
    before = frames([home("a", 2, LINE), (home("b", 0, LINE, drinking_water_enough=False)[0], IDS[5:8])])
    now = frames([home("a", 3, LINE), (home("c", 0, 9 * LINE, drinking_water_enough=True)[0], IDS[6:9])])
    result = exits.compare(before, now, "34")
    assert result.income.get_column("income").to_list() == ["stayed_below", "exited"]
    assert result.indicators.get_column("drinking_water").to_list() == ["stayed_outside", "exited"]
    assert tallies.broken(result.income_tally, exits.INCOME).is_empty()
    assert tallies.broken(result.indicator_tally, exits.INDICATOR).is_empty()
    assert result.link_rates.row(0, named=True)["linked_by_members"] == 1
