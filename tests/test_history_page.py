import gzip
import re

import pytest
from playwright.sync_api import Browser

from reports import history_page
from reports.recorded_night import RecordedNight
from schemas.thai import foreign_letters
from tests.operation_province import a_night

RED, GREEN = {"3424": "red", "3430": "green"}, {"3424": "green", "3430": "green"}
PART = {"run_id": "2569-2026-11-23-3430", "is_whole": False, "must_fix": 900}
OVERFLOWING = """[...document.querySelectorAll('main *')]
  .filter(e => !e.closest('.hidden,thead,svg') && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
  .map(e => e.outerHTML.slice(0, 80))"""


def nights() -> list[RecordedNight]:
    return [
        a_night(20, RED, must_fix=60, is_kept=False),
        a_night(22, RED, must_fix=40, quarantined={"3424": ("ไฟล์ ลับ.csv", "x")}, not_written={"3430": "E"}),
        a_night(23, {"3430": "green"}, **PART),
        a_night(24, GREEN, must_fix=0, must_explain=0, seconds=12_345.0, households=123_456),
    ]


def page() -> str:
    return history_page.render(nights(), "34", 2569)


def text_of(part: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part)).strip()


def test_every_night_has_a_row_newest_first() -> None:
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", page(), re.DOTALL)
    assert [text_of(row).split(" พ")[0] for row in rows] == ["24", "23", "22", "20"]
    assert text_of(rows[0]) == "24 พฤศจิกายน 2569 ✓ เขียว 2 123,456 0 0 2 0 205 นาที 45 วิ"
    assert text_of(rows[2]) == "22 พฤศจิกายน 2569 เอกสารขาด 1 อำเภอ ✗ แดง 1 ✓ เขียว 1 48 40 5 2 1 1 นาที 29 วิ"
    assert "เฉพาะ 1 อำเภอ" in rows[1]


def test_only_nights_that_are_still_there_are_linked_and_nothing_else_is() -> None:
    assert re.findall(r'href="([^"]+)"', page()) == [
        "2569-2026-11-24/index.html",
        "2569-2026-11-23-3430/index.html",
        "2569-2026-11-22/index.html",
    ]
    assert not re.search(r"https?:|<(script|link|img|iframe|form)|url\(|@import|\bon[a-z]+=", page())


def test_the_line_is_of_whole_nights_over_the_calendar_and_ends_where_the_round_stands() -> None:
    (points,) = re.findall(r'<polyline points="([^"]+)"', page())
    # Four days from the first to the last; 65 items at the top, none at the floor.
    assert points == "10.0,10.0 360.0,50.0 710.0,140.0"
    assert "คงเหลือ 65 รายการเมื่อ 20 พฤศจิกายน 2569 และ 0 รายการเมื่อ 24 พฤศจิกายน 2569" in page()


def test_two_runs_for_one_day_are_one_point() -> None:
    twice = [a_night(23, RED, must_fix=1), a_night(24, RED, must_fix=9), a_night(24, RED, must_fix=5)]
    (points,) = re.findall(r'<polyline points="([^"]+)"', history_page.render(twice, "34", 2569))
    assert len(points.split()) == 2


def test_one_night_or_none_is_a_page_without_a_line() -> None:
    one = history_page.render([a_night(24, RED)], "34", 2569)
    assert "<polyline" not in one
    assert "24 พฤศจิกายน 2569" in one
    assert "ยังไม่มีคืนที่ตรวจเสร็จ" in history_page.render([], "34", 2569)


def test_the_page_names_no_file_and_is_the_same_bytes_again() -> None:
    assert "ลับ" not in page()
    assert page() == page()
    assert foreign_letters(text_of(page().split("</style>")[-1])) == []


def test_a_whole_round_weighs_little() -> None:
    year = [
        a_night(10 + day % 20, RED, run_id=f"2569-{day}", must_fix=1_000 - day, households=300_000 + day)
        for day in range(200)
    ]
    assert len(gzip.compress(history_page.render(year, "34", 2569).encode(), 9)) <= 15_000


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_on_a_phone_or_a_screen(browser: Browser, width: int) -> None:
    view = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.set_content(page())
    assert view.evaluate(OVERFLOWING) == []
    assert view.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == []
    view.close()
