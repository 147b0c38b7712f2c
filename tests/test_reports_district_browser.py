from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reports import district_page
from reports.contents import DistrictReport
from tests.made_district import district, many_findings, quarantined, three_findings

pytestmark = pytest.mark.browser
EVIL = "</script><img src=x onerror=document.title='ran'>"


def opened(
    browser: Browser, report: DistrictReport, folder: Path, width: int = 390
) -> tuple[Page, list[str]]:
    file = folder / "page.html"
    file.write_text(district_page.render(report), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    told: list[str] = []
    page.on("request", lambda request: told.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(file.as_uri())
    return page, told


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "report",
    [district([]), three_findings(), many_findings(600), quarantined()],
    ids=["none", "three", "six hundred", "quarantined"],
)
def test_nothing_runs_over_the_side_and_nothing_is_asked_of_the_network(
    browser: Browser, tmp_path: Path, report: DistrictReport, width: int
) -> None:
    page, told = opened(browser, report, tmp_path, width)
    if report.findings.height:
        page.wait_for_selector("#filters:not([hidden])")
    for summary in page.query_selector_all("details:not([open]) summary"):
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert told == [(tmp_path / "page.html").as_uri()]
    page.close()


def test_severity_village_rule_and_search_narrow_the_list(browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, many_findings(600), tmp_path)
    page.wait_for_selector("#filters:not([hidden])")
    assert page.inner_text("#found") == "พบ 600 รายการ ใน 600 ครัวเรือน"
    page.click("button.must_fix")
    assert page.get_attribute("button.must_fix", "aria-pressed") == "true"
    assert page.inner_text("#found") == "พบ 200 รายการ ใน 200 ครัวเรือน"
    assert page.locator(".finding").count() == page.locator(".finding.must_fix").count() == 40
    page.select_option("#village", index=1)
    assert page.inner_text("#found") == "พบ 10 รายการ ใน 10 ครัวเรือน"
    page.click("button.must_fix")
    page.select_option("#village", "")
    page.select_option("#rule", "HE018")
    assert page.inner_text("#found") == "พบ 200 รายการ ใน 200 ครัวเรือน"
    page.fill("#query", "599/2")
    expect(page.locator(".visit")).to_have_count(1)
    assert "บ้านเลขที่ 599/2" in page.inner_text("#list")
    page.fill("#query", "ไม่มีคำนี้")
    expect(page.locator(".visit")).to_have_count(0)
    assert page.inner_text("#found") == "ไม่พบรายการที่ตรงกับตัวกรอง"
    page.close()


def test_the_script_draws_the_same_cards_as_the_page_without_it(browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, three_findings(), tmp_path)
    page.wait_for_selector("#filters:not([hidden])")
    squeezed = "element => element.innerHTML.replace(/\\s+/g, '').replaceAll('class=\"\"', '')"
    drawn = page.eval_on_selector("#list", squeezed)
    without = browser.new_context(java_script_enabled=False).new_page()
    without.goto((tmp_path / "page.html").as_uri())
    assert without.locator("#filters").is_hidden()
    assert without.inner_text("#found") == "แสดงครบ 3 รายการ"
    assert without.eval_on_selector("#list", squeezed) == drawn
    page.close()


def test_more_houses_come_on_request_and_all_of_them_on_paper(browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, many_findings(600), tmp_path)
    page.wait_for_selector("#filters:not([hidden])")
    assert page.inner_text("#more") == "แสดงบ้านต่อไป (เหลือ 560)"
    page.click("#more")
    assert page.locator(".visit").count() == 80
    assert page.evaluate("document.activeElement.tagName") == "H3"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".visit").count() == 600
    page.close()


def test_a_name_that_holds_a_script_does_not_run(browser: Browser, tmp_path: Path) -> None:
    report = three_findings()
    rows = [row | {"message_th": EVIL} for row in report.findings.to_dicts()]
    page, told = opened(browser, district(rows), tmp_path)
    page.wait_for_selector("#filters:not([hidden])")
    assert page.locator(".what").first.inner_text() == EVIL
    assert page.title() != "ran"
    assert page.locator("img").count() == 0
    assert len(told) == 1
    page.close()
