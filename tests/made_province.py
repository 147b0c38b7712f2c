from datetime import date
from typing import Any

import polars as pl

from reports.contents import (
    INDICATORS,
    RULES,
    BelowLineTotals,
    Colour,
    DistrictRow,
    IncomeLine,
    Input,
    ProvinceReport,
    Verdict,
)
from reports.tile_map import grid
from schemas import areas

UNREAD = "3403"
REASON = "ไม่พบคอลัมน์เลขประจำตัวประชาชนในไฟล์ khongchiam_member.csv"
COLOURS: tuple[Colour, ...] = ("red", "orange", "yellow", "green")


def district(place: int, code: str, **changes: Any) -> DistrictRow:
    colour = COLOURS[place % 4]
    must_fix = {"red": 100 + place, "orange": 10, "yellow": 0, "green": 0}[colour]
    must_explain = {"red": 200, "orange": 40 + place, "yellow": 1 + place, "green": 0}[colour]
    counts: dict[str, Any] = {
        "households": 9_000 + 17 * place,
        "persons": 28_000 + 53 * place,
        "must_fix": must_fix,
        "must_explain": must_explain,
        "watch": 3 * place,
        "left": must_fix + must_explain,
        "change": (place % 3 - 1) * 7,
        "below_line": 20 + place,
        "not_assessable": place,
        "not_collected": 5,
        "below_line_persons": 90 + place,
        "not_assessable_persons": 2 * place,
        "failing_households": 700 + place,
        "failing_persons": 2_500 + place,
    }
    if code == UNREAD:
        counts = {name: None if name == "change" else 0 for name in counts}
        counts |= {"is_quarantined": True, "reason_th": REASON}
        colour = "red"
    values = {
        "code": code,
        "name": areas.district_name(code, "th"),
        "verdict": Verdict(colour=colour),
        "target": 9_500,
        "received": date(2026, 6, 20 + place % 9),
        **counts,
    }
    return DistrictRow(**values | changes)


def rule(rule_id: str, severity: str, violated: int, **changes: Any) -> dict[str, Any]:
    return {
        "rule_id": rule_id, "title_th": f"อายุกับอาชีพไม่สอดคล้องกัน {rule_id}", "severity": severity,
        "level": "person", "violated": violated, "cannot_tell": 41, "denominator": 700_123, "waived": 0,
        "error": 0, **changes,
    }  # fmt: skip


def indicator(slug: str, dimension: str, passed: int, failed: int, **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug, "number": None, "name_th": "ครัวเรือนมีน้ำใช้เพียงพอตลอดปี อย่างน้อยคนละ 45 ลิตรต่อวัน",
        "unit": "household", "dimension": dimension, "passed": passed, "failed": failed, "not_applicable": 0,
        "unanswered": 0, "inconsistent": 0, **changes,
    }  # fmt: skip


def some_rules() -> pl.DataFrame:
    rows = [
        rule("WK003", "must_explain", 512),
        rule("ID002", "must_fix", 1_234, denominator=701_555),
        rule("IN004", "watch", 9_876, level="household"),
        rule("ST003", "must_fix", 7, level="delivery", denominator=None, cannot_tell=0),
        rule("AG001", "must_fix", 0),
        rule("HE001", "must_fix", 0, denominator=0),
    ]
    return pl.DataFrame(rows, schema=RULES)


def some_indicators() -> pl.DataFrame:
    rows = [
        indicator("birth_weight", "health", 16_530, 37, unit="person"),
        indicator("self_care", "health", 8_000, 0, number=8),
        indicator("domestic_water", "living", 3_481_451, 38, unanswered=12),
        indicator("literacy_numeracy", "education", 0, 0),
    ]
    return pl.DataFrame(rows, schema=INDICATORS)


def province(**changes: Any) -> ProvinceReport:
    codes = areas.district_codes()
    values: dict[str, Any] = {
        "round_year_be": 2569,
        "province_code": "34",
        "province_name": "อุบลราชธานี",
        "night": date(2026, 6, 29),
        "deadline": date(2026, 7, 15),
        "run_id": "2569-2026-06-29",
        "run_hash": "a41c9e02bb17c0de" * 4,
        "districts": tuple(district(place, code) for place, code in enumerate(codes)),
        "below_line": BelowLineTotals(
            line=IncomeLine(baht=40_000),
            below_households=777, below_persons=2_468, above_households=218_000, above_persons=680_000,
            not_assessable_households=298, not_assessable_persons=596,
        ),
        "rules": some_rules(),
        "indicators": some_indicators(),
        "tile_grid": grid(areas.tile_grid()),
        "inputs": tuple(
            Input(district=code, file=f"{code}_members.csv", sha256=f"{code}{'ab12cd' * 10}", rows=28_053)
            for code in codes
        ),
        "office": "สำนักงานพัฒนาชุมชนจังหวัดอุบลราชธานี",
        "versions": {"polars": "2.1.0", "typst": "0.15.2"},
    }  # fmt: skip
    return ProvinceReport(**values | changes)
