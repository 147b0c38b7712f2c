import pickle
import zipfile
from pathlib import Path

import polars as pl
import pytest

from flows import intake
from flows.intake.quarantine import reasons
from tests.intake_writing import HEAD, HOME, SPOUSE, district, grid, read, write_csv, write_xlsx


def refused(*paths: Path, district_code: str = "3401") -> intake.Quarantined:
    with pytest.raises(intake.Quarantined) as caught:
        read(*paths, district_code=district_code)
    return caught.value


def test_an_empty_file_says_so_in_both_languages(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    home.write_bytes(b"")
    why = refused(home, member)
    assert why.th == "ไฟล์ household.csv ว่างเปล่า ไม่มีข้อมูล"
    assert why.en == "File household.csv is empty"
    assert "ส่งออกข้อมูลจากระบบใหม่" in why.action_th
    assert "Export the data again" in why.action_en


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n\r\n", b",,,\r\n,,,\r\n", b"\x00" * 100]
)
def test_a_file_of_nothing_is_empty_whatever_it_is_called(tmp_path: Path, content: bytes) -> None:
    sent = tmp_path / "จปฐ.xlsx"
    sent.write_bytes(content)
    assert "ว่างเปล่า" in refused(sent).th


def test_neither_utf8_nor_windows_874_names_the_row(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    home.write_bytes(home.read_bytes() + "\nบ้าน".encode()[:-1] + b"\x81\xff")
    why = refused(home, member)
    assert "รหัสภาษาไทยไม่ใช่ UTF-8 หรือ TIS-620/Windows-874 (เริ่มผิดที่แถว 4)" in why.th
    assert "neither UTF-8 nor TIS-620/Windows-874 (first bad byte in row 4)" in why.en


def test_binary_junk_is_no_table(tmp_path: Path) -> None:
    sent = tmp_path / "junk.csv"
    sent.write_bytes(bytes(range(1, 127)) * 50)
    assert "ไม่ใช่ตารางข้อมูล" in refused(sent).th


@pytest.mark.parametrize(
    ("magic", "kind"), [(b"%PDF-1.7 ", "PDF"), (b"\x89PNG\r\n", "PNG"), (b"Rar!\x1a", "RAR")]
)
def test_another_kind_of_file_is_named(tmp_path: Path, magic: bytes, kind: str) -> None:
    sent = tmp_path / "household.csv"
    sent.write_bytes(magic + b"data" * 50)
    assert f"ไม่ใช่ตารางข้อมูล (เป็น {kind})" in refused(sent).th


def test_utf8_read_as_windows_874_is_recognised(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    text = "".join(
        bytes([byte]).decode("cp874", "replace") for byte in "ครัวเรือน,ตำบลในเมือง,บ้านใหม่\n".encode()
    )
    home.write_text(text * 3, "utf-8")
    why = refused(home, member)
    assert "ตัวอักษรไทยในไฟล์ household.csv เพี้ยนจากการแปลงรหัส" in why.th
    assert "garbled by a wrong conversion" in why.en


def test_windows_874_read_as_latin_is_recognised(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    home.write_text(home.read_text("utf-8-sig").encode("cp874").decode("latin-1"), "utf-8")
    assert "เพี้ยนจากการแปลงรหัส" in refused(home, member).th


@pytest.mark.parametrize("name", ["jpt.xlsx", "jpt.parquet"])
def test_a_file_cut_off_on_the_way_is_recognised(tmp_path: Path, name: str) -> None:
    whole = tmp_path / name
    if name.endswith("xlsx"):
        write_xlsx(whole, {"ครัวเรือน": grid("household", [HOME])})
    else:
        pl.DataFrame({"household_id": ["H1"] * 500}).write_parquet(whole)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    why = refused(whole)
    assert "ไม่สมบูรณ์ ท้ายไฟล์ขาดหาย" in why.th
    assert "incomplete" in why.en


def test_a_workbook_with_a_damaged_sheet_is_recognised(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "whole.xlsx", {"ครัวเรือน": grid("household", [HOME])})
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            target.writestr(entry, content[: len(content) // 2] if "sheet1" in entry else content)
    assert "ไม่สมบูรณ์" in refused(broken).th


def test_a_workbook_with_a_password_asks_to_remove_it(tmp_path: Path) -> None:
    sent = tmp_path / "locked.xlsx"
    sent.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\x00" * 99
    )
    why = refused(sent)
    assert "ตั้งรหัสผ่านไว้ จึงเปิดอ่านไม่ได้" in why.th
    assert "remove the password" in why.action_en


def test_a_web_page_named_as_a_workbook_is_recognised(tmp_path: Path) -> None:
    sent = tmp_path / "export.xls"
    sent.write_text("<html><table><tr><td>รหัสครัวเรือน</td></tr></table></html>", "utf-8")
    assert "หน้าเว็บ" in refused(sent).th


def test_no_header_names_the_sheet_and_how_far_was_searched(tmp_path: Path) -> None:
    sent = write_xlsx(tmp_path / "jpt.xlsx", {"แผ่น1": [["ก", "ข", "ค", "ง"]] * 3})
    why = refused(sent)
    assert "ไม่พบแถวหัวตารางในไฟล์ jpt.xlsx แผ่นงาน “แผ่น1” ภายใน 30 แถวแรก" in why.th
    assert "No header row found in jpt.xlsx, sheet “แผ่น1” within its first 30 rows" in why.en
    assert why.sheet == "แผ่น1"


def test_a_missing_key_column_is_named_in_both_languages(tmp_path: Path) -> None:
    home, _ = district(tmp_path)
    rows = [{field: text for field, text in row.items() if field != "household_id"} for row in (HEAD, SPOUSE)]
    member = write_csv(tmp_path / "member.csv", grid("person", rows))
    why = refused(home, member)
    assert "ไฟล์ member.csv ขาดคอลัมน์ที่จำเป็น: รหัสครัวเรือน" in why.th
    assert "File member.csv lacks the required column: Household id" in why.en
    assert why.column == "รหัสครัวเรือน"


def test_members_without_their_number_are_not_guessed(tmp_path: Path) -> None:
    home, _ = district(tmp_path)
    rows = [{field: text for field, text in row.items() if field != "member_no"} for row in (HEAD, SPOUSE)]
    assert (
        "ขาดคอลัมน์ที่จำเป็น: ลำดับที่" in refused(home, write_csv(tmp_path / "member.csv", grid("person", rows))).th
    )


def test_a_column_twice_with_different_data_is_named(tmp_path: Path) -> None:
    home, _ = district(tmp_path)
    cells = grid("person", [HEAD, SPOUSE])
    cells[0].append("อาชีพหลัก")
    cells[1].append("ทำนา")
    cells[2].append("ค้าขาย")
    why = refused(home, write_csv(tmp_path / "member.csv", cells))
    assert "มีคอลัมน์ อาชีพ ซ้ำกันสองคอลัมน์และข้อมูลไม่เหมือนกัน" in why.th
    assert "has the column Occupation twice with different data" in why.en
    assert why.row == 3


def test_a_file_of_another_district_is_the_wrong_file(tmp_path: Path) -> None:
    why = refused(*district(tmp_path), district_code="3402")
    assert "เป็นข้อมูลของอำเภออื่น: 1 จาก 1 แถวไม่ใช่ของอำเภอศรีเมืองใหม่ (3402)" in why.th
    assert "is of another district: 1 of 1 rows are not of Si Mueang Mai (3402)" in why.en


def test_a_file_of_another_round_is_the_wrong_file(tmp_path: Path) -> None:
    why = refused(*district(tmp_path, homes=[{**HOME, "survey_year_be": "2568"}]))
    assert "เป็นข้อมูลของรอบปีอื่น: 1 จาก 1 แถวไม่ใช่ปี 2569" in why.th
    assert "is of another round" in why.en


def test_many_rows_with_more_cells_than_the_header_have_shifted(tmp_path: Path) -> None:
    home, _ = district(tmp_path)
    cells = grid("person", [HEAD, SPOUSE])
    cells[1].insert(4, "ณ อยุธยา")
    why = refused(home, write_csv(tmp_path / "member.csv", cells))
    assert "มี 1 แถวที่จำนวนช่องมากกว่าหัวตาราง (แถวแรกคือแถว 2) ข้อมูลเลื่อนช่อง" in why.th
    assert "rows have more cells than the header (first: row 2)" in why.en


def test_members_alone_and_households_alone_are_half_a_delivery(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    assert "ได้รับแต่ข้อมูลสมาชิก ไม่มีตารางครัวเรือน" in refused(member).th
    assert "ได้รับแต่ข้อมูลครัวเรือน ไม่มีตารางสมาชิก" in refused(home).th


def test_headings_without_rows_are_no_data(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    write_csv(home, grid("household", [HOME])[:1])
    assert "มีหัวตารางแต่ไม่มีแถวข้อมูล" in refused(home, member).th


def test_two_files_that_do_not_belong_together_are_told(tmp_path: Path) -> None:
    paths = district(tmp_path, members=[{**HEAD, "household_id": "X1"}, {**SPOUSE, "household_id": "X1"}])
    assert "ไม่ตรงกับครัวเรือนที่ส่งมา: 2 จาก 2 คนไม่พบรหัสครัวเรือน" in refused(*paths).th


def test_household_ids_as_exponents_cannot_be_matched(tmp_path: Path) -> None:
    paths = district(tmp_path, homes=[{**HOME, "household_id": "3.4E+12"}])
    why = refused(*paths)
    assert "รหัสครัวเรือน ใน 1 แถวกลายเป็นเลขยกกำลัง (เช่น 3.4E+12) เลขท้ายหายไป" in why.th
    assert "digits are lost, so households cannot be matched" in why.en


def test_a_quote_that_never_closes_names_its_row(tmp_path: Path) -> None:
    home, _ = district(tmp_path, members=[{**HEAD, "education": "3"}] * 60)
    member = tmp_path / "member.csv"
    lines = member.read_text("utf-8-sig").split("\n")
    lines[2] = lines[2].replace("ใจดี", '"ใจดี')
    member.write_text("\n".join(lines), "utf-8")
    why = refused(home, member)
    assert "แถว 3 มีเครื่องหมายคำพูดเปิดแต่ไม่ปิด" in why.th


def test_nothing_delivered_says_from_whom() -> None:
    why = intake.nothing_delivered("3415", ["deliveries/3415/*"])
    assert "ยังไม่ได้รับไฟล์จากอำเภอวารินชำราบ (3415)" in why.th


def test_a_reason_survives_the_way_back_from_a_worker() -> None:
    why = intake.nothing_delivered("3415", ["deliveries/3415/*"])
    again = pickle.loads(pickle.dumps(why))
    assert (again.th, again.en, again.reason, again.action_th) == (why.th, why.en, why.reason, why.action_th)


def test_every_reason_has_its_four_sentences_in_clean_thai() -> None:
    from schemas.thai import foreign_letters

    for slug, text in reasons().items():
        assert set(text) == {"th", "en", "action_th", "action_en"}, slug
        assert [foreign_letters(sentence) for sentence in text.values()] == [[], [], [], []], slug


def test_no_reason_repeats_a_cell(tmp_path: Path) -> None:
    canary = {**HEAD, "first_name": "คานารีชื่อ", "last_name": "คานารีสกุล", "national_id": "1340100999999"}
    cells = grid("person", [canary, SPOUSE])
    cells[1].insert(4, "คานารีเกิน")
    home, _ = district(tmp_path)
    why = refused(home, write_csv(tmp_path / "member.csv", cells))
    assert not any(
        word in f"{why!r}{why.th}{why.en}{why.action_th}{why}" for word in ("คานารี", "1340100999999")
    )
