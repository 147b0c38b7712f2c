"""The account of a sheet: every row of the file is a row of a typed record, or set aside for one reason.

Typed rows are counted in the frames that leave the intake, not as what is left over, so that a row lost on
the way is a fault that is seen: rows in the file = rows typed + rows set aside, asserted for every sheet on
every run. Deliberately not here: deciding why a row is set aside (rows, place).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from flows.intake.part import SHEET
from flows.intake.rows import ASIDE
from flows.intake.sheet_table import SheetRead

NONE = pl.Series("source_row", [], dtype=pl.Int64)


class RowsUnaccounted(RuntimeError):  # noqa: N818  (what is the matter, not an error of the caller)
    """Rows of a sheet are neither typed nor set aside: a fault of the program, told in counts only."""

    def __init__(self, rows_in_file: int, rows_typed: int, rows_aside: int) -> None:
        self.counts = f"{rows_in_file} rows in the file, {rows_typed} typed, {rows_aside} set aside"
        super().__init__(self.counts)


@dataclass(frozen=True)
class Account:
    """``aside``: ``source_row`` and ``reason`` (see rows) of the rows of which nothing is typed."""

    rows_in_file: int
    rows_typed: int
    aside: pl.DataFrame

    @property
    def reasons(self) -> dict[str, int]:
        """How many rows each reason set aside."""
        return dict(self.aside["reason"].value_counts(name="rows").sort("reason").iter_rows())

    @property
    def places(self) -> dict[str, list[list[int]]]:
        """For each reason the rows as a person sees them in the file: first and last of each run of rows."""
        ordered = self.aside.sort("reason", "source_row")
        runs = ordered.with_columns(
            run=pl.col("source_row") - pl.int_range(pl.len()).over("reason")  # the same along a run of rows
        )
        spans = runs.group_by("reason", "run", maintain_order=True).agg(
            first=pl.col("source_row").min(), last=pl.col("source_row").max()
        )
        places: dict[str, list[list[int]]] = {}
        for reason, _, first, last in spans.iter_rows():
            places.setdefault(reason, []).append([first, last])
        return places


def typed_rows(*frames: pl.DataFrame) -> Mapping[int, pl.Series]:
    """The rows of each sheet, by its number, that are in one of the typed frames (with ``row``)."""
    rows = pl.concat(frame.select("row") for frame in frames).unique()
    parted = rows.select(sheet=pl.col("row") // SHEET, source_row=pl.col("row") % SHEET)
    return {
        int(str(number)): own["source_row"]
        for (number,), own in parted.group_by("sheet", maintain_order=True)
    }


def account(read: SheetRead, typed: pl.Series = NONE) -> Account:
    """The account of one sheet; ``typed``: its rows in the typed frames. Raises ``RowsUnaccounted``.

    A row of which one record is typed and the other set aside (a member of another district beside a
    household of this one) counts once, as typed; the record set aside is a finding of its own.
    """
    aside = read.aside.filter(~pl.col("source_row").is_in(typed.implode()))
    aside = aside.unique("source_row", keep="first", maintain_order=True).select(ASIDE.keys())
    if read.rows_in_file != typed.len() + aside.height:
        raise RowsUnaccounted(read.rows_in_file, typed.len(), aside.height)
    return Account(read.rows_in_file, typed.len(), aside)
