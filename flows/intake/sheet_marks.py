"""What a worksheet says of its cells beside their values: merged areas, hidden rows and columns, lost texts.

Calamine, which reads the values, tells none of this. Rows and columns count from 0 here. What is not here:
how each kind of workbook writes it (xlsx_marks, xls_marks, ods_marks).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

# Stands in a cell whose formula was never calculated: no value was saved, so that none could be read.
NOT_CALCULATED = "#สูตรยังไม่คำนวณ"
Area = tuple[int, int, int, int]
# Of merged areas, each of its columns counted: far more than a sheet of households merged over their members.
MOST_RUNS = 4_000_000


@dataclass(frozen=True)
class Marks:
    """``merged``: top, left, bottom, right; ``texts``: what to write into cells that come out empty."""

    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    texts: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def applied(self, grid: pl.DataFrame) -> pl.DataFrame:
        """The grid with lost texts put back and the text of a merged area in all its cells."""
        changes: dict[str, dict[int, str | None]] = {}
        for (row, column), text in self.texts.items():
            if row < grid.height and column < grid.width - 1:
                changes.setdefault(f"c{column}", {})[row] = text
        return _with_merged(written(grid, changes), self.merged)

    def remarks(self, grid: pl.DataFrame) -> dict[str, Any]:
        """What the receipt tells: hidden rows and columns that hold something, formulas without a value."""
        hidden = sorted(column for column in self.hidden_columns if column < grid.width - 1)
        filled = [letters(column) for column in hidden if grid[f"c{column}"].count()]
        rows = grid.filter(pl.int_range(pl.len()).is_in(sorted(self.hidden_rows))).drop("source_row")
        found = {
            "hidden_rows": rows.filter(pl.any_horizontal(pl.all().is_not_null())).height if rows.width else 0,
            "hidden_columns": filled,
            "formulas_not_calculated": sum(text == NOT_CALCULATED for text in self.texts.values()),
        }
        return {name: value for name, value in found.items() if value}


def written(grid: pl.DataFrame, changes: Mapping[str, Mapping[int, str | None]]) -> pl.DataFrame:
    """The grid with texts written into single cells, given by column and row."""
    return grid.with_columns(
        grid[name].scatter(list(rows), pl.Series(list(rows.values()), dtype=pl.String))
        for name, rows in changes.items()
    )


def _with_merged(grid: pl.DataFrame, areas: Iterable[Area]) -> pl.DataFrame:
    """Write the text of a merged area's first cell into all its cells, never beyond the area.

    Raises ``ValueError`` for areas that lie on one another over and over, which nobody can have made.
    """
    height, width = grid.height, grid.width - 1
    columns: dict[int, list[tuple[range, str | None]]] = {}
    cells = runs = 0
    for top, left, bottom, right in areas:
        rows, across = range(top, min(bottom, height - 1) + 1), range(left, min(right, width - 1) + 1)
        cells, runs = cells + len(rows) * len(across), runs + len(across)
        if cells > height * width or runs > MOST_RUNS:
            raise ValueError("merged areas overlap")
        text = grid[top, f"c{left}"] if rows and across else None
        for column in across if rows else ():
            columns.setdefault(column, []).append((rows, text))
    return grid.with_columns(_filled(grid[f"c{column}"], filled) for column, filled in columns.items())


def _filled(cells: pl.Series, filled: Iterable[tuple[range, str | None]]) -> pl.Series:
    """The column with a text in each run of rows."""
    index = np.concatenate([np.arange(rows.start, rows.stop) for rows, _ in filled])
    texts = pl.concat([pl.repeat(text, len(rows), dtype=pl.String, eager=True) for rows, text in filled])
    return cells.scatter(pl.Series(index), texts)


def letters(column: int) -> str:
    """The column as a spreadsheet calls it: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, last = divmod(column - 1, 26)
        name = chr(ord("A") + last) + name
    return name
