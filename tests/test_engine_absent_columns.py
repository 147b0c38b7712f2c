from datetime import date

import polars as pl
import pytest

from rules import engine
from rules.absent_columns import LEAST_RECORDS
from rules.catalogue import load
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
RULES = {rule.id: rule for rule in load()}
DRINKS = {"nobody_drinks": False, "drinkers_u15_count": 0, "drinkers_15_19_count": 0, "drinkers_20p_count": 1}
CHILD = {"child_6_14_count": 1, "in_school_all": False, "in_school_not_count": 1}
ASKED = {"participates": True, "nobody_drinks": True, "nobody_smokes": True, "lives_alone": False}
WARM = {"warmth_together": True, "warmth_respect": True, "warmth_consult": True}


def outcomes(rule_id, rows, age=40):
    homes = [
        {"household_id": str(number), "district_code": "3401", "household_status": "collected"} | row
        for number, row in enumerate(rows)
    ]
    people = [
        {
            "household_id": home["household_id"],
            "district_code": "3401",
            "member_no": 1,
            "age": age,
            "birth_date": date(1986, 1, 1),
        }
        for home in homes
    ]
    checked = engine.check(from_rows(Household, homes), from_rows(Person, people), [RULES[rule_id]], ROUND)
    assert not checked.errors
    assert checked.findings.height == checked.outcomes["violated"].sum()
    return {name: checked.outcomes[name].sum() for name in ("holds", "violated", "cannot_tell")}


@pytest.mark.parametrize(
    ("rule_id", "row", "emptied", "age"),
    [
        ("IX035", CHILD, "in_school_not_count", 10),
        ("IX049", DRINKS, "drinkers_20p_count", 40),
        ("IX051", {"nobody_smokes": False, "smokers_count": 1}, "smokers_count", 40),
        ("IX030", {"disaster_suffered": True, "disaster_flood": True}, "disaster_flood", 40),
        ("IX065", ASKED | WARM | {"age6_count": 1, "practice_all": True}, "practice_all", 40),
    ],
)
def test_a_column_nobody_filled_in_accuses_nobody(rule_id, row, emptied, age):
    full = [row] * LEAST_RECORDS
    assert outcomes(rule_id, full, age)["holds"] == LEAST_RECORDS
    assert outcomes(rule_id, [each | {emptied: None} for each in full], age) == {
        "holds": 0,
        "violated": 0,
        "cannot_tell": LEAST_RECORDS,
    }


def test_a_cell_left_empty_in_a_column_others_filled_in_is_told():
    rows = [CHILD] * (LEAST_RECORDS - 1) + [CHILD | {"in_school_not_count": None}]
    assert outcomes("IX035", rows, age=10) == {
        "holds": LEAST_RECORDS - 1,
        "violated": 1,
        "cannot_tell": 0,
    }


def test_what_else_a_rule_holds_against_a_record_stands():
    rows = [ASKED | WARM | {"age6_count": 1}] * (LEAST_RECORDS - 1)
    without_alcohol = ASKED | WARM | {"age6_count": 1, "nobody_drinks": None}
    assert outcomes("IX065", [*rows, without_alcohol]) == {
        "holds": 0,
        "violated": 1,
        "cannot_tell": LEAST_RECORDS - 1,
    }


def test_few_records_with_an_empty_cell_are_told_all_the_same():
    rows = [CHILD | {"in_school_not_count": None}] * (LEAST_RECORDS - 1)
    assert outcomes("IX035", rows, age=10)["violated"] == LEAST_RECORDS - 1


def test_an_export_without_household_status_is_asked_all_the_same():
    rows = [ASKED | WARM | {"household_status": None, "age6_count": 1, "practice_all": True}]
    told = outcomes("IX065", rows * LEAST_RECORDS + [rows[0] | {"practice_all": None}])
    assert told == {"holds": LEAST_RECORDS, "violated": 1, "cannot_tell": 0}


def test_another_district_without_the_column_changes_nothing_here():
    def homes(code, **row):
        return [
            {"household_id": f"{code}{number}", "district_code": code} | CHILD | row
            for number in range(LEAST_RECORDS)
        ]

    there, here = homes("3402", in_school_not_count=None), homes("3401")
    here[0] |= {"in_school_not_count": None}
    people = [
        {key: home[key] for key in ("household_id", "district_code")} | {"member_no": 1, "age": 10}
        for home in [*there, *here]
    ]
    checked = engine.check(
        from_rows(Household, [*there, *here]), from_rows(Person, people), [RULES["IX035"]], ROUND
    )
    told = checked.outcomes.filter(pl.col("violated") > 0)
    assert told.select("district_code", "violated").rows() == [("3401", 1)]
