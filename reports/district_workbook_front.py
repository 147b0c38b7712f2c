"""Sheet อ่านก่อน: where the district stands, what to do in four steps, and how far each village has come.

Its lower half, the villages with their live counts, is in `district_workbook_progress`; the page that stands
alone when a delivery could not be used is here too.
"""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from reports import district_texts as texts
from reports.contents import DistrictReport, Quarantine
from reports.district_counts import three_lists
from reports.district_rows import ListRow
from reports.district_workbook_looks import GREY, HAIRLINE, NAVY, PALE, SIZE, Book, put, put_count
from reports.safe_text import printable
from reports.sizing import line_count, row_points
from reports.words import SEVERITIES, VERDICTS, due_text
from schemas.thai import thai_date

FRONT_SHEET = "อ่านก่อน"
WIDTHS = (28.0, 24.0, 7.0, 13.0, 15.0, 12.0, 10.0, 10.0, 15.0)
LAST = len(WIDTHS) - 1
_CARDS = ((0, 0), (1, 2), (3, 5), (6, 8))  # first and last column of each


def start_front(book: Book, report: DistrictReport) -> Worksheet:
    """Add the sheet, first in the workbook, with its title; the rest follows when the others are known."""
    sheet = book.sheet(FRONT_SHEET, is_landscape=False)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 40)
    title = f"อำเภอ{report.district_name} จังหวัด{report.province_name}"
    put(sheet, 0, 0, title, book.look(font_size=24, bold=True, font_color=NAVY))
    about = f"รายการตรวจข้อมูล จปฐ. ปี {report.round_year_be} • ข้อมูล ณ คืนวันที่ {thai_date(report.night)}"
    put(sheet, 1, 0, about, book.look(font_size=15))
    due = "ส่งคืนภายใน" if texts.asks_for_answers(report) else "วันสุดท้ายของรอบนี้คือ"
    put(sheet, 2, 0, f"{due}{due_text(report.deadline)}", book.look(font_size=15, bold=True))
    put(sheet, 3, 0, texts.PRIVATE, book.look(font_size=13, font_color=GREY))
    return sheet


def write_standing(book: Book, sheet: Worksheet, report: DistrictReport, rows: Sequence[ListRow]) -> int:
    """Verdict, counts, steps and the three lists; returns the next free row."""
    at = 5
    for line in texts.stale_lines(report):
        at = wide(book, sheet, at, line, bg_color=VERDICTS["orange"].tint, bold=True)
    at = _verdict(book, sheet, at, report)
    at = _cards(book, sheet, at + 1, rows)
    if rows:
        at = heading(book, sheet, at + 1, "ทำตาม 4 ขั้น")
        at = _numbered(book, sheet, at, texts.steps(report))
    else:
        look = VERDICTS["green"]
        at = wide(book, sheet, at + 1, f"{look.sign} {texts.NO_FINDINGS}", bg_color=look.tint, bold=True)
    return _three_lists(book, sheet, at + 1, report)


def write_quarantine(book: Book, sheet: Worksheet, report: DistrictReport, trouble: Quarantine) -> int:
    """What stands here when there is no data: what happened, where, what to do; returns the next free row."""
    at = _band(book, sheet, 5, f"✗ {texts.UNREADABLE}", "red")
    at = heading(book, sheet, at + 1, "เกิดอะไรขึ้น")
    for line in texts.quarantine_facts(trouble):
        at = wide(book, sheet, at, line)
    at = heading(book, sheet, at + 1, "ต้องทำอย่างไร")
    at = _numbered(book, sheet, at, texts.quarantine_steps(report, trouble))
    return wide(book, sheet, at + 1, f"In English: {printable(trouble.en)}", font_color=GREY)


def heading(book: Book, sheet: Worksheet, at: int, text: str) -> int:
    """A section's heading; returns the next row."""
    sheet.set_row(at, 28)
    look = book.look(font_size=17, bold=True, font_color=NAVY, bottom=1, bottom_color=NAVY)
    put(sheet, at, 0, text, look)
    for column in range(1, LAST + 1):
        sheet.write_blank(at, column, None, look)
    return at + 1


def wide(book: Book, sheet: Worksheet, at: int, text: str, first: int = 0, **look: Any) -> int:
    """A wrapped line over the columns from `first`, as high as it needs; returns the next row."""
    room = sum(WIDTHS[first:])
    sheet.merge_range(at, first, at, LAST, "", book.look(text_wrap=True, **look))
    put(sheet, at, first, text, book.look(text_wrap=True, **look))
    sheet.set_row(at, row_points(line_count(text, room, SIZE), SIZE) + 2)
    return at + 1


def _band(book: Book, sheet: Worksheet, at: int, text: str, colour: str) -> int:
    shown = VERDICTS[colour]
    look = book.look(font_size=22, bold=True, align="center", bg_color=shown.print_fill, font_color=shown.ink)
    sheet.set_row(at, 42)
    sheet.merge_range(at, 0, at, LAST, "", look)
    put(sheet, at, 0, text, look)
    return at + 1


def _verdict(book: Book, sheet: Worksheet, at: int, report: DistrictReport) -> int:
    shown = VERDICTS[report.verdict.colour]
    at = _band(book, sheet, at, f"{shown.label}  {shown.sentence}", report.verdict.colour)
    if not report.verdict.failed_gates:
        return wide(book, sheet, at, texts.ALL_GATES_MET, align="center")
    for gate in report.verdict.failed_gates:
        colour = VERDICTS[texts.GATE_COLOURS[gate.severity]]
        tag = book.cell(
            bg_color=colour.print_fill, font_color=colour.ink, bold=True, align="center", valign="vcenter"
        )
        lines = {"border": 1, "border_color": HAIRLINE, "indent": 1}
        at = wide(book, sheet, at, texts.gate_sentence(gate), first=1, **lines)
        put(sheet, at - 1, 0, f"{colour.label} {colour.sentence}", tag)
    return at


def _cards(book: Book, sheet: Worksheet, at: int, rows: Sequence[ListRow]) -> int:
    found = [(look, sum(row.severity == name for row in rows)) for name, look in SEVERITIES.items()]
    cards = [(look.word, count, "รายการ", look.print_fill, look.ink) for look, count in found]
    houses = len({row.household_id for row in rows if row.household_id})
    cards.append(("ที่ต้องไปพบหรือสอบถาม", houses, "ครัวเรือน", PALE, NAVY))
    sheet.set_row(at, 40)
    sheet.set_row(at + 1, 26)
    for (first, last), (label, count, unit, *colours) in zip(_CARDS, cards, strict=True):
        fill, ink = colours if count else (PALE, NAVY)  # nothing found: nothing shouts
        base = {"align": "center", "bg_color": fill, "font_color": ink, "left": 5, "right": 5}
        edges = {"left_color": "#ffffff", "right_color": "#ffffff"}
        big = book.look(font_size=26, bold=True, num_format=f'#,##0 "{unit}"', **base, **edges)
        small = book.look(font_size=15, **base, **edges)
        if first != last:
            sheet.merge_range(at, first, at, last, "", big)
            sheet.merge_range(at + 1, first, at + 1, last, "", small)
        put_count(sheet, at, first, count, big)
        put(sheet, at + 1, first, label, small)
    return at + 2


def _numbered(book: Book, sheet: Worksheet, at: int, lines: Sequence[str]) -> int:
    for number, line in enumerate((line for line in lines if line), 1):
        at = wide(book, sheet, at, f"{number}. {line}")
    return at


def _three_lists(book: Book, sheet: Worksheet, at: int, report: DistrictReport) -> int:
    at = heading(book, sheet, at, texts.NEVER_MIXED)
    middle, link = book.cell(valign="vcenter"), book.cell(font_color="#1f5f99", underline=1, valign="vcenter")
    for counted in three_lists(report):
        sheet.merge_range(at, 1, at, 6, "", middle)
        sheet.merge_range(at, 7, at, LAST, "", middle)
        sheet.write_url(at, 0, f"internal:'{counted.name}'!A1", link, counted.name)
        put(sheet, at, 1, counted.definition, middle)
        put(sheet, at, 7, counted.number, book.cell(bold=True, align="right", valign="vcenter"))
        sheet.set_row(at, row_points(line_count(counted.definition, sum(WIDTHS[1:7]), SIZE), SIZE) + 2)
        at += 1
    return at
