import base64
import gzip
import hashlib
import json
import re
import zlib
from html.parser import HTMLParser
from itertools import pairwise

import polars as pl
import pytest

from reports import district_page
from reports.contents import DistrictReport
from tests.made_district import CANARY_ID, district, finding, many_findings, quarantined, three_findings

EVIL = "</script><img src=x onerror=alert(1)><b>&amp;"
VOID = {"meta", "link", "input", "br"}
REPORTS = {
    "none": district([]),
    "three": three_findings(),
    "six hundred": many_findings(600),
    "quarantined": quarantined(),
}


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.scripts: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("script", "style"):
            self.scripts.append(data)
        else:
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


def unpacked(html: str) -> dict:
    (text,) = re.findall(r'id="packed">([^<]*)<', html)
    return json.loads(zlib.decompress(base64.urlsafe_b64decode(text)))


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_the_page_refers_to_nothing_outside(report: DistrictReport) -> None:
    html = district_page.render(report)
    links = {
        value
        for _, attrs in Page(html).tags
        for name, value in attrs.items()
        if name in ("href", "src", "action", "srcset", "poster", "data", "style")
    }
    assert links == {"data:,", "3425.xlsx", "3425-receipt.html", "3425-below.html", "../../index.html"}
    assert not re.search(r"https?:|//[a-z]|@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket|import\(", html)


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_the_policy_allows_exactly_the_style_and_script_inside(report: DistrictReport) -> None:
    html = district_page.render(report)
    (policy,) = [
        attrs["content"]
        for _, attrs in Page(html).tags
        if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    inside = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", html, flags=re.DOTALL)
    for text in inside:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert not any(name.startswith("on") or name == "style" for _, attrs in Page(html).tags for name in attrs)


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_the_page_is_thai_with_one_title_and_headings_in_order(report: DistrictReport) -> None:
    page = Page(district_page.render(report))
    assert page.tags[0] == ("html", {"lang": "th"})
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_fields_to_fill_have_labels() -> None:
    page = Page(district_page.render(three_findings()))
    asked = {attrs["id"] for tag, attrs in page.tags if tag in ("input", "select")}
    assert asked == {attrs["for"] for tag, attrs in page.tags if tag == "label"}


def test_the_same_report_gives_the_same_page() -> None:
    assert district_page.render(three_findings()) == district_page.render(three_findings())


def test_the_top_says_district_verdict_failed_gates_and_deadline() -> None:
    words = Page(district_page.render(three_findings())).words
    for said in (
        "อำเภอสิรินธร จังหวัดอุบลราชธานี",
        "ส่งคืนภายใน วันศุกร์ที่ 3 กรกฎาคม 2569",
        "! ส้ม ต้องเร่งแก้",
        "รายการที่ต้องอธิบายมีมากเกินไป: พบ 2.1% ต้องไม่เกิน 2.0%",
        "3 รายการ ใน 2 ครัวเรือน",
        "ต่ำกว่าเกณฑ์รายได้ 1 ครัวเรือน (2 คน)",
    ):
        assert said in words


def test_findings_of_one_house_are_one_card() -> None:
    html = district_page.render(three_findings())
    assert html.count("<article") == 2
    card = Page(html[html.rindex("<article") : html.rindex("</article>") + 10]).words
    assert card == (
        "บ้านเลขที่ 12/1บ้านคำน้ำแซบ หมู่ที่ 3 ตำบลนิคมสร้างตนเองลำโดมน้อย รหัสครัวเรือน 34250403001"
        "✗ ต้องแก้ก่อนรับรอง ที่ 2 • PE001คนที่ 2 นางสุดารัตน์ บุญประเสริฐเลขประจำตัวประชาชนไม่ผ่านหลักตรวจสอบ"
        "เลขประจำตัวประชาชน3-xxxx-xxxxx-45-xวิธีแก้ ถามเจ้าตัวแล้วแก้ช่องที่ผิด"
        "! ต้องแก้หรือยืนยัน ที่ 3 • WK003คนที่ 2 นางสุดารัตน์ บุญประเสริฐรับราชการแต่การศึกษาไม่ถึงมัธยมต้น"
        "อาชีพรับราชการระดับการศึกษา(ว่าง)วิธีแก้ ถามเจ้าตัวแล้วแก้ช่องที่ผิด"
    )


def test_the_first_two_hundred_are_readable_without_javascript_and_the_rest_is_announced() -> None:
    html = district_page.render(many_findings(600))
    assert html.count('class="finding ') == 200
    assert "แสดง 200 รายการแรก จาก 600 รายการ ทุกรายการอยู่ในไฟล์ Excel" in html


def test_all_findings_are_packed_in_the_order_of_the_workbook() -> None:
    data = unpacked(district_page.render(many_findings(600)))
    assert len(data["rows"]["kind"]) == 600
    assert sum(data["rows"]["step"]) == len(data["visits"]["door"]) - 1 == 599
    assert data["rows"]["member"].count(0) == 200
    assert len(data["rows"]["value"]) == 200 + 2 * 200 + 200


def test_findings_of_one_row_of_the_file_stay_together() -> None:
    rows = [finding(n, rule, None, None, source_row=n % 2) for n, rule in enumerate(["PE001", "HE018"] * 2)]
    data = unpacked(district_page.render(district(rows)))
    assert data["visits"]["door"] == ["แถวที่ 0 ในไฟล์", "แถวที่ 1 ในไฟล์"]
    assert data["rows"]["step"] == [0, 0, 1, 0]


def test_names_that_hold_markup_are_only_text() -> None:
    report = three_findings()
    rows = [row | {"message_th": EVIL, "fix_th": EVIL} for row in report.findings.to_dicts()]
    evil = district(
        rows,
        people=report.people.with_columns(display_name=pl.lit(EVIL)),
        places=report.places.with_columns(house_no=pl.lit(EVIL), village_name=pl.lit(EVIL)),
        district_name=EVIL,
        office=EVIL,
        run_id=EVIL,
        receipt=({"file": EVIL},),
    )
    page = Page(district_page.render(evil))
    assert "img" not in {tag for tag, _ in page.tags}
    assert f"คนที่ 2 {EVIL}" in page.words
    assert len(page.scripts) == 3
    broken = quarantined()
    trouble = type(broken.quarantine)(th=EVIL, en=EVIL, todo_th=EVIL, file=EVIL)
    assert "img" not in {tag for tag, _ in Page(district_page.render(district([], quarantine=trouble))).tags}


def test_a_clean_district_is_congratulated_and_told_what_was_checked() -> None:
    html = district_page.render(district([]))
    words = Page(html).words
    for said in (
        "เขียว พร้อมรับรอง",
        "ขอบคุณทุกคน",
        "ครัวเรือนที่ตรวจ4 ครัวเรือน",
        "PE001 เลขประจำตัวประชาชนไม่ผ่าน",
        "บอกไม่ได้",
    ):
        assert said in words
    assert "<script" not in html


def test_an_unreadable_delivery_gets_a_page_that_says_why_and_what_to_do() -> None:
    words = Page(district_page.render(quarantined())).words
    for said in (
        "ยังตรวจข้อมูลของอำเภอนี้ไม่ได้",
        "ไฟล์ คน.csv แถวที่ 4",
        "ส่งออกไฟล์ใหม่โดยเลือกรหัสครัวเรือนด้วย",
        "อำเภออื่นตรวจได้ตามปกติ",
    ):
        assert said in words
    assert "พร้อมรับรอง" not in words


def test_two_hundred_findings_stay_below_fifty_kilobytes_and_five_thousand_below_a_hundred() -> None:
    for count, most in ((200, 50_000), (5000, 100_000)):
        html = district_page.render(many_findings(count)).encode()
        assert len(gzip.compress(html, 9)) <= most


def test_no_national_id_gets_into_the_page() -> None:
    html = district_page.render(three_findings())
    assert CANARY_ID not in html + json.dumps(unpacked(html))
