from pathlib import Path

import pytest

from flows import intake
from flows.intake.remarks import remark_lines, texts
from tests.intake_writing import HEAD, HOME, SPOUSE, district, grid, read, told, write_csv


def members_as(folder: Path, content: bytes) -> intake.Extract:
    home, member = district(folder)
    member.write_bytes(content)
    return read(home, member)


def plain(folder: Path) -> str:
    return district(folder)[1].read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("encoding", "told_as"),
    [("utf-16-be", "utf-16-be"), ("utf-16-le", "utf-16-le"), ("utf-16", "utf-16"), ("utf-32", "utf-32")],
)
def test_wide_encodings_are_read_with_and_without_a_mark(tmp_path: Path, encoding: str, told_as: str) -> None:
    extract = members_as(tmp_path, plain(tmp_path).encode(encoding))
    assert extract.persons["first_name"].to_list() == ["สมชาย", "สมหญิง"]
    assert extract.receipt[1]["encoding"] == told_as


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_stray_zeros_and_the_end_mark_of_dos_are_left_out_and_said(tmp_path: Path, encoding: str) -> None:
    text = plain(tmp_path).replace("สมชาย", "สม\x00ชาย") + "\x1a"
    extract = members_as(tmp_path, text.encode(encoding))
    assert extract.persons["first_name"].to_list() == ["สมชาย", "สมหญิง"]
    assert extract.receipt[1]["encoding"] == encoding
    assert extract.receipt[1]["remarks"] == {"characters_dropped": 2}


def test_a_hole_of_zeros_is_a_damaged_file(tmp_path: Path) -> None:
    with pytest.raises(intake.Quarantined, match="ไม่สมบูรณ์"):
        members_as(tmp_path, plain(tmp_path).encode() + b"\x00" * 600)


def test_line_ends_may_differ_from_row_to_row(tmp_path: Path) -> None:
    head, first, second = plain(tmp_path).splitlines()
    extract = members_as(tmp_path, f"{head}\r\n{first}\r{second}\n".encode())
    assert extract.persons["source_row"].to_list() == [2, 3]
    assert extract.receipt[1]["remarks"] == {"mixed_line_ends": True}


def test_trailing_separators_are_no_shift(tmp_path: Path) -> None:
    cells = [[*row, "", ""] for row in grid("person", [HEAD, SPOUSE])]
    extract = read(district(tmp_path)[0], write_csv(tmp_path / "member.csv", cells))
    assert (extract.persons.height, told(extract)) == (2, [])


def test_a_row_that_ends_early_is_read_and_counted(tmp_path: Path) -> None:
    cells = grid("person", [HEAD, {**SPOUSE, "occupation": ""}])
    extract = read(district(tmp_path)[0], write_csv(tmp_path / "member.csv", [*cells[:2], cells[2][:-1]]))
    assert extract.persons.height == 2
    assert extract.receipt[1]["remarks"] == {"rows_ending_early": 1}


def test_a_row_cut_by_a_line_break_makes_no_second_record(tmp_path: Path) -> None:
    homes = [{"household_id": f"H{n}", "soi": "SOI", **HOME} | {"household_id": f"H{n}"} for n in range(1, 4)]
    members = [{**HEAD, "household_id": f"H{n}"} for n in range(1, 4)]
    home, member = district(tmp_path, homes, members)
    lines = home.read_text("utf-8-sig").splitlines()
    lines[2] = lines[2].replace("SOI", "ท่าน้ำ\n3 แยก 2")
    home.write_text("\n".join(lines), "utf-8")
    extract = read(home, member)
    assert extract.households["household_id"].to_list() == ["H1", "H3"]
    assert extract.receipt[0]["rows_set_aside"] == {"cut_by_line_break": 2, "header": 1}
    rows = extract.findings.filter(extract.findings["rule_id"] == "ST015")["source_row"]
    assert rows.to_list() == [3, 4]


def test_the_end_of_a_last_cell_cut_by_a_line_break_is_no_record(tmp_path: Path) -> None:
    homes = [{**HOME, "soi": "SOI"}, {**HOME, "household_id": "H2", "soi": "9"}]
    home, member = district(tmp_path, homes, [HEAD, SPOUSE, {**HEAD, "household_id": "H2"}])
    text = home.read_text("utf-8-sig").replace("SOI", "ท่าน้ำ\n3 แยก 2")
    home.write_text(text + "ลงชื่อ ผู้รับรอง\r\n", "utf-8")
    extract = read(home, member)
    assert extract.households["household_id"].to_list() == ["H1", "H2"]
    assert told(extract) == [("ST015", "")]
    assert extract.receipt[0]["rows_set_aside"] == {
        "cut_by_line_break": 1, "header": 1, "signature_or_note": 1,
    }  # fmt: skip


def test_a_line_break_in_quotes_is_part_of_its_cell(tmp_path: Path) -> None:
    home, member = district(tmp_path, [{**HOME, "soi": "ท่าน้ำ\nแยก 2"}])
    extract = read(home, member)
    assert extract.households["soi"].to_list() == ["ท่าน้ำ แยก 2"]
    assert extract.receipt[0]["remarks"] == {}


def test_an_empty_cell_in_quotes_is_an_empty_cell(tmp_path: Path) -> None:
    cells = [[f'"{cell}"' for cell in row] for row in grid("person", [HEAD, {**SPOUSE, "birth_date": ""}])]
    extract = members_as(tmp_path, "\n".join(",".join(row) for row in cells).encode())
    assert extract.persons["birth_date"].to_list()[1] is None
    assert extract.cells.is_empty()


def test_every_remark_is_said_in_both_languages() -> None:
    for slug, text in texts().items():
        value = ["E", "F"] if "{names}" in text["th"] else 1234
        lines = [remark_lines({slug: value}, lang) for lang in ("th", "en")]
        assert all(len(line) == 1 and "{" not in line[0] for line in lines), slug
    assert remark_lines({"hidden_rows": 1234}, "th") == ["อ่านแถวที่ซ่อนหรือกรองไว้ด้วย 1,234 แถว"]
    assert remark_lines({}, "th") == []


@pytest.mark.parametrize(
    "cells",
    [
        # a summary of indicators, of poor villages, of area codes, open data in long form, TPMAP
        [["ตารางสรุป"], ["01 เด็กแรกเกิดมีน้ำหนัก"], ["จังหวัด", "จำนวน"], ["อุบลราชธานี", "1,234"]],
        [["รายชื่ออำเภอตกเกณฑ์"], ["อำเภอ", "ตำบล", "ครัวเรือน"], ["รวม", "", "1,024"]],
        [["รหัสจังหวัด", "ชื่อจังหวัด", "รหัสอำเภอ"], ["34", "อุบลราชธานี", "3401"]],
        [["ปี", "จังหวัด", "อำเภอ", "รายการ", "หน่วย"], ["2567", "อุบลฯ", "เมือง", "ครัวเรือน", "-"]],
        [["YEAR", "PROVINCE", "ALL_HEALTH", "CNT_HEALTH"], ["2565", "34", "1000", "12"]],
    ],
)  # fmt: skip
def test_a_summary_sent_in_place_of_records_is_not_read_as_records(
    tmp_path: Path, cells: list[list[str]]
) -> None:
    _, member = district(tmp_path)
    with pytest.raises(intake.Quarantined, match=r"ไม่พบแถวหัวตาราง|ขาดคอลัมน์ที่จำเป็น"):
        read(write_csv(tmp_path / "h.csv", cells), member)
