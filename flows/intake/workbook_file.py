"""A workbook as sheets: every visible worksheet, every cell as text, merged cells filled as they look on
screen.

Cells come through calamine (fastexcel), which keeps the stored value: 13-digit numbers whole, dates as
``2526-04-12 00:00:00``. It knows nothing of merged areas, so these are read from the worksheet's own XML.
What is not here: hidden worksheets (code lists, old copies), which are named in the receipt and not read.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import fastexcel
import polars as pl

from flows.intake.delivery import Delivery
from flows.intake.quarantine import Quarantined
from flows.intake.sheet import Sheet, cell_names, head_of

MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DAMAGED = (
    fastexcel.FastExcelError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ElementTree.ParseError,
)
ERROR_CELLS = {"NA": "#N/A", "Div0": "#DIV/0!"}
# A worksheet holds about 30 bytes of XML a cell; more than this is not an office's file.
LARGEST_UNPACKED = 8 << 30


def workbook_sheets(delivery: Delivery) -> tuple[list[Sheet], list[str]]:
    """The visible worksheets that hold something, and the names of the hidden ones. Damaged files are
    quarantined.
    """
    try:
        _refuse_oversized(delivery)
        book = fastexcel.read_excel(delivery.kept_path.read_bytes())
        loaded = [
            book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string") for name in book.sheet_names
        ]
        hidden = [sheet.name for sheet in loaded if sheet.visible != "visible"]
        shown = [sheet for sheet in loaded if sheet.visible == "visible" and sheet.height]
        grids = [(sheet.name, _grid(sheet)) for sheet in shown]
        merged = _merged_areas(delivery.kept_path)
    except DAMAGED as broken:
        reason = "password" if "password" in str(broken).lower() else "truncated_file"
        raise Quarantined(reason, delivery.name) from None
    sheets = [_sheet(delivery, name, _fill_merged(grid, merged.get(name, []))) for name, grid in grids]
    if not sheets:
        raise Quarantined("empty_file", delivery.name)
    return sheets, hidden


def _sheet(delivery: Delivery, name: str, grid: pl.DataFrame) -> Sheet:
    def batches() -> Iterator[pl.DataFrame]:
        yield grid

    return Sheet(delivery, name, "xlsx", head_of(grid), batches)


def _grid(sheet: fastexcel.ExcelSheet) -> pl.DataFrame:
    """The worksheet as text, with error cells (``#N/A``), which calamine drops, put back so that they are
    reported.
    """
    record_batch, problems = sheet.to_arrow_with_errors()
    frame = pl.DataFrame(record_batch)
    frame.columns = cell_names(frame.width)
    changes: dict[str, dict[int, str | None]] = {}
    for problem in problems.errors if problems else ():
        row, column = problem.offset_position
        kind = problem.detail.partition("Error(")[2].rstrip("')")
        changes.setdefault(f"c{column}", {})[row] = ERROR_CELLS.get(kind, f"#{kind.upper()}!")
    index = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("source_row")
    return _written(frame.select(index, pl.all().replace("", None)), changes)


def _fill_merged(grid: pl.DataFrame, areas: list[tuple[int, int, int, int]]) -> pl.DataFrame:
    """Write the text of a merged area's first cell into all its cells, by whole columns, never beyond the
    area.
    """
    changes: dict[str, dict[int, str | None]] = {}
    for top, left, bottom, right in areas:
        if top >= grid.height or left >= grid.width - 1:
            continue
        text = grid[top, f"c{left}"]
        for column in range(left, min(right, grid.width - 2) + 1):
            rows = changes.setdefault(f"c{column}", {})
            rows.update(dict.fromkeys(range(top, min(bottom, grid.height - 1) + 1), text))
    return _written(grid, changes)


def _written(grid: pl.DataFrame, changes: dict[str, dict[int, str | None]]) -> pl.DataFrame:
    """The grid with texts written into single cells, given by column and row."""
    return grid.with_columns(
        grid[name].scatter(list(rows), pl.Series(list(rows.values()), dtype=pl.String))
        for name, rows in changes.items()
    )


def _merged_areas(path: Path) -> dict[str, list[tuple[int, int, int, int]]]:
    """Merged areas of each worksheet as (top, left, bottom, right) from 0; none for old binary formats."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        parts = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= parts:
            return {}
        targets = {
            link.get("Id"): "xl/" + link.get("Target", "").removeprefix("/xl/")
            for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        areas = {}
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
            target = targets.get(sheet.get(RELATION), "")
            if sheet.tag.endswith("}sheet") and target in parts:
                areas[sheet.get("name", "")] = [
                    _area(found) for found in MERGED.findall(archive.read(target))
                ]
        return areas


def _area(found: tuple[bytes, bytes, bytes, bytes]) -> tuple[int, int, int, int]:
    left, top, right, bottom = found
    return int(top) - 1, _column(left), int(bottom) - 1, _column(right)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _refuse_oversized(delivery: Delivery) -> None:
    if not zipfile.is_zipfile(delivery.kept_path):
        return
    with zipfile.ZipFile(delivery.kept_path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
            raise Quarantined("too_large", delivery.name)
