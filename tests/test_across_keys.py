from datetime import date

import polars as pl

from rules import across, catalogue
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

PLACE = {"district_code": "3401", "tambon_code": "340101", "village_no": 3, "delivery_id": "d"}


def checked(households, persons):
    homes = [
        {"reference_date": date(2026, 7, 1), "source_row": n} | PLACE | row
        for n, row in enumerate(households)
    ]
    people = [
        {"district_code": "3401", "delivery_id": "d", "source_row": n} | row for n, row in enumerate(persons)
    ]
    frames = from_rows(Household, homes), from_rows(Person, people)
    return across.check(*frames, catalogue.load(), rounds.load(2569))


def told(result, rule_id):
    return result.findings.filter(pl.col("rule_id") == rule_id)["household_id"].to_list()


def counts(result, rule_id):
    row = result.outcomes.filter(pl.col("rule_id") == rule_id)
    return row.select("holds", "violated", "cannot_tell", "not_applicable").row(0)


def test_a_member_without_household_is_told_with_the_key_that_is_missing():
    result = checked(
        [{"household_id": "a"}],
        [{"household_id": "a", "member_no": 1}, {"household_id": "b", "member_no": 1}],
    )
    assert told(result, "DU004") == ["b"]
    assert counts(result, "DU004") == (1, 1, 0, 0)
    assert "รหัสครัวเรือน b ของสมาชิก" in result.findings["message_th"][0]


def test_a_household_without_members_is_told_unless_its_status_explains_it():
    households = [
        {"household_id": "a"},
        {"household_id": "b"},
        {"household_id": "c", "household_status": "collected"},
        {"household_id": "d", "household_status": "vacant"},
        {"household_id": "e", "household_status": "refused"},
    ]
    result = checked(households, [{"household_id": "a", "member_no": 1}])
    assert told(result, "DU005") == ["b", "c"]
    assert counts(result, "DU005") == (1, 2, 0, 2)


def test_a_member_number_twice_is_told_for_both_and_missing_numbers_cannot_be_told():
    persons = [{"household_id": "a", "member_no": no} for no in (1, 2, 2, None, None)]
    result = checked([{"household_id": "a"}], persons)
    assert told(result, "DU006") == ["a", "a"]
    assert counts(result, "DU006") == (1, 2, 2, 0)
    twins = result.findings.filter(pl.col("rule_id") == "DU006")
    assert twins["finding_id"].n_unique() == 2
    assert sorted(twins["source_row"]) == [1, 2]


def test_a_household_id_twice_is_told_for_both_rows_and_its_members_cannot_be_told():
    persons = [{"household_id": "a", "member_no": 1}, {"household_id": "a", "member_no": 1}]
    result = checked([{"household_id": "a"}, {"household_id": "a"}, {"household_id": "b"}], persons)
    assert told(result, "DU007") == ["a", "a"]
    assert counts(result, "DU007") == (1, 2, 0, 0)
    assert counts(result, "DU006") == (0, 0, 2, 0)


def test_a_roster_pasted_twice_is_a_double_member_number_and_no_double_id():
    persons = [{"household_id": "a", "member_no": 1, "national_id": "1349900000019"}] * 2
    result = checked([{"household_id": "a"}], persons)
    assert told(result, "DU006") == ["a", "a"]
    assert told(result, "DU001") == []


def test_only_the_columns_named_are_needed():
    homes = from_rows(Household, [{"household_id": "a", "reference_date": date(2026, 7, 1)} | PLACE])
    people = from_rows(Person, [{"household_id": "b", "member_no": 1, "district_code": "3401"}])
    result = across.check(
        homes.select(across.HOUSEHOLD_COLUMNS),
        people.select(across.PERSON_COLUMNS),
        catalogue.load(),
        rounds.load(2569),
    )
    assert sorted(result.findings["rule_id"]) == ["DU004", "DU005"]
