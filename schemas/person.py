"""Person: one row per member of a household's roster, the people actually living there now.

The head is member 1 by custom, not by structure. `health_status` holds one value because the 2560-64 app
holds one; later columns (`disability_type`, `is_bedridden` …) are recalled and optional.
"""

import pandera.polars as pa
import polars as pl

from schemas.fields import code, day, digits, number, text, yes_no
from schemas.provenance import Provenance


class Identity(pa.DataFrameModel):
    """Who the member is. Everything that names a person is marked personal and masked in findings."""

    household_id: pl.String = text(
        "รหัสครัวเรือน", "Household id", "recalled", status="recalled", required=True, key=True
    )
    member_no: pl.Int64 = number("ลำดับที่", "Member number, the head is 1", "S4", low=1, required=True)
    district_code: pl.String = digits(
        "รหัสอำเภอ", "District code of the sender", "derived", length=4, status="derived"
    )
    title: pl.Enum = code("title", "คำนำหน้าชื่อ", "Title", "S4")
    first_name: pl.String = text("ชื่อ", "First name", "S4", personal=True)
    last_name: pl.String = text("นามสกุล", "Last name", "S4", personal=True)
    national_id: pl.String = text("เลขประจำตัวประชาชน", "National id", "S4", personal=True, required=True)
    sex: pl.Enum = code("sex", "เพศ", "Sex", "S4", required=True)
    birth_date: pl.Date = day("วันเดือนปีเกิด", "Birth date", "S4", personal=True, required=True, stand_in="age")
    age: pl.Int64 = number("อายุ", "Age in full years", "S4", low=0, high=150, unit="years")
    relation: pl.Enum = code(
        "relation", "ความสัมพันธ์กับหัวหน้าครัวเรือน", "Relation to the head", "S4", required=True
    )


class Situation(pa.DataFrameModel):
    """Schooling, work, religion, health and welfare of the member."""

    education: pl.Enum = code("education", "ระดับการศึกษา", "Education", "S4", required=True)
    occupation: pl.Enum = code("occupation", "อาชีพ", "Occupation", "S4", required=True)
    religion: pl.Enum = code("religion", "ศาสนา", "Religion", "S4")
    health_status: pl.Enum = code("health_status", "สภาพร่างกาย", "Health", "S4")
    can_help_self: pl.Boolean = yes_no("ความสามารถช่วยเหลือตนเอง", "Can help themselves", "S4")
    is_informant: pl.Boolean = yes_no("ผู้ให้ข้อมูล", "Is the informant", "S4")
    welfare_card: pl.Boolean = yes_no("บัตรสวัสดิการแห่งรัฐ", "Holds the state welfare card", "S4")
    welfare_usage: pl.String = text("การใช้บัตรสวัสดิการแห่งรัฐ", "Use of the welfare card", "S4")
    welfare_cash: pl.Boolean = yes_no("รับเงินสดจากบัตรสวัสดิการแห่งรัฐ", "Draws cash with the welfare card", "S4")
    disability_type: pl.Enum = code(
        "disability", "ประเภทความพิการ", "Disability", "recalled", status="recalled"
    )
    marital_status: pl.Enum = code(
        "marital_status", "สถานภาพสมรส", "Marital status", "recalled", status="recalled"
    )
    chronic_type: pl.String = text("โรคเรื้อรัง", "Chronic illness", "recalled", status="recalled")
    is_bedridden: pl.Boolean = yes_no("ผู้ป่วยติดเตียง", "Bedridden", "recalled", status="recalled")


# Last base first: see household.py.
class Person(Provenance, Situation, Identity):
    """A member of a household. Validate DataFrames only: on a LazyFrame Pandera skips every data check."""

    class Config:
        strict = True
        ordered = True
