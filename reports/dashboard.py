"""The province's dashboard: one static page that says how the round stands, readable on a phone and on paper.

Order of reading: one sentence, dropped files that wait for somebody, four numbers, the map beside the
districts worst first, frequent errors, the three lists that never mix, and the files. It links to its
neighbours in the run's folder and to nothing else.
Kept out: personal data, single findings (the districts' pages), thresholds (the acceptance page).
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from reports import not_counted
from reports.contents import DistrictRow, ProvinceReport
from reports.page_templates import render as render_page
from reports.standing import (
    COLOURS,
    Totals,
    change_mark,
    completeness,
    recorded_text,
    sentence,
    stale_word,
    standing_word,
    total,
    worst_first,
)
from reports.tile_map import spoken, tiles
from reports.words import SEVERITIES, UNITS, VERDICTS, count_text, share_text
from schemas.thai import thai_date

UNKNOWN = "–"
FREQUENT = 10

# What lies beside the page in a run's folder, and the nights' history beside that: path and its name.
FILES = {
    "summary.pdf": "รายงานสำหรับที่ประชุมรับรอง (PDF)",
    "below.html": "ครัวเรือนรายได้ต่ำกว่าเกณฑ์: กี่ครัวเรือน ใครพ้น แน่ใจแค่ไหน",
    "acceptance.html": "ผลตามเกณฑ์รับรองทุกข้อ",
    "rules.html": "กฎตรวจทุกข้อ",
    "../history.html": "ประวัติการตรวจทุกคืน",
    "run.json": "บันทึกการตรวจ (run.json)",
}


def render(province: ProvinceReport, files: Mapping[str, str] | None = None) -> str:
    """The whole page as text. `files` are the links at its end, path -> name; the run's own by default."""
    sums = total(province.districts)
    return render_page(
        "dashboard.html.jinja",
        province=province,
        night=thai_date(province.night),
        deadline=thai_date(province.deadline),
        said=sentence(province),
        names=sorted(row.name for row in province.districts),
        inbox=[{"th": th, "en": en} for th, en in province.inbox],
        sums=sums,
        cards=_cards(sums),
        tiles=tiles(province),
        spoken=spoken(province.districts),
        legend=[(VERDICTS[colour], sums.by_colour[colour]) for colour in COLOURS],
        districts=[_district(row, province) for row in worst_first(province.districts)],
        errors=_errors(province),
        recorded=count_text(sums.households),
        lists=_lists(province),
        beside=not_counted.of(province),
        files=FILES if files is None else files,
    )


def _cards(sums: Totals) -> list[dict[str, str]]:
    share = UNKNOWN if sums.completeness is None else share_text(sums.completeness)
    ready = f"{sums.by_colour['green']} / {sums.districts}"
    return [
        {"value": share, "label": recorded_text(sums), "colour": "plain"},
        {"value": count_text(sums.must_fix), "label": "รายการที่ต้องแก้ก่อนรับรอง", "colour": "red"},
        {"value": count_text(sums.must_explain), "label": "รายการที่ต้องแก้หรือยืนยัน", "colour": "orange"},
        {"value": ready, "label": "อำเภอที่พร้อมรับรอง", "colour": "green"},
    ]


def _district(row: DistrictRow, province: ProvinceReport) -> dict[str, Any]:
    read = not row.is_quarantined
    share = completeness(row)
    return {
        "code": row.code,
        "name": row.name,
        "colour": row.verdict.colour,
        "look": VERDICTS[row.verdict.colour],
        "state": standing_word(row),
        "reason": _reason(row),
        "is_stale": row.stale_since is not None,
        "width": round(min(share, 1) * 100, 1) if share is not None else 0,
        "share": UNKNOWN if share is None else share_text(share),
        "must_fix": count_text(row.must_fix) if read else UNKNOWN,
        "left": count_text(row.left) if read else UNKNOWN,
        "change": change_mark(row.change) if read else "",
        "below": count_text(row.below_line) if read else UNKNOWN,
        "age": _age(row, province),
        "received": thai_date(row.received) if row.received else "",
    }


def _reason(row: DistrictRow) -> str:
    """Why the district's newest file is not in the figures, and what is there in its place."""
    if row.stale_since:
        return f"{stale_word(row.stale_since)} เพราะไฟล์ล่าสุดใช้ไม่ได้: {row.reason_th}"
    return f"อ่านไฟล์ไม่ได้: {row.reason_th}" if row.is_quarantined else ""


def _age(row: DistrictRow, province: ProvinceReport) -> str:
    """How fresh the district's newest file is, in days before the night."""
    if row.received is None:
        return UNKNOWN
    days = (province.night - row.received).days
    return "วันนี้" if days <= 0 else f"{days} วันก่อน"


def _errors(province: ProvinceReport) -> list[dict[str, Any]]:
    # What is only to be watched asks nobody for a correction: the summary leaves it out here too.
    frame = province.rules.filter((pl.col("violated") > 0) & (pl.col("severity") != "watch")).sort(
        "violated", "rule_id", descending=[True, False]
    )
    rows = list(frame.head(FREQUENT).iter_rows(named=True))
    most = max((row["violated"] for row in rows), default=1)
    return [
        {
            "rule_id": row["rule_id"],
            "title": row["title_th"],
            "severity": row["severity"],
            "look": SEVERITIES[row["severity"]],
            "violated": count_text(row["violated"]),
            "of": ""
            if row["denominator"] is None
            else f"จาก {count_text(row['denominator'])} {UNITS[row['level']]}",
            "width": round(100 * row["violated"] / most, 1),
            "cannot_tell": count_text(row["cannot_tell"] or 0),
        }
        for row in rows
    ]


def _lists(province: ProvinceReport) -> list[dict[str, str]]:
    read = [row for row in province.districts if not row.is_quarantined]
    line = province.below_line
    failing = (sum(row.failing_households for row in read), sum(row.failing_persons for row in read))
    entries = (
        (
            "รายได้ต่ำกว่าเกณฑ์",
            f"รายได้เฉลี่ยต่อคนต่ำกว่า {count_text(line.line.baht)} บาทต่อปี",
            (line.below_households, line.below_persons),
        ),
        ("ไม่ผ่านตัวชี้วัด", "ไม่ผ่านตัวชี้วัด จปฐ. อย่างน้อยหนึ่งข้อ", failing),
        (
            "ประเมินรายได้ไม่ได้",
            "ไม่มีคำตอบรายได้ ไม่มีรายชื่อสมาชิก หรือรหัสซ้ำ ไม่ถือว่าจน",
            (line.not_assessable_households, line.not_assessable_persons),
        ),
    )
    return [
        {
            "title": title,
            "note": note,
            "households": count_text(households),
            "persons": count_text(persons),
        }
        for title, note, (households, persons) in entries
    ]
