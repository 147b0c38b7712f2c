"""A plain table on a sheet of its own: title, two lines that say what is counted, headings, rows.

For the lists that are read and filtered, not answered. Kept out: what the columns mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from xlsxwriter.worksheet import Worksheet

from reports.district_workbook_looks import SIZE, Book, put, put_count, put_title, row_height
from reports.sizing import line_count, row_points
from reports.words import SEVERITIES

TABLE_TAB = "#2f7f79"
_HEAD_ROW = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: heading, width in Excel units, and what its cells hold."""

    title: str
    width: float
    kind: Literal["text", "id", "count", "share", "severity"] = "text"


def write_table(
    book: Book,
    name: str,
    title: str,
    about: tuple[str, str],
    columns: Sequence[Column],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Add a sheet with `rows`; an empty table says so in words instead of showing headings alone."""
    sheet = book.sheet(name, tab=TABLE_TAB)
    put_title(book, sheet, title, about[0])
    put(sheet, 2, 0, about[1], book.look(bold=True))
    link = book.look(font_color="#1f5f99", underline=1, align="right")
    sheet.write_url(0, len(columns) - 1, "internal:'อ่านก่อน'!A1", link, "← กลับหน้าแรก")
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        put(sheet, _HEAD_ROW, place, column.title, book.head())
    lines = max(line_count(column.title, column.width, SIZE, is_bold=True) for column in columns)
    sheet.set_row(_HEAD_ROW, row_points(lines, SIZE) + 4)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    if not rows:
        put(sheet, _HEAD_ROW + 1, 0, "ไม่มีรายการ", book.look(italic=True))
        return
    sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(rows), len(columns) - 1)
    widths = tuple(column.width for column in columns)
    for at, row in enumerate(rows, _HEAD_ROW + 1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _put_cell(book, sheet, at, place, column, value)
        texts = {place: value for place, value in enumerate(row) if isinstance(value, str)}
        sheet.set_row(at, row_height(texts, widths))


def _put_cell(book: Book, sheet: Worksheet, at: int, place: int, column: Column, value: Any) -> None:
    match column.kind:
        case "count":
            put_count(sheet, at, place, value, book.number())
        case "severity" if value:
            put(sheet, at, place, SEVERITIES[value].label, book.severity(value))
        case "id":
            put(sheet, at, place, value or "", book.cell(num_format="@"))
        case "share":
            put(sheet, at, place, value, book.cell(align="right", text_wrap=False))
        case _:
            put(sheet, at, place, value or "", book.cell())
