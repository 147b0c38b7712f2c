import pytest

from rules.boundaries.edges import edges
from rules.language import parse, parse_condition
from rules.language.ast import And, Compare, Not
from rules.language.written import written
from rules.mutation.alike import spelling
from rules.mutation.changes import changes

PARAMS = {"line": 40000, "adult": 15}
RULES = [
    ("person", "age < @adult"),
    ("person", "age between 6 and 14 and not is_bedridden"),
    ("person", "occupation in @official and (education >= @primary or title not in @monk)"),
    ("person", "if relation = @child then age + 13 <= only(members.age where relation = @head)"),
    ("person", "years_between(birth_date, hh.reference_date) >= 15 and birth_date < 2000-02-29"),
    ("person", 'national_id matches "[0-9]{13}" and thai_id_ok(national_id) and chronic_type is present'),
    ("household", "income_total_baht - (income_main_baht - 1) >= @line * (count(members) + 2)"),
    ("household", "all(members where age < 15 have occupation in (@student, @none))"),
    ("household", "lives_alone = (count(members) = 1)"),
]


def mistakes(text, table="person"):
    return {written(change.whole) for change in changes(parse_condition(text, table, params=PARAMS))}


@pytest.mark.parametrize(("table", "text"), RULES)
def test_a_written_expression_means_what_it_was_written_from(table, text):
    typed = parse(text, table, params=PARAMS)
    assert parse(written(typed), table, params=PARAMS) == typed


@pytest.mark.parametrize(("table", "text"), RULES)
def test_every_mistake_differs_from_the_rule(table, text):
    typed = parse(text, table, params=PARAMS)
    assert all(change.whole != typed for change in changes(typed))


def test_comparisons_are_loosened_tightened_and_turned_round():
    assert mistakes("age < 15") == {"age <= 15", "age >= 15", "age < 14", "age < 16"}


def test_values_of_the_round_are_moved_by_one():
    assert {"age >= 14", "age >= 16"} <= mistakes("age >= @adult")


def test_dates_are_moved_by_a_day():
    assert "birth_date < 2000-02-28" in mistakes("birth_date < 2000-02-29")
    assert "birth_date < 2000-03-01" in mistakes("birth_date < 2000-02-29")


def test_codes_of_an_unordered_list_are_never_compared_by_order():
    assert mistakes("sex = @male") == {"sex != @male", "sex = @female"}


def test_levels_move_to_the_level_beside():
    assert {"education >= @below_primary", "education >= @lower_secondary"} <= mistakes(
        "education >= @primary"
    )


def test_codes_are_left_out_and_let_in_at_the_edge_of_a_set():
    found = mistakes("occupation in @official")
    assert "occupation in (@government)" in found
    assert "occupation in (@government, @state_enterprise, @company)" in found
    assert "occupation in (@government, @state_enterprise, @livestock)" in found
    assert "not occupation in @official" not in found  # it is written as people write it
    assert "occupation not in @official" in found
    assert not any("@service" in text for text in found)


def test_a_small_set_loses_each_of_its_codes():
    codes = parse("relation in @parent", "person").value.type.codes
    inside, outside = edges(("father", "mother"), codes)
    assert inside == ("father", "mother")
    assert outside == ("daughter_in_law", "parent_in_law")


def test_conditions_are_joined_otherwise_and_each_part_is_forgotten_once():
    found = mistakes("age < 15 and is_informant and welfare_card")
    assert {
        "age < 15 and is_informant",
        "age < 15 and welfare_card",
        "is_informant and welfare_card",
        "age < 15 and is_informant or welfare_card",
        "(age < 15 or is_informant) and welfare_card",
        "age < 15 and not is_informant and welfare_card",
    } <= found
    assert "welfare_card" not in found


def test_members_of_a_question_are_chosen_otherwise():
    found = mistakes("count(members where age >= 60) = age60_count", "household")
    assert {
        "count(members) = age60_count",
        "count(members where not age >= 60) = age60_count",
        "count(members where age > 60) = age60_count",
        "count(members where age >= 61) = age60_count",
    } <= found


def test_what_all_members_must_have_is_changed_too():
    found = mistakes("all(members where age < 15 have is_informant)", "household")
    assert "all(members where age < 15 have not is_informant)" in found


def test_a_question_that_is_only_whether_a_cell_is_missing_is_negated_and_no_more():
    assert mistakes("welfare_card is missing") == {"welfare_card is present"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("age <= 14", "age < 15"),
        ("age > 14", "age >= 15"),
        ("not age < 15", "age >= 15"),
        ("15 > age", "age < 15"),
        ("not not is_informant", "is_informant"),
        ("occupation in (@rice)", "occupation = @rice"),
        ("not (age = 3)", "age != 3"),
    ],
)
def test_what_means_the_same_has_one_spelling(one, other):
    assert spelling(parse(one, "person")) == spelling(parse(other, "person"))


def test_what_differs_by_a_decimal_keeps_its_spelling():
    assert isinstance(spelling(parse("hh.latitude <= 14.5", "person")), Compare)
    assert spelling(parse("hh.latitude <= 14.5", "person")) != spelling(parse("hh.latitude < 15.5", "person"))


def test_spelling_leaves_the_rest_of_a_condition():
    typed = parse("is_informant and not welfare_card", "person")
    assert isinstance(typed, And)
    assert isinstance(typed.right, Not)
    assert spelling(typed) == typed
