"""The three lists that are never mixed, each on its own sheet, and what each rule decided.

Below the income line, failing an indicator, cannot be assessed: three meanings, so every sheet says its own
definition and what it counts (households or persons) before its first number. Kept out: any judgement; the
states come from `rules.below_line` and the counts from the indicators as they are.
"""

from typing import Any

import polars as pl

from reports.contents import DistrictReport
from reports.district_counts import (
    BELOW,
    FAILING,
    UNASSESSED,
    below_definition,
    households_and_persons,
    rule_outcomes,
)
from reports.district_places import in_visit_order, village_of
from reports.district_workbook_looks import Book
from reports.district_workbook_table import Column, write_table
from reports.safe_text import printable
from reports.words import UNITS, share_text
from schemas import code_lists

RULES_SHEET = "ผลรายข้อตรวจ"

_PLACE = (
    Column("ตำบล", 22),
    Column("หมู่", 7, "count"),
    Column("หมู่บ้าน", 22),
    Column("บ้านเลขที่", 13, "id"),
    Column("รหัสครัวเรือน", 22, "id"),
)
_INCOME = (
    Column("สมาชิก (คน)", 13, "count"),
    Column("รายได้ครัวเรือน (บาทต่อปี)", 19, "count"),
    Column("เฉลี่ยต่อคน (บาทต่อปี)", 19, "count"),
    Column("ต่ำกว่าเกณฑ์ (บาทต่อคนต่อปี)", 19, "count"),
    Column("แหล่งรายได้ที่ไม่ได้กรอก (จาก 4)", 19, "count"),
)
_WHY_NOT = (Column("สมาชิก (คน)", 13, "count"), Column("ทำไมจึงประเมินไม่ได้", 44))
_INDICATOR = (
    Column("ข้อที่", 8, "count"),
    Column("ตัวชี้วัด", 62),
    Column("มิติ", 20),
    Column("หน่วยนับ", 13),
    Column("ผ่าน", 12, "count"),
    Column("ไม่ผ่าน", 12, "count"),
    Column("ร้อยละไม่ผ่าน", 14, "share"),
    Column("ไม่เข้าข่าย", 13, "count"),
    Column("ไม่ได้ตอบ", 13, "count"),
)
_RULE = (
    Column("ข้อตรวจ", 11),
    Column("เรื่องที่ตรวจ", 58),
    Column("ระดับ", 22, "severity"),
    Column("หน่วยนับ", 13),
    Column("ถูกต้อง", 12, "count"),
    Column("ไม่ถูกต้อง", 12, "count"),
    Column("บอกไม่ได้", 12, "count"),
    Column("ไม่เข้าข่าย", 13, "count"),
    Column("ยืนยันแล้ว", 13, "count"),
    Column("ตรวจไม่สำเร็จ", 14, "count"),
)


def write_below(book: Book, report: DistrictReport) -> None:
    """Sheet of the households below the income line."""
    rows = _households(report, "below")
    definition = f"นิยาม: {below_definition(report)} คิดจากรายได้ทั้ง 4 แหล่งรวมกัน หารด้วยสมาชิกทุกคนในบัญชีรายชื่อ"
    unit = f"หน่วยนับ: {_unit(report, 'below')}"
    note = " • เฉลี่ยต่อคนปัดเศษลงเพื่อแสดงเท่านั้น การตัดสินไม่ปัดเศษ"
    line = report.income_line.baht
    table = [(*_place(row), *_income(row, line)) for row in rows]
    title = f"อำเภอ{report.district_name}: ครัวเรือนรายได้ต่ำกว่าเกณฑ์ จปฐ."
    write_table(book, BELOW, title, (definition, unit + note), _PLACE + _INCOME, table)


def write_unassessed(book: Book, report: DistrictReport) -> None:
    """Sheet of the households whose income cannot be assessed: unknown, not poor."""
    rows = _households(report, "not_assessable")
    definition = "นิยาม: ข้อมูลรายได้หรือรายชื่อไม่พอจะตัดสิน จึงไม่นับว่ายากจนและไม่นับว่าผ่าน ต้องเก็บข้อมูลเพิ่ม"
    unit = f"หน่วยนับ: {_unit(report, 'not_assessable')}"
    table = [(*_place(row), row["members"], why_unassessed(row)) for row in rows]
    title = f"อำเภอ{report.district_name}: ครัวเรือนที่ประเมินรายได้ไม่ได้"
    write_table(book, UNASSESSED, title, (definition, unit), _PLACE + _WHY_NOT, table)


def write_indicators(book: Book, report: DistrictReport) -> None:
    """Sheet of the indicators: how many pass and fail, each in its own unit."""
    definition = "นิยาม: นับตามเกณฑ์ของตัวชี้วัดแต่ละข้อ ไม่เข้าข่ายไม่นับว่าไม่ผ่าน และไม่อยู่ในฐานของร้อยละ"
    unit = "หน่วยนับ: ตามช่อง “หน่วยนับ” ของแต่ละข้อ ครัวเรือนหรือคน รวมข้ามข้อกันไม่ได้"
    table = [_indicator(row) for row in report.indicators.iter_rows(named=True)]
    title = f"อำเภอ{report.district_name}: ผลตัวชี้วัด จปฐ. รายข้อ"
    write_table(book, FAILING, title, (definition, unit), _INDICATOR, table)


def write_rules(book: Book, report: DistrictReport) -> None:
    """Sheet of the rules: all six outcomes of each, so that nothing passes in silence."""
    definition = "ทุกข้อที่ตรวจคืนนี้ • บอกไม่ได้ = ข้อมูลว่างจนตัดสินไม่ได้ นับแยก ไม่ถือว่าถูก"
    unit = "หน่วยนับ: ระเบียนตามช่อง “หน่วยนับ” • ตรวจไม่สำเร็จ = ข้อตรวจขัดข้อง ไม่ได้แปลว่าข้อมูลถูก"
    table = [
        (rule.rule_id, rule.title, rule.severity, rule.unit, *rule.counts) for rule in rule_outcomes(report)
    ]
    title = f"อำเภอ{report.district_name}: ผลการตรวจรายข้อ {len(table):,} ข้อ"
    write_table(book, RULES_SHEET, title, (definition, unit), _RULE, table)


def why_unassessed(row: dict[str, Any]) -> str:
    """Reason a household's income cannot be assessed, for the person who collects it again."""
    if row["members"] is None:
        return "รหัสครัวเรือนซ้ำกันสองครัวเรือน จึงไม่รู้ว่าสมาชิกเป็นของครัวเรือนใด"
    if not row["members"]:
        return "ไม่มีรายชื่อสมาชิก จึงหารเฉลี่ยต่อคนไม่ได้"
    if row["missing_components"] == 4:
        return "ไม่ได้กรอกรายได้ทั้ง 4 แหล่ง"
    return "ข้อมูลรายได้ไม่ครบพอจะตัดสิน"


def _unit(report: DistrictReport, state: str) -> str:
    households, persons = households_and_persons(report, state)
    unknown = report.below_line.filter((pl.col("state") == state) & pl.col("members").is_null()).height
    # People nobody could count are not none.
    apart = f" (ไม่รวม {unknown:,} ครัวเรือนที่ไม่รู้จำนวนสมาชิก)" if unknown else ""
    return f"{households:,} ครัวเรือน มีสมาชิกรวม {persons:,} คน{apart}"


def _households(report: DistrictReport, state: str) -> list[dict[str, Any]]:
    chosen = report.below_line.filter(pl.col("state").cast(pl.String) == state)
    return in_visit_order(chosen, report.places)


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    village = village_of(row)
    return (
        village.tambon,
        village.number,
        village.name,
        printable(row["house_no"]),
        printable(row["household_id"]),
    )


def _income(row: dict[str, Any], line: int) -> tuple[Any, ...]:
    members, income = row["members"], row["income_baht"]
    each = None if not members or income is None else income // members
    short = None if each is None else line - each
    return members, income, each, short, row["missing_components"]


def _indicator(row: dict[str, Any]) -> tuple[Any, ...]:
    decided = row["passed"] + row["failed"]
    share = share_text(row["failed"] / decided, towards="ceil") if decided else "–"
    dimension = code_lists.load("dimension").label_th.get(row.get("dimension") or "", "–")
    counts = row["passed"], row["failed"], share, row["not_applicable"], row["unanswered"]
    return row["number"], row["name_th"], dimension, UNITS[row["unit"]], *counts
