import pytest

from schemas import layouts
from schemas.dictionary import columns
from schemas.layouts import flat_synonyms, normalise_header, synonyms
from schemas.thai import foreign_letters


@pytest.mark.parametrize("table", ["household", "person"])
def test_no_heading_means_two_fields(table):
    meant = {}
    for heading in layouts.headings(table):
        key = normalise_header(heading.text)
        assert key, heading
        assert meant.setdefault(key, heading.field) == heading.field, heading
    assert meant == dict(synonyms(table))


@pytest.mark.parametrize("table", ["household", "person"])
def test_every_field_is_known_by_its_name_and_its_labels(table):
    for name, column in columns(layouts.MODELS[table]).items():
        for text in (name, column.th, column.en, name.upper(), f" {column.th} "):
            assert synonyms(table)[normalise_header(text)] == name


def test_headings_are_in_clean_letters():
    for table in ("household", "person"):
        for heading in layouts.headings(table):
            assert not foreign_letters(heading.text), heading


def test_in_a_flat_file_no_heading_means_a_person_and_a_household():
    assert flat_synonyms()[normalise_header("อาชีพ")] == ("person", "occupation")
    assert flat_synonyms()[normalise_header("บ้านเลขที่")] == ("household", "house_no")
    assert flat_synonyms()[normalise_header("รหัสครัวเรือน")] == ("household", "household_id")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ที่", "member_no"),
        ("ลำดับ\nที่", "member_no"),
        ("เลขบัตรประชาชน", "national_id"),
        ("เลขประจำตัวประชาชน  13 หลัก", "national_id"),
        ("เลขประจําตัวประชาชน", "national_id"),
        ("เลขประจำตัวประชาชน (๑๓ หลัก)", "national_id"),
        ("ว/ด/ป เกิด", "birth_date"),
        ("วัน เดือน ปี\u200b เกิด", "birth_date"),
        ("อายุ (ปี)", "age"),
        ("๓. ชื่อ", "first_name"),
        ("MemberLastName", "last_name"),
        ("Career", "occupation"),
        ("National_ID", "national_id"),
    ],
)
def test_headings_of_members(heading, field):
    assert synonyms("person")[normalise_header(heading)] == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("HHNumber", "house_no"),
        ("VillName", "village_name"),
        ("Tanon", "road"),
        ("Soi", "soi"),
        ("22.1(1) รายได้จากอาชีพหลักของทุกคนในครัวเรือน (บาท)", "income_main_baht"),
        ("ข้อ 1.1 จำนวนเด็กอายุไม่เกิน 1 ปี (คน)", "child_u1_count"),
        ("หมู่ ที่", "village_no"),
        ("เเหล่งมลพิษที่ครัวเรือนตั้งอยู่ใกล้", "pollution_source"),
    ],
)
def test_headings_of_households(heading, field):
    assert synonyms("household")[normalise_header(heading)] == field


def test_an_age_in_front_is_no_item_number():
    assert normalise_header("1 ปี 6 เดือน") == "1ปี6เดือน"
    assert normalise_header("4.1 กินอาหาร") == normalise_header("กินอาหาร")


def test_item_numbers_alone_mean_nothing():
    assert normalise_header("22.1(1)") not in synonyms("household")
