from datetime import date

import polars as pl
import pytest

from flows.intake.read_date import impossible_part
from flows.intake.readers import readers
from flows.intake.reading import read_columns
from schemas.layouts import Table


def meant(table: Table, field: str, text: str) -> tuple[object, str | None]:
    typed = read_columns(pl.DataFrame({field: [text]}), {field: readers(table, 2569)[field]})
    rules = typed.rules.get(field)
    return typed.values[field][0], rules[0] if rules is not None else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", 1234), ("1,234", 1234), ("1,234,567 บาท", 1_234_567), ("๑๒,๓๔๕", 12345), ("12.0", 12),
        ("12.00", 12), (" 12 ", 12), ("12\u00a0", 12), ("'12", 12), ('="12"', 12), ("ไม่มี", 0), ("-", None),
        ("–", None), ("ไม่ระบุ", None), ("N/A", None), ("#N/A", None), ("5 คน", 5), ("1,200.-", 1200),
        ("1.5E+1", 15), ("007", 7),
    ],
)  # fmt: skip
def test_numbers_are_read_as_offices_write_them(text: str, value: int | None) -> None:
    assert meant("household", "income_main_baht", text) == (value, None)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("ประมาณสองพัน", "ST001"), ("2,000-3,000", "ST001"), ("12,34", "ST001"), ("12.5", "ST006"),
        ("1.2E+06", "ST004"),
        ("99999999999999999999", "ST006"), ("1 2", "ST001"), ("inf", "ST001"), ("#DIV/0!", "ST001"),
    ],
)  # fmt: skip
def test_what_is_no_number_stays_with_its_rule(text: str, rule: str) -> None:
    assert meant("household", "income_main_baht", text) == (None, rule)


def test_only_map_positions_are_measured() -> None:
    assert meant("household", "latitude", "15.2287") == (15.2287, None)
    assert meant("household", "latitude", "-4.6E-05") == (-0.000046, None)
    assert meant("household", "latitude", "inf") == (None, "ST001")
    assert meant("household", "happiness", "4.6E-05") == (None, "ST001")


@pytest.mark.parametrize(("text", "value"), [("หมู่ที่ 3", 3), ("หมู่ 3", 3), ("ม.3", 3), ("3", 3), ("๓", 3)])
def test_a_village_number_may_carry_its_word(text: str, value: int) -> None:
    assert meant("household", "village_no", text) == (value, None)


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("2569", 2569, None), ("ปี 2569", 2569, None), ("พ.ศ. ๒๕๖๙", 2569, None), ("2026", 2569, "ST007"),
        ("69", 2569, "ST019"),
    ],
)  # fmt: skip
def test_the_survey_year_may_come_in_another_era(text: str, value: int, rule: str | None) -> None:
    assert meant("household", "survey_year_be", text) == (value, rule)


@pytest.mark.parametrize(
    "text",
    [
        "12/04/2526", "12/4/2526", "12-04-2526", "12.4.2526",
        "๑๒/๐๔/๒๕๒๖", "2526-04-12", "2526-04-12 00:00:00",
        "1983-04-12", "1983-04-12 00:00:00", "1983-04-12T00:00:00Z", "12 เม.ย. 2526", "12 เมษายน พ.ศ. 2526",
        "12เม.ย.2526", "12 Apr 2526",
        "25260412", "30418", "30418.0", " 12/04/2526 ",
    ],
)  # fmt: skip
def test_every_way_of_writing_a_date_gives_the_same_day(text: str) -> None:
    assert meant("person", "birth_date", text) == (date(1983, 4, 12), None)


@pytest.mark.parametrize(
    ("text", "day", "rule"),
    [
        ("12/04/1983", date(1983, 4, 12), "ST007"), ("12 Apr 1983", date(1983, 4, 12), "ST007"),
        ("12/04/26", date(1983, 4, 12), "ST019"), ("12/04/80", date(1937, 4, 12), "ST019"),
        ("12-Apr-83", date(1983, 4, 12), "ST019"), ("12 เม.ย. 26", date(1983, 4, 12), "ST019"),
    ],
)  # fmt: skip
def test_years_of_another_era_or_two_digits_are_read_and_told(text: str, day: date, rule: str) -> None:
    assert meant("person", "birth_date", text) == (day, rule)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2569",
        "00/00/2526",
        "2526",
        "29/02/2568",
        "12/13/2526",
        "12/04/3526",
        "5",
        "2569-02-31",
        "12 ?? 2526",
    ],
)
def test_a_day_that_is_in_no_calendar_is_never_moved(text: str) -> None:
    assert meant("person", "birth_date", text) == (None, "ST003")


def test_a_leap_day_exists_in_its_own_era_only() -> None:
    assert meant("person", "birth_date", "29/02/2567") == (date(2024, 2, 29), None)
    assert meant("person", "birth_date", "29/02/2543") == (date(2000, 2, 29), None)
    assert meant("person", "birth_date", "2024-02-29") == (date(2024, 2, 29), None)


def test_words_are_no_date() -> None:
    assert meant("person", "birth_date", "จำไม่ได้") == (None, "ST001")
    assert meant("person", "birth_date", "00/00/0000") == (None, None)


@pytest.mark.parametrize(
    "text", ["1340100000018", "1-3401-00000-01-8", "1 3401 00000 01 8", "1340100000018.0", "'1340100000018",
             '="1340100000018"', "๑๓๔๐๑๐๐๐๐๐๐๑๘", "1.340100000018E+12", "1340100000018\u200b"],
)  # fmt: skip
def test_an_id_is_its_digits_however_decorated(text: str) -> None:
    assert meant("person", "national_id", text) == ("1340100000018", None)


@pytest.mark.parametrize("text", ["1.23E+12", "1.3401E+12", "3E+12"])
def test_an_id_that_lost_digits_is_gone(text: str) -> None:
    assert meant("person", "national_id", text) == (None, "ST004")


def test_the_senders_own_keys_keep_their_hyphens() -> None:
    assert meant("household", "household_id", "34-01-0001") == ("34-01-0001", None)
    assert meant("household", "household_id", "3401000001.0") == ("3401000001", None)


@pytest.mark.parametrize(
    ("field", "text", "slug"),
    [
        ("sex", "ชาย", "male"), ("sex", "1", "male"), ("sex", "1.0", "male"),
        ("sex", "01", "male"), ("sex", "male", "male"),
        ("sex", "2 หญิง", "female"), ("sex", "2. หญิง", "female"),
        ("sex", "(2) หญิง", "female"), ("sex", "๒", "female"),
        ("title", "น.ส.", "nang_sao"), ("title", "ด. ช.", "dek_chai"), ("occupation", "ไม่มี", "none"),
        ("occupation", "เกษตรกรรม - ทำนา", "rice"), ("occupation", "110", "student"), ("relation", "-", None),
        ("education", "ไม่ระบุ", None), ("sex", "1 หญิง", "female"),
    ],
)  # fmt: skip
def test_codes_are_matched_label_first(field: str, text: str, slug: str | None) -> None:
    assert meant("person", field, text) == (slug, None)


def test_an_answer_of_no_list_is_told() -> None:
    assert meant("person", "sex", "3") == (None, "ST002")
    assert meant("person", "occupation", "นักบินอวกาศ") == (None, "ST002")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", True), ("0", False), ("1.0", True), ("ใช่", True), ("ไม่ใช่", False),
        ("มี", True), ("ไม่มี", False),
        ("✓", True), ("TRUE", True), ("false", False), ("1,3",
        True), ("0,2", False), ("0,2,5000", False), ("-", None),
        ("๑", True), ("ได้", True),
    ],
)  # fmt: skip
def test_answers_are_read_as_offices_write_them(text: str, value: bool | None) -> None:
    assert meant("household", "participates", text) == (value, None)


def test_words_of_presence_are_not_guessed_in_a_column_about_absence() -> None:
    assert meant("household", "nobody_drinks", "มี") == (None, "ST002")
    assert meant("household", "no_assault", "ไม่มี") == (None, "ST002")
    assert meant("household", "nobody_drinks", "ใช่") == (True, None)


def test_an_answer_outside_one_and_zero_is_told() -> None:
    assert meant("household", "participates", "2") == (None, "ST002")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  บ้าน   ใหม่ ", "บ้าน ใหม่"), ("น้ำ", "น้ำ"), ("หมู่บ้าน ๙", "หมู่บ้าน 9"),
        ("ป\u0e48\u0e39", "ปู่"), ("บ้านใหม่\nซอย 2", "บ้านใหม่ ซอย 2"), ("เธอเน้น", "เธอเน้น"), ("José", "José"),
    ],
)  # fmt: skip
def test_text_keeps_its_words_in_one_spelling(text: str, kept: str) -> None:
    assert meant("household", "village_name", text) == (kept, None)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("นํ้ายืน", "น้ำยืน"), ("เเก้ง", "แก้ง"), ("บ้าน\u200bใหม่", "บ้านใหม่"), ("บ้าน\u00a0ใหม่", "บ้าน ใหม่")],
)
def test_hidden_characters_and_misformed_vowels_are_read_right_and_told(text: str, kept: str) -> None:
    assert meant("household", "village_name", text) == (kept, "ST022")


@pytest.mark.parametrize(
    "text", ["บ้าน\ufffd\ufffd", "\u00e0\u00b8\u0081", "¢éÍÁÙÅ", "สมสาย".encode().decode("cp874")]
)  # fmt: skip
def test_letters_lost_in_conversion_are_told(text: str) -> None:
    assert meant("household", "village_name", text) == (None, "ST021")
    assert meant("household", "household_id", "34\ufffd01") == (None, "ST021")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("31/02/2569", ("day",)), ("00/00/2526", ("day", "month")), ("29/02/2568", ("day",)),
        ("12/13/2526", ("month",)), ("12/04/3526", ("year",)), ("29/02/3526", ("year",)),
        ("32/13/1700", ("day", "month", "year")),
        ("31/04/69", ("day",)), ("2569-02-31", ("day",)), ("12 ?? 2526", ()), ("5", ()), ("2526", ()),
    ],
)  # fmt: skip
def test_the_part_of_a_date_that_cannot_be_is_known(text: str, parts: tuple[str, ...]) -> None:
    assert impossible_part(text, 2569) == parts
