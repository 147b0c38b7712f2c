"""Where a row came from: the two columns of every typed frame that lead any value back to a file."""

import pandera.polars as pa
import polars as pl

from schemas.fields import number, text


class Provenance(pa.DataFrameModel):
    """Delivery and row as a person opening the file sees it; null only in frames built by hand."""

    delivery_id: pl.String = text(
        "รหัสไฟล์ที่ส่ง", "Delivery: first 12 digits of the file's SHA-256", "derived", status="derived"
    )
    source_row: pl.Int64 = number(
        "แถวในไฟล์", "Row in the file or sheet, counted from 1", "derived", low=1, status="derived"
    )
