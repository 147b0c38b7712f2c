"""What stands beside the verdicts and is in none: rules on trial, off or unconfirmed, no last year.

One wording for every document, so that a rule that is off never looks like a pass and a rule on trial never
like an error. Kept out: deciding either (rules/in_force.py), and layout.
"""

from collections.abc import Mapping
from typing import Any

from reports.contents import NotChecked, ProvinceReport
from reports.words import SEVERITIES, UNITS, count_text
from schemas.thai import thai_date

TRIAL = "กฎที่กำลังทดลอง"
TRIAL_NOTE = "ไม่นับเป็นข้อผิด ไม่มีผลต่อสถานะอำเภอและการรับรอง ใช้ดูว่ากฎแม่นยำพอหรือยัง"
NOT_CHECKED = "กฎที่ไม่ได้ตรวจในรอบนี้"
NOT_CHECKED_NOTE = "ไม่ได้ตรวจ จึงไม่ถือว่าผ่าน"
NO_LAST_YEAR = "อำเภอที่เทียบกับปีก่อนไม่ได้"
NO_LAST_YEAR_NOTE = "ข้อตรวจที่เทียบสองปีจึงไม่มีคำตอบ ไม่ถือว่าผ่านและไม่ใช่ความผิดของปีนี้"


def of(province: ProvinceReport) -> dict[str, Any]:
    """The same for the pages, as text; every list may be empty."""
    return {
        "trial_title": TRIAL,
        "trial_note": TRIAL_NOTE,
        "trial": [_trial(row) for row in province.trial.iter_rows(named=True)],
        "not_checked_title": NOT_CHECKED,
        "not_checked_note": NOT_CHECKED_NOTE,
        "not_checked": [
            {"rule_id": one.rule_id, "title": one.title_th, "why": why(one), "en": one.reason_en}
            for one in province.not_checked
        ],
        "no_last_year_title": NO_LAST_YEAR,
        "no_last_year_note": NO_LAST_YEAR_NOTE,
        "no_last_year": [{"name": name, "why": th, "en": en} for name, th, en in province.without_last_year],
        "recalled": recalled(province),
    }


def lines(province: ProvinceReport) -> list[str]:
    """The same for the summary, a sentence each."""
    tried = [_trial(row) for row in province.trial.iter_rows(named=True)]
    found = " ".join(f"{one['rule_id']} {one['title']} ({one['found']})" for one in tried)
    off = " ".join(f"{one.rule_id} {one.title_th} ({why(one)})" for one in province.not_checked)
    apart = " ".join(f"{name} ({th})" for name, th, _ in province.without_last_year)
    said = [
        f"{NO_LAST_YEAR} {len(province.without_last_year)} อำเภอ {NO_LAST_YEAR_NOTE}: {apart}"
        if apart
        else "",
        f"{NOT_CHECKED} {len(province.not_checked)} ข้อ {NOT_CHECKED_NOTE}: {off}" if off else "",
        f"{TRIAL} {len(tried)} ข้อ {TRIAL_NOTE}: {found}" if tried else "",
        recalled(province),
    ]
    return [line for line in said if line]


def why(one: NotChecked) -> str:
    """Why a rule is not checked, who said so, and until when."""
    who = f" กำหนดโดย {one.who}" if one.who else ""
    until = f" ถึงวันที่ {thai_date(one.until)}" if one.until else ""
    return f"{one.reason_th}{who}{until}"


def recalled(province: ProvinceReport) -> str:
    """How many rules rest on what is not confirmed; empty when none does."""
    if not province.recalled_rules:
        return ""
    return (
        f"ข้อตรวจ {count_text(province.recalled_rules)} ข้ออาศัยเกณฑ์ รหัส หรือตัวชี้วัดที่ยังไม่มีเอกสารทางการยืนยัน"
        " รายข้ออยู่ในหน้ารวมกฎ (rules.html)"
    )


def _trial(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rule_id": row["rule_id"],
        "title": row["title_th"],
        "severity": SEVERITIES[row["severity"]].word,
        "found": _found(row),
        "cannot_tell": count_text(row["cannot_tell"]),
    }


def _found(row: Mapping[str, Any]) -> str:
    if row["error"]:
        return "กฎทำงานไม่สำเร็จ"
    if not row["denominator"]:
        return "ไม่มีข้อมูลให้ตรวจ"
    unit = UNITS[row["level"]]
    found = f"พบ {count_text(row['violated'])} จาก {count_text(row['denominator'])} {unit}ที่ตรวจได้"
    return f"{found} ใน {row['districts']} อำเภอ" if row["violated"] else found
