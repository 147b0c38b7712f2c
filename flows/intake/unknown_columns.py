"""Columns of a file that mean nothing to us: their cells are kept as text beside the typed records.

Nothing that was sent is dropped because a heading is new; once a layout names the column, the kept bytes are
read again and it becomes a field. The cells are never looked at and may be personal: they lie where the typed
records lie and go nowhere else.
"""

from collections.abc import Mapping

import polars as pl

BESIDE = {"source_row": pl.Int64(), "heading": pl.String(), "text": pl.String()}
UNKNOWN = {"delivery_id": pl.String(), "sheet": pl.String(), **BESIDE}


def cells_beside(records: pl.DataFrame, headings: Mapping[str, str]) -> pl.DataFrame:
    """The filled cells of the columns ``headings`` (cell -> heading), a row each, as BESIDE."""
    if not headings:
        return pl.DataFrame(schema=BESIDE)
    return (
        records.unpivot(list(headings), index="source_row", variable_name="heading", value_name="text")
        .drop_nulls("text")
        .with_columns(pl.col("heading").replace_strict(headings, return_dtype=pl.String))
        .select(list(BESIDE))
    )


def unknown_cells(
    beside: pl.DataFrame | None = None, delivery_id: str = "", sheet: str | None = None
) -> pl.DataFrame:
    """The same with the file they came from, as UNKNOWN; without any cell an empty frame of that form."""
    cells = pl.DataFrame(schema=BESIDE) if beside is None else beside
    return cells.select(
        pl.lit(delivery_id).alias("delivery_id"), pl.lit(sheet, pl.String).alias("sheet"), *BESIDE
    )
