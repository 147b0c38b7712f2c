"""Finding: one row per rule and record that is wrong, with what a person needs to put it right.

No names, ids or birth dates: `values` holds masked text. The same finding has the same id every night, so
that corrections and waivers can refer to it.
"""

import pandera.polars as pa
import polars as pl

from schemas.fields import code, number, text


class Finding(pa.DataFrameModel):
    """Sorted by SORT. `member_no` is null on household and delivery findings."""

    finding_id: pl.String = text(
        "รหัสข้อค้นพบ", "Finding id", "derived", pattern="[0-9a-f]{16}", status="derived", key=True
    )
    rule_id: pl.String = text("รหัสกฎ", "Rule id", "derived", status="derived", key=True)
    rule_name: pl.String = text("ชื่อกฎ", "Rule name", "derived", status="derived", key=True)
    severity: pl.Enum = code("severity", "ระดับความสำคัญ", "Severity", "derived", status="derived", key=True)
    level: pl.Enum = code("level", "ระดับข้อมูล", "Level", "derived", status="derived", key=True)
    round_year_be: pl.Int64 = number(
        "ปีที่จัดเก็บ", "Round", "derived", unit="B.E. year", status="derived", key=True
    )
    district_code: pl.String = text("รหัสอำเภอ", "District code", "derived", status="derived", key=True)
    tambon_code: pl.String = text("รหัสตำบล", "Tambon code", "derived", status="derived")
    village_no: pl.Int64 = number("หมู่ที่", "Village number", "derived", status="derived")
    household_id: pl.String = text("รหัสครัวเรือน", "Household id", "derived", status="derived")
    member_no: pl.Int64 = number("ลำดับที่สมาชิก", "Member number", "derived", status="derived")
    fields: pl.String = text(
        "ช่องข้อมูลที่เกี่ยวข้อง", "Columns concerned, separated by |", "derived", status="derived", key=True
    )
    values: pl.String = text(
        "ค่าที่พบ (ปิดบังข้อมูลส่วนบุคคล)",
        "JSON of column to shown text in Thai, masked",
        "derived",
        status="derived",
        key=True,
    )
    message_th: pl.String = text("สิ่งที่พบ", "What is wrong, in Thai", "derived", status="derived", key=True)
    message_en: pl.String = text(
        "สิ่งที่พบ (อังกฤษ)", "What is wrong, in English", "derived", status="derived", key=True
    )
    fix_th: pl.String = text("วิธีแก้", "What to do, in Thai", "derived", status="derived", key=True)
    fix_en: pl.String = text("วิธีแก้ (อังกฤษ)", "What to do, in English", "derived", status="derived", key=True)
    delivery_id: pl.String = text("รหัสไฟล์ที่ส่ง", "Delivery", "derived", status="derived")
    source_row: pl.Int64 = number("แถวในไฟล์", "Row in the file", "derived", status="derived")

    class Config:
        strict = True
        ordered = True


SORT = ("district_code", "household_id", "member_no", "rule_id", "fields")
