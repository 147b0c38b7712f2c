"""What the certification summary says, page by page, as plain data for templates/summary.typ.

Every number is already text here, in the numerals of the paper; the template only places it. Whole sentences
are translated to Thai numerals, keys that people search for (rule ids, file names, hashes, run id) never.
Kept out: fonts and PDF settings (`reports.summary`), the tables (`reports.summary_tables`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports import cannot_see, summary_tables
from reports.contents import ProvinceReport
from reports.observations import observations
from reports.standing import COLOURS, Totals, change_text, recorded_text, sentence, total
from reports.tile_map import Tile, spoken, tiles
from reports.words import VERDICTS, Look, count_text, share_text
from schemas.thai import thai_date, thai_digits

# Keys whose text stays in Arabic digits: staff search for it, or the template computes with it.
AS_WRITTEN = frozenset(
    {"rule_id", "file", "sha256", "run", "versions", "fill", "ink", "sign", "emblem", "night"}
)

_WORD = re.compile("[0-9A-Za-z_./-]+")

# Posts on the certificate. The chair and the secretary are the ones named in published meetings.
SIGNERS = (
    ("ผู้จัดทำรายงาน", "เจ้าหน้าที่ผู้รับผิดชอบข้อมูล จปฐ. จังหวัด"),
    ("คณะทำงาน", "ผู้แทนส่วนราชการ"),
    ("คณะทำงาน", "ผู้แทนองค์กรปกครองส่วนท้องถิ่น"),
    ("คณะทำงานและเลขานุการ", "พัฒนาการจังหวัด"),
    ("ประธานคณะทำงาน", "รองผู้ว่าราชการจังหวัด"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What the office decides about the paper: who writes to whom, and in which numerals."""

    number: str = ""  # ที่: document number, filled in by hand when empty
    to: str = ""  # เรียน: the governor of the province when empty
    signer: tuple[str, str] = ("", "พัฒนาการจังหวัด")  # name (a dotted line when empty) and post
    signers: tuple[tuple[str, str], ...] = SIGNERS  # role and post, on the certificate
    emblem: Path | None = None  # PNG, JPEG or SVG without text; an empty slot of 1.5 cm when none
    thai_numerals: bool = True


def pages(province: ProvinceReport, letterhead: Letterhead) -> dict[str, Any]:
    """All text of the summary, JSON-able; `digits` tells the template which numerals page numbers use."""
    sums = total(province.districts)
    said = {
        "title": f"รายงานผลการตรวจสอบคุณภาพข้อมูล จปฐ. ปี {province.round_year_be} จังหวัด{province.province_name}",
        "author": province.office or f"จังหวัด{province.province_name}",
        "night": [province.night.year, province.night.month, province.night.day],
        "footer": f"ข้อมูล ณ คืนวันที่ {thai_date(province.night)}",
        "run": f"{province.run_id} / {province.run_hash[:12]}",
        "letter": _letter(province, sums, letterhead),
        "brief": _brief(province, sums),
        "districts": summary_tables.districts(province, sums),
        "rules": summary_tables.rules(province),
        "cannot_see": cannot_see.section(province.round_year_be),
        "indicators": summary_tables.indicators(province),
        "below": summary_tables.below(province),
        "annex": summary_tables.annex(province),
        "certificate": _certificate(province, sums, letterhead),
    }
    return {
        **_numerals(said, letterhead.thai_numerals),
        "digits": "๐๑๒๓๔๕๖๗๘๙" if letterhead.thai_numerals else "",
    }


def _numerals(value: Any, thai: bool) -> Any:
    if isinstance(value, str):
        return _WORD.sub(_thai_unless_latin, value) if thai else value
    if isinstance(value, Mapping):
        return {key: item if key in AS_WRITTEN else _numerals(item, thai) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_numerals(item, thai) for item in value]
    return value


def _thai_unless_latin(word: re.Match[str]) -> str:
    # 3401_hh.csv and WK003 are names to search for, wherever they stand; 94.91 is a number.
    return word.group() if re.search("[A-Za-z]", word.group()) else thai_digits(word.group())


def chip(look: Look) -> dict[str, str]:
    """A verdict as the template draws it: `sign` is a name, as the font has neither ✓ nor ✗."""
    sign = {"✗": "cross", "✓": "tick"}.get(look.sign, look.sign)
    return {
        "word": look.word,
        "sentence": look.sentence,
        "sign": sign,
        "fill": look.print_fill,
        "ink": look.ink,
    }


def completeness_text(sums: Totals) -> str:
    """The share of the target; a dash when there is none."""
    return "–" if sums.completeness is None else share_text(sums.completeness)


def _letter(province: ProvinceReport, sums: Totals, letterhead: Letterhead) -> dict[str, Any]:
    place = f"จังหวัด{province.province_name}"
    round_text = f"ข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี {province.round_year_be}"
    unread = (
        f" ทั้งนี้ยังอ่านไฟล์ไม่ได้ {len(sums.unread)} อำเภอ ตัวเลขข้างต้นจึงยังไม่รวมอำเภอดังกล่าว" if sums.unread else ""
    )
    recorded = f"บันทึกแล้ว {count_text(sums.households)} ครัวเรือน {count_text(sums.persons)} คน"
    if sums.target:
        apart = f" ติดตามแล้วแต่เก็บไม่ได้ {count_text(sums.not_collected)} ครัวเรือน" if sums.not_collected else ""
        recorded = (
            f"มีครัวเรือนเป้าหมาย {count_text(sums.target)} ครัวเรือน {recorded}{apart} "
            f"คิดเป็นร้อยละ {completeness_text(sums).rstrip('%')} ของเป้าหมาย"
        )
    return {
        "office": province.office,
        "number": letterhead.number,
        "date": thai_date(province.night),
        "subject": f"ขอให้พิจารณารับรองผลการตรวจสอบ{round_text}",
        "to": letterhead.to or f"ผู้ว่าราชการ{place}",
        "body": [
            f"ตามที่{place}ได้จัดเก็บ{round_text} และกำหนดให้อำเภอแก้ไขข้อมูลให้แล้วเสร็จภายใน"
            f"วันที่ {thai_date(province.deadline)} ก่อนการประชุมคณะทำงานรับรองข้อมูลระดับจังหวัด นั้น",
            f"ผลการตรวจสอบข้อมูล ณ คืนวันที่ {thai_date(province.night)} {recorded} "
            f"คงเหลือทั้งหมด {count_text(sums.left)} รายการ{change_text(sums)} ในจำนวนนี้เป็นรายการ"
            f"ที่ต้องแก้ก่อนรับรอง {count_text(sums.must_fix)} รายการ{unread} สถานะรายอำเภอดังนี้",
        ],
        "counts": [{**chip(VERDICTS[c]), "count": f"{sums.by_colour[c]} อำเภอ"} for c in reversed(COLOURS)],
        "closing": "จึงเรียนมาเพื่อโปรดพิจารณา รายละเอียดและข้อสังเกตที่ต้องตัดสินใจอยู่ในรายงานที่แนบ "
        "หากเห็นชอบขอได้โปรดนำเข้าที่ประชุมเพื่อลงนามในแบบรับรองท้ายรายงาน",
        "signer": list(letterhead.signer),
        "emblem": list(letterhead.emblem.read_bytes()) if letterhead.emblem else [],
    }


def _brief(province: ProvinceReport, sums: Totals) -> dict[str, Any]:
    said = sentence(province)
    cards = [
        (completeness_text(sums), recorded_text(sums), "#1f5f99"),
        (count_text(sums.must_fix), "รายการที่ต้องแก้ก่อนรับรอง", VERDICTS["red"].print_fill),
        (count_text(sums.must_explain), "รายการที่ต้องแก้หรือยืนยัน", VERDICTS["orange"].print_fill),
        (f"{sums.by_colour['green']} / {sums.districts}", "อำเภอที่พร้อมรับรอง", VERDICTS["green"].print_fill),
    ]
    return {
        "lead": said.lead,
        "rest": said.rest,
        "fill": VERDICTS[said.colour].print_fill,
        "cards": [{"value": value, "label": label, "fill": fill} for value, label, fill in cards],
        "tiles": [[_tile(tile) for tile in line] for line in tiles(province)],
        "spoken": spoken(province.districts),
        "legend": [{**chip(VERDICTS[c]), "count": str(sums.by_colour[c])} for c in COLOURS],
        "observations": [{"lead": point.lead, "text": point.text} for point in observations(province)],
    }


def _tile(tile: Tile | None) -> dict[str, str] | None:
    return None if tile is None else {**chip(tile.look), "name": tile.name, "note": tile.note}


def _certificate(province: ProvinceReport, sums: Totals, letterhead: Letterhead) -> dict[str, Any]:
    line = province.below_line
    numbers = [
        (
            "ครัวเรือนเป้าหมาย",
            count_text(sums.target) if sums.target else "ไม่ได้กำหนด",
            "ครัวเรือน" if sums.target else "",
        ),
        ("ครัวเรือนที่บันทึกแล้ว", count_text(sums.households), "ครัวเรือน"),
        ("ประชากรที่บันทึกแล้ว", count_text(sums.persons), "คน"),
        ("ครัวเรือนรายได้ต่ำกว่าเกณฑ์", count_text(line.below_households), "ครัวเรือน"),
        ("ครัวเรือนที่ประเมินรายได้ไม่ได้", count_text(line.not_assessable_households), "ครัวเรือน"),
        ("คงเหลือที่ต้องแก้ก่อนรับรอง", count_text(sums.must_fix), "รายการ"),
        ("คงเหลือที่ต้องแก้หรือยืนยัน", count_text(sums.must_explain), "รายการ"),
        ("รวมคงเหลือทั้งหมด", count_text(sums.left), "รายการ"),
        ("อำเภอที่ยังอ่านไฟล์ไม่ได้", count_text(len(sums.unread)), "อำเภอ"),
    ]
    return {
        "title": f"แบบรับรองข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี {province.round_year_be}",
        "place": f"จังหวัด{province.province_name}",
        "subject": f"ผลการตรวจสอบข้อมูล ณ คืนวันที่ {thai_date(province.night)}",
        "numbers": [list(row) for row in numbers],
        "signers": [list(signer) for signer in letterhead.signers],
    }
