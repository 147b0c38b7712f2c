from dataclasses import replace

import polars as pl

from reports.contents import PLACES
from reports.district_places import UNPLACED
from reports.district_rows import EMPTY, list_rows
from reports.safe_text import printable
from tests.made_district import district, finding, many_findings, three_findings


def test_rows_follow_a_visit_by_tambon_village_house_and_the_worst_first() -> None:
    rows = list_rows(three_findings())
    assert [(row.number, row.village.tambon, row.house, row.rule_id) for row in rows] == [
        (1, "คันไร่", "101", "HE018"),
        (2, "นิคมสร้างตนเองลำโดมน้อย", "12/1", "PE001"),
        (3, "นิคมสร้างตนเองลำโดมน้อย", "12/1", "WK003"),
    ]


def test_house_numbers_sort_as_numbers() -> None:
    rows = list_rows(
        district(
            [
                finding(1, "HE018", "34250403001", None),
                finding(2, "HE018", "34250403002", None),
                finding(3, "HE018", "34250110003", None),
                finding(4, "HE018", "34250110004", None),
            ]
        )
    )
    assert [row.house for row in rows] == ["12", "101", "9", "12/1"]


def test_fields_get_their_thai_labels_and_a_missing_value_is_said() -> None:
    row = list_rows(three_findings())[2]
    assert row.found == (("อาชีพ", "รับราชการ"), ("ระดับการศึกษา", EMPTY))
    assert row.person == "นางสุดารัตน์ บุญประเสริฐ"


def test_one_village_has_one_name_however_households_write_it() -> None:
    rows = list_rows(district([finding(n, "HE018", f"3425040300{n}", None) for n in (1, 2)]))
    assert {row.village.title for row in rows} == {"บ้านคำน้ำแซบ หมู่ที่ 3 ตำบลนิคมสร้างตนเองลำโดมน้อย"}


def test_a_finding_without_household_comes_last_and_names_its_row_in_the_file() -> None:
    rows = list_rows(district([finding(1, "HE018", None, None), finding(2, "HE018", "34250403001", None)]))
    assert (rows[-1].village, rows[-1].door, rows[-1].person) == (UNPLACED, "แถวที่ 3 ในไฟล์", "ทั้งไฟล์")


def test_a_household_that_is_in_no_place_is_still_listed() -> None:
    report = district([finding(1, "PE001", "34250403001", 5)], places=pl.DataFrame(schema=PLACES))
    assert [(row.village, row.person) for row in list_rows(report)] == [(UNPLACED, "ไม่มีชื่อในบัญชี")]


def test_a_household_listed_twice_in_places_does_not_double_its_findings() -> None:
    report = three_findings()
    twice = district(report.findings.to_dicts(), places=pl.concat([report.places, report.places]))
    assert len(list_rows(twice)) == 3


def test_control_and_direction_letters_are_not_printed() -> None:
    assert printable("ก\x00ข\u202eค\nง") == "ก ข ค\nง"
    assert len(printable("ก" * 5000)) < 700


def test_every_finding_is_listed_once() -> None:
    assert sorted(row.key for row in list_rows(many_findings(600))) == [f"{n:016x}" for n in range(600)]


def test_a_field_without_one_value_of_its_own_is_not_called_empty() -> None:
    rows = [
        finding(1, "HE018", "34250403001", None, fields="relation|member_count"),
        finding(2, "WK003", "34250403001", 2, fields="age|education"),
    ]
    assert [row.values for row in list_rows(district(rows))] == [("–", EMPTY), ("ดูรายคน", "11")]


def test_in_a_house_what_can_turn_a_result_comes_before_the_worst() -> None:
    report = district(
        [finding(n, rule, "34250110003", 1) for n, rule in ((1, "PE001"), (2, "WK003"), (3, "WK003"))]
    )
    matters = pl.DataFrame({"can_flip_line": [False, False, True], "can_open_gate": [False, True, False]})
    rows = list_rows(replace(report, findings=report.findings.hstack(matters)))
    assert [(row.rule_id, row.effect_text) for row in rows] == [
        ("WK003", "เกณฑ์รายได้"),
        ("WK003", "เกณฑ์รับรอง"),
        ("PE001", ""),
    ]
    assert rows[0].told == f"มีผลต่อเกณฑ์รายได้: {rows[0].message}"
    assert rows[1].told == rows[1].message
