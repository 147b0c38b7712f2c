"""A sheet: one grid of text cells on its way to becoming a table, whatever file it came from.

Columns are called ``c0``, ``c1``, … and hold text exactly as sent (empty = null); ``source_row`` is the row
as a person sees it in the file, counted from 1. Rows come in batches so that a 200 MB file is never whole in
memory.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from flows.intake.delivery import Delivery
from flows.intake.quarantine import Quarantined

HEAD_ROWS = 40
# Thirty times what a cell of Excel can hold.
LONGEST_CELL = 1_000_000


@dataclass(frozen=True)
class Sheet:
    """The cells of one CSV file, worksheet or Parquet file."""

    delivery: Delivery
    name: str | None
    encoding: str
    head: tuple[tuple[str, ...], ...]
    """The first rows (at most ``HEAD_ROWS``), empty cells as ``""``: enough to find the header."""
    batches: Callable[[], Iterator[pl.DataFrame]]
    counts_cells: bool = False
    """True where a cell beyond the last header means the row has shifted (CSV), not a note at the side."""
    is_named: bool = False
    """True where the file itself names its columns (Parquet): row 0 of ``head`` is the names, not a row."""
    broken_rows: frozenset[int] = frozenset()
    """Rows that are pieces of one, cut by a line break inside a cell."""
    remarks: Mapping[str, Any] = field(default_factory=dict)
    """What the receipt tells of how the file was written, by slug: counts, or names (``remarks.toml``)."""


def refuse_endless_cell(grid: pl.DataFrame, delivery: Delivery, name: str | None) -> None:
    """Raises ``Quarantined`` for a cell that holds a file rather than a value: reading it takes for ever."""
    lengths = grid.select(pl.col(pl.String).str.len_bytes().max())
    longest = max((length or 0 for row in lengths.iter_rows() for length in row), default=0)
    if longest > LONGEST_CELL:
        is_long = pl.any_horizontal(pl.col(pl.String).str.len_bytes() > LONGEST_CELL)
        row = grid.filter(is_long)["source_row"][0]
        raise Quarantined("endless_cell", delivery.name, name, row=row, count=f"{LONGEST_CELL:,}")


def cell_names(width: int) -> list[str]:
    """``c0 … c<width-1>``."""
    return [f"c{i}" for i in range(width)]


def head_of(frame: pl.DataFrame) -> tuple[tuple[str, ...], ...]:
    """The first rows of a grid without its row number, nulls as ``""``."""
    cells = frame.head(HEAD_ROWS).drop("source_row")
    return tuple(tuple(cell or "" for cell in row) for row in cells.iter_rows())
