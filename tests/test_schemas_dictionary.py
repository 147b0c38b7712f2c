import re

import pytest

from schemas import generated, rounds
from schemas.dictionary import columns, pages
from schemas.finding import Finding
from schemas.household import Household
from schemas.outcome import Outcome
from schemas.person import Person
from schemas.thai import foreign_letters, normalise_text

MODELS = [Household, Person, Finding, Outcome]


@pytest.mark.parametrize("model", MODELS)
def test_every_column_has_both_labels_in_clean_letters(model):
    for column in columns(model).values():
        assert re.search("[ก-ฮ]", column.th), column.name
        assert column.en, column.name
        assert column.en.isascii(), column.name
        assert not foreign_letters(column.th), column.name
        assert normalise_text(column.th) == column.th, column.name


@pytest.mark.parametrize("model", MODELS)
def test_no_two_columns_share_a_label(model):
    known = columns(model).values()
    assert len({column.th for column in known}) == len(known)
    assert len({column.en for column in known}) == len(known)


@pytest.mark.parametrize("model", [Household, Person])
def test_names_say_their_kind(model):
    for name, column in columns(model).items():
        if name.endswith("_baht"):
            assert str(column.unit).startswith("baht"), name
        if name.endswith("_count"):
            assert column.unit == "persons", name
        if name.endswith("_date"):
            assert column.kind == "date", name
        if name.endswith(("_id", "_code", "_name", "_text")):
            assert column.kind == "text", name
        if name.startswith(("is_", "result_")):
            assert column.kind == "bool", name


def test_what_must_be_sent():
    assert [name for name, column in columns(Household).items() if column.required] == [
        "household_id",
        "tambon_code",
        "village_no",
        "member_count",
        "income_main_baht",
        "income_secondary_baht",
        "income_other_baht",
        "income_own_produce_baht",
    ]
    assert [name for name, column in columns(Person).items() if column.required] == [
        "household_id",
        "member_no",
        "national_id",
        "sex",
        "birth_date",
        "relation",
        "education",
        "occupation",
    ]


def test_a_stand_in_is_a_column_of_the_same_table():
    assert columns(Household)["tambon_code"].stand_in == "district_code"
    assert columns(Person)["birth_date"].stand_in == "age"
    for model in MODELS:
        assert {c.stand_in for c in columns(model).values() if c.stand_in} <= set(columns(model))


def test_what_is_personal():
    assert {name for name, column in columns(Person).items() if column.personal} == {
        "first_name",
        "last_name",
        "national_id",
        "birth_date",
    }
    assert {name for name, column in columns(Household).items() if column.personal} == {
        "house_no",
        "soi",
        "road",
        "house_id",
        "latitude",
        "longitude",
        "collector_id",
        "checker_id",
    }
    assert not any(column.personal for model in (Finding, Outcome) for column in columns(model).values())


def test_every_indicator_in_force_has_a_stated_result_and_the_reverse():
    in_force = set(rounds.load(2569).enabled_indicators)
    stated = {name.removeprefix("result_") for name in columns(Household) if name.startswith("result_")}
    assert stated == in_force
    assert {column.indicator for column in columns(Household).values() if column.indicator} == in_force


def test_the_pages_are_current():
    assert generated.stale(pages()) == []
