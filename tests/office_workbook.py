"""A district's workbook as an office keeps it, for the intake tests and, by LibreOffice, for ``tests/files``.

Titles, a header of two rows with merged groups and units, a row counter, column numbers, ids and dates as
number cells, Thai digits, a formula, an error, a row hidden by a filter, a hidden column, merged households,
subtotals and signatures. All people are invented.
"""

from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

THAI_DATE = "[$-D07041E]d mmmm yyyy"


def write_office_workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    home = book.worksheets[0]
    home.title = "ครัวเรือน"
    _households(home)
    _members(book.create_sheet("สมาชิก"))
    notes = book.create_sheet("รหัส")
    notes.append(["รหัส", "ความหมาย"])
    notes.sheet_state = "hidden"
    book.save(path)
    return path


def _households(sheet: Worksheet) -> None:
    sheet.append(["แบบสอบถามข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี ๒๕๖๙"])
    sheet.append(["ที่", "รหัสครัวเรือน", "ที่อยู่", None, None, "รายได้ (บาท/ปี)", None, "จำนวนสมาชิก\n(คน)",
                  "วันที่สัมภาษณ์"])  # fmt: skip
    sheet.append([None, None, "รหัสตำบล", "หมู่ที่", "บ้านเลขที่", "อาชีพหลัก", "รายได้อื่น ๆ", None, None])
    sheet.append([f"({number})" for number in range(1, 10)])
    day = date(2026, 3, 5)
    sheet.append([1, 3401000001, 340101, "๓", "๑๒/๓", "๕๐,๐๐๐", "=1000*7", 2, day])
    sheet.append([2, 3401000002, 340101, 3, "9", 64000, "-", 1, day])
    sheet.append([3, 3401000003, 340101, "หมู่ที่ 4", "10", "#N/A", "ไม่มี", "1 คน", day])
    sheet["F7"].data_type = "e"
    sheet.append(["รวม", None, None, None, None, 114000, 7000, 4])
    sheet.append([])
    sheet.append([None, None, None, None, None, "ลงชื่อ", "ผู้รับรองข้อมูล"])
    for area in ("A1:I1", "A2:A3", "B2:B3", "C2:E2", "F2:G2", "H2:H3", "I2:I3"):
        sheet.merge_cells(area)
    for row in range(5, 8):
        sheet.cell(row, 9).number_format = THAI_DATE
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["E"].hidden = True


def _members(sheet: Worksheet) -> None:
    sheet.append(["รหัสครัวเรือน", "ลำดับที่", "คำนำหน้า", "ชื่อ", "นามสกุล", "เลขประจำตัวประชาชน", "เพศ", "วันเกิด",
                  "อายุ", "ความสัมพันธ์กับหัวหน้าครัวเรือน", "ระดับการศึกษา", "อาชีพ"])  # fmt: skip
    rest = ["จบชั้นประถมศึกษา (ป.4, ป.7, ป.6)", "ทำนา"]
    head = "หัวหน้าครัวเรือน"
    sheet.append(
        [3401000001, 1, "นาย", "สมชาย", "ใจดี", 1340100000018, "ชาย", date(1983, 4, 12), 42, head, *rest]
    )
    sheet.append(
        [None, 2, "นาง", "สมหญิง", "ใจดี", "1-3401-00000-02-6", "หญิง", "1 ก.พ. 2530", 39, "คู่สมรส", *rest]
    )
    sheet.append([3401000002, 1, "นาย", "สมาน", "ใจงาม", '="1340100000034"', "1", "12/1/30", 39, head, *rest])
    sheet.append(
        [3401000003, 1, "นาง", "สมใจ", "ใจเย็น", 1340100000042, "2", "12 มกราคม พ.ศ. ๒๕๓๐", 39, head, *rest]
    )
    sheet.merge_cells("A2:A3")
    sheet["F4"].data_type = "s"
    sheet["F4"].value = '="1340100000034"'
    sheet["F4"].data_type = "s"
