"""Outcome: per rule and district, how many records hold, are violated, cannot be told, …, by count.

Person rules count persons, household rules households. The six counts of a row add up to the records of the
district, so a crashed rule or an empty village can never look perfect.
"""

import pandera.polars as pa
import polars as pl

from schemas.fields import number, text

COUNTS = ("holds", "violated", "cannot_tell", "not_applicable", "waived", "error")
SORT = ("rule_id", "district_code")


class Outcome(pa.DataFrameModel):
    """One row per rule and district, sorted by SORT."""

    rule_id: pl.String = text("รหัสกฎ", "Rule id", "derived", status="derived", key=True)
    district_code: pl.String = text("รหัสอำเภอ", "District code", "derived", status="derived", key=True)
    holds: pl.Int64 = number("ถูกต้อง", "Holds", "derived", low=0, unit="records", status="derived", key=True)
    violated: pl.Int64 = number(
        "ผิดกฎ", "Violated", "derived", low=0, unit="records", status="derived", key=True
    )
    cannot_tell: pl.Int64 = number(
        "ข้อมูลไม่พอตัดสิน", "Cannot tell", "derived", low=0, unit="records", status="derived", key=True
    )
    not_applicable: pl.Int64 = number(
        "ไม่เข้าข่าย", "Not applicable", "derived", low=0, unit="records", status="derived", key=True
    )
    waived: pl.Int64 = number(
        "ยืนยันแล้ว", "Waived", "derived", low=0, unit="records", status="derived", key=True
    )
    error: pl.Int64 = number(
        "กฎทำงานไม่สำเร็จ", "Rule could not run", "derived", low=0, unit="records", status="derived", key=True
    )

    class Config:
        strict = True
        ordered = True
