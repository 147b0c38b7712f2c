"""One sheet per village, to print and take to the doors; nothing is typed here.

A second place to type answers would have to be merged with the first, so these sheets have room for a pen
only. The number of each finding leads back to its row in ทุกรายการ.
"""

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from reports.district_places import Village
from reports.district_rows import ListRow
from reports.district_workbook_list import LIST_SHEET, list_row_of
from reports.district_workbook_looks import (
    GREY,
    HEAD_ROW_POINTS,
    INK,
    Book,
    put,
    put_title,
    put_values,
    row_height,
)
from reports.words import SEVERITIES, SEVERITY_ORDER

_COLUMNS = (
    ("ที่", 6.0),
    ("บ้านเลขที่", 11.0),
    ("ชื่อ-สกุล", 25.0),
    ("ระดับ", 19.0),
    ("ช่องข้อมูล / ค่าที่พบ", 32.0),
    ("ผิดอย่างไร", 36.0),
    ("วิธีแก้", 36.0),
    ("ค่าที่ถูกต้อง (เขียนมือ)", 26.0),
    ("ผล", 7.0),
)
_WIDTHS = tuple(width for _, width in _COLUMNS)
_HEAD_ROW = 2
_PERSON, _VALUE, _MESSAGE, _FIX = 2, 4, 5, 6
_SIGN_HERE = "ผู้ลงพื้นที่ ................................................  วันที่ ........ / ........ / ............"


def write_villages(
    book: Book, district: str, grouped: Mapping[Village, Sequence[ListRow]]
) -> dict[Village, str]:
    """Add a sheet for each village that has findings; returns the sheets' names."""
    return {village: _write_village(book, district, village, rows) for village, rows in grouped.items()}


def _write_village(book: Book, district: str, village: Village, rows: Sequence[ListRow]) -> str:
    worst = min((row.severity for row in rows), key=SEVERITY_ORDER.index)
    sheet = book.sheet(_wanted_name(village), tab=SEVERITIES[worst].print_fill)
    houses = len({row.visit for row in rows})
    about = f"{len(rows):,} รายการ ใน {houses:,} หลังคาเรือน • แบบพิมพ์สำหรับลงพื้นที่ กรอกผลในแผ่น “{LIST_SHEET}”"
    put_title(book, sheet, f"{village.title} อำเภอ{district}", about)
    link = book.look(font_color="#1f5f99", underline=1)
    sheet.write_url(0, len(_COLUMNS) - 2, "internal:'อ่านก่อน'!A1", link, "← กลับหน้าแรก")
    for place, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(place, place, width)
        put(sheet, _HEAD_ROW, place, title, book.head())
    sheet.set_row(_HEAD_ROW, HEAD_ROW_POINTS)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    visit = None
    for at, row in enumerate(rows, _HEAD_ROW + 1):
        _write_row(book, sheet, at, row, is_first_of_house=row.visit != visit)
        visit = row.visit
    end = _HEAD_ROW + len(rows) + 2
    sheet.set_row(end, 30)
    put(sheet, end, 0, _SIGN_HERE, book.look(valign="bottom"))
    return str(sheet.get_name())


def _wanted_name(village: Village) -> str:
    if village.number is None:
        return village.name
    return f"{village.tambon} ม.{village.number} {village.name}"


def _write_row(book: Book, sheet: Worksheet, at: int, row: ListRow, is_first_of_house: bool) -> None:
    edge = {"top": 1, "top_color": "#6b7886"} if is_first_of_house else {}
    plain = book.cell(**edge)
    number = book.cell(align="center", font_color="#1f5f99", underline=1, **edge)
    sheet.write_url(at, 0, f"internal:'{LIST_SHEET}'!A{list_row_of(row)}", number, str(row.number))
    # The house number is repeated in grey: on the next page it must still be there.
    house = {"bold": True, "font_color": INK} if is_first_of_house else {"font_color": GREY}
    put(sheet, at, 1, row.house, book.cell(num_format="@", **house, **edge))
    put(sheet, at, _PERSON, row.person, plain)
    put(sheet, at, 3, SEVERITIES[row.severity].label, book.severity(row.severity, **edge))
    put_values(book, sheet, at, _VALUE, row.found, plain)
    put(sheet, at, _MESSAGE, row.told, plain)
    put(sheet, at, _FIX, row.fix, plain)
    sheet.write_blank(at, 7, None, plain)
    sheet.write_blank(at, 8, None, plain)
    texts = {1: row.house, _PERSON: row.person, _VALUE: row.found_text, _MESSAGE: row.told, _FIX: row.fix}
    sheet.set_row(at, row_height(texts, _WIDTHS, bold=frozenset({1, _VALUE})))
