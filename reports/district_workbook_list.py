"""Sheet ทุกรายการ: every finding of the district, one row each, and the only place where answers are typed.

The finding's key makes a returned row findable again; readers of the returned file join on it alone, by the
column's heading, whatever the order of rows or columns has become.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.contents import DistrictReport
from reports.district_rows import ListRow
from reports.district_workbook_looks import (
    ANSWER,
    GOLD,
    GREY,
    HEAD_ROW_POINTS,
    Book,
    put,
    put_count,
    put_title,
    put_values,
    row_height,
)
from reports.words import SEVERITIES, due_text

LIST_SHEET = "ทุกรายการ"
HEAD_ROW = 2  # 0-based: title, one line of instruction, headings
STATUSES = ("แก้แล้ว", "ยืนยันค่าถูกต้อง", "ไม่พบครัวเรือน", "กำลังดำเนินการ")
FIXED, CONFIRMED, NOT_FOUND, UNDER_WAY = STATUSES
DONE = (FIXED, CONFIRMED, NOT_FOUND)


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: float


_COLUMNS = {
    "number": _Column("ที่", 6),
    "tambon": _Column("ตำบล", 14),
    "moo": _Column("หมู่", 6),
    "village": _Column("หมู่บ้าน", 16),
    "house": _Column("บ้านเลขที่", 11),
    "member": _Column("คนที่", 6.5),
    "person": _Column("ชื่อ-สกุล", 25),
    "severity": _Column("ระดับ", 21),
    "effect": _Column("มีผลต่อ", 13),
    "label": _Column("ช่องข้อมูล", 26),
    "value": _Column("ค่าที่พบ", 36),
    "message": _Column("ผิดอย่างไร", 38),
    "fix": _Column("วิธีแก้", 38),
    "household": _Column("รหัสครัวเรือน", 19),
    "rule": _Column("ข้อตรวจ", 10),
    "key": _Column("รหัสรายการ", 20),
    "status": _Column("สถานะการแก้ไข", 20),
    "reason": _Column("เหตุผล / ค่าที่ถูกต้อง", 34),
}
_AT = {name: place for place, name in enumerate(_COLUMNS)}
_WIDTHS = tuple(column.width for column in _COLUMNS.values())
TAMBON, MOO, STATUS, REASON = _AT["tambon"], _AT["moo"], _AT["status"], _AT["reason"]
NO_MOO = "–"  # printed and counted where a finding has no village
_LAST = len(_COLUMNS) - 1


def write_list(book: Book, report: DistrictReport, rows: Sequence[ListRow]) -> None:
    """Add the sheet with all `rows`; with none, it says so under the headings' place."""
    sheet = book.sheet(LIST_SHEET, tab=GOLD)
    _set_up(book, sheet)
    about = "ไม่พบรายการใด ณ คืนที่ตรวจ จึงไม่มีอะไรต้องกรอก"
    if rows:
        due = f"ส่งคืนภายใน{due_text(report.deadline)}"
        about = f"เลือกสถานะและเขียนเหตุผลในสองช่องสีเหลืองขวาสุด • {due} • ช่องอื่นล็อกไว้ ไม่มีรหัสผ่าน"
    put_title(book, sheet, f"อำเภอ{report.district_name}: ทุกรายการ {len(rows):,} รายการ", about)
    starts = {0, *(place + 1 for place, (a, b) in enumerate(pairwise(rows)) if a.visit != b.visit)}
    for place, row in enumerate(rows):
        _write_row(book, sheet, HEAD_ROW + 1 + place, row, is_first_of_house=place in starts)
    if rows:
        last = HEAD_ROW + len(rows)
        sheet.autofilter(HEAD_ROW, 0, last, _LAST)
        _take_answers(book, sheet, HEAD_ROW + 1, last)


def list_row_of(row: ListRow) -> int:
    """1-based sheet row of a finding, as a link names it."""
    return HEAD_ROW + 1 + row.number


def _set_up(book: Book, sheet: Worksheet) -> None:
    for place, (name, column) in enumerate(_COLUMNS.items()):
        sheet.set_column(place, place, column.width)
        answers = {"bg_color": GOLD} if name in ("status", "reason") else {}
        put(sheet, HEAD_ROW, place, column.title, book.head(**answers))
    sheet.set_row(HEAD_ROW, HEAD_ROW_POINTS)
    sheet.freeze_panes(HEAD_ROW + 1, _AT["person"] + 1)
    sheet.repeat_rows(HEAD_ROW)


def _write_row(book: Book, sheet: Worksheet, at: int, row: ListRow, is_first_of_house: bool) -> None:
    # A darker line above each house: the rows of one visit read as one block.
    edge = {"top": 1, "top_color": "#6b7886"} if is_first_of_house else {}
    plain, middle = book.cell(**edge), book.cell(align="center", **edge)
    as_typed = book.cell(num_format="@", **edge)  # "12/1" stays a house number when it is typed again
    aside = book.cell(num_format="@", font_size=12, font_color=GREY, **edge)
    texts = {
        "tambon": (row.village.tambon, plain),
        "village": (row.village.name, plain),
        "house": (row.house, as_typed),
        "person": (row.person, plain),
        "severity": (SEVERITIES[row.severity].label, book.severity(row.severity, **edge)),
        "effect": (row.effect_text, plain),
        "label": (row.label_text, plain),
        "message": (row.message, plain),
        "fix": (row.fix, plain),
        "household": (row.household_id, aside),
        "rule": (row.rule_id, aside),
        "key": (row.key, aside),
    }
    for name, (text, look) in texts.items():
        put(sheet, at, _AT[name], text, look)
    put_count(sheet, at, _AT["number"], row.number, middle)
    put_count(sheet, at, _AT["member"], row.member_no, middle)
    if row.village.number is None:
        put(sheet, at, MOO, NO_MOO, middle)
    else:
        put_count(sheet, at, MOO, row.village.number, middle)
    answer = book.cell(bg_color=ANSWER, locked=False, num_format="@", **edge)
    sheet.write_blank(at, STATUS, None, answer)
    sheet.write_blank(at, REASON, None, answer)
    _put_found(book, sheet, at, row, as_typed, book.cell(bold=True, num_format="@", **edge))
    found = row.found_text if len(row.found) > 1 else "".join(row.values)
    heights = {_AT[name]: text for name, (text, _) in texts.items()} | {_AT["value"]: found}
    sheet.set_row(at, row_height(heights, _WIDTHS, bold=frozenset({_AT["value"], _AT["severity"]})))


def _put_found(book: Book, sheet: Worksheet, at: int, row: ListRow, several: Format, single: Format) -> None:
    # A single value stands alone, so that a number or a code can be filtered by.
    if len(row.found) == 1:
        put(sheet, at, _AT["value"], row.values[0], single)
    else:
        put_values(book, sheet, at, _AT["value"], row.found, several)


def _take_answers(book: Book, sheet: Worksheet, first: int, last: int) -> None:
    sheet.data_validation(first, STATUS, last, STATUS, {
        "validate": "list", "source": list(STATUSES), "error_type": "stop",
        "input_title": "สถานะการแก้ไข", "input_message": "เลือกจากรายการ ถ้ายืนยันค่าเดิม ต้องเขียนเหตุผลช่องถัดไป",
        "error_title": "สถานะไม่อยู่ในรายการ", "error_message": "เลือกสถานะจากรายการที่กำหนดเท่านั้น",
    })  # fmt: skip
    status, reason = f"$P{first + 1}", f"$Q{first + 1}"
    # No {array} here: Excel refuses array constants in the formulas of conditional formats.
    is_known = ",".join(f'{status}="{word}"' for word in STATUSES)
    is_explained = f'AND({status}="{CONFIRMED}",TRIM({reason})<>"")'
    wrong = {"bg_color": "#f6c5c0"}
    finished = {"font_color": "#7d8792", "bg_color": "#eef3ee"}
    for left, right, formula, look in (
        (REASON, REASON, f'AND({status}="{CONFIRMED}",TRIM({reason})="")', wrong),
        (STATUS, STATUS, f'AND({status}<>"",NOT(OR({is_known})))', wrong),
        (0, _LAST, f'OR({status}="{FIXED}",{status}="{NOT_FOUND}",{is_explained})', finished),
    ):
        rule = {"type": "formula", "criteria": f"={formula}", "format": book.file.add_format(look)}
        sheet.conditional_format(first, left, last, right, rule)
