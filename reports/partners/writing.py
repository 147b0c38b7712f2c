"""An export written for everybody: CSV (UTF-8 with its mark), XLSX, Parquet, and the schema beside as JSON.

The same frame gives the same bytes. Text is never a formula: a CSV cell that a spreadsheet would run gets an
apostrophe before it, and a workbook's cells are written as text. Ids are text in XLSX and Parquet and quoted
in CSV; what Excel makes of a CSV that is opened with a double click nobody can tell a CSV, so the schema
sends readers with Excel to the XLSX.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.partners.exports import About, Column, Export, as_json
from reports.partners.locked import LEAST_LETTERS, WeakPasswordError, write_locked
from reports.safe_text import printable
from reports.sizing import line_count, row_points
from schemas.thai import thai_date

FORMATS = ("csv", "xlsx", "parquet")
# The row of headings included.
MOST_ROWS = 1_048_576
FONT, SIZE, HEAD, LINE = "TH SarabunPSK", 14, "#173f5f", "#c9d1da"
DATA_SHEET, SCHEMA_SHEET = "ข้อมูล", "คำอธิบาย"
_RUNS = "^[=+\\-@\\t\\r\\n]"
NUMBERS = ("number", "ordinal", "flag")
_LEAST_WIDTH, _MOST_WIDTH = 9, 56
_SCHEMA_WIDTHS = (26, 9, 13, 13, 46, 46, 26, 12, 30)


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
    base = f"{name or export.name}-{about.run_id}"
    written = []
    for kind in formats:
        path = folder / f"{base}.{kind}"
        if kind == "csv":
            write_csv(fitted, path)
        elif kind == "xlsx":
            write_workbook(fitted, export, about, path)
        else:
            fitted.write_parquet(path, metadata={"jpt.schema": _schema(export, about)})
        written.append(path)
    return [*written, _write_schema_beside(export, about, folder / f"{base}.schema.json")]


def write_encrypted(
    frame: pl.DataFrame, export: Export, about: About, folder: Path, name: str, password: str
) -> list[Path]:
    """Like ``write``, as one encrypted workbook beside its schema; nothing is ever written in the clear.

    Raises WeakPasswordError before anything is written.
    """
    clear = BytesIO()
    write_workbook(export.fitted(frame), export, about, clear)
    if len(password) < LEAST_LETTERS:
        raise WeakPasswordError
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{about.run_id}.xlsx"
    write_locked(clear.getvalue(), path, password)
    return [path, _write_schema_beside(export, about, folder / f"{name}-{about.run_id}.schema.json")]


def _write_schema_beside(export: Export, about: About, path: Path) -> Path:
    path.write_text(_schema(export, about), encoding="utf-8", newline="\n")
    return path


def _schema(export: Export, about: About) -> str:
    return json.dumps(as_json(export, about), ensure_ascii=False, indent=1) + "\n"


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Every text in quotes, headings too; empty where there is nothing; lines end as Excel's do."""
    text = frame.with_columns(_harmless(name) for name, dtype in frame.schema.items() if dtype == pl.String)
    told = text.write_csv(quote_style="non_numeric", line_terminator="\r\n")
    path.write_text(told, encoding="utf-8-sig", newline="")


def write_workbook(frame: pl.DataFrame, export: Export, about: About, path: Path | BytesIO) -> None:
    """The data on one sheet, what its columns mean on the other."""
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    base = {"default_format_properties": {"font_name": FONT, "font_size": SIZE}}
    memory = {"in_memory": isinstance(path, BytesIO)}
    book = xlsxwriter.Workbook(path if isinstance(path, BytesIO) else str(path), {**safe, **base, **memory})
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
    cell = {**type_, "border": 1, "border_color": LINE, "indent": 1}
    white = {"bold": True, "font_color": "#ffffff", "bg_color": HEAD, "text_wrap": True, "valign": "vcenter"}
    return {
        "head": {**type_, **white, "align": "center", "border": 1, "border_color": "#ffffff"},
        "text": {**cell, "num_format": "@"},
        "wrapped": {**cell, "num_format": "@", "text_wrap": True},
        "number": {**cell, "num_format": "#,##0", "align": "right"},
        "ordinal": {**cell, "num_format": "0", "align": "right"},
        "title": {**type_, "bold": True, "font_size": 20, "font_color": HEAD},
        "plain": {**type_, "text_wrap": True},
    }


def _write_data(sheet: Worksheet, frame: pl.DataFrame, export: Export, looks: Mapping[str, Format]) -> None:
    _set_up(sheet)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 30)
    widths = {column.name: _width(column, frame.get_column(column.name)) for column in export.columns}
    for place, column in enumerate(export.columns):
        sheet.set_column(place, place, widths[column.name])
        sheet.write_string(0, place, column.name, looks["head"])
        _write_column(sheet, place, column, frame.get_column(column.name), looks)
    told = [column.name for column in export.columns if column.kind == "text"]
    for at, row in enumerate(frame.select(told).iter_rows(named=True), 1):
        lines = (line_count(text, widths[name], SIZE) for name, text in row.items() if text)
        if (most := max(lines, default=1)) > 1:
            # One line more: an office without the font draws a wider one.
            sheet.set_row(at, row_points(most + 1, SIZE))
    sheet.autofilter(0, 0, max(frame.height, 1), len(export.columns) - 1)
    # Ids are text on purpose; no green corners over them.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.repeat_rows(0)


def _write_column(
    sheet: Worksheet, place: int, column: Column, values: pl.Series, looks: Mapping[str, Format]
) -> None:
    names = {"number": "number", "flag": "number", "ordinal": "ordinal", "text": "wrapped"}
    look = looks[names.get(column.kind, "text")]
    for row, value in enumerate(values, 1):
        if value is None:
            sheet.write_blank(row, place, None, look)
        elif column.kind in NUMBERS:
            sheet.write_number(row, place, value, look)
        else:
            sheet.write_string(row, place, "\n".join(map(printable, value.split("\n"))), look)


def _width(column: Column, values: pl.Series) -> int:
    """Room for the heading and the longest line."""
    lines = values.cast(pl.String).drop_nulls().str.split("\n").explode()
    longest = lines.str.len_chars().max() or 0
    return min(max(int(str(longest)) + 3, len(column.name) + 2, _LEAST_WIDTH), _MOST_WIDTH)


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
    sheet.set_row(0, 34)
    for row, line in enumerate(told, 1):
        sheet.merge_range(row, 0, row, len(_SCHEMA_WIDTHS) - 1, "", looks["plain"])
        sheet.write_string(row, 0, line, looks["plain"])
        sheet.set_row(row, row_points(line_count(line, sum(_SCHEMA_WIDTHS), SIZE), SIZE))
    head = ("column", "type", "หน่วย", "unit", "คำอธิบาย", "description", "values", "status", "source")
    at = len(told) + 2
    for place, (name, width) in enumerate(zip(head, _SCHEMA_WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(at, place, name, looks["head"])
    for row, column in enumerate(export.columns, at + 1):
        for place, text in enumerate(_described(column)):
            sheet.write_string(row, place, text, looks["wrapped"])
        cells = zip(_described(column), _SCHEMA_WIDTHS, strict=True)
        most = max(line_count(text, width, SIZE) for text, width in cells)
        sheet.set_row(row, row_points(most, SIZE) + 6)


def _described(column: Column) -> tuple[str, ...]:
    unit = (column.unit.th, column.unit.en) if column.unit else ("", "")
    kind = "integer" if column.kind in NUMBERS else "text"
    values = "\n".join(column.values)
    return (column.name, kind, *unit, column.text.th, column.text.en, values, column.status, column.source)


def _set_up(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_default_row(22)
