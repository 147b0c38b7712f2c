"""Header of a household record: where it is, who asked and answered, and what became of the visit.

Codes and names of areas are both kept as sent; whether they agree is a rule's question, not this module's.
"""

import pandera.polars as pa
import polars as pl

from schemas.fields import code, count, day, decimal, digits, number, text, yes_no


class Place(pa.DataFrameModel):
    """Key, area, address and position. `household_id` is the sender's own key, unique within a round."""

    household_id: pl.String = text(
        "รหัสครัวเรือน", "Household id", "recalled", status="recalled", required=True, key=True
    )
    survey_year_be: pl.Int64 = number(
        "ปีที่จัดเก็บ", "Survey year", "recalled", unit="B.E. year", low=2500, high=2700, status="recalled"
    )
    province_code: pl.String = digits("รหัสจังหวัด", "Province code", "S4", length=2)
    province_name: pl.String = text("จังหวัด", "Province", "S4")
    district_code: pl.String = digits("รหัสอำเภอ", "District code", "S4", length=4)
    district_name: pl.String = text("อำเภอ", "District", "S4")
    tambon_code: pl.String = digits(
        "รหัสตำบล", "Tambon code", "S4", length=6, required=True, stand_in="district_code"
    )
    tambon_name: pl.String = text("ตำบล", "Tambon", "S4")
    village_no: pl.Int64 = number("หมู่ที่", "Village number", "S4", low=1, high=99, required=True)
    village_code: pl.String = digits("รหัสหมู่บ้าน/ชุมชน", "Village code", "recalled", length=8, status="recalled")
    village_name: pl.String = text("หมู่บ้าน/ชุมชน", "Village or community", "S4")
    local_gov_type: pl.Enum = code(
        "local_government", "เขตการปกครองส่วนท้องถิ่น", "Local government type", "S4 S12"
    )
    local_gov_name: pl.String = text(
        "ชื่อองค์กรปกครองส่วนท้องถิ่น", "Local government name", "S4 S12", status="recalled"
    )
    area_type: pl.Enum = code("area_type", "เขตเมือง/ชนบท", "Rural or urban", "recalled", status="recalled")
    house_no: pl.String = text("บ้านเลขที่", "House number", "S4", personal=True)
    soi: pl.String = text("ชื่อบ้าน/ซอย", "House name or lane", "S4", personal=True)
    road: pl.String = text("ถนน", "Road", "S4", personal=True)
    house_id: pl.String = digits("รหัสประจำบ้าน", "House id", "S4", length=11, personal=True)
    home_land_tenure: pl.Enum = code(
        "land_tenure", "ที่พักอาศัยตั้งอยู่บน", "Tenure of the land the home stands on", "S4"
    )
    work_land_tenure: pl.Enum = code(
        "land_tenure", "ที่ดินใช้ประกอบอาชีพ", "Tenure of the land worked for a living", "S4"
    )
    latitude: pl.Float64 = decimal("ละติจูด", "Latitude", "S4", low=-90, high=90, unit="degrees", personal=True)
    longitude: pl.Float64 = decimal(
        "ลองจิจูด", "Longitude", "S4", low=-180, high=180, unit="degrees", personal=True
    )


class Interview(pa.DataFrameModel):
    """The interview itself: consent, who took part, when, how it ended, and the happiness score."""

    happiness: pl.Int64 = number("ระดับความสุข", "Happiness", "S4", low=0, high=10, unit="score 0-10")
    is_consented: pl.Boolean = yes_no("คำยินยอม", "Consents to the use of the data", "S4")
    informant_member_no: pl.Int64 = number("ลำดับที่ของผู้ให้ข้อมูล", "Member number of the informant", "S4", low=1)
    collector_id: pl.String = text("ผู้จัดเก็บข้อมูล", "Collector", "S12", personal=True)
    checker_id: pl.String = text("ผู้ตรวจสอบข้อมูล", "Checker", "S12", personal=True)
    interview_date: pl.Date = day("วันที่สัมภาษณ์", "Interview date", "recalled", status="recalled")
    entry_date: pl.Date = day("วันที่บันทึก", "Entry date", "recalled", status="recalled")
    member_count: pl.Int64 = count(
        "จำนวนคนทั้งหมดของครัวเรือน", "Members of the household", "S4 22.1", required=True
    )
    household_status: pl.Enum = code(
        "household_status", "สถานะการจัดเก็บ", "How the visit ended", "recalled", status="recalled"
    )
    reference_date: pl.Date = day(
        "วันที่ใช้คำนวณอายุ", "Date at which ages are taken (interview date, else the round's)", "derived",
        status="derived",
    )  # fmt: skip
