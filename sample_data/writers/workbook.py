"""The workbook an office makes by hand: titles, a two-row header with merged groups, Thai digits, a total.

Written row by row, so that memory stays flat; dates inside the file are fixed, so that its bytes are.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from sample_data.writers import headings
from sample_data.writers.tables import Extract, odd_rows, texts
from sample_data.writers.typing_style import THAI_DIGITS, Style
from schemas.areas import district_name
from schemas.dictionary import Column, columns
from schemas.layouts import MODELS, Table

STYLE = Style(thai_digits=True)
SHEETS: dict[Table, str] = {"household": "ครัวเรือน", "person": "สมาชิก"}
SAVED = datetime(2026, 11, 30)
BATCH = 4_000
TOTAL_NOTE = "แถวรวมท้ายตาราง"
"""Every workbook ends in a total row, which the night mentions (ST005)."""

GROUPS = {
    "household": (
        ("household_id", "ข้อมูลทั่วไป"),
        ("child_u1_count", "ด้านสุขภาพ"),
        ("housing_secure_1", "ด้านความเป็นอยู่"),
        ("child_3_5_count", "ด้านการศึกษา"),
        ("job_15_59_count", "ด้านรายได้"),
        ("nobody_drinks", "ด้านการเข้าถึงบริการ"),
        ("result_birth_weight", "ผลตัวชี้วัด"),
    ),
    "person": (("household_id", "ตัวบุคคล"), ("education", "สถานภาพ")),
}
"""The first column under each group heading."""


def write(extract: Extract, folder: Path) -> list[Path]:
    """One workbook with a sheet per table."""
    path = folder / f"jpt{extract.year}_{extract.district_code}.xlsx"
    options = {
        "constant_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": f"จปฐ. {extract.year}", "created": SAVED})
        group = book.add_format({"bold": True, "align": "center", "border": 1})
        money = book.add_format({"num_format": "#,##0"})
        for table, name in SHEETS.items():
            _sheet(book.add_worksheet(name), extract, table, group, money)
    return [path]


def _sheet(sheet: Any, extract: Extract, table: Table, group: Any, money: Any) -> None:
    frame = extract.homes if table == "household" else extract.people
    year = str(extract.year).translate(THAI_DIGITS)
    sheet.write_string(0, 0, f"ข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี {year}")
    sheet.write_string(1, 0, f"อำเภอ{district_name(extract.district_code)} จังหวัดอุบลราชธานี")
    _header(sheet, frame.columns, table, group)
    row = 5
    for text in _texts(frame, table, extract):
        known = [_cell(columns(MODELS[table]).get(name)) for name in text.columns]
        for values in text.iter_rows():
            _row(sheet, row, values, known, money)
            row += 1
    total = dict.fromkeys(frame.columns)
    total["household_id"] = "รวม"
    if table == "household":
        total["member_count"] = str(frame["member_count"].sum())
    _row(sheet, row, tuple(total.values()), [""] * len(total), money)


def _header(sheet: Any, names: list[str], table: Table, group: Any) -> None:
    starts = {names.index(first): title for first, title in GROUPS[table] if first in names}
    edges = [*sorted(starts), len(names)]
    for left, right in pairwise(edges):
        if right - left > 1:
            sheet.merge_range(3, left, 3, right - 1, starts[left], group)
        else:
            sheet.write_string(3, left, starts[left], group)
    for column, name in enumerate(names):
        sheet.write_string(4, column, headings.official(table, name), group)


def _texts(frame: pl.DataFrame, table: Table, extract: Extract) -> Iterator[pl.DataFrame]:
    for part in frame.iter_slices(BATCH):
        yield odd_rows(texts(part, table, STYLE, extract.cells), table, {})


def _cell(column: Column | None) -> str:
    """How a column's cells are stored: as numbers, as money, or as text (ids, codes, dates, Thai digits)."""
    if (
        column is None
        or column.kind not in ("number", "bool")
        or column.name in ("age", "village_no", "survey_year_be")
    ):
        return ""
    if column.name in ("latitude", "longitude"):
        return ""
    return "money" if column.unit == "baht" else "number"


def _row(sheet: Any, row: int, values: tuple[str | None, ...], known: list[str], money: Any) -> None:
    for column, (value, kind) in enumerate(zip(values, known, strict=True)):
        if value is None:
            continue
        if kind and value.isascii() and value.isdigit():
            sheet.write_number(row, column, int(value), money if kind == "money" else None)
        else:
            sheet.write_string(row, column, value)
