"""Words of a receipt: encodings, kinds of table, reasons of rows set aside, remarks on how a file is written.

A word that is not listed is shown as it is, so that nothing new goes unsaid. Kept out: layout (receipt_page).
"""

from collections.abc import Sequence

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (มี BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp874": "ภาษาไทย Windows (CP874)",
    "xlsx": "Excel (.xlsx)",
    "xlsb": "Excel (.xlsb)",
    "xls": "Excel รุ่นเก่า (.xls)",
    "ods": "OpenDocument (.ods)",
    "parquet": "Parquet",
}
KINDS = {
    "household": "ครัวเรือน",
    "member": "สมาชิก",
    "flat": "ครัวเรือนและสมาชิกในตารางเดียว",
    "same_file_again": "ไฟล์ซ้ำกับไฟล์อื่น อ่านครั้งเดียว",
}
TABLES = {"household": "ครัวเรือน", "person": "สมาชิก"}
UNITS = {"household": "ครัวเรือน", "person": "คน"}
REASONS = {
    "title": "ชื่อรายงานเหนือหัวตาราง",
    "header": "หัวตาราง",
    "repeated_header": "หัวตารางที่ซ้ำกลางไฟล์",
    "column_numbers": "แถวเลขลำดับคอลัมน์",
    "blank": "แถวว่าง",
    "total": "แถวผลรวม",
    "signature_or_note": "ลายเซ็นหรือหมายเหตุ",
    "more_cells_than_header": "ช่องเกินหัวตาราง (ข้อมูลเลื่อน)",
    "no_household_id": "ไม่มีรหัสครัวเรือน",
    "cut_by_line_break": "แถวขาดกลางเพราะขึ้นบรรทัดใหม่",
    "household_id_not_readable": "รหัสครัวเรือนอ่านไม่ได้",
    "other_district": "เป็นของอำเภออื่น",
    "same_household_again": "ครัวเรือนซ้ำโดยไม่มีสมาชิก",
}
# Rows set aside for these reasons may hold somebody's answers: somebody has to look at them.
TO_LOOK_AT = (
    "more_cells_than_header",
    "no_household_id",
    "cut_by_line_break",
    "household_id_not_readable",
    "other_district",
)
SPANS = 12  # more runs of rows than this are counted, not listed


def encoding(slug: str) -> str:
    return ENCODINGS.get(slug, slug)


def reason(slug: str) -> str:
    return REASONS.get(slug, slug)


def rows_at(spans: Sequence[Sequence[int]]) -> str:
    """Rows of the file in words: "แถว 1, 3–7, 120"; of many, the first and how many runs there are more."""
    texts = [f"{first:,}" if first == last else f"{first:,}–{last:,}" for first, last in spans[:SPANS]]
    more = len(spans) - SPANS
    return f"แถว {', '.join(texts)}" + (f" และอีก {more:,} ช่วง" if more > 0 else "")
