"""How far the cells of a worksheet reach: bounds that keep one stray cell from filling all memory.

Calamine makes a full grid from the first to the last cell that holds something, so that a lone letter in
XFD1048576 is a grid of 17 thousand million cells. The reach is therefore looked up in the file before it is
read. What is not here: where each kind of workbook says it (xlsx_extent, xlsb_extent, ods_marks, xls_stream).
"""

from dataclasses import dataclass

from flows.intake.sheet_marks import letters
from flows.intake.words import words

# Of .xlsx and .ods; .xls ends sooner.
ROWS, COLUMNS = 1_048_576, 16_384


class StrayCell(ValueError):  # noqa: N818  (what is the matter with a file)
    """A worksheet that reaches too far to be read: its name and its last cell, as a person sees it."""

    def __init__(self, sheet: str, cell: str) -> None:
        super().__init__("worksheet reaches too far")
        self.sheet, self.cell = sheet, cell


@dataclass(frozen=True)
class Extent:
    """Rows and columns down to the last cell that holds something, and how many cells there are at most."""

    rows: int
    columns: int
    cells: int


def refuse_stray_cells(extent: Extent, sheet: str) -> None:
    """Raises ``StrayCell`` for a worksheet beyond its kind's end, too large, or large and nearly empty."""
    limits, area = words(), extent.rows * extent.columns
    is_sparse = area > limits.sparse_from_cells and area > limits.sparse_times * extent.cells
    if extent.rows > ROWS or extent.columns > COLUMNS or area > limits.sheet_cells or is_sparse:
        last = f"{letters(min(extent.columns, COLUMNS) - 1)}{min(extent.rows, ROWS)}"
        raise StrayCell(sheet, last)
