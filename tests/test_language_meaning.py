import datetime as dt

import pytest

from rules.language.meaning import conjunction, disjunction, negation, outcome
from tests.language_both import both

T, F, U = True, False, None


@pytest.mark.parametrize(
    ("left", "right", "both_hold", "either_holds", "if_then"),
    [
        (T, T, T, T, T), (T, F, F, T, F), (T, U, U, T, U),
        (F, T, F, T, T), (F, F, F, F, T), (F, U, F, U, T),
        (U, T, U, T, T), (U, F, F, U, U), (U, U, U, U, U),
    ],
)  # fmt: skip
def test_logic_has_three_values(left, right, both_hold, either_holds, if_then):
    person = {"is_informant": left, "is_bedridden": right}
    assert both("is_informant and is_bedridden", person=person) is both_hold
    assert both("is_informant or is_bedridden", person=person) is either_holds
    assert both("if is_informant then is_bedridden", person=person) is if_then
    assert (conjunction(left, right), disjunction(left, right)) == (both_hold, either_holds)


@pytest.mark.parametrize(("value", "expected"), [(T, F), (F, T), (U, U)])
def test_not_of_cannot_tell_is_cannot_tell(value, expected):
    assert both("not is_informant", person={"is_informant": value}) is expected
    assert negation(value) is expected


@pytest.mark.parametrize(
    ("applies", "must", "expected"),
    [
        (T, T, 0), (T, F, 1), (T, U, 2), (F, T, 3), (F, F, 3), (F, U, 3), (U, T, 2), (U, F, 2), (U, U, 2),
    ],
)  # fmt: skip
def test_a_rule_is_violated_only_when_surely_false(applies, must, expected):
    assert outcome(applies, must) == expected


@pytest.mark.parametrize(
    "text", ["age < 15", "age = 0", "age != 0", "age in (0, 1)", "age not in (0)", "age between 0 and 9"]
)
def test_a_missing_number_is_not_zero(text):
    assert both(text, person={"age": None}) is None


def test_missing_and_present_are_always_known():
    assert both("age is missing", person={}) is True
    assert both("age is present", person={"age": 0}) is True
    assert both("(age > 3) is missing", person={}) is True
    assert both("hh.member_count is missing", person={}) is True


def test_between_takes_both_ends():
    assert both("age between 6 and 14", person={"age": 6}) is True
    assert both("age between 6 and 14", person={"age": 14}) is True
    assert both("age between 6 and 14", person={"age": 15}) is False


def test_one_known_end_of_between_may_decide():
    assert both("age between 20 and hh.member_count", person={"age": 3}, hh={}) is False
    assert both("age between 1 and hh.member_count", person={"age": 3}, hh={}) is None


def test_levels_follow_the_code_list_not_the_alphabet():
    assert both("education >= @lower_secondary", person={"education": "upper_secondary"}) is True
    assert both("education >= @lower_secondary", person={"education": "primary"}) is False
    assert both("@lower_secondary <= education", person={"education": "bachelor"}) is True


def test_a_group_and_codes_may_stand_in_one_list():
    for occupation, expected in [("rice", T), ("student", T), ("company", F), (None, U)]:
        assert both("occupation in (@farm, @student)", person={"occupation": occupation}) is expected


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2000-02-29", "2018-02-28", 17),
        ("2000-02-29", "2018-03-01", 18),
        ("2000-02-29", "2020-02-29", 20),
        ("1987-06-15", "2026-06-14", 38),
        ("1987-06-15", "2026-06-15", 39),
        ("2026-07-02", "2026-07-01", -1),
        ("2027-07-01", "2026-07-01", -1),
        ("2027-07-02", "2026-07-01", -2),
    ],
)
def test_years_between_counts_full_years_and_rounds_down(start, end, years):
    born, seen = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    text = "years_between(birth_date, hh.reference_date)"
    assert both(text, person={"birth_date": born}, hh={"reference_date": seen}) == years


def test_years_between_needs_both_dates():
    text = "years_between(birth_date, 2026-07-01)"
    assert both(text, person={"birth_date": None}) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1349900000019", T), ("1349900000018", F), ("0349900000011", T), (None, U), ("", F),
        ("134990000001", F), ("1349900000019\n", F), (" 349900000011", F), ("+349900000011", F),
        ("๑๓๔๙๙๐๐๐๐๐๐๑๙", F), ("13499000000190", F), ("1-3499-00000-01-9", F),
    ],
)  # fmt: skip
def test_an_id_is_right_with_thirteen_digits_and_the_check_digit(text, expected):
    assert both("thai_id_ok(national_id)", person={"national_id": text}) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("081", T), ("081\n", F), ("๐๘๑", F), ("0812", F), ("x081", F), (None, U)]
)
def test_a_pattern_must_fit_the_whole_text(text, expected):
    assert both('national_id matches "[0-9]{3}"', person={"national_id": text}) is expected


def test_alternatives_of_a_pattern_are_whole_too():
    assert both('first_name matches "ab|c"', person={"first_name": "abx"}) is False
    assert both('first_name matches "ab|c"', person={"first_name": "c"}) is True


def test_arithmetic_never_wraps():
    assert both("income_total_baht * income_total_baht", hh={"income_total_baht": 2**40}) is None
    assert (
        both("income_total_baht + income_main_baht", hh={"income_total_baht": 2**62, "income_main_baht": 1})
        is None
    )
    assert both("member_count * 100", hh={"member_count": 120}) == 12000
    assert both("income_total_baht - -1", hh={"income_total_baht": 10**12}) == 10**12 + 1


def test_a_row_number_beyond_the_largest_still_compares():
    assert both("income_total_baht > 5", hh={"income_total_baht": 2**62}) is True


def test_a_constant_value_is_given_for_every_record():
    assert both("@income_line", hh={}) == 40000
