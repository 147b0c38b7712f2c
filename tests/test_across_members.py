from datetime import date

import polars as pl

from rules import across, catalogue
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
RULES = [rule for rule in catalogue.load() if rule.id == "DU014"]
ONE, OTHER = "1349900000019", "3340100000012"
BORN = date(1990, 5, 4)


def checked(*rows, homes=("01",)):
    household = {"district_code": "3401", "tambon_code": "340101", "village_no": 3, "delivery_id": "d"}
    names = ("household_id", "member_no", "national_id", "first_name", "last_name", "birth_date")
    households = from_rows(Household, [household | {"household_id": key} for key in homes])
    people = [dict(zip(names, row, strict=True)) | {"district_code": "3401"} for row in rows]
    return across.check(households, from_rows(Person, people), RULES, ROUND)


def told(*rows, **more):
    findings = checked(*rows, **more).findings
    return findings.select("member_no").to_series().to_list()


def test_one_person_under_two_ids_is_told_of_both_rows():
    result = checked(
        ("01", 1, ONE, "สมชาย", "ใจดี", BORN),
        ("01", 2, OTHER, " สมชาย", "ใจดี ", BORN),
        ("01", 3, None, "สมหญิง", "ใจดี", BORN),
    )
    assert result.findings["member_no"].to_list() == [1, 2]
    assert "ลำดับที่ 2 " in result.findings["message_th"][0]
    assert "member 1 " in result.findings["message_en"][1]
    assert "สมชาย" not in str(result.findings["message_th"].to_list())


def test_a_person_without_a_number_may_be_entered_twice_too():
    assert told(("01", 1, None, "สมชาย", None, BORN), ("01", 2, None, "สมชาย", None, BORN)) == [1, 2]


def test_twins_namesakes_and_other_households_are_left_alone():
    assert told(("01", 1, ONE, "สมชาย", "ใจดี", BORN), ("01", 2, OTHER, "สมหมาย", "ใจดี", BORN)) == []
    born_later = date(1990, 5, 5)
    assert told(("01", 1, ONE, "สมชาย", "ใจดี", BORN), ("01", 2, OTHER, "สมชาย", "ใจดี", born_later)) == []
    apart = (("01", 1, ONE, "สมชาย", "ใจดี", BORN), ("02", 1, OTHER, "สมชาย", "ใจดี", BORN))
    assert told(*apart, homes=("01", "02")) == []


def test_the_same_id_and_the_same_number_are_told_by_other_rules():
    assert told(("01", 1, ONE, "สมชาย", "ใจดี", BORN), ("01", 2, ONE, "สมชาย", "ใจดี", BORN)) == []
    assert told(("01", 1, ONE, "สมชาย", "ใจดี", BORN), ("01", 1, OTHER, "สมชาย", "ใจดี", BORN)) == []


def test_nobody_can_tell_without_a_name_a_birth_date_or_a_household_of_their_own():
    result = checked(
        ("01", 1, ONE, None, "ใจดี", BORN),
        ("01", 2, OTHER, "สมชาย", "ใจดี", None),
        ("02", 1, ONE, "สมชาย", "ใจดี", BORN),
        ("02", 2, OTHER, "สมชาย", "ใจดี", BORN),
        homes=("01", "02", "02"),
    )
    assert result.findings.is_empty()
    assert result.outcomes.select(pl.col("cannot_tell").sum(), pl.col("holds").sum()).row(0) == (4, 0)
