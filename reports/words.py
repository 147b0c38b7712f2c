"""Colours, signs and Thai words of verdicts and severities; how shares and counts are written.

A colour never stands alone: it always comes with its sign and its word, so a black-and-white print and a
colour-blind reader lose nothing. Kept out: dates and Thai letters (schemas.thai), texts of rules
(rules/catalogue), page layouts.
"""

import math
from dataclasses import dataclass
from datetime import date

from schemas.thai import thai_date


@dataclass(frozen=True, slots=True)
class Look:
    """A verdict or a severity as people see it: `ink` is written on `fill`, `deep` on the pale `tint`."""

    word: str
    sentence: str
    sign: str
    fill: str
    ink: str
    tint: str
    print_fill: str  # the same colour for PDF and office paper
    deep: str  # the colour as letters on `tint` or white

    @property
    def label(self) -> str:
        """Sign and word together, such as "✗ แดง"."""
        return f"{self.sign} {self.word}"


# Contrast of ink on fill is at least 4.5 : 1 in each pair (tested).
VERDICTS: dict[str, Look] = {
    "red": Look("แดง", "ยังไม่ควรรับรอง", "✗", "#b3261e", "#ffffff", "#fbe9e7", "#b3261e", "#9b1c15"),
    "orange": Look("ส้ม", "ต้องเร่งแก้", "!", "#f08c2e", "#000000", "#fdf0e1", "#e67300", "#8a4500"),
    "yellow": Look("เหลือง", "เหลือเล็กน้อย", "–", "#f7d038", "#000000", "#fdf7dc", "#f2c200", "#6b5500"),
    "green": Look("เขียว", "พร้อมรับรอง", "✓", "#1b7f3b", "#ffffff", "#e6f4ea", "#1b7f3b", "#14602c"),
}

# The third severity is blue, not yellow: yellow is a verdict ("little is left"), not a kind of finding.
_FIX = "ข้อมูลผิดแน่นอน ต้องแก้ให้ถูก"
_EXPLAIN = "ข้อมูลน่าจะผิด แก้ให้ถูกหรือยืนยันพร้อมเหตุผล"
_WATCH = "ผิดสังเกตแต่อาจถูก ตรวจดูเมื่อพบครัวเรือน"
SEVERITIES: dict[str, Look] = {
    "must_fix": Look("ต้องแก้ก่อนรับรอง", _FIX, "✗", "#b3261e", "#ffffff", "#fbe9e7", "#b3261e", "#9b1c15"),
    "must_explain": Look(
        "ต้องแก้หรือยืนยัน", _EXPLAIN, "!", "#f08c2e", "#000000", "#fdf0e1", "#e67300", "#8a4500"
    ),
    "watch": Look("ควรตรวจดู", _WATCH, "–", "#1f5f99", "#ffffff", "#e8f0f8", "#1f5f99", "#1a4f80"),
}

SEVERITY_ORDER = tuple(SEVERITIES)
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
UNITS = {"person": "คน", "household": "ครัวเรือน", "delivery": "ไฟล์"}


def due_text(day: date) -> str:
    """A day something is due, with its weekday: "วันศุกร์ที่ 3 กรกฎาคม 2569"."""
    return f"วัน{WEEKDAYS[day.weekday()]}ที่ {thai_date(day)}"


def count_text(value: int) -> str:
    """A count with thousands commas: 12,345."""
    return f"{value:,}"


def share_text(share: float, towards: str = "floor") -> str:
    """A share 0..1 as per cent with one decimal: "91.2%".

    Rounded down (or up with towards="ceil"), and 100% / 0% only when it is exactly that: rounding must not
    hide the last hundred bad rows.
    """
    tenths = (math.ceil if towards == "ceil" else math.floor)(round(share * 1000, 6))
    if share < 1:
        tenths = min(tenths, 999)
    if share > 0:
        tenths = max(tenths, 1)
    whole, tenth = divmod(tenths, 10)
    return f"{whole}%" if tenth == 0 and share in (0, 1) else f"{whole}.{tenth}%"


def measure_text(measure: str, value: float | None, towards: str = "floor") -> str:
    """A value of the quality table for people: shares as per cent, the rest as counts, null as "วัดไม่ได้"."""
    if value is None:
        return "วัดไม่ได้"
    return share_text(value, towards) if measure.endswith("_share") else count_text(int(value))


def gate_numbers(measure: str, found: float | None, threshold: float | None, bound: str) -> str:
    """Numbers of a failed gate in words: "พบ 91.2% ต้องไม่น้อยกว่า 95.0%"; none for a yes-or-no measure."""
    if measure.startswith("is_"):
        return ""
    text = f"พบ {measure_text(measure, found, 'ceil' if bound == 'max' else 'floor')}"
    if threshold is None:
        return text
    demand = "ต้องไม่น้อยกว่า" if bound == "min" else "ต้องไม่เกิน"
    return f"{text} {demand} {measure_text(measure, threshold)}"
