"""A Parquet file as a sheet: typed columns turned to text, so that one road serves every kind of file.

Dates become ISO text and booleans ``true``/``false``; both are read back without loss. Rows count from 1.
"""

from collections.abc import Iterator

import polars as pl

from flows.intake.csv_file import batch_rows
from flows.intake.delivery import Delivery
from flows.intake.quarantine import Quarantined
from flows.intake.sheet import Sheet, cell_names
from flows.intake.words import words


def parquet_sheets(delivery: Delivery) -> list[Sheet]:
    """The one sheet of a Parquet file; its column names stand in ``head``. Damaged files are quarantined."""
    rows = pl.scan_parquet(delivery.kept_path, row_index_name="source_row", row_index_offset=1)
    try:
        schema = rows.collect_schema()
        # told by the footer: a row of nulls takes no room in the file, and a group of rows is read whole
        height = pl.scan_parquet(delivery.kept_path).select(pl.len()).collect().item()
        if height > words().sheet_rows:
            raise Quarantined("too_many_rows", delivery.name, rows=f"{words().sheet_rows:,}")
        rows.tail(1).collect()
    except (pl.exceptions.PolarsError, OSError):
        raise Quarantined("truncated_file", delivery.name) from None
    flat = {name: kind for name, kind in schema.items() if not kind.is_nested() and name != "source_row"}
    cells = [
        _text(name, kind).alias(cell)
        for cell, (name, kind) in zip(cell_names(len(flat)), flat.items(), strict=True)
    ]

    def batches() -> Iterator[pl.DataFrame]:
        numbered = rows.select(pl.col("source_row").cast(pl.Int64), *cells)
        try:
            yield from numbered.collect_batches(chunk_size=batch_rows(len(flat)), maintain_order=True)
        except (pl.exceptions.PolarsError, OSError):
            raise Quarantined("truncated_file", delivery.name) from None

    return [Sheet(delivery, None, "parquet", (tuple(flat),), batches, is_named=True)]


def _text(name: str, kind: pl.DataType) -> pl.Expr:
    cell = pl.col(name)
    if isinstance(kind, pl.Datetime):
        return cell.dt.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(kind, pl.Date):
        return cell.dt.strftime("%Y-%m-%d")
    if isinstance(kind, pl.Binary):
        return cell.cast(pl.String, strict=False)
    text = cell.cast(pl.String)
    return pl.when(text != "").then(text)
