import io
import re
import warnings
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from reports import district_workbook
from reports.district_workbook_list import HEAD_ROW, STATUSES
from tests.made_district import (
    CANARY_ID,
    district,
    finding,
    many_findings,
    quarantined,
    three_findings,
)

EVIL = ("=cmd|'/c calc'!A1", "+1+2", "-1", "@SUM(A1)", "{=1}", "https://example.org", "00123")
FIXED = ["อ่านก่อน", "ทุกรายการ", "ต่ำกว่าเกณฑ์รายได้", "ไม่ผ่านตัวชี้วัด", "ประเมินไม่ได้", "ผลรายข้อตรวจ"]


def written(report, path: Path) -> openpyxl.Workbook:
    district_workbook.write(report, path)
    with warnings.catch_warnings():
        # openpyxl cannot read the data bar's newer form; Excel and LibreOffice can.
        warnings.filterwarnings("ignore", message=".*extension is not supported", module="openpyxl")
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def texts(book: openpyxl.Workbook, sheet: str) -> str:
    return "\n".join(str(cell) for row in book[sheet].iter_rows(values_only=True) for cell in row if cell)


def all_xml(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_every_finding_has_a_row_that_reads_back_by_its_key(tmp_path: Path) -> None:
    district_workbook.write(many_findings(600), tmp_path / "a.xlsx")
    back = pl.read_excel(
        tmp_path / "a.xlsx", sheet_name="ทุกรายการ", read_options={"header_row": HEAD_ROW, "dtypes": "string"}
    )
    assert sorted(back["รหัสรายการ"]) == [f"{n:016x}" for n in range(600)]
    assert back["ที่"].to_list() == [str(n) for n in range(1, 601)]
    assert set(back["บ้านเลขที่"]) == {f"{n}/2" for n in range(600)}


def test_a_row_says_where_who_what_and_how_to_fix_it(tmp_path: Path) -> None:
    sheet = written(three_findings(), tmp_path / "a.xlsx")["ทุกรายการ"]
    head, row = (
        [cell.value for cell in sheet[HEAD_ROW + 1]],
        [cell.value for cell in sheet[HEAD_ROW + 4]],
    )
    assert dict(zip(head, row, strict=True)) == {
        "ที่": 3,
        "ตำบล": "นิคมสร้างตนเองลำโดมน้อย",
        "หมู่": 3,
        "หมู่บ้าน": "คำน้ำแซบ",
        "บ้านเลขที่": "12/1",
        "คนที่": 2,
        "ชื่อ-สกุล": "นางสุดารัตน์ บุญประเสริฐ",
        "ระดับ": "! ต้องแก้หรือยืนยัน",
        "มีผลต่อ": None,
        "ช่องข้อมูล": "อาชีพ • ระดับการศึกษา",
        "ค่าที่พบ": "อาชีพ: รับราชการ\nระดับการศึกษา: (ว่าง)",
        "ผิดอย่างไร": "รับราชการแต่การศึกษาไม่ถึงมัธยมต้น",
        "วิธีแก้": "ถามเจ้าตัวแล้วแก้ช่องที่ผิด",
        "รหัสครัวเรือน": "34250403001",
        "ข้อตรวจ": "WK003",
        "รหัสรายการ": "0000000000000001",
        "สถานะการแก้ไข": None,
        "เหตุผล / ค่าที่ถูกต้อง": None,
    }


def test_only_the_two_answer_columns_take_typing(tmp_path: Path) -> None:
    sheet = written(three_findings(), tmp_path / "a.xlsx")["ทุกรายการ"]
    assert sheet.protection.sheet
    unlocked = {cell.column_letter for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {"Q", "R"}
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == f'"{",".join(STATUSES)}"'
    assert str(validation.sqref) == "Q4:Q6"


def test_the_list_is_frozen_filtered_and_set_up_for_print(tmp_path: Path) -> None:
    sheet = written(three_findings(), tmp_path / "a.xlsx")["ทุกรายการ"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("H4", "A3:R6")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$3:$3", "landscape")
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (0, 9)
    assert "ห้ามเผยแพร่" in sheet.oddFooter.left.text


def test_every_row_of_text_has_a_height(tmp_path: Path) -> None:
    book = written(three_findings(), tmp_path / "a.xlsx")
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=HEAD_ROW + 2):
            if any(cell.alignment.wrap_text and isinstance(cell.value, str) for cell in row):
                assert sheet.row_dimensions[row[0].row].height, (sheet.title, row[0].row)


@pytest.mark.parametrize("evil", EVIL)
def test_a_text_stays_a_text_whatever_it_looks_like(tmp_path: Path, evil: str) -> None:
    report = three_findings()
    people = report.people.with_columns(display_name=pl.lit(evil))
    places = report.places.with_columns(
        house_no=pl.lit(evil), village_name=pl.lit(evil), tambon_name=pl.lit(evil)
    )
    rows = [row | {"message_th": evil, "fix_th": evil} for row in report.findings.to_dicts()]
    book = written(district(rows, people=people, places=places), tmp_path / "a.xlsx")
    sheet = book["ทุกรายการ"]
    assert [sheet["G5"].value, sheet["E5"].value, sheet["L5"].value] == [evil, evil, evil]
    formulas = {
        (sheet.title, cell.column_letter)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert formulas == {("อ่านก่อน", "H"), ("อ่านก่อน", "I")}
    assert "example.org" not in "".join(re.findall(r'Target="([^"]*)"', all_xml(tmp_path / "a.xlsx")))


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        district_workbook.write(three_findings(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_front_says_the_verdict_what_failed_and_what_to_do(tmp_path: Path) -> None:
    front = texts(written(three_findings(), tmp_path / "a.xlsx"), "อ่านก่อน")
    for said in (
        "อำเภอสิรินธร จังหวัดอุบลราชธานี",
        "ส่งคืนภายในวันศุกร์ที่ 3 กรกฎาคม 2569",
        "! ส้ม  ต้องเร่งแก้",
        "รายการที่ต้องอธิบายมีมากเกินไป: พบ 2.1% ต้องไม่เกิน 2.0%",
        "4. บันทึกไฟล์นี้และส่งคืนสำนักงานพัฒนาชุมชนจังหวัดอุบลราชธานี",
        "บันทึกแล้วเทียบกับเป้าหมาย\n99.9%",
    ):
        assert said in front


def test_the_front_counts_what_is_done_per_village_live(tmp_path: Path) -> None:
    front = written(three_findings(), tmp_path / "a.xlsx")["อ่านก่อน"]
    (row,) = [row for row in front.iter_rows() if row[0].value == "คำน้ำแซบ"]
    assert [cell.value for cell in row[1:7]] == ["นิคมสร้างตนเองลำโดมน้อย", 3, 1, 1, 0, 2]
    assert row[0].hyperlink.location == "'นิคมสร้างตนเองลำโดมน้อย ม.3 คำ'!A1"
    at = row[0].row
    assert row[7].value == (
        f"=SUM(COUNTIFS('ทุกรายการ'!$B$4:$B$6,$B{at},'ทุกรายการ'!$C$4:$C$6,$C{at},"
        '\'ทุกรายการ\'!$Q$4:$Q$6,{"แก้แล้ว","ยืนยันค่าถูกต้อง","ไม่พบครัวเรือน"}))'
    )


def test_below_the_line_failing_and_not_assessable_are_three_sheets_with_their_units(tmp_path: Path) -> None:
    book = written(three_findings(), tmp_path / "a.xlsx")
    below, unknown = book["ต่ำกว่าเกณฑ์รายได้"], book["ประเมินไม่ได้"]
    assert "ต่ำกว่า 40,000 บาท" in below["A2"].value
    assert "1 ครัวเรือน มีสมาชิกรวม 2 คน" in below["A3"].value
    assert [cell.value for cell in below[5]][4:] == ["34250403001", 2, 79_999, 39_999, 1, 1]
    assert "1 ครัวเรือน มีสมาชิกรวม 3 คน" in unknown["A3"].value
    assert [cell.value for cell in unknown[5]][4:] == ["34250403002", 3, "ไม่ได้กรอกรายได้ทั้ง 4 แหล่ง"]
    failing = [cell.value for cell in book["ไม่ผ่านตัวชี้วัด"][5]]
    assert failing == [22, "รายได้เฉลี่ย", "รายได้", "ครัวเรือน", 1, 1, "50.0%", 0, 1]


def test_all_six_outcomes_of_every_rule_are_there(tmp_path: Path) -> None:
    sheet = written(three_findings(), tmp_path / "a.xlsx")["ผลรายข้อตรวจ"]
    assert [cell.value for cell in sheet[5]][4:] == [9, 2, 1, 3, 0, 0]
    assert [sheet.cell(row, 1).value for row in (5, 6, 7)] == ["HE018", "PE001", "WK003"]


def test_village_sheets_lead_back_to_the_row_to_answer(tmp_path: Path) -> None:
    book = written(three_findings(), tmp_path / "a.xlsx")
    assert book.sheetnames == [*FIXED, "คันไร่ ม.10 โนนสว่าง", "นิคมสร้างตนเองลำโดมน้อย ม.3 คำ"]
    sheet = book["นิคมสร้างตนเองลำโดมน้อย ม.3 คำ"]
    assert sheet["A1"].value == "บ้านคำน้ำแซบ หมู่ที่ 3 ตำบลนิคมสร้างตนเองลำโดมน้อย อำเภอสิรินธร"
    assert (sheet["A5"].value, sheet["A5"].hyperlink.location) == ("3", "'ทุกรายการ'!A6")
    assert book["ทุกรายการ"]["A6"].value == 3


def test_sheet_names_are_unique_and_short_however_long_the_places(tmp_path: Path) -> None:
    long = "นิคมสร้างตนเองลำโดมน้อยเหนือสุดเขตแดน[:]*?/\\'"
    report = many_findings(60)
    book = written(
        district(
            report.findings.to_dicts(),
            places=report.places.with_columns(tambon_name=pl.lit(long), village_name=pl.lit(long)),
        ),
        tmp_path / "a.xlsx",
    )
    assert len({name.lower() for name in book.sheetnames}) == len(book.sheetnames) == 6 + 20
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)


def test_a_clean_district_is_congratulated_and_told_what_was_checked(tmp_path: Path) -> None:
    book = written(district([]), tmp_path / "a.xlsx")
    assert book.sheetnames == FIXED
    front = texts(book, "อ่านก่อน")
    for said in (
        "✓ ไม่พบรายการที่ต้องแก้ไข",
        "ครัวเรือนที่ตรวจ\n4 ครัวเรือน",
        "ข้อตรวจที่ใช้\n3 ข้อ",
        "ตัดสินไม่ได้เพราะข้อมูลว่าง\n3 ครั้ง",
    ):
        assert said in front
    assert "ทำตาม 4 ขั้น" not in front
    assert book["ทุกรายการ"].max_row == HEAD_ROW + 1


def test_an_unreadable_delivery_gets_one_sheet_that_says_why_and_what_to_do(tmp_path: Path) -> None:
    book = written(quarantined(), tmp_path / "a.xlsx")
    assert book.sheetnames == ["อ่านก่อน"]
    front = texts(book, "อ่านก่อน")
    for said in (
        "ยังตรวจข้อมูลของอำเภอนี้ไม่ได้",
        "ไฟล์ คน.csv แถวที่ 4",
        "1. ส่งออกไฟล์ใหม่โดยเลือกรหัสครัวเรือนด้วย",
        "คน.csv • 11 แถว",
    ):
        assert said in front


def test_no_national_id_gets_into_the_workbook(tmp_path: Path) -> None:
    district_workbook.write(three_findings(), tmp_path / "a.xlsx")
    assert CANARY_ID not in all_xml(tmp_path / "a.xlsx")


def test_a_finding_about_no_household_is_written_and_counted(tmp_path: Path) -> None:
    book = written(district([finding(1, "HE018", None, None)]), tmp_path / "a.xlsx")
    assert book["ทุกรายการ"]["C4"].value == "–"
    assert book.sheetnames[-1] == "ไม่ระบุหมู่บ้าน"
