from datetime import date
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.coverage.errors import BY_NAME, EMPTY, ERRORS, Cell
from rules.coverage.keys import BESIDE, one_slip, two_swapped
from rules.coverage.shares import interval
from schemas import code_lists
from schemas.dictionary import columns
from schemas.household import Household
from schemas.person import Person

COLUMNS = {**columns(Household), **columns(Person)}
DAY = date(1984, 2, 29)


def wrong(error: str, field: str, value: object, **more: object) -> str | None:
    cell = Cell(value, str(value), COLUMNS[field], more.get("above"), more.get("beside"), Random(1))
    return BY_NAME[error].wrong(cell)


def fitting(field: str) -> set[str]:
    return {error.name for error in ERRORS if error.fits(COLUMNS[field])}


@pytest.mark.parametrize(
    ("error", "field", "value", "typed"),
    [
        ("missing", "age", 15, EMPTY),
        ("zero", "age", 15, "0"),
        ("zero", "age", 0, None),
        ("times_ten", "income_main_baht", 45_000, "450000"),
        ("times_ten", "income_main_baht", 0, None),
        ("tenth", "income_main_baht", 45_005, "4500"),
        ("tenth", "income_main_baht", 9, None),
        ("month_for_year", "income_main_baht", 120_000, "10000"),
        ("month_for_year", "income_main_baht", 11, None),
        ("swapped_sex", "sex", "male", "female"),
        ("swapped_sex", "sex", "female", "male"),
        ("other_answer", "no_killing", True, "false"),
        ("other_answer", "no_killing", False, "true"),
        ("day_month_swapped", "birth_date", date(1984, 2, 1), "02/01/2527"),
        ("day_month_swapped", "birth_date", date(1984, 5, 5), None),
        ("day_month_swapped", "birth_date", DAY, "02/29/2527"),
        ("no_such_day", "birth_date", DAY, "31/02/2527"),
        ("other_era", "birth_date", DAY, "29/02/1984"),
        ("other_era", "survey_year_be", 2569, "2026"),
        ("in_exponent", "national_id", "1349900000019", "1.34990E+12"),
        ("in_exponent", "house_id", "34010000011", "3.40100E+10"),
        ("in_exponent", "tambon_code", "340101", None),
        ("digits_swapped", "age", 11, None),
        ("digits_swapped", "age", 70, None),
        ("digits_swapped", "age", 71, "17"),
    ],
)
def test_what_stands_in_the_cell_instead(error: str, field: str, value: object, typed: str | None) -> None:
    assert wrong(error, field, value) == typed


def test_a_cell_can_be_that_of_the_row_above_or_the_column_beside() -> None:
    assert wrong("copied", "age", 15, above="40", beside="male") == "40"
    assert wrong("shifted", "age", 15, above="40", beside="male") == "male"
    assert wrong("copied", "age", 15) is None


@pytest.mark.parametrize("years", [1, 10])
def test_a_year_is_off_either_way(years: int) -> None:
    error = BY_NAME["year_off_one" if years == 1 else "year_off_ten"]
    typed = {
        error.wrong(Cell(DAY, DAY.isoformat(), COLUMNS["birth_date"], None, None, Random(start)))
        for start in range(40)
    }
    assert typed == {f"29/02/{2527 - years}", f"29/02/{2527 + years}"}


@pytest.mark.parametrize("name", code_lists.names())
def test_the_code_beside_is_one_line_off(name: str) -> None:
    fields = [column for column in COLUMNS.values() if column.code_list == name]
    slugs = code_lists.load(name).slugs
    for column in fields:
        for place, slug in enumerate(slugs):
            typed = {
                BY_NAME["neighbouring_code"].wrong(Cell(slug, slug, column, None, None, Random(start)))
                for start in range(30)
            }
            assert typed == {slugs[at] for at in (place - 1, place + 1) if 0 <= at < len(slugs)}


def test_what_is_plausible_follows_from_the_dictionary() -> None:
    everywhere = {"missing", "shifted", "copied"}
    assert fitting("first_name") == everywhere
    assert fitting("no_killing") == everywhere | {"other_answer"}
    assert fitting("sex") == everywhere | {"swapped_sex", "words"}
    assert fitting("occupation") == everywhere | {"neighbouring_code", "words"}
    assert fitting("age") == everywhere | {"zero", "digit_slip", "digits_swapped", "words"}
    assert fitting("income_main_baht") - fitting("age") == {"times_ten", "tenth", "month_for_year"}
    assert fitting("national_id") == everywhere | {"digit_slip", "digits_swapped", "in_exponent"}
    assert fitting("birth_date") - everywhere == {
        "day_slip", "day_month_swapped", "year_off_one", "year_off_ten", "other_era", "no_such_day", "words",
    }  # fmt: skip


@given(st.from_regex(r"[0-9]{1,13}", fullmatch=True), st.integers())
def test_a_slip_hits_one_key_beside_the_right_one(text: str, start: int) -> None:
    typed = one_slip(text, Random(start))
    assert typed is not None
    different = [(a, b) for a, b in zip(text, typed, strict=True) if a != b]
    assert len(different) == 1
    assert different[0][1] in BESIDE[different[0][0]]


def test_keys_lie_beside_each_other_both_ways() -> None:
    assert all(key in BESIDE[other] for key, others in BESIDE.items() for other in others if key != "0")
    assert {key for key, others in BESIDE.items() if "0" in others} == {"9"}


@given(st.from_regex(r"[1-9][0-9]{0,12}", fullmatch=True), st.integers())
def test_swapped_digits_are_the_same_digits_in_another_order(text: str, start: int) -> None:
    typed = two_swapped(text, Random(start))
    if typed is None:
        assert all(a == b or (place == 0 and b == "0") for place, (a, b) in enumerate(pairwise(text)))
        return
    assert sorted(typed) == sorted(text)
    places = [place for place, (a, b) in enumerate(zip(text, typed, strict=True)) if a != b]
    assert places == [places[0], places[0] + 1]
    assert typed[0] != "0"


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [  # Wilson 1927; the first as in Newcombe 1998, table I
        (81, 263, 0.2553, 0.3662),
        (0, 20, 0, 0.1611),
        (20, 20, 0.8389, 1),
        (1, 29, 0.0061, 0.1718),
        (0, 0, 0, 1),
    ],
)
def test_the_interval_is_that_of_the_literature(hits: int, trials: int, low: float, high: float) -> None:
    assert interval(hits, trials) == pytest.approx((low, high), abs=5e-5)


def test_no_share_has_more_hits_than_trials() -> None:
    with pytest.raises(ValueError, match="5 of 4"):
        interval(5, 4)
