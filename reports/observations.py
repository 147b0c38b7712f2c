"""Points the meeting must decide on, computed from the run: what stands in the way, why, and what is asked.

Each point names its districts and its denominator and ends in a decision. A point that does not apply is not
printed, so an empty list means just that. Kept out: advice on single households (the district's workbook).
"""

from dataclasses import dataclass
from typing import Any

import polars as pl

from reports.contents import DistrictRow, ProvinceReport
from reports.standing import accounted, stale_word, worst_first
from reports.words import UNITS, VERDICTS, count_text, share_text

FREQUENT = 2  # rules named as the most frequent errors
REASON = 90  # letters of a quarantine's reason
LISTED = 4  # districts named with their numbers


@dataclass(frozen=True, slots=True)
class Observation:
    """`lead` says what it is about; `text` gives the numbers and what is to be decided."""

    lead: str
    text: str


def observations(province: ProvinceReport) -> list[Observation]:
    """All points that apply tonight, what blocks the certificate first."""
    found = (
        _unread(province),
        _stale(province),
        _held_back(province),
        _missing_households(province),
        _more_than_targeted(province),
        _frequent_errors(province),
        _not_assessable(province),
        _broken_rules(province),
    )
    return [point for point in found if point is not None]


def _list(rows: list[DistrictRow], note: dict[str, str]) -> str:
    named = " ".join(f"{row.name} ({note[row.code]})" for row in rows[:LISTED])
    more = len(rows) - LISTED
    return f"{named} และอีก {more} อำเภอ" if more > 0 else named


def _unread(province: ProvinceReport) -> Observation | None:
    rows = [row for row in worst_first(province.districts) if row.is_quarantined]
    if not rows:
        return None
    reasons = {row.code: _short(row.reason_th) or "ไม่ทราบเหตุผล" for row in rows}
    return Observation(
        f"อ่านไฟล์ไม่ได้ {len(rows)} อำเภอ",
        f"{_list(rows, reasons)} ตัวเลขของจังหวัดจึงยังไม่รวมอำเภอเหล่านี้ ให้ส่งไฟล์ใหม่และตรวจซ้ำก่อนพิจารณารับรอง",
    )


def _stale(province: ProvinceReport) -> Observation | None:
    rows = [row for row in worst_first(province.districts) if row.stale_since]
    if not rows:
        return None
    notes = {
        row.code: f"{stale_word(row.stale_since)}: {_short(row.reason_th)}" for row in rows if row.stale_since
    }
    return Observation(
        f"ใช้ข้อมูลเดิม {len(rows)} อำเภอ",
        f"{_list(rows, notes)} ตัวเลขของอำเภอเหล่านี้มาจากไฟล์ก่อนหน้า ให้ส่งไฟล์ใหม่และตรวจซ้ำก่อนพิจารณารับรอง",
    )


def _short(reason: str) -> str:
    """The start of a reason, cut at a blank: the dashboard and the district's page have all of it."""
    reason = reason.rstrip(". ")
    if len(reason) <= REASON:
        return reason
    return f"{reason[:REASON].rpartition(' ')[0] or reason[:REASON]} …"


def _held_back(province: ProvinceReport) -> Observation | None:
    red = [
        row
        for row in worst_first(province.districts)
        if row.verdict.colour == "red" and not row.is_quarantined
    ]
    if not red:
        return None
    notes = {row.code: f"เหลือ {count_text(row.left)} รายการ" for row in red}
    return Observation(
        f"{VERDICTS['red'].sentence} {len(red)} อำเภอ",
        f"{_list(red, notes)} เสนอให้รับรองภายหลัง เมื่อแก้ไขครบและตรวจซ้ำแล้ว",
    )


def _missing_households(province: ProvinceReport) -> Observation | None:
    short = {
        row.code: row.target - accounted(row)
        for row in province.districts
        if row.target and not row.is_quarantined and accounted(row) < row.target
    }
    if not short:
        return None
    rows = sorted(
        (row for row in province.districts if row.code in short), key=lambda r: (-short[r.code], r.code)
    )
    notes = {code: f"ขาด {count_text(missing)}" for code, missing in short.items()}
    return Observation(
        f"ยังบันทึกไม่ครบ {len(rows)} อำเภอ รวม {count_text(sum(short.values()))} ครัวเรือน",
        f"มากที่สุดคือ {_list(rows, notes)} ให้ยืนยันว่าจะเก็บเพิ่ม หรือปรับเป้าหมายพร้อมเหตุผล",
    )


def _more_than_targeted(province: ProvinceReport) -> Observation | None:
    rows = [
        row
        for row in province.districts
        if row.target and not row.is_quarantined and accounted(row) > row.target
    ]
    if not rows:
        return None
    notes = {row.code: f"เกิน {count_text(accounted(row) - (row.target or 0))}" for row in rows}
    return Observation(
        f"บันทึกมากกว่าเป้าหมาย {len(rows)} อำเภอ",
        f"{_list(rows, notes)} ไม่ถือเป็นข้อผิด แต่ให้อำเภอยืนยันว่าไม่ได้บันทึกครัวเรือนซ้ำ",
    )


def _frequent_errors(province: ProvinceReport) -> Observation | None:
    frame = province.rules.filter((pl.col("violated") > 0) & (pl.col("severity") != "watch")).sort(
        "violated", "rule_id", descending=[True, False]
    )
    if frame.is_empty():
        return None
    said = [f"{row['title_th']} ({_found_of(row)})" for row in frame.head(FREQUENT).iter_rows(named=True)]
    return Observation(
        "ข้อผิดที่พบมากที่สุด",
        f"{' รองลงมาคือ '.join(said)} ให้ทบทวนวิธีถามและบันทึกกับผู้จัดเก็บข้อมูล",
    )


def _found_of(row: dict[str, Any]) -> str:
    if row["denominator"] is None:
        return f"{count_text(row['violated'])} รายการ"
    whole = f"{count_text(row['denominator'])} {UNITS[row['level']]}"
    return f"{count_text(row['violated'])} จาก {whole}ที่ตรวจได้"


def _not_assessable(province: ProvinceReport) -> Observation | None:
    sums = province.below_line
    if not sums.not_assessable_households:
        return None
    judged = sums.below_households + sums.above_households
    whole = judged + sums.not_assessable_households
    return Observation(
        f"ประเมินรายได้ไม่ได้ {count_text(sums.not_assessable_households)} ครัวเรือน "
        f"({count_text(sums.not_assessable_persons)} คน)",
        f"คิดเป็น {share_text(sums.not_assessable_households / whole, 'ceil')} ของ {count_text(whole)} ครัวเรือน "
        f"จำนวนครัวเรือนรายได้ต่ำกว่าเกณฑ์ {count_text(sums.below_households)} ครัวเรือน นับเฉพาะที่ประเมินได้ "
        "ให้ถามรายได้เพิ่ม หรือระบุจำนวนนี้ไว้ในมติ",
    )


def _broken_rules(province: ProvinceReport) -> Observation | None:
    broken = province.rules.filter(pl.col("error").fill_null(0) > 0).sort("rule_id")
    if broken.is_empty():
        return None
    ids = " ".join(broken.get_column("rule_id"))
    return Observation(
        f"ข้อตรวจที่ทำงานไม่สำเร็จ {broken.height} ข้อ",
        f"{ids} ผลของข้อเหล่านี้ไม่ถือว่าผ่าน ให้ผู้ดูแลระบบแก้ไขและตรวจซ้ำก่อนรับรอง",
    )
