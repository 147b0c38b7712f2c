import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
from playwright.sync_api import Browser

from reports import below_page
from reports.below_contents import BelowReport, LastRound, Unread
from schemas import areas
from schemas.thai import foreign_letters
from tests.made_below import UNREAD, WHY, below_report, last_round, some_indicators
from tests.test_reports_province_dashboard import OVERFLOWING, text_of

HUGE = 12_935_866


def said(page: str) -> str:
    joined = re.sub("<span class=nb>(.*?)</span>", r"\1", page)
    return re.sub(r"\s+", " ", text_of(joined).replace("&lt;", "<").replace("&gt;", ">"))


def first_round(report: BelowReport) -> BelowReport:
    return replace(report, last_round=None, indicators=some_indicators(9_000, is_compared=False))


def with_counts(households: int, below: int, least: int, most: int) -> BelowReport:
    """A district of these counts, all of them in its one tambon."""
    counts = {
        "households": households, "below": below, "below_min": least, "below_max": most,
        "open": most - least, "place": 1, "place_first": 1, "place_last": 1,
    }  # fmt: skip
    report = below_report("3401")
    assert report.last_round is not None
    tally = dict.fromkeys(report.last_round.income_tally, 0) | {"below_now": below, "fell": below}
    rates = dict.fromkeys(report.last_round.link_rates, 0)
    last = replace(report.last_round, income_tally=tally, link_rates=rates, marked=None)
    only = pl.DataFrame([{"area_code": "340101", "name": "ในเมือง", **counts}])
    failing = some_indicators(households)
    return replace(report, bounds=counts, sub_areas=only, last_round=last, indicators=failing, reasons={})


def nothing_read() -> BelowReport:
    whole = below_report("3401")
    return BelowReport(
        level="district",
        code=UNREAD,
        name="โขงเจียม",
        province_name="อุบลราชธานี",
        round_year_be=2569,
        night=whole.night,
        run_id=whole.run_id,
        income_line=whole.income_line,
        unread=(Unread(code=UNREAD, name="โขงเจียม", why_th=WHY),),
    )


PAGES = {
    "province": below_report(size=3),
    "district": below_report("3401", size=3),
    "no last round": first_round(below_report("3401")),
    "nothing read": nothing_read(),
    "none below": with_counts(500, 0, 0, 0),
    "one household": with_counts(1, 1, 0, 1),
    "huge": with_counts(HUGE, 1_234_567, 1_000_001, 2_345_678),
    "no households": with_counts(0, 0, 0, 0),
}
# Bytes: what a phone on a slow line opens within seconds.
LIMIT = 66_000
EVERY = pytest.mark.parametrize("report", PAGES.values(), ids=PAGES)


@EVERY
def test_the_page_asks_for_nothing_and_forbids_asking(report: BelowReport) -> None:
    page = below_page.render(report)
    assert "http" not in page.replace("http-equiv", "")
    assert not re.search(r"<(script|link|img|iframe|object|base|form)|url\(|@import|\bon[a-z]+=", page)
    assert 'content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;' in page


@EVERY
def test_the_page_weighs_little(report: BelowReport) -> None:
    assert len(below_page.render(report).encode()) < LIMIT


def test_the_page_of_a_whole_province_weighs_little_with_all_its_links() -> None:
    links = {code: f"districts/{code}/{code}-below.html" for code in areas.district_codes()}
    page = below_page.render(below_report(size=70), links)
    assert page.count("-below.html") == 24
    assert len(page.encode()) < LIMIT


@EVERY
def test_the_page_is_written_in_thai_letters_and_names_nobody(report: BelowReport) -> None:
    page = below_page.render(report)
    assert '<html lang="th">' in page
    assert foreign_letters(text_of(page)) == []
    assert not re.search("[0-9]{13}", text_of(page))
    assert "None" not in page


@EVERY
def test_headings_go_down_one_level_at_a_time_and_every_header_cell_has_a_scope(report: BelowReport) -> None:
    page = below_page.render(report)
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(re.findall(r"<th[ >]", page)) == len(re.findall(r'<th scope="(?:col|row|rowgroup)"', page))


@EVERY
def test_every_drawing_is_whole_and_either_told_or_beside_its_numbers(report: BelowReport) -> None:
    for drawing in re.findall(r"<svg.*?</svg>", below_page.render(report), re.DOTALL):
        svg = ElementTree.fromstring(drawing)
        is_told = svg.get("role") == "img" and svg.get("aria-label")
        assert is_told or svg.get("aria-hidden") == "true"
        for bar in svg:
            start = float(str(bar.get("x")).rstrip("%"))
            width = 0.0 if bar.get("class") == "tick" else float(str(bar.get("width")).rstrip("%"))
            assert 0 <= start <= start + width <= 100.001


def test_the_answer_stands_first_with_its_interval() -> None:
    text = said(below_page.render(with_counts(HUGE, 1_234_567, 1_000_001, 2_345_678)))
    assert "ต่ำกว่าเกณฑ์รายได้ 1,234,567 ครัวเรือน จาก 12,935,866 ครัวเรือน (9.54%)" in text
    assert "แน่นอน 1,000,001 ครัวเรือน อย่างมาก 2,345,678 ครัวเรือน" in text
    assert "1,000,001 for certain, at most 2,345,678" in text
    assert "บันทึกว่าต่ำกว่าเกณฑ์แต่อาจไม่ใช่ 234,566 ครัวเรือน" in text
    assert "ที่เหลืออาจต่ำกว่าเกณฑ์ 1,111,111 ครัวเรือน" in text


def test_where_nothing_is_open_the_page_says_so() -> None:
    text = said(below_page.render(with_counts(500, 7, 7, 7)))
    assert "แน่นอนทุกครัวเรือน" in text
    assert "ทุกครัวเรือนบอกได้แน่นอนว่าต่ำกว่าเกณฑ์รายได้หรือไม่" in text
    assert "ยังบอกแน่ไม่ได้" not in text


def test_one_household_of_very_many_is_not_rounded_away() -> None:
    text = said(below_page.render(with_counts(HUGE, 1, 1, 1)))
    assert "1 ครัวเรือน จาก 12,935,866 ครัวเรือน (<0.01%)" in text


def test_a_failing_count_never_reads_as_nothing() -> None:
    page = below_page.render(with_counts(HUGE, 1, 1, 1))
    rows = re.findall(r"<tr><td>[^<]*</td><th scope=\"row\">.*?</tr>", page)
    assert len(rows) == 31
    for row in rows:
        cells = re.findall(r"<td>([^<]*)</td>", row)
        if cells[4] != "0":
            assert cells[5] != "0.00"
            assert cells[3] != "100.00"


def test_an_area_that_was_not_read_has_no_figures_and_says_why() -> None:
    page = below_page.render(nothing_read())
    assert WHY in page
    assert "ไม่ได้แปลว่าไม่มีครัวเรือนต่ำกว่าเกณฑ์" in page
    assert "<table" not in page
    assert "<svg" not in page


def test_without_a_last_round_no_change_is_made_up() -> None:
    page = below_page.render(first_round(below_report("3401")))
    assert "ไม่มีข้อมูลรอบก่อนให้เทียบ" in page
    assert "there is no last round to compare with" in page
    assert "กลับมาผ่าน" not in text_of(page)


def test_a_year_without_change_is_said_to_be_so() -> None:
    report = below_report("3401")
    last = last_round(100, below_before=100)
    assert "เท่ากับรอบปี 2568 ที่มี 100 ครัวเรือน" in said(below_page.render(replace(report, last_round=last)))


def test_three_lists_stand_apart_each_with_definition_unit_and_denominator() -> None:
    report = below_report("3401")
    page = below_page.render(report)
    cards = page[page.index('id="h-lists"') : page.index('id="h-indicators"')]
    assert cards.count('<div class="card plain">') == 3
    assert "ห้ามนำมารวมกัน" in cards
    shown = [text for text in report.told if text.definition in cards]
    assert {text.list for text in shown} == {"below_line", "fails_indicator", "poor"}
    for text in shown:
        assert all(part in cards for part in (text.name, text.unit_text, text.denominator))


def test_the_indicator_most_households_fail_stands_for_its_list() -> None:
    report = below_report("3401")
    of_one = report.sizes.filter((pl.col("list") == "fails_indicator") & (pl.col("slug") == "saving"))
    rest = report.sizes.filter(pl.col("list") != "fails_indicator")
    small = of_one.with_columns(slug=pl.lit("housing_secure"), listed=pl.lit(1, pl.Int64))
    page = below_page.render(replace(report, sizes=pl.concat([rest, small, of_one])))
    cards = page[page.index('id="h-lists"') : page.index('id="h-indicators"')]
    assert "ครัวเรือนมีการเก็บออมเงิน" in cards
    assert "คงทนถาวร" not in cards


def test_texts_are_escaped() -> None:
    evil = "<img src=x onerror=alert(1)>"
    report = below_report("3401")
    odd = replace(
        report,
        office=evil,
        name=evil,
        unread=(Unread(code=UNREAD, name=evil, why_th=evil),),
        sub_areas=report.sub_areas.with_columns(name=pl.lit(evil)),
        indicators=report.indicators.with_columns(name_th=pl.lit(evil), outside_th=pl.lit(evil)),
    )
    page = below_page.render(odd, links={"340101": f'"{evil}'}, files={evil: evil})
    assert evil not in page
    assert "&lt;img src=x" in page


def test_same_contents_give_the_same_page() -> None:
    report = below_report()
    turned = replace(report, sub_areas=report.sub_areas.reverse(), sizes=report.sizes.reverse())
    assert below_page.render(report) == below_page.render(turned)


def test_links_are_those_given_and_no_others() -> None:
    page = below_page.render(below_report(), links={"3401": "3401.html"}, files={"index.html": "ภาพรวม"})
    assert re.findall(r'href="([^"]+)"', page) == ["#h-unknown", "3401.html", "index.html"]


def changed(tally: dict[str, int]) -> BelowReport:
    report = below_report("3401")
    assert isinstance(report.last_round, LastRound)
    return replace(
        report,
        last_round=replace(report.last_round, income_tally={**report.last_round.income_tally, **tally}),
    )


def test_the_compared_count_differing_from_the_recorded_one_is_explained() -> None:
    report = below_report("3401")
    assert report.bounds is not None
    assert "รหัสซ้ำ" not in below_page.render(report)
    page = below_page.render(changed({"below_now": report.bounds["below"] - 4}))
    assert "ต่างจากข้างบน 4 ครัวเรือน เพราะครัวเรือนที่รหัสซ้ำ" in said(page)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 390, 768, 1280])
@EVERY
def test_nothing_runs_over_the_side_and_nothing_is_fetched(
    browser: Browser, tmp_path: Path, report: BelowReport, width: int
) -> None:
    file = tmp_path / "below.html"
    file.write_text(below_page.render(report), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    told: list[str] = []
    page.on("request", lambda request: told.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.goto(file.as_uri())
    assert told == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OVERFLOWING) == []
    page.close()
