from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from rules import below_line
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
LINE = ROUND.income_line_baht


def judged(households, round_=ROUND):
    homes, people = [], []
    for number, (income, members, more) in enumerate(households):
        key = f"h{number}"
        components = dict(zip(below_line.COMPONENTS, income, strict=True))
        place = {"household_id": key, "district_code": "3401", "tambon_code": "340101", "village_no": 3}
        homes.append({"reference_date": date(2026, 7, 1)} | place | components | more)
        people += [
            {"household_id": key, "member_no": no + 1, "district_code": "3401"} for no in range(members)
        ]
    return below_line.judge(from_rows(Household, homes), from_rows(Person, people), round_)


def state(income, members, round_=ROUND, **more):
    return judged([(income, members, more)], round_)["state"].to_list()


def test_exactly_on_the_line_passes_and_a_baht_less_does_not():
    assert state((3 * LINE, 0, 0, 0), 3) == ["above"]
    assert state((3 * LINE - 1, 0, 0, 0), 3) == ["below"]


def test_the_operator_on_the_line_is_the_rounds():
    strict = replace(ROUND, income_passes_at=">")
    assert state((3 * LINE, 0, 0, 0), 3, strict) == ["below"]
    assert state((3 * LINE + 1, 0, 0, 0), 3, strict) == ["above"]


def test_an_average_that_would_round_up_to_the_line_stays_below():
    assert state((2 * LINE - 1, 0, 0, 0), 2) == ["below"]


def test_all_four_components_count():
    quarter = LINE // 4
    assert state((quarter, quarter, quarter, quarter), 1) == ["above"]
    assert state((quarter, quarter, quarter, quarter - 1), 1) == ["below"]


def test_a_single_empty_component_counts_as_zero_and_is_flagged():
    row = judged([((LINE, None, 0, None), 1, {})]).row(0, named=True)
    assert (row["income_baht"], row["missing_components"], row["state"]) == (LINE, 2, "above")


def test_four_empty_components_are_not_assessable_and_never_poor():
    row = judged([((None,) * 4, 2, {"income_total_baht": 0, "income_per_capita_baht": 0})]).row(0, named=True)
    assert (row["income_baht"], row["missing_components"], row["state"]) == (None, 4, "not_assessable")


def test_a_true_zero_is_below():
    assert state((0, 0, 0, 0), 1) == ["below"]


def test_nobody_on_the_roster_cannot_be_assessed():
    assert state((LINE, 0, 0, 0), 0) == ["not_assessable"]
    assert state((LINE, 0, 0, 0), 0, household_status="refused") == ["not_assessable"]


@pytest.mark.parametrize("status", ["vacant", "moved", "demolished"])
def test_an_empty_house_is_no_household(status):
    assert state((None,) * 4, 0, household_status=status) == []
    assert state((LINE, 0, 0, 0), 1, household_status=status) == ["above"]


def test_the_stated_count_does_not_decide():
    assert state((2 * LINE, 0, 0, 0), 2, member_count=9) == ["above"]


def test_two_rows_of_one_id_are_one_household_that_cannot_be_assessed():
    home = {"household_id": "a", "district_code": "3401", "income_main_baht": 10 * LINE}
    homes = from_rows(Household, [home | {"reference_date": date(2026, 7, 1)}] * 2)
    people = from_rows(Person, [{"household_id": "a", "member_no": 1}])
    judged = below_line.judge(homes, people, ROUND)
    assert judged.select("members", "state").rows() == [(None, "not_assessable")]


def test_totals_keep_households_and_persons_apart():
    found = below_line.totals(
        judged([((0, 0, 0, 0), 3, {}), ((9 * LINE, 0, 0, 0), 4, {}), ((None,) * 4, 2, {})])
    )
    assert found.to_dicts() == [
        {
            "district_code": "3401",
            "below_households": 1,
            "below_persons": 3,
            "above_households": 1,
            "above_persons": 4,
            "not_assessable_households": 1,
            "not_assessable_persons": 2,
        }
    ]


def test_the_frame_has_its_declared_types_even_without_rows():
    found = below_line.judge(from_rows(Household, []), from_rows(Person, []), ROUND)
    assert found.schema == pl.Schema(below_line.SCHEMA)
