import json
from datetime import date
from typing import Any

import polars as pl

from reports.contents import (
    INDICATORS,
    PEOPLE,
    PLACES,
    DistrictReport,
    FailedGate,
    IncomeLine,
    Quarantine,
    RuleText,
    Verdict,
)
from schemas.finding import Finding
from schemas.outcome import COUNTS

CANARY_ID = "3349900123451"
RULES = {
    "PE001": ("must_fix", "person", "national_id", "เลขประจำตัวประชาชนไม่ผ่านหลักตรวจสอบ"),
    "WK003": ("must_explain", "person", "occupation|education", "รับราชการแต่การศึกษาไม่ถึงมัธยมต้น"),
    "HE018": ("watch", "household", "member_count", "จำนวนสมาชิกผิดสังเกต"),
}
VALUES = {
    "national_id": "3-xxxx-xxxxx-45-x",
    "occupation": "รับราชการ",
    "education": None,
    "member_count": "11",
}


def finding(
    number: int, rule_id: str, household: str | None, member: int | None, **other: Any
) -> dict[str, Any]:
    severity, level, fields, title = RULES[rule_id]
    values = {name: VALUES[name] for name in fields.split("|")}
    row = {
        "finding_id": f"{number:016x}",
        "rule_id": rule_id,
        "rule_name": rule_id.lower(),
        "severity": severity,
        "level": level,
        "round_year_be": 2569,
        "district_code": "3425",
        "tambon_code": household and household[:6],
        "village_no": household and int(household[6:8]),
        "household_id": household,
        "member_no": member,
        "fields": fields,
        "values": json.dumps(values, ensure_ascii=False),
        "message_th": title,
        "message_en": "x",
        "fix_th": "ถามเจ้าตัวแล้วแก้ช่องที่ผิด",
        "fix_en": "x",
        "delivery_id": "ab12cd34ef56",
        "source_row": number + 2,
    }
    return row | other


def district(findings: list[dict[str, Any]], **other: Any) -> DistrictReport:
    """District สิรินธร with two villages of two houses each."""
    places = [
        ("34250403001", "นิคมสร้างตนเองลำโดมน้อย", 3, "บ้านคำน้ำแซบ", "12/1"),
        ("34250403002", "นิคมสร้างตนเองลำโดมน้อย", 3, "คำน้ำแซบ", "9"),
        ("34250110003", "คันไร่", 10, "บ้านโนนสว่าง", "101"),
        ("34250110004", "คันไร่", 10, "บ้านโนนสว่าง", "12"),
    ]
    below = [
        ("34250403001", "342504", 2, 79_999, 1, "below"),
        ("34250403002", "342504", 3, None, 4, "not_assessable"),
        ("34250110003", "342501", 4, 160_000, 0, "above"),
    ]
    outcomes = [(rule_id, "3425", 9, 2, 1, 3, 0, 0) for rule_id in RULES]
    people = [("34250403001", 2, "นางสุดารัตน์ บุญประเสริฐ", CANARY_ID)]
    report = {
        "round_year_be": 2569,
        "province_name": "อุบลราชธานี",
        "district_code": "3425",
        "district_name": "สิรินธร",
        "night": date(2026, 6, 29),
        "deadline": date(2026, 7, 3),
        "run_id": "2569-2026-06-29",
        "verdict": Verdict(colour="green"),
        "income_line": IncomeLine(baht=40_000),
        "quality": {"households": 4, "persons": 11, "completeness_share": 0.9999},
        "outcomes": pl.DataFrame(outcomes, ["rule_id", "district_code", *COUNTS], orient="row"),
        "findings": pl.DataFrame(findings, schema=finding_schema(), orient="row"),
        "places": pl.DataFrame(places, schema=PLACES, orient="row"),
        "people": pl.DataFrame(people, schema={**PEOPLE, "national_id": pl.String}, orient="row"),
        "below_line": pl.DataFrame(
            below,
            ["household_id", "tambon_code", "members", "income_baht", "missing_components", "state"],
            orient="row",
        ),
        "indicators": pl.DataFrame(
            [("income", 22, "รายได้เฉลี่ย", "household", "income", 1, 1, 0, 1, 0)],
            schema=INDICATORS,
            orient="row",
        ),
        "receipt": ({"file": "คน.csv", "sha256": "9f2c7a61b0e4d8a3", "rows": 11},),
        "rule_texts": {
            rule_id: RuleText(
                rule_id=rule_id,
                name="x",
                title_th=title,
                title_en="x",
                severity=severity,
                fix_th="",
                level=level,
            )
            for rule_id, (severity, level, _, title) in RULES.items()
        },
        "office": "สำนักงานพัฒนาชุมชนจังหวัดอุบลราชธานี",
    }
    return DistrictReport(**{**report, **other})


def finding_schema() -> dict[str, Any]:
    return {name: column.dtype.type for name, column in Finding.to_schema().columns.items()}


def three_findings() -> DistrictReport:
    gate = FailedGate(
        measure="must_explain_share",
        th="รายการที่ต้องอธิบายมีมากเกินไป",
        en="x",
        found=0.02041,
        threshold=0.02,
        severity="warning",
    )
    return district(
        [
            finding(1, "WK003", "34250403001", 2),
            finding(2, "PE001", "34250403001", 2),
            finding(3, "HE018", "34250110003", None),
        ],
        verdict=Verdict(colour="orange", failed_gates=(gate,)),
    )


def many_findings(count: int) -> DistrictReport:
    rules, houses = list(RULES), [f"342501{number % 20 + 1:02d}{number:05d}" for number in range(count)]
    rows = [finding(n, rules[n % 3], houses[n], 1 if n % 3 < 2 else None) for n in range(count)]
    places = [(key, "คันไร่", int(key[6:8]), f"บ้านหนองไผ่ {key[6:8]}", f"{n}/2") for n, key in enumerate(houses)]
    people = [(key, 1, f"นายทองใบ มั่นคง {n}") for n, key in enumerate(houses)]
    return district(
        rows,
        places=pl.DataFrame(places, schema=PLACES, orient="row"),
        people=pl.DataFrame(people, schema=PEOPLE, orient="row"),
    )


def quarantined() -> DistrictReport:
    trouble = Quarantine(
        th="ไฟล์คนไม่มีคอลัมน์รหัสครัวเรือน",
        en="The member file has no household key.",
        todo_th="ส่งออกไฟล์ใหม่โดยเลือกรหัสครัวเรือนด้วย",
        file="คน.csv",
        row=4,
    )
    return district([], quarantine=trouble, verdict=Verdict(colour="red"))
