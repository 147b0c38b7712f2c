import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pypdfium2 as pdfium
import pytest

from reports import summary, unbroken
from reports.contents import RULES, Input
from reports.summary_pages import Letterhead
from reports.words import count_text
from schemas.thai import arabic_digits, foreign_letters, thai_digits
from tests.made_province import REASON, UNREAD, district, province, rule

ARABIC = Letterhead(thai_numerals=False)


def pages_of(folder: Path, report: Any, letterhead: Letterhead = ARABIC) -> list[str]:
    file = folder / "summary.pdf"
    assert summary.write(report, file, letterhead) == []
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pdfium.PdfDocument(file)]


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return pages_of(tmp_path_factory.mktemp("pdf"), province())


def test_the_pages_stand_in_the_order_of_the_meeting(pages: list[str]) -> None:
    titles = ("บันทึกข้อความ", "สรุปสำหรับผู้บริหาร", "สถานะความพร้อมรับรองรายอำเภอ", "ผลการตรวจสอบแยกตามข้อตรวจ",
              "ผลตัวชี้วัด จปฐ.", "ครัวเรือนที่ต้องดูแลต่อ", "ภาคผนวก", "แบบรับรอง")  # fmt: skip
    assert len(pages) == len(titles)
    assert all(title in page for title, page in zip(titles, pages, strict=True))


def test_the_table_says_of_every_district_what_the_report_says(pages: list[str]) -> None:
    table = flat(pages[2])
    for row in province().districts:
        if row.code == UNREAD:
            assert f"{row.name}9,500–อ่านไฟล์ไม่ได้–––" in table
        else:
            shown = (row.households, row.must_fix, row.must_explain, row.left)
            households, must_fix, must_explain, left = map(count_text, shown)
            share = f"{int((row.households + 5) / 9_500 * 1000) / 10}"
            assert f"{row.name}9,500{households}{share}{must_fix}{must_explain}{left}" in table


def test_sums_leave_the_unread_district_out_and_say_so(pages: list[str]) -> None:
    read = [row for row in province().districts if row.code != UNREAD]
    left = sum(row.left for row in read)
    assert f"{left:,}" in pages[0]
    assert f"{left:,}" in pages[1]
    assert flat("ตัวเลขข้างต้นจึงยังไม่รวมอำเภอดังกล่าว") in flat(pages[0])
    assert flat(REASON) in flat(pages[1])


def test_rules_say_how_many_of_how_many_and_how_many_cannot_be_told(pages: list[str]) -> None:
    table = flat(pages[3])
    assert "ID002อายุกับอาชีพไม่สอดคล้องกันID0021,234701,555คน410" in table
    assert "ST003อายุกับอาชีพไม่สอดคล้องกันST0037–รายการ00" in table
    assert flat("อีก 1 ข้อตรวจได้และไม่พบข้อผิด") in table
    assert flat("อีก 1 ข้อไม่มีข้อมูลให้ตรวจเลย จึงไม่ถือว่าผ่าน") in table


def test_the_body_has_the_worst_rules_and_the_annex_every_rule_that_found_something(tmp_path: Path) -> None:
    many = [rule(f"WK{number:03}", "must_fix", 100 - number) for number in range(1, 31)]
    said = pages_of(tmp_path, province(rules=pl.DataFrame(many, schema=RULES)))
    body, annex = (
        next(page for page in said if f"{title}\n" in page)
        for title in ("ผลการตรวจสอบแยกตามข้อตรวจ", "ข้อตรวจทุกข้อที่พบข้อผิด")
    )
    assert [f"WK{number:03}" for number in range(1, 31) if f"WK{number:03}" in body] == [
        f"WK{number:03}" for number in range(1, 11)
    ]
    assert flat("อีก 20 ข้อพบรวม 1,590 รายการ อยู่ในภาคผนวก") in flat(body)
    assert all(f"WK{number:03}" in annex for number in range(1, 31))


def test_indicators_come_in_the_official_shape_with_units(pages: list[str]) -> None:
    table = flat(pages[4])
    assert "16,567คน16,53099.78370.22" in table
    assert "3,481,489คร.3,481,451>99.9938<0.0112" in table
    assert "0คร.0–0–0" in table
    assert flat("มิติสุขภาพ มี 2 ตัวชี้วัด") in table


def test_three_lists_are_told_in_households_and_persons_and_never_added(pages: list[str]) -> None:
    table = flat(pages[5])
    row = province().districts[0]
    below, failing = (row.below_line, row.below_line_persons), (row.failing_households, row.failing_persons)
    counts = (row.households, row.persons, *below, *failing, row.not_assessable, row.not_assessable_persons)
    assert row.name + "".join(count_text(count) for count in counts) in table
    assert flat("ห้ามนำมารวมกัน") in table
    assert flat("40,000 บาทต่อคนต่อปี") in table
    assert flat("ค่าเกณฑ์นี้ยังไม่มีเอกสารทางการยืนยัน") in table


def test_the_annex_names_every_input_with_its_hash(pages: list[str]) -> None:
    for one in province().inputs:
        assert f"{one.file}28,053{one.sha256[:16]}" in flat(pages[6])


def test_the_certificate_stands_on_one_page_with_five_to_sign(pages: list[str]) -> None:
    last = pages[-1]
    assert last.count("ลงชื่อ") == 5
    choices = ("รับรอง ข้อมูลของทั้งจังหวัด", "รับรองโดยมีเงื่อนไข", "ยังไม่รับรอง")
    assert all(choice in last for choice in choices)
    assert "2569-2026-06-29 / a41c9e02bb17" in last


def test_the_page_to_decide_from_stays_one_page_however_much_there_is_to_say(tmp_path: Path) -> None:
    long = "ไม่พบคอลัมน์เลขประจำตัวประชาชนในแผ่นงานสมาชิกครัวเรือนของไฟล์ที่ส่งมาเมื่อคืนก่อน " * 2
    rows = [
        replace(row, is_quarantined=True, reason_th=long, change=None) if place % 6 == 0 else row
        for place, row in enumerate(province().districts)
    ]
    more = replace(district(1, "3401"), target=100)
    rules = pl.DataFrame([rule("WK003", "must_fix", 9, title_th=long, error=4)], schema=RULES)
    said = pages_of(tmp_path, province(districts=(*rows, more), rules=rules))
    assert "สรุปสำหรับผู้บริหาร" in said[1]
    assert "สถานะความพร้อมรับรองรายอำเภอ" in said[2]


def test_thai_numerals_are_the_default_and_leave_names_to_search_for_alone(tmp_path: Path) -> None:
    thai, arabic = pages_of(tmp_path, province(), Letterhead()), pages_of(tmp_path, province())
    whole = "\n".join(thai)
    assert thai_digits("40,000 บาทต่อคนต่อปี") in whole
    assert all(
        name in whole for name in ("ID002", "3401_members.csv", "run.json", "2569-2026-06-29 / a41c9e02bb17")
    )
    # Thai numerals are wider, so the whole may have another number of pages.
    third, same = (re.sub("หน้า ?3 ?/ ?[0-9]", "", page) for page in (arabic_digits(thai[2]), arabic[2]))
    assert flat(third) == flat(same)


def test_same_contents_give_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for name in ("a.pdf", "b.pdf"):
        summary.write(province(), tmp_path / name)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_file_declares_archive_and_access_standards_language_and_the_nights_date(tmp_path: Path) -> None:
    summary.write(province(), tmp_path / "s.pdf")
    made = (tmp_path / "s.pdf").read_bytes()
    for mark in (b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:conformance>A</pdfaid:conformance>",
                 b"<pdfuaid:part>1</pdfuaid:part>", b"/Lang(th-TH)", b"/StructTreeRoot"):  # fmt: skip
        assert mark in made
    assert b"D:20260629" in made
    assert len(made) < 900_000


def test_text_is_never_markup(tmp_path: Path) -> None:
    evil = '#panic("ran") $x$ *bold* _it_ <lab> @ref'
    said = pages_of(tmp_path, province(inputs=(Input(district="3401", file=evil, sha256="ab" * 32, rows=1),)))
    assert evil in said[-2]


def test_a_letter_the_font_lacks_is_printed_as_a_question_mark_and_warned_of_without_its_text(
    tmp_path: Path,
) -> None:
    odd = province(inputs=(Input(district="3401", file="漢 somchai.csv", sha256="ab" * 32, rows=1),))
    warnings = summary.write(odd, tmp_path / "s.pdf")
    assert len(warnings) == 1
    assert warnings[0].startswith("U+6F22")
    assert "somchai" not in warnings[0]
    pages = pdfium.PdfDocument(tmp_path / "s.pdf")
    assert "? somchai.csv" in pages[len(pages) - 2].get_textpage().get_text_bounded()


def test_an_emblem_fills_its_slot(tmp_path: Path) -> None:
    emblem = tmp_path / "emblem.svg"
    emblem.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
    )
    said = pages_of(tmp_path, province(), replace(ARABIC, emblem=emblem))
    assert "ตราครุฑ" not in said[0]


def test_no_line_ends_inside_a_protected_word_or_a_place_name(pages: list[str]) -> None:
    names = [row.name for row in province().districts]
    whole = "\n".join(pages)
    broken = [
        word[:cut] + "|" + word[cut:]
        for word in (*unbroken.protected_words(), *names)
        for cut in range(1, len(word))
        if f"{word[:cut]}\n{word[cut:]}" in whole
    ]
    assert broken == []


def test_a_longer_name_is_protected_before_the_name_inside_it() -> None:
    found = re.match(unbroken.pattern(("อุบลราชธานี", "เมืองอุบลราชธานี")), "เมืองอุบลราชธานี")
    assert found is not None
    assert found.group() == "เมืองอุบลราชธานี"


def test_the_summary_is_written_in_thai_letters(pages: list[str]) -> None:
    assert foreign_letters("".join(pages).replace("\ufffe", "").replace("\t", " ")) == []


def test_a_small_province_without_grid_target_or_night_before_still_has_its_summary(tmp_path: Path) -> None:
    one = district(0, "3401", target=None, change=None)
    said = pages_of(tmp_path, province(districts=(one,), tile_grid=(), inputs=()))
    assert flat("บันทึกแล้ว 9,000 ครัวเรือน ไม่ได้กำหนดเป้าหมาย") in flat(said[1])
    assert "คืนก่อน" not in said[2]
