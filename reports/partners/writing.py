"""An export written for everybody: CSV (UTF-8 with its mark), XLSX, Parquet, and the schema beside as JSON.

The same frame gives the same bytes. Text is never a formula: a CSV cell that a spreadsheet would run gets an
apostrophe before it, and a workbook's cells are written as text. Ids are text in XLSX and Parquet and quoted
in CSV; what Excel makes of a CSV that is opened with a double click nobody can tell a CSV, so the schema
sends readers with Excel to the XLSX.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.partners.exports import About, Column, Export, as_json
from reports.safe_text import printable
from schemas.thai import thai_date

FORMATS = ("csv", "xlsx", "parquet")
# The row of headings included.
MOST_ROWS = 1_048_576
FONT, SIZE, HEAD, LINE = "TH SarabunPSK", 14, "#173f5f", "#c9d1da"
DATA_SHEET, SCHEMA_SHEET = "ข้อมูล", "คำอธิบาย"
_RUNS = "^[=+\\-@\\t\\r\\n]"
_WIDTHS = {"id": 19, "text": 44, "choice": 19, "number": 13, "flag": 13}


def write(
    frame: pl.DataFrame,
    export: Export,
    about: About,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    name: str = "",
) -> list[Path]:
    """Write ``frame`` in those formats and its schema into ``folder``; returns what was written.

    File names hold ``name`` (default: the export's), round and night. Raises ValueError for a frame that is
    not the export's, or has more rows than a sheet of Excel takes (leave xlsx out), OSError for what cannot
    be written.
    """
    fitted = export.fitted(frame)
    if "xlsx" in formats and fitted.height >= MOST_ROWS:
        raise ValueError(f"a sheet takes {MOST_ROWS - 1} rows, these are {fitted.height}")
    folder.mkdir(parents=True, exist_ok=True)
    schema = json.dumps(as_json(export, about), ensure_ascii=False, indent=1) + "\n"
    base = f"{name or export.name}-{about.run_id}"
    written = []
    for kind in formats:
        path = folder / f"{base}.{kind}"
        if kind == "csv":
            write_csv(fitted, path)
        elif kind == "xlsx":
            write_workbook(fitted, export, about, path)
        else:
            fitted.write_parquet(path, metadata={"jpt.schema": schema})
        written.append(path)
    beside = folder / f"{base}.schema.json"
    beside.write_text(schema, encoding="utf-8", newline="\n")
    return [*written, beside]


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Every text in quotes, headings too; empty where there is nothing; lines end as Excel's do."""
    text = frame.with_columns(_harmless(name) for name, dtype in frame.schema.items() if dtype == pl.String)
    told = text.write_csv(quote_style="non_numeric", line_terminator="\r\n")
    path.write_text(told, encoding="utf-8-sig", newline="")


def write_workbook(frame: pl.DataFrame, export: Export, about: About, path: Path) -> None:
    """The data on one sheet, what its columns mean on the other."""
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    base = {"default_format_properties": {"font_name": FONT, "font_size": SIZE}}
    book = xlsxwriter.Workbook(str(path), {**safe, **base})
    day = datetime(about.night.year, about.night.month, about.night.day)
    book.set_properties({"title": f"{export.title.th} {about.round_year_be}", "created": day})
    looks = {name: book.add_format(look) for name, look in _looks().items()}
    _write_data(book.add_worksheet(DATA_SHEET), frame, export, looks)
    _write_schema(book.add_worksheet(SCHEMA_SHEET), export, about, looks)
    book.close()


def _harmless(name: str) -> pl.Expr:
    text = pl.col(name)
    return pl.when(text.str.contains(_RUNS)).then(pl.lit("'") + text).otherwise(text).alias(name)


def _looks() -> Mapping[str, Mapping[str, Any]]:
    type_ = {"font_name": FONT, "font_size": SIZE, "valign": "top"}
    cell = {**type_, "border": 1, "border_color": LINE}
    white = {"bold": True, "font_color": "#ffffff", "bg_color": HEAD, "text_wrap": True, "valign": "vcenter"}
    return {
        "head": {**type_, **white, "align": "center", "border": 1, "border_color": "#ffffff"},
        "text": {**cell, "num_format": "@"},
        "wrapped": {**cell, "num_format": "@", "text_wrap": True},
        "number": {**cell, "num_format": "#,##0", "align": "right"},
        "title": {**type_, "bold": True, "font_size": 20, "font_color": HEAD},
        "plain": type_,
    }


def _write_data(sheet: Worksheet, frame: pl.DataFrame, export: Export, looks: Mapping[str, Format]) -> None:
    _set_up(sheet)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 48)
    for place, column in enumerate(export.columns):
        sheet.set_column(place, place, _WIDTHS[column.kind])
        sheet.write_string(0, place, column.name, looks["head"])
        is_number = column.kind in {"number", "flag"}
        look = looks["number" if is_number else "wrapped" if column.kind == "text" else "text"]
        for row, value in enumerate(frame.get_column(column.name), 1):
            if value is None:
                sheet.write_blank(row, place, None, look)
            elif is_number:
                sheet.write_number(row, place, value, look)
            else:
                sheet.write_string(row, place, "\n".join(map(printable, value.split("\n"))), look)
    sheet.autofilter(0, 0, max(frame.height, 1), len(export.columns) - 1)
    # Ids are text on purpose; no green corners over them.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.repeat_rows(0)


def _write_schema(sheet: Worksheet, export: Export, about: About, looks: Mapping[str, Format]) -> None:
    _set_up(sheet)
    sheet.write_string(0, 0, export.title.th, looks["title"])
    year = about.round_year_be
    told = [
        export.title.en,
        f"รอบ {year} ข้อมูล ณ {thai_date(about.night)} · round {year}, night {about.night}",
        f"ชุดกฎ · rule set: {about.rules_sha256}",
        f"แถวละ: {export.row.th} · a row is {export.row.en}",
        *(f"• {note.th} · {note.en}" for note in export.notes),
    ]
    for row, line in enumerate(told, 1):
        sheet.write_string(row, 0, line, looks["plain"])
    head = ("column", "type", "หน่วย", "unit", "คำอธิบาย", "description", "values", "status", "source")
    at = len(told) + 2
    for place, (name, width) in enumerate(zip(head, (24, 9, 12, 12, 46, 46, 26, 11, 30), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(at, place, name, looks["head"])
    for row, column in enumerate(export.columns, at + 1):
        for place, text in enumerate(_described(column)):
            sheet.write_string(row, place, text, looks["wrapped"])
        lines = max(len(column.text.th) // 48, len(column.text.en) // 50, len(column.values)) + 1
        sheet.set_row(row, 21 * lines)


def _described(column: Column) -> tuple[str, ...]:
    unit = (column.unit.th, column.unit.en) if column.unit else ("", "")
    kind = "integer" if column.kind in {"number", "flag"} else "text"
    values = "\n".join(column.values)
    return (column.name, kind, *unit, column.text.th, column.text.en, values, column.status, column.source)


def _set_up(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_default_row(22)
