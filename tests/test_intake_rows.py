import dataclasses
import json
from pathlib import Path

import polars as pl
import pytest

from flows.intake import csv_file, matters
from flows.intake.words import words
from schemas.household import Household
from schemas.person import Person
from tests.intake_writing import HEAD, HOME, SPOUSE, district, grid, read, told, write_csv, write_xlsx


def test_a_clean_district_has_typed_frames_and_nothing_to_tell(tmp_path: Path) -> None:
    extract = read(*district(tmp_path))
    Household.validate(extract.households)
    Person.validate(extract.persons)
    assert told(extract) == []
    assert extract.cells.is_empty()
    assert extract.persons["district_code"].to_list() == ["3401", "3401"]
    assert extract.persons["source_row"].to_list() == [2, 3]
    assert str(extract.households["reference_date"][0]) == "2026-03-05"


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp874", ","), ("cp874", "\t"), ("utf-16", "\t"),
     ("utf-16-le", ","), ("utf-8", "|")],
)  # fmt: skip
def test_every_encoding_and_delimiter_gives_the_same_records(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    plain = read(*district(tmp_path))
    home = write_csv(tmp_path / "h.txt", grid("household", [HOME]), encoding, delimiter)
    member = write_csv(tmp_path / "m.xls", grid("person", [HEAD, SPOUSE]), encoding, delimiter)
    other = read(home, member)
    ids = pl.exclude("delivery_id")
    assert other.persons.select(ids).equals(plain.persons.select(ids))
    assert other.households.select(ids).equals(plain.households.select(ids))
    assert other.receipt[0]["encoding"] == encoding


def test_old_mac_line_ends_are_line_ends(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    member.write_bytes(member.read_bytes().replace(b"\r\n", b"\r"))
    assert read(home, member).persons.height == 2


def test_a_total_row_in_the_middle_is_set_aside_and_told(tmp_path: Path) -> None:
    total = {"household_id": "รวม หมู่ที่ 3", "member_count": "2"}
    other = {**HOME, "household_id": "H2"}
    members = [HEAD, SPOUSE, {**HEAD, "household_id": "H2"}, {**SPOUSE, "household_id": "H2"}]
    extract = read(*district(tmp_path, homes=[HOME, total, other], members=members))
    assert extract.households["household_id"].to_list() == ["H1", "H2"]
    found = extract.findings.row(0, named=True)
    assert (found["rule_id"], found["source_row"], found["household_id"], found["severity"]) == (
        "ST005",
        3,
        None,
        "watch",
    )
    assert extract.receipt[0]["rows_set_aside"] == {"header": 1, "total": 1}


def test_headings_repeated_in_the_middle_and_blank_rows_are_no_records(tmp_path: Path) -> None:
    home, _ = district(tmp_path)
    head, first, second = grid("person", [HEAD, SPOUSE])
    blank = [""] * len(head)
    extract = read(
        home, write_csv(tmp_path / "member.csv", [head, first, blank, head, second, [" "] * len(head)])
    )
    assert extract.persons["source_row"].to_list() == [2, 5]
    assert extract.receipt[1]["rows_set_aside"] == {"blank": 2, "header": 1, "repeated_header": 1}
    assert told(extract) == []


def test_a_row_without_household_id_is_set_aside_and_told(tmp_path: Path) -> None:
    extract = read(*district(tmp_path, members=[HEAD, SPOUSE, {**SPOUSE, "household_id": "-"}]))
    assert extract.persons.height == 2
    assert told(extract) == [("ST015", "")]
    assert extract.findings["source_row"][0] == 4
    assert extract.receipt[1]["rows_set_aside"] == {"header": 1, "no_household_id": 1}


def test_a_member_without_number_stays_and_is_told(tmp_path: Path) -> None:
    extract = read(*district(tmp_path, members=[HEAD, {**SPOUSE, "member_no": ""}]))
    assert extract.persons["member_no"].to_list() == [1, None]
    assert told(extract) == [("ST016", "member_no")]
    assert "ลำดับที่" in extract.findings["message_th"][0]


def test_a_required_cell_left_empty_is_told_but_not_of_a_house_nobody_could_visit(tmp_path: Path) -> None:
    vacant = {**HOME, "household_id": "H2", "member_count": "", "household_status": "vacant"}
    homes = [{**HOME, "household_status": ""}, vacant]
    extract = read(*district(tmp_path, homes, members=[HEAD, {**SPOUSE, "sex": ""}]))
    assert told(extract) == [("ST016", "sex")]


def test_one_row_with_a_cell_too_many_is_set_aside_and_told(tmp_path: Path) -> None:
    members = [{**HEAD, "household_id": f"H{i}"} for i in range(1, 41)]
    homes = [{**HOME, "household_id": f"H{i}"} for i in range(1, 41)]
    home, _ = district(tmp_path, homes=homes)
    cells = grid("person", members)
    cells[7].insert(3, "เกิน")
    extract = read(home, write_csv(tmp_path / "member.csv", cells))
    assert extract.persons.height == 39
    assert told(extract) == [("ST015", "")]
    assert extract.findings["source_row"][0] == 8


def test_a_cell_that_cannot_be_cast_is_null_kept_and_told(tmp_path: Path) -> None:
    extract = read(*district(tmp_path, homes=[{**HOME, "member_count": "สองคน"}]))
    assert extract.households["member_count"][0] is None
    assert extract.cells.row(0, named=True) | {"delivery_id": ""} == {
        "table": "household", "delivery_id": "", "source_row": 2, "household_id": "H1", "member_no": None,
        "field": "member_count", "rule_id": "ST001", "text": "สองคน",
    }  # fmt: skip
    found = extract.findings.row(0, named=True)
    assert (found["rule_id"], found["household_id"], found["tambon_code"], found["village_no"]) == (
        "ST001",
        "H1",
        "340101",
        3,
    )
    assert json.loads(found["values"]) == {"member_count": "สองคน"}
    assert "จำนวนคนทั้งหมดของครัวเรือน มีข้อความ สองคน" in found["message_th"]
    assert "Members of the household holds สองคน" in found["message_en"]


@pytest.mark.parametrize(("text", "rule"), [("-500", "ST006"), ("12.5", "ST006"), ("(500)", "ST001")])
def test_impossible_money_is_nulled_and_told(tmp_path: Path, text: str, rule: str) -> None:
    extract = read(*district(tmp_path, homes=[{**HOME, "income_main_baht": text}]))
    assert extract.households["income_main_baht"][0] is None
    assert told(extract) == [(rule, "income_main_baht")]
    assert extract.cells["text"].to_list() == [text]


def test_a_code_of_the_wrong_length_is_told_with_the_text_as_sent(tmp_path: Path) -> None:
    extract = read(*district(tmp_path, homes=[{**HOME, "village_code": "3401-01"}]))
    assert told(extract) == [("ST017", "village_code")]
    assert extract.cells["text"].to_list() == ["3401-01"]


def test_an_impossible_birth_date_is_masked(tmp_path: Path) -> None:
    extract = read(*district(tmp_path, members=[{**HEAD, "birth_date": "31/02/2526"}, SPOUSE]))
    assert told(extract) == [("ST003", "birth_date")]
    assert "31/02" not in json.dumps(extract.findings.to_dicts(), default=str, ensure_ascii=False)
    assert extract.findings["member_no"][0] == 1
    assert extract.cells["text"].to_list() == ["31/02/2526"]


def test_ids_shown_as_exponents_are_each_told(tmp_path: Path) -> None:
    members = [{**HEAD, "national_id": "1.3401E+12"}, {**SPOUSE, "national_id": "1.3401E+12"}]
    extract = read(*district(tmp_path, members=members))
    assert told(extract) == [("ST004", "national_id"), ("ST004", "national_id")]
    assert extract.findings["finding_id"].n_unique() == 2


def test_a_column_of_christian_years_is_told_once_and_a_single_one_on_its_row(tmp_path: Path) -> None:
    whole = [{**HEAD, "birth_date": "12/04/1983"}, {**SPOUSE, "birth_date": "01/02/1987"}]
    extract = read(*district(tmp_path, members=whole))
    assert told(extract) == [("ST007", "birth_date")]
    assert extract.findings["member_no"][0] is None
    assert [str(day) for day in extract.persons["birth_date"]] == ["1983-04-12", "1987-02-01"]
    single = read(*district(tmp_path, members=[{**HEAD, "birth_date": "12/04/1983"}, SPOUSE]))
    assert single.findings.select("rule_id", "member_no").row(0) == ("ST007", 1)
    assert single.cells.is_empty()


@pytest.mark.parametrize(("text", "rule"), [("12/04/1983", "ST007"), ("12/04/26", "ST019")])
def test_of_a_birth_date_read_from_another_year_the_year_read_is_shown(
    tmp_path: Path, text: str, rule: str
) -> None:
    extract = read(*district(tmp_path, members=[{**HEAD, "birth_date": text}, SPOUSE]))
    assert told(extract) == [(rule, "birth_date")]
    assert json.loads(extract.findings["values"][0]) == {"birth_date": "พ.ศ. 2526"}
    assert text not in json.dumps(extract.findings.to_dicts(), default=str, ensure_ascii=False)


def test_an_error_cell_of_a_workbook_is_not_silently_empty(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in grid("household", [HOME]):
        book.worksheets[0].append(row)
    column = list(HOME).index("member_count") + 1
    book.worksheets[0].cell(2, column).value = "#REF!"
    book.worksheets[0].cell(2, column).data_type = "e"
    book.save(tmp_path / "h.xlsx")
    extract = read(tmp_path / "h.xlsx", district(tmp_path)[1])
    assert told(extract) == [("ST001", "member_count")]
    assert extract.cells["text"].to_list() == ["#REF!"]


def test_stray_quotes_swallow_no_rows(tmp_path: Path) -> None:
    homes = [{**HOME, "household_id": f"H{i}", "soi": f'ท่อ {i}" ข้างวัด'} for i in (1, 2, 3)]
    home, member = district(tmp_path, homes=homes)
    home.write_text(home.read_text("utf-8-sig").replace('"ท่อ', "ท่อ").replace('"" ข้างวัด"', '" ข้างวัด'), "utf-8")
    extract = read(home, member)
    assert extract.households["soi"].to_list() == ['ท่อ 1" ข้างวัด', 'ท่อ 2" ข้างวัด', 'ท่อ 3" ข้างวัด']


def test_batches_are_read_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    homes = [{**HOME, "household_id": f"H{i:03}", "house_no": f"{i}"} for i in range(60)]
    members = [{**HEAD, "household_id": f"H{i:03}", "sex": "?" if i == 55 else "ชาย"} for i in range(60)]
    paths = district(tmp_path, homes, members)
    whole = read(*paths)
    monkeypatch.setattr(csv_file, "BATCH_CELLS", 200)
    parts = read(*paths)
    assert parts.households.equals(whole.households)
    assert parts.persons.equals(whole.persons)
    assert parts.findings.equals(whole.findings)
    assert parts.receipt == whole.receipt


def test_a_sheet_filled_to_its_last_row_may_have_been_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = {"ก": grid("household", [HOME]), "ข": grid("person", [HEAD, SPOUSE])}
    path = write_xlsx(tmp_path / "จปฐ.xls", sheets)
    monkeypatch.setattr(matters, "words", lambda: dataclasses.replace(words(), full_sheet_rows=(3,)))
    extract = read(path)
    assert told(extract) == [("ST020", "")]
    assert extract.findings["source_row"].to_list() == [3]


def test_no_finding_names_a_person(tmp_path: Path) -> None:
    members = [
        {**HEAD, "first_name": "คานารี\ufffdก", "title": "คานารีข", "national_id": "9.99E+12",
         "birth_date": "32/01/2599"},
        {**SPOUSE, "sex": "1340100999999", "age": "31/12/2599", "last_name": "คานารี\ufffdค"},
    ]  # fmt: skip
    extract = read(*district(tmp_path, members=members))
    assert extract.findings.height == 7
    shown = json.dumps(extract.findings.to_dicts(), default=str, ensure_ascii=False) + json.dumps(
        extract.receipt
    )
    assert not any(word in shown for word in ("คานารี", "1340100999999", "2599", "9.99E"))
