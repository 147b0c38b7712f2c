from datetime import date

import pandera.polars as pa
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from schemas.finding import Finding
from schemas.frames import complete, empty, from_rows, schema_of, structural_failures
from schemas.household import Household
from schemas.outcome import Outcome
from schemas.person import Person

PERSON = {
    "household_id": "3401-0001",
    "member_no": 1,
    "district_code": "3401",
    "title": "nai",
    "first_name": "สมมุติ",
    "last_name": "ตัวอย่าง",
    "national_id": "1111111111119",
    "sex": "male",
    "birth_date": date(1987, 5, 20),
    "age": 39,
    "relation": "head",
    "education": "primary",
    "occupation": "rice",
    "can_help_self": True,
}
HOUSEHOLD = {
    "household_id": "3401-0001",
    "tambon_code": "340101",
    "village_no": 3,
    "member_count": 1,
    "income_main_baht": 60_000,
    "income_secondary_baht": 0,
    "income_other_baht": None,
    "income_own_produce_baht": 5_000,
    "happiness": 10,
    "latitude": 15.23,
    "no_killing": True,
    "pollution_source": "farming",
}
FINDING = {
    "finding_id": "0123456789abcdef",
    "rule_id": "WK003",
    "rule_name": "official_without_schooling",
    "severity": "must_explain",
    "level": "person",
    "round_year_be": 2569,
    "district_code": "3401",
    "household_id": "3401-0001",
    "member_no": 1,
    "fields": "occupation|education",
    "values": "{}",
    "message_th": "ก",
    "message_en": "a",
    "fix_th": "ก",
    "fix_en": "a",
}
OUTCOME = {
    "rule_id": "WK003",
    "district_code": "3401",
    "holds": 1,
    "violated": 0,
    "cannot_tell": 0,
    "not_applicable": 2,
    "waived": 0,
    "error": 0,
}


@pytest.mark.parametrize(
    ("model", "row"),
    [(Person, PERSON), (Household, HOUSEHOLD), (Finding, FINDING), (Outcome, OUTCOME)],
)
def test_a_literal_row_is_valid(model, row):
    assert structural_failures(from_rows(model, [row]), model).is_empty()


@pytest.mark.parametrize("model", [Person, Household, Finding, Outcome])
def test_an_empty_frame_is_valid_and_has_every_column(model):
    frame = empty(model)
    assert dict(frame.schema) == schema_of(model)
    assert structural_failures(frame, model).is_empty()


@pytest.mark.parametrize(
    ("model", "row", "field", "value", "rule_id"),
    [
        (Person, PERSON, "member_no", 0, "ST006"),
        (Person, PERSON, "age", -1, "ST006"),
        (Person, PERSON, "age", 151, "ST006"),
        (Person, PERSON, "household_id", None, "ST016"),
        (Household, HOUSEHOLD, "happiness", 11, "ST006"),
        (Household, HOUSEHOLD, "income_main_baht", -5, "ST006"),
        (Household, HOUSEHOLD, "child_u1_count", -1, "ST006"),
        (Household, HOUSEHOLD, "latitude", 91.0, "ST006"),
        (Household, HOUSEHOLD, "house_id", "3401012345", "ST017"),
        (Household, HOUSEHOLD, "house_id", "34010123456\n", "ST017"),
        (Household, HOUSEHOLD, "house_id", "๓๔๐๑๐๑๒๓๔๕๖", "ST017"),
        (Household, HOUSEHOLD, "village_no", 0, "ST006"),
    ],
)
def test_a_cell_outside_its_limits_is_told_by_row_field_and_rule(model, row, field, value, rule_id):
    frame = from_rows(model, [row, row | {field: value}])
    assert structural_failures(frame, model).rows() == [(1, field, rule_id)]


def every_failure(frame, model):
    """What Pandera says when it looks at every column itself."""
    try:
        model.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        return sorted(zip(cases["index"], cases["column"], strict=True))
    return []


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "age": st.one_of(st.none(), st.integers(-2, 152)),
                "member_no": st.one_of(st.none(), st.integers(-1, 3)),
                "household_id": st.sampled_from([None, "34010101001"]),
                "district_code": st.sampled_from([None, "3401", "34011", "๓๔๐๑", "34O1", ""]),
            },
        ),
        max_size=5,
    )
)
def test_the_columns_left_out_have_nothing_that_pandera_would_tell(changes):
    frame = from_rows(Person, [PERSON | change for change in changes])
    found = structural_failures(frame, Person)
    assert sorted(zip(found["row"], found["field"], strict=True)) == every_failure(frame, Person)


class Told(Person):
    """A check of a kind that the quick look does not know."""

    first_name: str = pa.Field(
        isin=["สมมุติ"], nullable=True, metadata=Person.to_schema().columns["first_name"].metadata
    )


def test_a_check_of_another_kind_is_never_left_out():
    frame = from_rows(Told, [PERSON, PERSON | {"first_name": "อื่น"}])
    assert structural_failures(frame, Told).select("row", "field").rows() == [(1, "first_name")]


def test_failures_hold_no_values():
    frame = from_rows(Household, [HOUSEHOLD | {"house_id": "12345"}])
    assert structural_failures(frame, Household).columns == ["row", "field", "rule_id"]


def test_pandera_alone_lets_a_lazy_frame_pass_unchecked():
    wrong = from_rows(Person, [PERSON | {"age": -1}])
    with pytest.raises(SchemaErrors):
        Person.validate(wrong, lazy=True)
    # The trap itself: if this ever raises, the guard below may go.
    Person.validate(wrong.lazy(), lazy=True).collect()


def test_a_lazy_frame_is_refused():
    with pytest.raises(TypeError, match="LazyFrame"):
        structural_failures(from_rows(Person, [PERSON]).lazy(), Person)


def test_a_frame_without_the_models_columns_raises():
    with pytest.raises(SchemaErrors):
        structural_failures(pl.DataFrame({"household_id": ["1"]}), Person)


def test_complete_adds_orders_and_casts():
    frame = complete(pl.DataFrame({"age": ["39"], "household_id": ["1"], "education": ["never"]}), Person)
    assert dict(frame.schema) == schema_of(Person)
    assert frame.row(0, named=True)["age"] == 39
    assert frame["education"].to_list() == ["never"]
    assert frame["title"].to_list() == [None]


def test_complete_refuses_what_it_would_have_to_drop_or_null():
    with pytest.raises(KeyError, match="shoe_size"):
        complete(pl.DataFrame({"shoe_size": [42]}), Person)
    with pytest.raises(pl.exceptions.InvalidOperationError):
        complete(pl.DataFrame({"age": ["forty"]}), Person)


def test_rows_with_an_unknown_key_are_refused():
    with pytest.raises(KeyError, match="educaton"):
        from_rows(Person, [{"educaton": "never"}])


def test_codes_compare_in_level_order():
    frame = from_rows(Person, [PERSON, PERSON | {"education": "bachelor"}])
    assert frame.select(pl.col("education") > "primary").to_series().to_list() == [False, True]


def test_numbers_are_wide_enough_for_sums():
    wide = {pl.Int64(), pl.Float64(), pl.String(), pl.Date(), pl.Boolean()}
    for model in (Household, Person, Finding, Outcome):
        assert {dtype for dtype in schema_of(model).values() if not isinstance(dtype, pl.Enum)} <= wide
