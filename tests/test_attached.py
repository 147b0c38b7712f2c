import pandera.errors
import polars as pl
import pytest

from rules import attached, catalogue, engine
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
HOUSEHOLDS = from_rows(
    Household,
    [
        {"household_id": "1", "district_code": "3401", "member_count": 3, "income_main_baht": 9},
        {"household_id": "2", "district_code": "3401", "member_count": 1, "income_total_baht": 5},
    ],
)
PERSONS = from_rows(
    Person,
    [
        {"household_id": "1", "member_no": 1, "age": 40, "relation": "head", "sex": "male", "title": "nai"},
        {"household_id": "1", "member_no": 2, "age": 41, "relation": "child", "sex": "male", "title": "nang"},
        {"household_id": "2", "member_no": 1, "age": 30, "occupation": "government", "education": "never"},
        {"household_id": "3", "member_no": 1, "age": 130},
    ],
).with_columns(district_code=pl.lit("3401"))


def failing(schema, frame: pl.DataFrame) -> set[tuple[str, str, int | None]]:
    with pytest.raises(pandera.errors.SchemaErrors) as raised:
        schema.validate(frame, lazy=True)
    cases = raised.value.failure_cases.select("check", "index").unique()
    keys = frame.select("household_id", *(["member_no"] if "member_no" in frame.columns else []))
    return {
        (check, keys["household_id"][row], keys["member_no"][row] if "member_no" in keys.columns else None)
        for check, row in cases.iter_rows()
    }


def by_engine(level: str) -> set[tuple[str, str, int | None]]:
    found = engine.check(HOUSEHOLDS, PERSONS, catalogue.load(), ROUND).findings
    return set(found.filter(pl.col("level") == level).select("rule_id", "household_id", "member_no").rows())


def test_the_person_schema_with_rules_finds_the_rows_that_the_engine_finds():
    schema = attached.persons_with_rules(catalogue.load(), ROUND, HOUSEHOLDS)
    found = failing(schema, PERSONS)
    assert ("WK003", "2", 1) in found
    assert ("RE003", "1", 2) in found
    assert found == by_engine("person")


def test_the_household_schema_with_rules_finds_the_rows_that_the_engine_finds():
    schema = attached.households_with_rules(catalogue.load(), ROUND, PERSONS)
    found = failing(schema, HOUSEHOLDS)
    assert ("HH003", "1", None) in found
    assert found == by_engine("household")


def test_attaching_rules_leaves_the_schema_itself_alone():
    before = len(Person.to_schema().checks)
    attached.persons_with_rules(catalogue.load(), ROUND, HOUSEHOLDS)
    assert len(Person.to_schema().checks) == before
