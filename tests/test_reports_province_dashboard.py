import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reports import dashboard
from reports.words import count_text
from schemas.thai import foreign_letters
from tests.made_province import REASON, UNREAD, district, province

# Boxes whose contents stick out; what only screen readers see is one pixel wide on purpose.
OVERFLOWING = """[...document.querySelectorAll('main *')]
  .filter(e => !e.closest('.hidden,thead') && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
  .map(e => e.outerHTML.slice(0, 80))"""


def text_of(page: str) -> str:
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)


def test_the_page_asks_for_nothing_and_forbids_asking() -> None:
    page = dashboard.render(province())
    assert "http" not in page.replace("http-equiv", "")
    assert not re.search(r"<(script|link|img|iframe|object|base|form)|url\(|@import|\bon[a-z]+=", page)
    assert 'content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;' in page


def test_links_lead_to_the_runs_own_files_only() -> None:
    links = set(re.findall(r'href="([^"]+)"', dashboard.render(province())))
    codes = [row.code for row in province().districts]
    districts = {f"districts/{code}/{code}.{kind}" for code in codes for kind in ("html", "xlsx")}
    districts |= {f"districts/{code}/{code}-receipt.html" for code in codes}
    files = {"summary.pdf", "below.html", "acceptance.html", "rules.html", "run.json", "../history.html"}
    assert links == districts | files


def test_the_page_weighs_little() -> None:
    assert len(gzip.compress(dashboard.render(province()).encode(), 9)) <= 15_000


def test_every_districts_numbers_stand_in_its_row() -> None:
    page = dashboard.render(province())
    for row in province().districts:
        cells = re.search(rf'<tr>\s*<th scope="row"><a href="districts/{row.code}/.*?</tr>', page, re.DOTALL)
        assert cells is not None
        shown = re.findall(r'<td class="n" data-l="[^"]+"[^>]*>([^<]*)</td>', cells.group())
        if row.code == UNREAD:
            assert shown[:4] == ["–", "–", "", "–"]
        else:
            assert shown[:2] == [count_text(row.must_fix), count_text(row.left)]
            assert shown[3] == count_text(row.below_line)


def test_the_first_night_of_a_round_has_no_column_of_changes() -> None:
    first = tuple(replace(row, change=None) for row in province().districts)
    assert "จากคืนก่อน" in dashboard.render(province())
    assert "จากคืนก่อน" not in dashboard.render(province(districts=first))


def test_an_unread_district_says_why() -> None:
    assert f"อ่านไฟล์ไม่ได้: {REASON}" in dashboard.render(province())


def test_three_lists_say_households_and_persons() -> None:
    said = re.sub(r"\s+", " ", text_of(dashboard.render(province())))
    assert "777 ครัวเรือน 2,468 คนในครัวเรือนเหล่านั้น" in said
    assert "298 ครัวเรือน 596 คนในครัวเรือนเหล่านั้น" in said


def test_errors_say_of_how_many() -> None:
    assert "จาก 701,555 คน • ตรวจไม่ได้ 41" in dashboard.render(province())


def test_texts_are_escaped() -> None:
    evil = "<img src=x onerror=alert(1)>"
    odd = district(3, "3404", is_quarantined=True, reason_th=evil)
    page = dashboard.render(replace(province(), districts=(odd,), office=evil))
    assert evil not in page
    assert "&lt;img src=x" in page


def test_same_contents_give_the_same_page() -> None:
    shuffled = replace(province(), districts=tuple(reversed(province().districts)))
    assert dashboard.render(province()) == dashboard.render(shuffled)


def test_the_page_is_written_in_thai_letters_and_names_nobody() -> None:
    said = text_of(dashboard.render(province()))
    assert foreign_letters(said) == []
    assert not re.search("[0-9]{13}", said)


def test_a_province_without_grid_target_or_errors_still_has_its_page() -> None:
    bare = province(tile_grid=(), districts=(district(0, "3401", target=None, received=None),))
    page = dashboard.render(replace(bare, rules=bare.rules.clear()))
    assert "ไม่พบข้อผิด" in page
    assert "บันทึกแล้ว 9,000 ครัวเรือน" in re.sub(r"<[^>]+>", "", page)


NAMED = "รายชื่อครัวเรือนที่ส่งกลับมาแก้ไขครั้งที่สองโดยไม่มีช่องว่างเลย" * 2 + "_final_final.xlsx"
WAITING = (f"ไฟล์ {NAMED} ยังเขียนไม่เสร็จหรือเปิดไม่ได้ จะรับในคืนถัดไป", f"{NAMED} is still being written")


def test_dropped_files_that_nobody_can_use_are_said_first_in_thai_and_then_in_english() -> None:
    page = dashboard.render(province(inbox=(WAITING, ("ไฟล์ <b> ไม่บอกอำเภอ", "File <b> says no district"))))
    said = re.sub(r"\s+", " ", text_of(page))
    assert "ต้องมีคนจัดการ 2 เรื่อง" in said
    assert page.index(WAITING[0]) < page.index(WAITING[1]) < page.index("ตัวเลขสำคัญ")
    assert "ไฟล์ &lt;b&gt; ไม่บอกอำเภอ" in page


def test_an_inbox_without_trouble_is_not_spoken_of() -> None:
    assert "inbox" not in text_of(dashboard.render(province()))


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 390, 768, 1100, 1280])
def test_nothing_runs_over_the_side_and_nothing_is_fetched(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "index.html"
    file.write_text(dashboard.render(province(inbox=(WAITING,))), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    told: list[str] = []
    page.on("request", lambda request: told.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.goto(file.as_uri())
    assert told == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    over = page.evaluate(OVERFLOWING)
    assert over == []
    page.close()
