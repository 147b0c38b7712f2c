import json
from datetime import date

import polars as pl
import pytest

from rules import across, catalogue
from rules.rule import Rule
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
RULES = catalogue.load()
ID, OTHER_ID, WRONG_ID, MADE_UP = "1349900000019", "3340100000012", "1349900000018", "1234567890121"


def homes(*keys, **more):
    return from_rows(
        Household,
        [
            {
                "household_id": key,
                "district_code": f"34{key[:2]}",
                "tambon_code": f"34{key[:2]}01",
                "village_no": 3,
            }
            | {"delivery_id": "d", "source_row": row, "reference_date": date(2026, 7, 1)}
            | more
            for row, key in enumerate(keys)
        ],
    )


def people(*rows):
    return from_rows(
        Person,
        [
            {
                "household_id": key,
                "member_no": no,
                "national_id": id_,
                "district_code": f"34{(key or '01')[:2]}",
            }
            | {"delivery_id": "d", "source_row": row}
            for row, (key, no, id_) in enumerate(rows)
        ],
    )


def checked(households, persons, rules=RULES):
    return across.check(households, persons, rules, ROUND)


def told(result, rule_id):
    rows = result.findings.filter(pl.col("rule_id") == rule_id)
    return rows.select("household_id", "member_no").rows()


def counts(result, rule_id, district="3401"):
    row = result.outcomes.filter(pl.col("rule_id") == rule_id, pl.col("district_code") == district)
    return row.select("holds", "violated", "cannot_tell", "not_applicable", "error").row(0)


def test_same_id_in_one_household_is_told_for_both_members():
    result = checked(homes("01-1"), people(("01-1", 1, ID), ("01-1", 2, ID), ("01-1", 3, OTHER_ID)))
    assert told(result, "DU001") == [("01-1", 1), ("01-1", 2)]
    assert told(result, "DU002") == told(result, "DU003") == []
    assert counts(result, "DU001") == (1, 2, 0, 0, 0)
    assert result.findings["message_th"][0].endswith("สมาชิกลำดับที่ 2 ของครัวเรือนเดียวกัน")


def test_same_id_in_two_households_of_a_district_names_the_other_household():
    result = checked(homes("01-1", "01-2"), people(("01-1", 1, ID), ("01-2", 4, ID)))
    assert told(result, "DU002") == [("01-1", 1), ("01-2", 4)]
    assert told(result, "DU001") == told(result, "DU003") == []
    first = result.findings.row(0, named=True)
    assert first["message_th"].endswith("ได้แก่ 01-2")
    assert (first["tambon_code"], first["village_no"]) == ("340101", 3)


def test_same_id_in_two_districts_is_told_in_both_and_names_the_district():
    result = checked(homes("01-1", "02-1"), people(("01-1", 1, ID), ("02-1", 1, ID)))
    assert told(result, "DU003") == [("01-1", 1), ("02-1", 1)]
    assert told(result, "DU002") == []
    assert counts(result, "DU003", "3402") == (0, 1, 0, 0, 0)
    assert "02-1 (อำเภอศรีเมืองใหม่)" in result.findings["message_th"][0]
    assert "02-1 (Si Mueang Mai district)" in result.findings["message_en"][0]


def test_a_pair_is_counted_by_one_rule_only():
    persons = people(("01-1", 1, ID), ("01-2", 1, ID), ("02-1", 1, ID))
    result = checked(homes("01-1", "01-2", "02-1"), persons)
    assert told(result, "DU002") == [("01-1", 1), ("01-2", 1)]
    assert told(result, "DU003") == [("01-1", 1), ("01-2", 1), ("02-1", 1)]
    beyond = result.findings.filter(pl.col("rule_id") == "DU003").sort("household_id")["message_th"]
    assert "01-2" not in beyond[0]
    assert "01-1 (อำเภอเมืองอุบลราชธานี), 01-2 (อำเภอเมืองอุบลราชธานี)" in beyond[2]


def test_missing_and_unreadable_ids_are_no_duplicates_of_each_other():
    persons = people(
        ("01-1", 1, None), ("01-1", 2, None), ("01-2", 1, "12"), ("01-2", 2, "12"), ("01-2", 3, "x" * 13)
    )
    result = checked(homes("01-1", "01-2"), persons)
    assert result.findings.filter(pl.col("rule_id").is_in(["DU001", "DU002", "DU003"])).is_empty()
    assert counts(result, "DU001") == counts(result, "DU002") == counts(result, "DU003") == (0, 0, 5, 0, 0)


def test_the_same_wrong_check_digit_twice_is_still_a_duplicate():
    result = checked(homes("01-1", "01-2"), people(("01-1", 1, WRONG_ID), ("01-2", 1, WRONG_ID)))
    assert told(result, "DU002") == [("01-1", 1), ("01-2", 1)]


@pytest.mark.parametrize("number", [MADE_UP, "0000000000000", "1111111111111"])
def test_a_made_up_number_is_left_to_its_own_rule(number):
    result = checked(homes("01-1", "02-1"), people(("01-1", 1, number), ("02-1", 1, number)))
    assert result.findings.is_empty()
    assert counts(result, "DU003") == (0, 0, 1, 0, 0)


def test_without_the_rule_on_made_up_numbers_they_are_duplicates():
    rules = [rule for rule in RULES if rule.id != "ID003"]
    result = checked(homes("01-1", "01-2"), people(("01-1", 1, MADE_UP), ("01-2", 1, MADE_UP)), rules)
    assert told(result, "DU002") == [("01-1", 1), ("01-2", 1)]


def test_ids_of_persons_without_civil_status_keep_their_leading_zero():
    result = checked(
        homes("01-1", "01-2"), people(("01-1", 1, "0349912345671"), ("01-2", 1, "0349912345671"))
    )
    assert told(result, "DU002") == [("01-1", 1), ("01-2", 1)]


def test_more_households_than_a_sentence_holds_are_counted_and_each_has_its_finding():
    keys = [f"01-{n:02}" for n in range(14)]
    result = checked(homes(*keys), people(*((key, 1, ID) for key in keys)))
    assert len(told(result, "DU002")) == 14
    assert result.findings["message_th"][0].endswith("01-10 และอีก 3 ครัวเรือน")
    assert result.findings["message_en"][0].endswith("01-10 and 3 more.")


def test_an_id_copied_down_a_whole_file_takes_no_square_of_its_length():
    keys = [f"01-{n:05}" for n in range(20_000)]
    result = checked(homes(*keys), people(*((key, 1, ID) for key in keys)))
    assert counts(result, "DU002") == (0, 20_000, 0, 0, 0)


def test_the_id_itself_is_in_no_text():
    result = checked(homes("01-1", "02-1"), people(("01-1", 1, ID), ("01-1", 2, ID), ("02-1", 1, ID)))
    assert ID not in json.dumps(result.findings.to_dicts(), default=str)


def test_a_check_that_breaks_counts_all_its_records_as_error(monkeypatch):
    def broken(*_):
        raise RuntimeError("1349900000019 in the text")

    monkeypatch.setattr(across, "identities", broken)
    result = checked(homes("01-1"), people(("01-1", 1, ID)))
    assert counts(result, "DU001") == (0, 0, 0, 0, 1)
    assert counts(result, "DU004") == (1, 0, 0, 0, 0)
    assert result.errors == dict.fromkeys(("DU001", "DU002", "DU003"), "RuntimeError")


def test_every_check_has_its_texts_and_only_active_ones_run():
    folders = ("across", "years")
    assert {rule.id for rule in RULES if rule.structural and rule.path.parts[0] in folders} == set(
        across.RULES
    )
    kept = [rule for rule in RULES if rule.id != "DU002"]
    assert isinstance(kept[0], Rule)
    assert "DU002" not in checked(homes("01-1"), people(("01-1", 1, ID)), kept).outcomes["rule_id"].to_list()


def test_empty_frames_give_empty_tables():
    result = checked(homes(), people())
    assert result.findings.is_empty()
    assert result.outcomes.is_empty()
    assert not result.errors
