from datetime import date

import pytest

from schemas.dictionary import columns
from schemas.household import Household
from schemas.masking import mask, shown
from schemas.person import Person
from schemas.thai import (
    arabic_digits,
    foreign_letters,
    normalise_text,
    thai_date,
    thai_digits,
    thai_sort_key,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("ทํางาน", "ทำงาน"),
        ("เเม่", "แม่"),
        (" ก\u00a0 \u200bข\n", "ก ข"),
        ("น้ำ", "น้ำ"),
    ],
)
def test_one_spelling(typed, meant):
    assert normalise_text(typed) == meant


def test_dates_and_digits():
    assert thai_date(date(2026, 11, 24)) == "24 พฤศจิกายน 2569"
    assert thai_digits(thai_date(date(2026, 11, 24))) == "๒๔ พฤศจิกายน ๒๕๖๙"
    assert arabic_digits("๒๔/๑๑/๒๕๖๙") == "24/11/2569"


def test_names_sort_as_in_a_dictionary():
    names = ["โขงเจียม", "ขามใหญ่", "เขมราฐ", "น้ำยืน", "นาตาล", "เดชอุดม", "ดอนมดแดง"]
    in_order = ["ขามใหญ่", "เขมราฐ", "โขงเจียม", "ดอนมดแดง", "เดชอุดม", "นาตาล", "น้ำยืน"]
    assert sorted(names, key=thai_sort_key) == in_order


@pytest.mark.parametrize("text", ["สวัสดี 12 (ก)", "กฎ “ข้อ” – ๆ ฯ ฿", "น้ำ ปั่น ปื้น กตัญญู อำเภอ ทั้ง สิทธิ์"])
def test_clean_texts(text):
    assert foreign_letters(text) == []


@pytest.mark.parametrize("text", ["ก\u0c05", "เเม่", "ทํางาน", "ก\u200b", "ก่่", "é", "ก\u00a0"])
def test_foreign_and_misspelt_letters_are_found(text):
    assert foreign_letters(text)


PERSON = columns(Person)
HOUSEHOLD = columns(Household)


@pytest.mark.parametrize(
    ("column", "value", "th", "en"),
    [
        (PERSON["education"], "never", "ไม่เคยศึกษา", "never studied"),
        (PERSON["is_informant"], False, "ไม่ใช่", "no"),
        (PERSON["age"], 39, "39", "39"),
        (PERSON["occupation"], None, "ไม่มีข้อมูล", "missing"),
        (PERSON["national_id"], "1341234567845", "1-xxxx-xxxxx-84-x", "1-xxxx-xxxxx-84-x"),
        (PERSON["national_id"], "13412", "••• (5)", "••• (5)"),
        (PERSON["birth_date"], date(1987, 5, 20), "พ.ศ. 2530", "1987"),
        (PERSON["birth_date"], "31/02/2530", "•••", "•••"),
        (PERSON["first_name"], "สมมุติ", "•••", "•••"),
        (HOUSEHOLD["house_no"], "12/3", "•••", "•••"),
        (HOUSEHOLD["income_total_baht"], 1234567, "1,234,567", "1,234,567"),
        (HOUSEHOLD["income_per_capita_baht"], 40000, "40,000", "40,000"),
        (HOUSEHOLD["interview_date"], date(2026, 7, 1), "1 กรกฎาคม 2569", "2026-07-01"),
        (HOUSEHOLD["survey_year_be"], 2569, "2569", "2569"),
    ],
)
def test_values_as_people_read_them(column, value, th, en):
    assert shown(column, value) == th
    assert shown(column, value, "en") == en


def test_a_masked_value_never_holds_the_value():
    for name, column in {**PERSON, **HOUSEHOLD}.items():
        if column.personal and name != "birth_date":
            assert "3412345678" not in mask(name, "1341234567845")
