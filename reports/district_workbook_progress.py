"""Lower half of อ่านก่อน: the villages with links, counts and live progress, and what the counts come from.

The counts "ทำแล้ว" follow the answers typed in ทุกรายการ. They are the workbook's only formulas, and they name
cells, never data.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from reports import district_texts as texts
from reports.contents import DistrictReport
from reports.district_places import Village
from reports.district_rows import ListRow
from reports.district_workbook_front import LAST, heading, wide
from reports.district_workbook_list import DONE, HEAD_ROW, LIST_SHEET, MOO, NO_MOO, STATUS, TAMBON
from reports.district_workbook_lists import RULES_SHEET
from reports.district_workbook_looks import GREY, HEAD_ROW_POINTS, PALE, Book, put, put_count
from reports.words import SEVERITY_ORDER

_TITLES = ("หมู่บ้าน", "ตำบล", "หมู่", "ต้องแก้", "แก้หรือยืนยัน", "ควรตรวจดู", "รวม", "ทำแล้ว", "คืบหน้า")
_SUM, _DONE_COUNT = 6, 7
_LINK = {"font_color": "#1f5f99", "underline": 1}


def write_progress(
    book: Book,
    sheet: Worksheet,
    at: int,
    grouped: Mapping[Village, Sequence[ListRow]],
    names: Mapping[Village, str],
) -> int:
    """Table of the villages that have findings, and their total; returns the next free row."""
    at = heading(book, sheet, at, f"หมู่บ้านที่มีรายการ {len(grouped):,} แห่ง กดชื่อเพื่อเปิดแผ่นสำหรับพิมพ์")
    for column, title in enumerate(_TITLES):
        put(sheet, at, column, title, book.head())
    sheet.set_row(at, HEAD_ROW_POINTS)
    first, end = at + 1, at + 1 + len(grouped)
    listed = sum(len(rows) for rows in grouped.values())
    for row, (village, found) in enumerate(grouped.items(), first):
        _write_village(book, sheet, row, village, found, names[village], listed)
    _write_total(book, sheet, end, first, grouped)
    bar = {
        "type": "data_bar",
        "bar_color": "#7bb58b",
        "bar_solid": True,
        "min_type": "num",
        "max_type": "num",
    }
    sheet.conditional_format(first, LAST, end, LAST, {**bar, "min_value": 0, "max_value": 1})
    return end + 2


def write_checked(book: Book, sheet: Worksheet, at: int, report: DistrictReport) -> int:
    """What was checked tonight and from which files; returns the next free row."""
    at = heading(book, sheet, at, "ตรวจอะไรไปแล้ว")
    for label, value in texts.checked(report):
        put(sheet, at, 0, label, book.look(indent=1))
        put(sheet, at, 1, value, book.look(bold=True))
        at += 1
    sheet.write_url(at, 0, f"internal:'{RULES_SHEET}'!A1", book.look(indent=1, **_LINK), "ดูผลทุกข้อตรวจ")
    return write_files(book, sheet, at + 2, report)


def write_files(book: Book, sheet: Worksheet, at: int, report: DistrictReport) -> int:
    """The files as received, with the start of their fingerprint; returns the next free row."""
    if not report.receipt:
        return at
    at = heading(book, sheet, at, "ไฟล์ที่ได้รับ")
    for line in texts.files_received(report):
        at = wide(book, sheet, at, line)
    return wide(book, sheet, at, f"รอบการตรวจ {report.run_id}", font_color=GREY, font_size=12)


def _write_village(
    book: Book,
    sheet: Worksheet,
    at: int,
    village: Village,
    found: Sequence[ListRow],
    name: str,
    listed: int,
) -> None:
    number = book.number(valign="vcenter")
    sheet.write_url(
        at, 0, f"internal:'{name}'!A1", _cell(book, **_LINK), village.name or f"หมู่ที่ {village.number}"
    )
    put(sheet, at, TAMBON, village.tambon, _cell(book))
    if village.number is None:
        put(sheet, at, MOO, NO_MOO, _cell(book, align="center"))
    else:
        put_count(sheet, at, MOO, village.number, _cell(book, align="center"))
    by_severity = Counter(row.severity for row in found)
    for column, severity in enumerate(SEVERITY_ORDER, 3):
        put_count(sheet, at, column, by_severity[severity], number)
    put_count(sheet, at, _SUM, len(found), book.number(valign="vcenter", bold=True))
    _write_live(book, sheet, at, _done_formula(at, listed), number, {})


def _cell(book: Book, **properties: Any) -> Format:
    return book.cell(valign="vcenter", **properties)


def _done_formula(at: int, listed: int) -> str:
    """Rows of ทุกรายการ in the village of front row `at` whose status ends the matter."""

    def column(index: int) -> str:
        letter = xl_col_to_name(index)
        return f"'{LIST_SHEET}'!${letter}${HEAD_ROW + 2}:${letter}${HEAD_ROW + 1 + listed}"

    done = ",".join(f'"{status}"' for status in DONE)
    where = f"{column(TAMBON)},$B{at + 1},{column(MOO)},$C{at + 1}"
    return f"=SUM(COUNTIFS({where},{column(STATUS)},{{{done}}}))"


def _write_total(
    book: Book, sheet: Worksheet, at: int, first: int, grouped: Mapping[Village, Sequence[ListRow]]
) -> None:
    ground = {"bg_color": PALE, "bold": True}
    put(sheet, at, 0, "รวมทั้งอำเภอ", _cell(book, **ground))
    for column in (1, 2):
        sheet.write_blank(at, column, None, _cell(book, **ground))
    number = book.number(valign="vcenter", **ground)
    by_severity = Counter(row.severity for found in grouped.values() for row in found)
    sums = [by_severity[severity] for severity in SEVERITY_ORDER]
    for column, total in enumerate([*sums, sum(sums)], 3):
        put_count(sheet, at, column, total, number)
    _write_live(book, sheet, at, f"=SUM(H{first + 1}:H{at})", number, ground)


def _write_live(
    book: Book, sheet: Worksheet, at: int, formula: str, number: Format, ground: dict[str, Any]
) -> None:
    sheet.write_formula(at, _DONE_COUNT, formula, number, 0)
    share = book.number(valign="vcenter", num_format="0%_)", **ground)
    sheet.write_formula(at, LAST, f"=IF($G{at + 1}=0,0,$H{at + 1}/$G{at + 1})", share, 0)
