"""The words of a notice: counts, codes and names of districts, colours and a link. Nothing else, ever.

A notice leaves the office by somebody else's network and stays on phones: no household, no file name, no
reason that a delivery's own words could have got into. Thai first, English under it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.operation.attempt import Cause
from flows.operation.changes import Change, Happened
from flows.operation.notice_settings import Notices
from flows.settings import Settings
from reports.words import VERDICTS, count_text
from schemas import areas
from schemas.code_lists import Lang
from schemas.thai import thai_date

MOST_NAMED = 30
ENGLISH = {"red": "red", "orange": "orange", "yellow": "yellow", "green": "green"}
CAUSES: Mapping[Cause, tuple[str, str]] = {
    "full_disk": ("พื้นที่ดิสก์เต็ม", "the disk is full"),
    "files": ("อ่านหรือเขียนไฟล์ไม่ได้", "a file could not be read or written"),
    "ledger": ("เปิดสมุดบันทึก (ledger) ไม่ได้", "the ledger cannot be opened"),
    "time": ("ใช้เวลานานเกินกำหนด", "it took longer than it may"),
    "program": ("โปรแกรมขัดข้อง", "the program failed"),
}


@dataclass(frozen=True)
class Notice:
    """What is sent: a subject line, the whole text, and the same as data for a webhook."""

    subject: str
    text: str
    data: Mapping[str, Any]


def of_night(settings: Settings, happened: Happened) -> Notice:
    """What a finished night is told as."""
    night = happened.night
    where = _where(settings.notices, night.run_id)
    thai = [
        f"{_about(settings)} คืนวันที่ {thai_date(night.night)}",
        f"อำเภอ {len(night.verdicts)} แห่ง: " + _colours(night.verdicts, "th"),
        f"ต้องแก้ {count_text(night.must_fix)} รายการ ต้องแก้หรือยืนยัน {count_text(night.must_explain)} รายการ"
        f" ครัวเรือนรายได้ต่ำกว่าเกณฑ์ {count_text(night.below_line)} ครัวเรือน",
        *_listed("ใช้ไฟล์ที่ส่งมาไม่ได้", "อำเภอ", sorted(night.quarantined), "th"),
        *_listed("เขียนเอกสารไม่ครบ", "อำเภอ", sorted(night.not_written), "th"),
        *([f"กฎที่ทำงานไม่ได้ {len(night.broken_rules)} ข้อ"] if night.broken_rules else []),
        *_turned(happened, "th"),
        *([f"ดูรายละเอียด: {where}"] if where else []),
    ]
    english = [
        f"{_about(settings, 'en')}, night of {_day(night.night)}",
        f"{len(night.verdicts)} districts: " + _colours(night.verdicts, "en"),
        f"{night.must_fix:,} to fix, {night.must_explain:,} to fix or confirm, "
        f"{night.below_line:,} households below the income line",
        *_listed("Delivery not usable in", "districts", sorted(night.quarantined), "en"),
        *_listed("Documents missing in", "districts", sorted(night.not_written), "en"),
        *([f"{len(night.broken_rules)} rules could not run"] if night.broken_rules else []),
        *_turned(happened, "en"),
        *([f"Details: {where}"] if where else []),
    ]
    data = _facts(happened, where)
    return _notice(f"{_about(settings)}: {_headline(happened)}", thai, english, data)


def _facts(happened: Happened, where: str) -> dict[str, Any]:
    """The same for machines: codes, counts, colours."""
    night = happened.night
    kind = "trouble" if happened.is_trouble else "change" if happened.is_change else "night"
    return {
        "kind": kind,
        "run_id": night.run_id,
        "night": night.night.isoformat(),
        "verdicts": {colour: night.count(colour) for colour in VERDICTS},
        "must_fix": night.must_fix,
        "must_explain": night.must_explain,
        "below_line": night.below_line,
        "quarantined": sorted(night.quarantined),
        "documents_not_written": sorted(night.not_written),
        "changed": [vars(one) for one in happened.districts],
        "province": vars(happened.province) if happened.province else None,
        "link": where,
    }


def of_failure(settings: Settings, run_id: str, cause: Cause) -> Notice:
    """What a night without results is told as."""
    th, en = CAUSES[cause or "program"]
    where = _where(settings.notices, "")
    thai = [
        f"{_about(settings)}: การตรวจ {run_id} ไม่สำเร็จ ({th})",
        "ผลของคืนก่อนยังอยู่ครบ สั่ง jpt status ที่เครื่องเพื่อดูว่าต้องทำอะไร",
        *([f"ผลล่าสุด: {where}"] if where else []),
    ]
    english = [
        f"{_about(settings, 'en')}: the night {run_id} failed ({en})",
        "The last results stand. Run jpt status on the machine to see what to do",
        *([f"Last results: {where}"] if where else []),
    ]
    data = {"kind": "failure", "run_id": run_id, "cause": cause or "program", "link": where}
    return _notice(f"{_about(settings)}: การตรวจไม่สำเร็จ", thai, english, data)


def trial(settings: Settings) -> Notice:
    """What `jpt notices test` sends."""
    thai = [f"{_about(settings)}: ข้อความทดลอง ถ้าได้รับแปลว่าตั้งค่าการแจ้งเตือนถูกต้อง"]
    english = [f"{_about(settings, 'en')}: a trial message; receiving it means that notices are set up"]
    where = _where(settings.notices, "")
    lines = [where] if where else []
    return _notice(
        f"{_about(settings)}: ทดลองแจ้งเตือน", thai, english + lines, {"kind": "test", "link": where}
    )


def _notice(subject: str, thai: Sequence[str], english: Sequence[str], data: Mapping[str, Any]) -> Notice:
    text = "\n".join([*thai, "", *english])
    return Notice(subject, text, {"text": text, **data})


def _about(settings: Settings, lang: Lang = "th") -> str:
    name = areas.province_name(settings.province_code, lang)
    year = settings.round_year_be
    return f"จปฐ. {year} จังหวัด{name}" if lang == "th" else f"JPT {year} {name}"


def _where(notices: Notices, run_id: str) -> str:
    if not notices.link:
        return ""
    return f"{notices.link}{run_id}/index.html" if run_id else f"{notices.link}index.html"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _headline(happened: Happened) -> str:
    if happened.is_trouble:
        return "มีไฟล์หรือเอกสารที่ต้องดำเนินการ"
    if happened.is_change:
        return f"เปลี่ยนสี {len(happened.districts)} อำเภอ"
    return "ตรวจเสร็จแล้ว"


def _colours(verdicts: Mapping[str, str], lang: Lang) -> str:
    counts = [(colour, sum(each == colour for each in verdicts.values())) for colour in VERDICTS]
    return " ".join(f"{_word(colour, lang)} {count}" for colour, count in counts if count)


def _word(colour: str, lang: Lang) -> str:
    return VERDICTS[colour].word if lang == "th" else ENGLISH[colour]


def _listed(what: str, unit: str, codes: Sequence[str], lang: Lang) -> list[str]:
    if not codes:
        return []
    named = ", ".join(f"{code} {areas.district_name(code, lang)}" for code in codes[:MOST_NAMED])
    return [f"{what} {len(codes)} {unit}: {named}{_more(len(codes), lang)}"]


def _more(count: int, lang: Lang) -> str:
    left = count - MOST_NAMED
    if left <= 0:
        return ""
    return f" และอีก {left} อำเภอ" if lang == "th" else f" and {left} more"


def _turned(happened: Happened, lang: Lang) -> list[str]:
    lines = []
    if happened.province:
        lead = "สีของจังหวัด" if lang == "th" else "Province"
        lines.append(f"{lead}: {_arrow(happened.province, lang)}")
    if happened.districts:
        shown = ", ".join(
            f"{one.code} {areas.district_name(one.code, lang)} {_arrow(one, lang)}"
            for one in happened.districts[:MOST_NAMED]
        )
        count = len(happened.districts)
        lead = f"เปลี่ยนสี {count} อำเภอ" if lang == "th" else f"{count} districts changed colour"
        lines.append(f"{lead}: {shown}{_more(count, lang)}")
    return lines


def _arrow(change: Change, lang: Lang) -> str:
    return f"{_word(change.before, lang)} → {_word(change.after, lang)}"
