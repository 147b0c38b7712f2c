import dataclasses
import json
from pathlib import Path
from types import MappingProxyType

import pytest

from schemas.rounds import RuleOff
from tests.intake_writing import (
    HEAD,
    HOME,
    ROUND,
    SPOUSE,
    Row,
    district,
    grid,
    read,
    told,
    write_xlsx,
)


@pytest.mark.parametrize(
    ("field", "rule"),
    [("first_name", "NM011"), ("last_name", "NM012"), ("title", None)],
)
def test_a_name_left_empty_is_told(tmp_path: Path, field: str, rule: str | None) -> None:
    extract = read(*district(tmp_path, members=[HEAD, {**SPOUSE, field: "ไม่ทราบ"}]))
    assert told(extract) == ([(rule, field)] if rule else [])
    assert extract.findings["member_no"].to_list() == ([2] if rule else [])


def test_a_file_without_names_is_not_accused_of_every_member(tmp_path: Path) -> None:
    nameless = [
        {k: v for k, v in row.items() if k not in ("first_name", "last_name")} for row in (HEAD, SPOUSE)
    ]
    assert told(read(*district(tmp_path, members=nameless))) == []
    unkept = [{**row, "first_name": "", "last_name": "-"} for row in (HEAD, SPOUSE)]
    assert told(read(*district(tmp_path, members=unkept))) == []


@pytest.mark.parametrize("field", ["is_consented", "collector_id", "interview_date"])
def test_what_vouches_for_an_interview_is_asked_of_interviewed_households_only(
    tmp_path: Path, field: str
) -> None:
    whole = {**HOME, "household_status": "จัดเก็บได้", "is_consented": "1", "collector_id": "C1"}
    unsaid = dict.fromkeys(("is_consented", "collector_id", "interview_date", "member_count"), "")
    vacant = {**whole, "household_id": "H2", "household_status": "บ้านว่าง", **unsaid}
    other = {**whole, "household_id": "H3"}
    assert told(read(*district(tmp_path, [whole, vacant, other]))) == []
    assert told(read(*district(tmp_path, [{**whole, field: ""}, vacant, other]))) == [("CO001", field)]


def test_odd_characters_are_told_once_for_the_column(tmp_path: Path) -> None:
    homes = [
        {**HOME, "household_id": f"H{n}", "village_name": "บ้านเเก้ง" if n < 3 else "บ้านแก้ง"}
        for n in range(1, 6)
    ]
    extract = read(*district(tmp_path, homes, [{**HEAD, "household_id": f"H{n}"} for n in range(1, 6)]))
    assert told(extract) == [("ST022", "village_name")]
    assert extract.findings["household_id"].to_list() == [None]
    assert extract.households["village_name"].unique().to_list() == ["บ้านแก้ง"]


def test_findings_of_a_file_name_it_and_its_sheet_and_row(tmp_path: Path) -> None:
    total: Row = {"household_id": "รวม", "member_count": "2"}
    sheets = {"ครัวเรือน": grid("household", [HOME, total]), "สมาชิก": grid("person", [HEAD, SPOUSE])}
    found = read(write_xlsx(tmp_path / "อำเภอ.xlsx", sheets)).findings.row(0, named=True)
    assert found["message_th"].startswith("ไฟล์ อำเภอ.xlsx แผ่นงาน “ครัวเรือน” แถวที่ 3 เป็นแถวรวมยอด")
    assert found["message_en"].startswith("Row 3 of อำเภอ.xlsx, sheet “ครัวเรือน” holds totals")


def test_a_row_set_aside_is_told_with_file_and_row(tmp_path: Path) -> None:
    extract = read(*district(tmp_path, members=[HEAD, SPOUSE, {**SPOUSE, "household_id": "-"}]))
    assert extract.findings["message_th"][0].startswith("ไฟล์ member.csv แถวที่ 4 มีจำนวนช่องไม่ตรง")


def test_of_a_file_sent_twice_both_names_are_told(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    copy = tmp_path / "member {1}.csv"
    copy.write_bytes(member.read_bytes())
    found = read(home, member, copy).findings.row(0, named=True)
    assert found["message_th"].startswith("ไฟล์ member {1}.csv เหมือนกับไฟล์ member.csv ทุกไบต์")
    assert found["message_en"].startswith(
        "The file member {1}.csv is the same to the last byte as member.csv"
    )


@pytest.mark.parametrize(
    ("text", "th", "en"),
    [
        ("31/02/2526", "ส่วนที่ผิดคือวัน", "its day cannot be right"),
        ("12/13/2526", "ส่วนที่ผิดคือเดือน", "its month cannot be right"),
        ("12/04/3526", "ส่วนที่ผิดคือปี", "its year cannot be right"),
        ("00/00/2526", "ส่วนที่ผิดคือวันและเดือน", "its day and month cannot be right"),
        ("2526", "ส่วนที่ผิดคือรูปแบบการเขียน", "its way of writing cannot be right"),
    ],
)
def test_an_impossible_date_says_which_part_is_wrong(tmp_path: Path, text: str, th: str, en: str) -> None:
    found = read(*district(tmp_path, members=[{**HEAD, "birth_date": text}, SPOUSE])).findings.row(
        0, named=True
    )
    assert found["message_th"].endswith(th)
    assert en in found["message_en"]
    assert text not in json.dumps(found, default=str, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "year"), [("12/04/1983", "2526"), ("12/04/26", "2526"), ("12/04/80", "2480")]
)
def test_a_year_written_otherwise_is_told_as_it_was_read(tmp_path: Path, text: str, year: str) -> None:
    found = read(*district(tmp_path, members=[{**HEAD, "birth_date": text}, SPOUSE])).findings.row(
        0, named=True
    )
    assert found["message_th"].endswith(f"ระบบอ่านเป็น พ.ศ. {year}")
    assert found["message_en"].endswith(f"it was read as {int(year) - 543}.")


def test_a_day_that_names_nobody_is_told_whole(tmp_path: Path) -> None:
    homes = [HOME, {**HOME, "household_id": "H2", "interview_date": "05/03/2026", "survey_year_be": "69"}]
    extract = read(*district(tmp_path, homes, [HEAD, {**HEAD, "household_id": "H2"}]))
    texts = dict(extract.findings.select("fields", "message_th").iter_rows())
    assert texts["interview_date"].endswith("ระบบอ่านเป็น 5 มีนาคม 2569")
    assert texts["survey_year_be"].endswith("ระบบอ่านเป็น 2569")


def test_a_whole_column_of_other_years_is_told_without_a_value(tmp_path: Path) -> None:
    both = [{**HEAD, "birth_date": "12/04/1983"}, {**SPOUSE, "birth_date": "01/02/1987"}]
    found = read(*district(tmp_path, members=both)).findings.row(0, named=True)
    assert found["message_th"].endswith("ระบบอ่านเป็น พ.ศ. ที่ตรงกัน (ทั้งคอลัมน์)")


def test_a_rule_of_the_round_switched_off_or_not_yet_in_force_tells_nothing(tmp_path: Path) -> None:
    paths = district(tmp_path, [{**HOME, "tambon_name": "หัวเรือ"}])
    assert told(read(*paths)) == [("PL003", "tambon_name")]
    off = MappingProxyType({"PL003": RuleOff("สะกดต่างกัน", "Spelt otherwise", "ทีมข้อมูลจังหวัด", None)})
    assert told(read(*paths, round_=dataclasses.replace(ROUND, rules_off=off))) == []
    earlier = dataclasses.replace(ROUND, year_be=2568)
    home = {**HOME, "tambon_name": "หัวเรือ", "survey_year_be": "2568"}
    assert told(read(*district(tmp_path, [home]), round_=earlier)) == []
