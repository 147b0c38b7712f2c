from datetime import date

import polars as pl
import pytest

from rules import across, catalogue
from rules.across.before import Before
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
RULES = catalogue.load()
IDS = [f"13499000{n:05}" for n in range(200)]


def homes(*keys, village=3):
    return [
        {
            "household_id": key,
            "district_code": f"34{key[:2]}",
            "tambon_code": f"34{key[:2]}01",
            "village_no": village,
            "reference_date": date(2026, 7, 1),
        }
        for key in keys
    ]


def people(key, *ids, age=40):
    return [
        {
            "household_id": key,
            "district_code": f"34{key[:2]}",
            "member_no": n + 1,
            "national_id": id_,
            "age": age,
        }
        for n, id_ in enumerate(ids)
    ]


def checked(now, ago, *, was_whole=True, is_whole=True):
    frames = [
        from_rows(model, rows)
        for pair in (now, ago)
        for model, rows in zip((Household, Person), pair, strict=True)
    ]
    return across.check(*frames[:2], RULES, ROUND, Before(*frames[2:], was_whole), is_whole=is_whole)


def told(result, rule_id):
    return result.findings.filter(pl.col("rule_id") == rule_id)["household_id"].to_list()


def counts(result, rule_id, district="3401"):
    row = result.outcomes.filter(pl.col("rule_id") == rule_id, pl.col("district_code") == district)
    return row.select("holds", "violated", "cannot_tell", "not_applicable").row(0)


def test_most_members_gone_is_told_once_and_half_of_them_is_not():
    ago = homes("01-1", "01-2"), [*people("01-1", *IDS[:3]), *people("01-2", *IDS[10:14])]
    now = homes("01-1", "01-2"), [*people("01-1", IDS[0]), *people("01-2", *IDS[10:12])]
    result = checked(now, ago)
    assert told(result, "YR101") == ["01-1"]
    assert counts(result, "YR101") == (1, 1, 0, 0)
    assert "สมาชิกปีก่อน 3 คน" in result.findings["message_th"][0]
    assert "2 คน" in result.findings["message_th"][0]


def test_who_moved_to_another_district_is_not_gone():
    ago = homes("01-1", "02-1"), [*people("01-1", *IDS[:3]), *people("02-1", IDS[9])]
    now = homes("01-1", "02-1"), [*people("01-1", IDS[0]), *people("02-1", *IDS[1:3], IDS[9])]
    result = checked(now, ago)
    assert told(result, "YR101") == told(result, "YR102") == []


def test_most_members_new_is_told_and_who_was_elsewhere_in_the_province_is_not_new():
    ago = homes("01-1", "02-1"), [*people("01-1", IDS[0]), *people("02-1", *IDS[1:4])]
    moved = homes("01-1"), people("01-1", *IDS[:4])
    assert told(checked(moved, ago), "YR102") == []
    strangers = homes("01-1"), people("01-1", IDS[0], *IDS[20:23])
    result = checked(strangers, ago)
    assert told(result, "YR102") == ["01-1"]
    assert "สมาชิก 4 คน" in result.findings["message_th"][0]


def test_babies_are_not_strangers():
    ago = homes("01-1"), people("01-1", IDS[0])
    now = homes("01-1"), [*people("01-1", IDS[0]), *people("01-1", *IDS[20:23], age=1)]
    assert told(checked(now, ago), "YR102") == []


def test_a_household_whose_people_were_all_exchanged_is_told_once():
    result = checked((homes("01-1"), people("01-1", *IDS[20:24])), (homes("01-1"), people("01-1", *IDS[:4])))
    assert told(result, "YR102") == ["01-1"]
    assert told(result, "YR101") == []
    assert counts(result, "YR101") == (0, 0, 0, 1)


def test_members_without_a_readable_id_may_be_those_who_are_missed():
    ago = homes("01-1"), people("01-1", *IDS[:4])
    now = homes("01-1"), people("01-1", IDS[0], None, "12")
    result = checked(now, ago)
    assert told(result, "YR101") == []
    assert counts(result, "YR101") == (0, 0, 1, 0)


def test_a_province_read_in_part_cannot_say_who_is_nowhere():
    ago = homes("01-1", "01-2"), [*people("01-1", *IDS[:3]), *people("01-2", IDS[9])]
    now = homes("01-1", "01-2"), [*people("01-1", IDS[0]), *people("01-2", IDS[9], *IDS[20:23])]
    # 01-2 is told as one of new people, which last year alone decides
    assert counts(checked(now, ago, is_whole=False), "YR101") == (0, 0, 1, 1)
    assert counts(checked(now, ago, was_whole=False), "YR102") == (0, 0, 2, 0)


def test_a_new_household_has_no_last_year_and_a_district_without_last_year_cannot_tell():
    ago = homes("01-1"), people("01-1", *IDS[:3])
    now = (
        homes("01-1", "01-9", "02-1"),
        [
            *people("01-1", *IDS[:3]),
            *people("01-9", *IDS[20:23]),
            *people("02-1", *IDS[30:33]),
        ],
    )
    result = checked(now, ago)
    assert counts(result, "YR102") == (1, 0, 0, 1)
    assert counts(result, "YR102", "3402") == (0, 0, 1, 0)


def test_without_last_year_nothing_is_told_and_nothing_is_a_pass():
    frames = from_rows(Household, homes("01-1")), from_rows(Person, people("01-1", *IDS[:3]))
    result = across.check(*frames, RULES, ROUND)
    assert told(result, "YR101") == told(result, "YR102") == []
    assert counts(result, "YR101") == counts(result, "YR102") == (0, 0, 1, 0)


def village(keys, number, first):
    rows = homes(*keys, village=number)
    return rows, [one for n, key in enumerate(keys) for one in people(key, IDS[first + n])]


KEPT = village([f"01-{n:03}" for n in range(40)], 1, 0)
LEAST = ROUND.parameters["village_missing_least"]
LOST = village([f"01-9{n:02}" for n in range(LEAST)], 7, 100)


def together(*parts):
    return [home for part in parts for home in part[0]], [one for part in parts for one in part[1]]


def test_a_village_without_records_is_told_once_its_district_is_nearly_done():
    result = checked(KEPT, together(KEPT, LOST))
    (found,) = result.findings.filter(pl.col("rule_id") == "YR104").to_dicts()
    assert (found["district_code"], found["tambon_code"], found["village_no"]) == ("3401", "340101", 7)
    assert found["household_id"] is None
    assert f"หมู่ที่ 7 ปีก่อนมี {LEAST} ครัวเรือน" in found["message_th"]
    assert told(result, "YR103") == []


def test_a_village_of_which_most_is_missing_lists_the_households_to_visit():
    begun = village(["01-999"], 7, 150)
    result = checked(together(KEPT, begun), together(KEPT, LOST))
    (found,) = result.findings.filter(pl.col("rule_id") == "YR103").to_dicts()
    assert found["village_no"] == 7
    assert "01-900, 01-901" in found["message_th"]
    assert told(result, "YR104") == []


def test_while_a_district_is_still_being_visited_no_village_is_told():
    half = village([f"01-{n:03}" for n in range(20)], 1, 0)
    assert checked(half, together(KEPT, LOST)).findings.is_empty()


@pytest.mark.parametrize("change", ["numbered anew", "few"])
def test_households_numbered_anew_and_single_ones_are_not_missing(change):
    if change == "few":
        ago = together(KEPT, village([f"01-9{n:02}" for n in range(LEAST - 1)], 7, 100))
        assert checked(KEPT, ago).findings.is_empty()
        return
    anew = village([f"01-8{n:02}" for n in range(LEAST)], 8, 100)
    assert checked(together(KEPT, anew), together(KEPT, LOST)).findings.is_empty()


def test_a_province_read_in_part_cannot_say_who_moved():
    assert checked(KEPT, together(KEPT, LOST), is_whole=False).findings.is_empty()


def test_a_village_keeps_its_finding_whatever_becomes_of_the_others():
    rest = village([f"01-6{n:02}" for n in range(30)], 2, 60)
    other = village([f"01-7{n:02}" for n in range(LEAST)], 6, 120)
    found = checked(together(KEPT, rest), together(KEPT, rest, LOST, other)).findings
    assert sorted(found["village_no"]) == [6, 7]
    assert found["finding_id"].n_unique() == 2
    alone = checked(together(KEPT, rest), together(KEPT, rest, other)).findings
    assert set(alone["finding_id"]) == set(found.filter(village_no=6)["finding_id"])
