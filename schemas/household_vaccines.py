"""Indicator 3 of the 2560-64 form: vaccination of children up to 12, with the table of the twelve age steps.

A step holds the number of children who missed it, not of those who had it (S4 3.3).
"""

import pandera.polars as pa
import polars as pl

from schemas.fields import count, yes_no


class Vaccines(pa.DataFrameModel):
    """Vaccination answers; every step counts the children who were NOT vaccinated at that age."""

    child_0_12_count: pl.Int64 = count(
        "จำนวนเด็กแรกเกิดถึง 12 ปี", "Children from birth to 12", "S4 3.1", indicator="vaccination"
    )
    vaccine_all: pl.Boolean = yes_no(
        "เด็กแรกเกิดถึง 12 ปี ได้รับวัคซีนครบตามตารางสร้างเสริมภูมิคุ้มกันโรค ทุกคน",
        "All children up to 12 fully vaccinated", "S4 3.2", indicator="vaccination",
    )  # fmt: skip
    vaccine_not_count: pl.Int64 = count(
        "จำนวนเด็กแรกเกิดถึง 12 ปี ที่ได้รับวัคซีนไม่ครบ", "Children up to 12 not fully vaccinated", "S4 3.2",
        indicator="vaccination",
    )  # fmt: skip
    vaccine_step_birth_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน แรกเกิด", "Missed the vaccines of birth", "S4 3.3", indicator="vaccination"
    )
    vaccine_step_1m_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน 1 เดือน", "Missed the vaccines of 1 month", "S4 3.3", indicator="vaccination"
    )
    vaccine_step_2m_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน 2 เดือน", "Missed the vaccines of 2 months", "S4 3.3", indicator="vaccination"
    )
    vaccine_step_4m_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน 4 เดือน", "Missed the vaccines of 4 months", "S4 3.3", indicator="vaccination"
    )
    vaccine_step_6m_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน 6 เดือน", "Missed the vaccines of 6 months", "S4 3.3", indicator="vaccination"
    )
    vaccine_step_9m_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน 9-12 เดือน", "Missed the vaccines of 9-12 months", "S4 3.3",
        indicator="vaccination",
    )  # fmt: skip
    vaccine_step_1y_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน 1 ปี", "Missed the vaccines of 1 year", "S4 3.3", indicator="vaccination"
    )
    vaccine_step_18m_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน 1 ปี 6 เดือน", "Missed the vaccines of 18 months", "S4 3.3",
        indicator="vaccination",
    )  # fmt: skip
    vaccine_step_30m_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน 2 ปี 6 เดือน", "Missed the vaccines of 30 months", "S4 3.3",
        indicator="vaccination",
    )  # fmt: skip
    vaccine_step_4y_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน 4 ปี", "Missed the vaccines of 4 years", "S4 3.3", indicator="vaccination"
    )
    vaccine_step_7y_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน 7 ปี", "Missed the vaccines of 7 years", "S4 3.3", indicator="vaccination"
    )
    vaccine_step_12y_count: pl.Int64 = count(
        "จำนวนเด็กที่ไม่ได้รับวัคซีน 12 ปี", "Missed the vaccines of 12 years", "S4 3.3", indicator="vaccination"
    )
