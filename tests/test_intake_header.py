from pathlib import Path

import openpyxl
import polars as pl
import pytest

from tests.intake_writing import HEAD, HOME, SPOUSE, district, grid, labels, read, told, write_csv, write_xlsx


def workbook(path: Path, merged: bool) -> Path:
    """Title rows, a header of two rows with merged groups, Thai digits, a total and a signature."""
    book = openpyxl.Workbook()
    home, member = book.worksheets[0], book.create_sheet("สมาชิก")
    home.title = "ครัวเรือน"
    home.append(["แบบสอบถามข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี ๒๕๖๙"])
    home.append([])
    home.append(["รหัสครัวเรือน", "ที่อยู่", "", "", "รายได้ (บาท/ปี)", "", "", "", "จำนวนสมาชิก\n(คน)"])
    home.append(
        ["", "รหัสตำบล", "หมู่ที่", "บ้านเลขที่", "อาชีพหลัก", "อาชีพรอง", "รายได้อื่น ๆ", "ปลูก/เลี้ยง/หาไว้กินเอง", ""]
    )
    home.append(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"])
    home.append(["H๑", 340101, "๓", "๑๒/๓", "๕๐,๐๐๐", 0, 7200, "-", 2])
    home.append(["รวม", "", "", "", "50,000", 0, 7200, "", 2])
    home.append([])
    home.append(["", "", "", "", "", "", "ลงชื่อ", "ผู้รับรองข้อมูล"])
    if merged:
        for area in ("A1:I1", "A3:A4", "B3:D3", "E3:H3", "I3:I4"):
            home.merge_cells(area)
    for row in grid("person", [{**row, "household_id": "H1"} for row in (HEAD, SPOUSE)]):
        member.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("merged", [True, False])
def test_a_header_of_two_rows_below_titles_is_joined(tmp_path: Path, merged: bool) -> None:
    extract = read(workbook(tmp_path / "จปฐ.xlsx", merged))
    home = extract.households.row(0, named=True)
    assert {
        "household_id": "H1",
        "tambon_code": "340101",
        "village_no": 3,
        "house_no": "12/3",
        "income_main_baht": 50_000,
        "income_secondary_baht": 0,
        "income_other_baht": 7_200,
        "income_own_produce_baht": None,
        "member_count": 2,
        "source_row": 6,
    }.items() <= home.items()
    receipt = extract.receipt[0]
    assert (receipt["sheet"], receipt["layout"], receipt["header_row"]) == ("ครัวเรือน", "household", 4)
    assert receipt["rows_set_aside"] == {
        "blank": 1, "column_numbers": 1, "header": 2, "signature_or_note": 1, "title": 2, "total": 1,
    }  # fmt: skip
    assert receipt["rows_in_file"] == 9
    assert told(extract) == [("ST005", "")]


def test_cells_merged_down_over_members_are_filled_exactly(tmp_path: Path) -> None:
    flat = [{**HOME, **row} for row in (HEAD, SPOUSE)]
    fields = list(flat[0])
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    known = [*labels("household", list(HOME)), *labels("person", [f for f in fields if f not in HOME])]
    sheet.append(known)
    sheet.append([flat[0][field] for field in fields])
    sheet.append([None if field in HOME else flat[1][field] for field in fields])
    for column in range(1, len(HOME) + 1):
        sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    book.save(tmp_path / "flat.xlsx")
    extract = read(tmp_path / "flat.xlsx")
    assert extract.persons["household_id"].to_list() == ["H1", "H1"]
    assert extract.households.height == 1
    assert told(extract) == []


def test_names_of_columns_are_found_in_everyday_words_and_english(tmp_path: Path) -> None:
    home = write_csv(
        tmp_path / "h.csv",
        [
            ["เลขที่ครัวเรือน", "ปี", "ต.", "ม.", "สมาชิกทั้งหมด", "tambon_code"],
            ["H1", "2569", "ในเมือง", "3", "1", "340101"],
        ],
    )
    member = write_csv(
        tmp_path / "m.csv",
        [["household_id", "seq", "เลขบัตร ปชช.", "ว/ด/ป เกิด (พ.ศ.)", "เพศ", "career"],
         ["H1", "1", "1340100000018", "12/04/2526", "1", "ทำนา"]],
    )  # fmt: skip
    extract = read(home, member)
    assert extract.persons.select("member_no", "sex", "occupation").row(0) == (1, "male", "rice")
    assert extract.households.select("tambon_name", "member_count").row(0) == ("ในเมือง", 1)


def test_a_row_counter_is_not_the_members_number(tmp_path: Path) -> None:
    home, _ = district(tmp_path)
    cells = grid("person", [HEAD, SPOUSE])
    cells = [["ที่", *cells[0]], ["57", *cells[1]], ["58", *cells[2]]]
    cells[0][2] = "ลำดับที่ในครัวเรือน"
    extract = read(home, write_csv(tmp_path / "member.csv", cells))
    assert extract.persons["member_no"].to_list() == [1, 2]
    assert told(extract) == []


def test_an_unknown_column_is_told_once_and_listed(tmp_path: Path) -> None:
    home, _ = district(tmp_path)
    cells = grid("person", [HEAD, SPOUSE])
    more = [["สีที่ชอบ {x}", "ขนาด|รองเท้า"], ["แดง", "42"], ["เขียว", "39"]]
    cells = [[*row, *texts] for row, texts in zip(cells, more, strict=True)]
    extract = read(home, write_csv(tmp_path / "member.csv", cells))
    assert told(extract) == [("ST010", ""), ("ST010", "")]
    assert sorted(extract.findings["message_th"])[0].startswith(
        "ไฟล์ member.csv มีหัวคอลัมน์ “ขนาด|รองเท้า” ที่ระบบไม่รู้จัก"
    )
    assert "heading “สีที่ชอบ {x}” in member.csv is not known" in sorted(extract.findings["message_en"])[1]
    assert extract.findings["finding_id"].n_unique() == 2
    assert extract.receipt[1]["columns_unknown"] == ["สีที่ชอบ {x}", "ขนาด|รองเท้า"]


def test_a_column_twice_with_the_same_data_is_read_once_and_told(tmp_path: Path) -> None:
    home, _ = district(tmp_path)
    cells = [[*row, row[-1]] for row in grid("person", [HEAD, SPOUSE])]
    extract = read(home, write_csv(tmp_path / "member.csv", cells))
    assert told(extract) == [("ST011", "occupation")]
    assert extract.persons["occupation"].to_list() == ["rice", "rice"]


def test_a_required_column_that_is_no_key_is_told_and_the_rest_read(tmp_path: Path) -> None:
    homes = [{field: text for field, text in HOME.items() if field != "member_count"}]
    extract = read(*district(tmp_path, homes=homes))
    assert told(extract) == [("ST012", "member_count")]
    assert "จำนวนคนทั้งหมดของครัวเรือน" in extract.findings["message_th"][0]
    assert extract.findings["level"][0] == "delivery"


def test_a_stand_in_satisfies_a_required_column(tmp_path: Path) -> None:
    members = [
        {field: text for field, text in row.items() if field != "birth_date"} for row in (HEAD, SPOUSE)
    ]
    assert told(read(*district(tmp_path, members=members))) == []


def test_a_household_file_that_describes_its_head_is_no_flat_file(tmp_path: Path) -> None:
    head = {field: HEAD[field] for field in ("title", "first_name", "sex", "age")}
    extract = read(*district(tmp_path, [{**HOME, **head}]))
    assert [receipt["layout"] for receipt in extract.receipt] == ["household", "member"]


def test_a_member_list_that_repeats_the_address_is_no_flat_file(tmp_path: Path) -> None:
    members = [
        {**row, "tambon_code": "340101", "village_no": "3", "house_no": "12/3"} for row in (HEAD, SPOUSE)
    ]
    extract = read(*district(tmp_path, members=members))
    assert [receipt["layout"] for receipt in extract.receipt] == ["household", "member"]
    assert extract.households.height == 1
    assert told(extract) == []


def test_one_worksheet_a_tambon_adds_up_and_covers_are_left_out(tmp_path: Path) -> None:
    other = {**HOME, "household_id": "H2", "tambon_code": "340104"}
    path = write_xlsx(
        tmp_path / "จปฐ.xlsx",
        {
            "ปก": [["จปฐ. ๒๕๖๙"], ["อำเภอเมืองอุบลราชธานี"]],
            "ในเมือง": grid("household", [HOME]),
            "หัวเรือ": grid("household", [other]),
            "สมาชิก": grid("person", [HEAD, SPOUSE, {**HEAD, "household_id": "H2"}]),
        },
    )
    extract = read(path)
    assert extract.households["household_id"].to_list() == ["H1", "H2"]
    assert extract.receipt[0]["sheets_not_read"] == ["ปก"]
    assert told(extract) == []


def test_hidden_worksheets_are_named_and_not_read(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "จปฐ.xlsx",
        {
            "ก": grid("household", [HOME]),
            "เก่า": grid("household", [HOME]),
            "ข": grid("person", [HEAD, SPOUSE]),
        },
    )
    book = openpyxl.load_workbook(path)
    book["เก่า"].sheet_state = "hidden"
    book.save(path)
    extract = read(path)
    assert extract.households.height == 1
    assert extract.receipt[0]["sheets_not_read"] == ["เก่า"]


def test_parquet_names_its_columns_and_counts_its_rows_from_one(tmp_path: Path) -> None:
    pl.DataFrame({"household_id": ["H1"], "member_count": [2], "tambon_code": ["340101"], "village_no": [3],
                  "nobody_drinks": [True], "income_main_baht": [50_000.0],
                  }).write_parquet(tmp_path / "h.parquet")  # fmt: skip
    _, member = district(tmp_path)
    home = read(tmp_path / "h.parquet", member).households.row(0, named=True)
    assert (home["nobody_drinks"], home["income_main_baht"], home["source_row"]) == (True, 50_000, 1)
