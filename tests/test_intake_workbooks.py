import shutil
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from flows import intake
from flows.intake.sheet_marks import letters
from tests.intake_writing import HEAD, HOME, ROUND, SPOUSE, district, grid, told
from tests.office_workbook import write_office_workbook

FILES = Path(__file__).parent / "files"


def read(*sent: Path, keep: Path, password: str | None = None) -> intake.Extract:
    return intake.read([intake.receive(path, keep) for path in sent], "3401", ROUND, password)


def refused(sent: Path, keep: Path, password: str | None = None) -> str:
    with pytest.raises(intake.Quarantined) as caught:
        read(sent, keep=keep, password=password)
    return caught.value.reason


def as_a_person_sees_it(extract: intake.Extract) -> None:
    homes = extract.households.select(
        "household_id", "village_no", "house_no", "income_main_baht", "income_other_baht", "member_count",
        "interview_date", "source_row",
    )  # fmt: skip
    day = date(2026, 3, 5)
    assert homes.rows() == [
        ("3401000001", 3, "12/3", 50_000, 7_000, 2, day, 5),
        ("3401000002", 3, "9", 64_000, None, 1, day, 6),
        ("3401000003", 4, "10", None, 0, 1, day, 7),
    ]
    members = extract.persons.select("household_id", "member_no", "national_id", "birth_date", "sex")
    assert members.rows() == [
        ("3401000001", 1, "1340100000018", date(1983, 4, 12), "male"),
        ("3401000001", 2, "1340100000026", date(1987, 2, 1), "female"),
        ("3401000002", 1, "1340100000034", date(1987, 1, 12), "male"),
        ("3401000003", 1, "1340100000042", date(1987, 1, 12), "female"),
    ]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_an_office_workbook_of_libreoffice_reads_as_it_looks(tmp_path: Path, kind: str) -> None:
    renamed = Path(shutil.copy(FILES / f"office.{kind}", tmp_path / "จปฐ.csv"))
    extract = read(renamed, keep=tmp_path / "kept")
    as_a_person_sees_it(extract)
    home = extract.receipt[0]
    assert (home["encoding"], home["header_row"], home["header_rows"]) == (kind, 3, 2)
    assert home["remarks"] == {"hidden_rows": 1, "hidden_columns": ["E"]}
    assert home["rows_set_aside"] == {
        "blank": 1, "column_numbers": 1, "header": 2, "signature_or_note": 1, "title": 1, "total": 1,
    }  # fmt: skip
    assert home["sheets_not_read"] == ["รหัส"]
    assert ("ST005", "") in told(extract)
    assert ("ST019", "birth_date") in told(extract)


def test_a_formula_nobody_calculated_is_told_and_not_silently_empty(tmp_path: Path) -> None:
    extract = read(write_office_workbook(tmp_path / "จปฐ.xlsx"), keep=tmp_path / "kept")
    assert extract.households["income_other_baht"].to_list() == [None, None, 0]
    assert extract.cells["text"].to_list() == ["#สูตรยังไม่คำนวณ"]
    assert ("ST001", "income_other_baht") in told(extract)
    assert extract.receipt[0]["remarks"]["formulas_not_calculated"] == 1


def locked_xlsx(folder: Path, password: str) -> Path:
    path = folder / "locked.xlsx"
    with write_office_workbook(folder / "plain.xlsx").open("rb") as plain, path.open("wb") as target:
        OOXMLFile(plain).encrypt(password, target)
    return path


@pytest.mark.parametrize(("kind", "password"), [("xls", "lab3401"), ("xlsx", "ลับ3401")])
def test_a_locked_workbook_opens_with_its_districts_password_only(
    tmp_path: Path, kind: str, password: str
) -> None:
    sent = FILES / "locked.xls" if kind == "xls" else locked_xlsx(tmp_path, password)
    keep = tmp_path / "kept"
    assert read(sent, keep=keep, password=password).persons.height == 4
    assert refused(sent, keep) == "password"
    assert refused(sent, keep, "ผิด") == "wrong_password"
    assert not list(keep.glob(".work-*"))


def test_a_workbook_locked_by_libreoffice_itself_is_told_as_such(tmp_path: Path) -> None:
    assert refused(FILES / "locked.ods", tmp_path / "kept", "ลับ3401") == "locked_ods"


def test_a_table_that_begins_away_from_the_corner_keeps_its_merged_cells(tmp_path: Path) -> None:
    home, member = tmp_path / "h.xlsx", district(tmp_path)[1]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    fields = list(HOME)
    for row, cells in enumerate(grid("household", [HOME, {**HOME, "household_id": "H2"}]), 4):
        for column, text in enumerate(cells, 3):
            sheet.cell(row, column, text)
    tambon = 3 + fields.index("tambon_code")
    sheet.cell(6, tambon).value = None
    sheet.merge_cells(start_row=5, end_row=6, start_column=tambon, end_column=tambon)
    book.save(home)
    extract = read(home, member, keep=tmp_path / "kept")
    assert extract.households.select("household_id", "tambon_code", "village_no", "source_row").rows() == [
        ("H1", "340101", 3, 5), ("H2", "340101", 3, 6),
    ]  # fmt: skip


def test_what_xlsxwriter_hides_and_dates_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "จปฐ.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        home, member = book.add_worksheet("ครัวเรือน"), book.add_worksheet("สมาชิก")
        for row, cells in enumerate(grid("household", [HOME, {**HOME, "household_id": "H2"}])):
            home.write_row(row, 0, cells)
        home.write_datetime(1, list(HOME).index("interview_date"), date(2026, 3, 5))
        home.set_row(2, None, None, {"hidden": True})
        home.set_column(5, 6, None, None, {"hidden": True})
        for row, cells in enumerate(grid("person", [HEAD, SPOUSE, {**HEAD, "household_id": "H2"}])):
            member.write_row(row, 0, cells)
        born = list(HEAD).index("birth_date")
        member.write_number(1, born, 30_418)
        member.write_number(2, born, 0.4375, book.add_format({"num_format": "dd/mm/yyyy"}))
    extract = read(path, keep=tmp_path / "kept")
    assert extract.households["household_id"].to_list() == ["H1", "H2"]
    assert extract.households["interview_date"].to_list() == [date(2026, 3, 5)] * 2
    assert extract.receipt[0]["remarks"] == {"hidden_rows": 1, "hidden_columns": ["F", "G"]}
    # half past ten in the morning is no birthday
    assert extract.persons["birth_date"].to_list()[:2] == [date(1983, 4, 12), None]
    assert told(extract) == [("ST003", "birth_date")]


def test_days_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    path = tmp_path / "h.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True, "default_date_format": "dd/mm/yyyy"}) as book:
        home = book.add_worksheet("ครัวเรือน")
        for row, cells in enumerate(grid("household", [HOME])):
            home.write_row(row, 0, cells)
        home.write_datetime(1, list(HOME).index("interview_date"), date(2026, 3, 5))
    extract = read(path, district(tmp_path)[1], keep=tmp_path / "kept")
    assert extract.households["interview_date"].to_list() == [date(2026, 3, 5)]


@pytest.mark.parametrize("text", ["#REF!", "#VALUE!", "########", "#สูตรยังไม่คำนวณ", "Err:502"])
def test_what_a_spreadsheet_shows_in_place_of_a_value_is_no_text(tmp_path: Path, text: str) -> None:
    members = [HEAD, {**SPOUSE, "first_name": text, "birth_date": text}]
    extract = read(*district(tmp_path, members=members), keep=tmp_path / "kept")
    assert extract.persons["first_name"].to_list() == ["สมชาย", None]
    assert {("ST001", "first_name")} <= set(told(extract))
    assert extract.persons["birth_date"][1] is None
    assert sum(field == "birth_date" for _, field in told(extract)) == 1


def test_a_key_that_is_an_error_is_no_household(tmp_path: Path) -> None:
    members = [{**HEAD, "household_id": f"H{n}"} for n in range(1, 41)]
    homes = [{**HOME, "household_id": f"H{n}"} for n in range(1, 41)]
    members[7] = {**members[7], "household_id": "#REF!"}
    extract = read(*district(tmp_path, homes, members), keep=tmp_path / "kept")
    assert extract.persons.height == 39
    assert ("ST001", "household_id") in told(extract)


def test_a_comment_is_not_part_of_its_cell(tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    for row in grid("household", [HOME]):
        book.worksheets[0].append(row)
    book.worksheets[0]["A2"].comment = Comment("ตรวจแล้ว", "ผู้ตรวจ")
    book.save(tmp_path / "h.xlsx")
    extract = read(tmp_path / "h.xlsx", district(tmp_path)[1], keep=tmp_path / "kept")
    assert extract.households["household_id"].to_list() == ["H1"]


def test_an_ods_that_declares_a_document_type_is_refused(tmp_path: Path) -> None:
    sent = tmp_path / "bomb.ods"
    with zipfile.ZipFile(FILES / "office.ods") as source, zipfile.ZipFile(sent, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            if entry == "content.xml":
                head, _, rest = content.partition(b"?>")
                content = head + b'?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + rest
            target.writestr(entry, content)
    assert refused(sent, tmp_path / "kept") == "truncated_file"


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16_383, "XFD")])
def test_columns_are_called_as_the_spreadsheet_calls_them(column: int, name: str) -> None:
    assert letters(column) == name


def test_a_dbase_table_of_the_old_program_is_named(tmp_path: Path) -> None:
    head = bytes([3, 126, 3, 5]) + (1).to_bytes(4, "little") + (65).to_bytes(2, "little") + bytes([11, 0])
    sent = tmp_path / "BMN59.DBF"
    sent.write_bytes(head + bytes(20) + b"HC_ID".ljust(11, b"\0") + b"C" + bytes(20) + b"\r 3401000001\x1a")
    with pytest.raises(intake.Quarantined, match=r"dBase \(.dbf\)"):
        read(sent, keep=tmp_path / "kept")
