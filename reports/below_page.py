"""The page about households below the line, of a district or the province: two minutes, on a phone too.

Order of reading: one sentence with its interval, the change and why, where, the three lists, what is not
known and would close it, and the official table of indicators. Static, one file, counts only.
Kept out: verdicts on the data (the dashboard), and every single household.
"""

from collections.abc import Mapping
from typing import Any

from reports import below_change, below_places, below_tables
from reports.below_charts import interval
from reports.below_contents import BelowReport
from reports.page_templates import render as render_page
from reports.summary_tables import percent
from reports.words import count_text
from schemas.thai import thai_date

KINDS = {"province": "จังหวัด", "district": "อำเภอ"}
PARTS = {"province": "อำเภอ", "district": "ตำบล"}
NAMED = 5  # indicators with unanswered or contradicting answers that are named
# Why a household is open, and what would close it.
REASONS = {
    "is_missing": ("ไม่ได้บันทึกรายได้บางรายการหรือทุกรายการ", "ถามรายได้รายการที่ขาดแล้วบันทึกเพิ่ม"),
    "is_slip": (
        "จำนวนเงินอาจใส่ผิดหน่วย เช่น รายเดือนแทนรายปี หรือเลขศูนย์ขาดหรือเกิน",
        "ถามรายได้ทั้งปีของรายการนั้นอีกครั้ง แล้วแก้หรือยืนยัน",
    ),
    "is_contradicted": ("รายได้ที่บันทึกขัดกับคำตอบอื่นของครัวเรือน", "แก้รายการที่ขัดกันให้ถูก"),
    "is_roster": ("ยังไม่แน่ว่ามีคนอยู่จริงกี่คน", "ตรวจรายชื่อคนที่อยู่จริง แล้วแก้ให้ตรงกัน"),
}


def render(
    report: BelowReport, links: Mapping[str, str] | None = None, files: Mapping[str, str] | None = None
) -> str:
    """The whole page as text. ``links``: page of an area by its code; ``files``: path -> name, at its end."""
    bounds = report.bounds
    return render_page(
        "below.html.jinja",
        report=report,
        kind=KINDS[report.level],
        part=PARTS[report.level],
        night=thai_date(report.night),
        line=_line(report),
        names=sorted({report.name, *report.sub_areas.get_column("name")}),
        said=_said(report, bounds) if bounds else None,
        change=below_change.change(report) if bounds else None,
        where=below_places.places(report, links or {}),
        lists=below_tables.lists(report),
        poverty=below_tables.poverty(report),
        unknown=_unknown(report, bounds) if bounds else None,
        indicators=below_tables.indicators(report),
        stated=below_tables.stated(report),
        files=files or {},
    )


def _line(report: BelowReport) -> dict[str, str]:
    line = report.income_line
    return {
        "baht": count_text(line.baht),
        "passes": below_change.PASSES[line.passes_at],
        "status": "เกณฑ์นี้ยังรอการยืนยัน" if line.status == "recalled" else "",
    }


def _said(report: BelowReport, bounds: Mapping[str, int]) -> dict[str, Any]:
    """The answer in one sentence, and the interval that goes with it."""
    below, households = count_text(bounds["below"]), count_text(bounds["households"])
    least, most = count_text(bounds["below_min"]), count_text(bounds["below_max"])
    share = percent(bounds["below"], bounds["households"])
    change_th, change_en = below_change.said(report)
    sure_th = f"แน่นอน {least} ครัวเรือน อย่างมาก {most} ครัวเรือน"
    sure_en = f"{least} for certain, at most {most}"
    if not bounds["open"]:
        sure_th, sure_en = "แน่นอนทุกครัวเรือน", "all of them for certain"
    return {
        "lead": f"ต่ำกว่าเกณฑ์รายได้ {below} ครัวเรือน จาก {households} ครัวเรือน ({share}%)",
        "sure": sure_th,
        "change": change_th,
        "en": f"{below} of {households} households are below the income line: {sure_en}; {change_en}",
        "bar": interval(bounds, max(1, bounds["below_max"] + bounds["below_max"] // 20), sure_th),
        "least": least,
        "below": below,
        "most": most,
        "open": count_text(bounds["open"]) if bounds["open"] else "",
    }


def _unknown(report: BelowReport, bounds: Mapping[str, int]) -> dict[str, Any]:
    """Who is open and why, who could not be assessed, and which answers are not there."""
    asked = list(below_tables.silent(report))
    reasons = sorted(
        ((report.reasons.get(name, 0), *texts) for name, texts in REASONS.items()), key=lambda each: -each[0]
    )
    income = [
        row["not_assessable"]
        for row in report.sizes.iter_rows(named=True)
        if (row["list"], row["unit"]) == ("below_line", "household")
    ]
    return {
        "open": count_text(bounds["open"]) if bounds["open"] else "",
        "may_leave": count_text(bounds["below"] - bounds["below_min"]),
        "may_join": count_text(bounds["below_max"] - bounds["below"]),
        "reasons": [(count_text(count), why, todo) for count, why, todo in reasons if count],
        "not_assessable": count_text(sum(income)) if sum(income) else "",
        "asked": asked[:NAMED],
        "asked_more": len(asked) - NAMED,
    }
