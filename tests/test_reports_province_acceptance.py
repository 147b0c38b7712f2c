import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import Browser

from reports import acceptance_page
from rules import acceptance, quality
from schemas.thai import foreign_letters
from tests.made_province import UNREAD, province

MISSING = {"state": "not_measured", "found": None}


def gate(**changes: Any) -> dict[str, Any]:
    return {
        "key": "completeness_share min 0.95", "measure": "completeness_share", "least": 0.95, "most": None,
        "severity": "critical", "th": "ครัวเรือนต้องครบ", "en": "Households must be complete",
        "reason_th": "เพราะเหตุนี้",
        "reason": "Because.",
        "decided_by": "ที่ประชุม", "decided_on": "2026-07-01", "status": "confirmed",
        "districts": {
            row.code: MISSING if row.code == UNREAD else {"state": "met", "found": 0.97}
            for row in province().districts
        },
        "expectations": [], **changes,
    }  # fmt: skip


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def rendered(*gates: dict[str, Any]) -> str:
    return text_of(
        acceptance_page.render(province(), {"engine": "great_expectations 1.24.1", "gates": gates})
    )


def test_an_expectation_says_what_it_demands_who_decided_and_how_many_met_it() -> None:
    said = rendered(gate())
    assert "1. ครัวเรือนต้องครบ" in said
    assert "ต้องไม่น้อยกว่า 95.0% • ผ่าน 24 จากที่วัดได้ 24 อำเภอ" in said
    assert "ผู้กำหนด ที่ประชุม 1 กรกฎาคม 2569" in said


def test_what_fails_is_told_with_district_and_value_never_rounded_into_passing() -> None:
    told = gate()
    told["districts"]["3401"] = {"state": "not_met", "found": 0.94999}
    assert "✗ ไม่ผ่าน 1 อำเภอ เมืองอุบลราชธานี (94.9%)" in rendered(told)


@pytest.mark.parametrize("state", ["not_measured", "not_applicable", "something new"])
def test_only_met_counts_as_passed(state: str) -> None:
    told = gate(districts={row.code: {"state": state, "found": None} for row in province().districts})
    said = rendered(told)
    assert "ผ่าน 0 จากที่วัดได้ 0 อำเภอ" in said
    assert "0 ✓ ผ่าน" in said
    assert "เมืองอุบลราชธานี" in said


def test_a_district_the_result_is_silent_about_was_not_measured() -> None:
    assert "? วัดไม่ได้ 25 อำเภอ" in rendered(gate(districts={}))


def test_a_threshold_that_is_only_proposed_says_so() -> None:
    assert "รอที่ประชุมยืนยัน" in rendered(gate(status="recalled"))
    assert "รอที่ประชุมยืนยัน" not in rendered(gate())


def test_the_page_asks_for_nothing_and_escapes_its_texts() -> None:
    page = acceptance_page.render(province(), {"gates": [gate(th="<img src=x onerror=1>")]})
    assert "http" not in page.replace("http-equiv", "")
    assert not re.search(r"<(script|link|img|iframe|object|base|form)|url\(|@import", page)
    assert set(re.findall(r'href="([^"]+)"', page)) == {"index.html", "#g1", "data/acceptance.json"}


def real_result() -> dict[str, Any]:
    rows = [
        dict.fromkeys(quality.SCHEMA)
        | {"district_code": row.code, "is_readable": not row.is_quarantined, "target_households": row.target}
        | ({} if row.is_quarantined else {"completeness_share": 0.98, "must_fix_open": row.must_fix})
        for row in province().districts
    ]
    return dict(acceptance.judge(pl.DataFrame(rows, schema=quality.SCHEMA)).result)


def test_what_great_expectations_answered_is_all_on_the_page() -> None:
    result = real_result()
    page = acceptance_page.render(province(), result)
    said = text_of(page)
    assert all(told["th"] in said for told in result["gates"])
    states = [answer["state"] for told in result["gates"] for answer in told["districts"].values()]
    for state, (sign, word) in acceptance_page.STATES.items():
        assert f"{states.count(state)} {sign} {word}" in said
    assert foreign_letters(said) == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_its_width_and_fetches_nothing(browser: Browser, tmp_path: Path, width: int) -> None:
    file = tmp_path / "acceptance.html"
    file.write_text(acceptance_page.render(province(), real_result()), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    told: list[str] = []
    page.on("request", lambda request: told.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.goto(file.as_uri())
    assert told == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
