"""Type, colours and page set-up of the district workbook: what every sheet of it shares.

The workbook only names TH SarabunPSK, which Thai office computers have; others substitute. Every text of data
goes in by `put`, which can only write strings, so a name that begins with "=" stays a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.sizing import line_count, row_points, sheet_name
from reports.words import SEVERITIES
from schemas.thai import thai_date

FONT = "TH SarabunPSK"
NAVY, INK, GREY, HAIRLINE, PALE, ANSWER, GOLD = (
    "#173f5f", "#1d2733", "#5a6675", "#c9d1da", "#eef2f6", "#fff8dc", "#7a5c00",
)  # fmt: skip
SIZE = 14
HEAD_ROW_POINTS = 26.0
_MAY_STILL = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
_MOST_LETTERS_OF_CELL = 32_767

Pairs = Sequence[tuple[str, str]]


@dataclass(slots=True)
class Book:
    """An open workbook with its formats (made once each) and its sheet names (unique)."""

    file: xlsxwriter.Workbook
    footer_left: str
    names: set[str] = field(default_factory=lambda: {"history"})  # Excel keeps "History" for itself
    _formats: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def look(self, **properties: Any) -> Format:
        """The format with these xlsxwriter properties over the base type."""
        base = {"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "vcenter"}
        key = tuple(sorted({**base, **properties}.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format(dict(key))
        return self._formats[key]

    def cell(self, **properties: Any) -> Format:
        """The look of a table's cell: hairlines, top-aligned, wrapped, a little room on the left."""
        lines = {"border": 1, "border_color": HAIRLINE}
        placed = {} if properties.get("align") == "center" else {"indent": 1, "align": "left"}
        return self.look(**{"valign": "top", "text_wrap": True, **lines, **placed, **properties})

    def number(self, **properties: Any) -> Format:
        """The look of a cell that holds a number: right-aligned, zero as a dash, never wrapped."""
        shown = {"align": "right", "num_format": '#,##0_);-#,##0_);"–"_)'}
        return self.cell(**{**shown, "indent": 0, "text_wrap": False, **properties})

    def head(self, **properties: Any) -> Format:
        """The look of a table's heading."""
        ground = {"bg_color": NAVY, "font_color": "#ffffff", "border": 1, "border_color": "#ffffff"}
        words = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
        return self.look(**{**ground, **words, **properties})

    def severity(self, severity: str, **properties: Any) -> Format:
        """The look of a severity's cell: pale ground, a thick edge of its colour, room for sign and word.

        Pale, because most rows of a long list share one severity and a column of solid red shouts.
        """
        shown = SEVERITIES[severity]
        ground = {"bg_color": shown.tint, "font_color": shown.deep, "bold": True}
        return self.cell(**{**ground, "left": 5, "left_color": shown.print_fill, **properties})

    def sheet(self, wanted: str, tab: str = NAVY, is_landscape: bool = True) -> Worksheet:
        """A new sheet, set up for A4 and protected so that only unlocked cells take typing."""
        sheet = self.file.add_worksheet(sheet_name(wanted, self.names))
        sheet.set_paper(9)
        if is_landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.65)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f'&L&"{FONT},Regular"&11 {self.footer_left}&R&"{FONT},Regular"&11 หน้า &P/&N')
        sheet.set_default_row(22)
        sheet.hide_gridlines(2)
        sheet.set_tab_color(tab)
        sheet.protect("", _MAY_STILL)
        # Ids and house numbers are text on purpose; no green corners over them.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet


def open_book(path: Path, night: date, round_year_be: int, district: str) -> Book:
    """Start a workbook whose bytes depend on the report alone: the time inside is the night's."""
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # Column widths count digits of the default font: with this one they do not hang on Calibri being there.
    base = {"default_format_properties": {"font_name": FONT, "font_size": SIZE}}
    file = xlsxwriter.Workbook(str(path), {**safe, **base})
    title = f"รายการตรวจข้อมูล จปฐ. ปี {round_year_be} อำเภอ{district}"
    file.set_properties({"title": title, "created": datetime(night.year, night.month, night.day)})
    file.set_calc_mode("auto")
    name = district.replace("&", "&&")[:60]
    about = f"จปฐ. ปี {round_year_be} อำเภอ{name} ข้อมูล ณ {thai_date(night)} • ข้อมูลส่วนบุคคล ห้ามเผยแพร่"
    return Book(file, about)


def put(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Write a text as a text, whatever it looks like."""
    if text:
        sheet.write_string(row, column, text[:_MOST_LETTERS_OF_CELL], look)
    else:
        sheet.write_blank(row, column, None, look)


def put_count(sheet: Worksheet, row: int, column: int, value: int | None, look: Format) -> None:
    """Write a number, or leave the cell empty when there is none."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_number(row, column, value, look)


def put_title(book: Book, sheet: Worksheet, title: str, about: str) -> None:
    """Title in the first row and one line about it in the second; both run over the empty cells beside."""
    sheet.set_row(0, 34)
    sheet.set_row(1, 22)
    put(sheet, 0, 0, title, book.look(font_size=20, bold=True, font_color=NAVY))
    put(sheet, 1, 0, about, book.look(font_color=GREY))


def row_height(texts: dict[int, str], widths: tuple[float, ...], bold: frozenset[int] = frozenset()) -> float:
    """Height of a row that shows all of `texts` (column -> text) in columns of these widths."""
    lines = (line_count(text, widths[column], SIZE, column in bold) for column, text in texts.items())
    return row_points(max(lines, default=1), SIZE)


def put_values(book: Book, sheet: Worksheet, row: int, column: int, found: Pairs, look: Format) -> None:
    """Write fields and the values found in them, the values in bold; laid out as `ListRow.found_text`."""
    if not found:
        sheet.write_blank(row, column, None, look)
        return
    plain, bold = book.look(), book.look(bold=True)
    gap = ": " if len(found) > 1 else "\n"
    parts: list[str | Format] = []
    for label, value in found:
        parts += [plain, ("\n" if parts else "") + label + gap, bold, value]
    sheet.write_rich_string(row, column, *parts, look)
