"""What may come of a mutated delivery: every value that is read stands in the file, and every row is told.

A typed value must be what the cell at its row and column means, by another reader of the file; a value that
is not there must be told; no row that holds anything may vanish.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from flows.intake import Extract
from flows.intake.readers import readers
from flows.intake.reading import read_columns
from schemas.layouts import MODELS, Table
from tests.reader_fuzz_independent import Sheets, sheets_of
from tests.reader_fuzz_seeds import Grid, Sent

# Completed from the record's own other cells, from its sender or from the round (flows.intake.place).
COMPLETED = frozenset({
    "district_code", "province_code", "survey_year_be", "tambon_code", "village_no", "reference_date", "age",
})  # fmt: skip
YEAR_BE = 2569
_meant: dict[tuple[str, str, str], object] = {}


def faults_of(extract: Extract, sent: Sent) -> tuple[list[str], bool]:
    """What cannot be explained, and whether another reader could be asked about every sheet."""
    faults, asked = [], True
    read = [receipt for receipt in extract.receipt if "columns_matched" in receipt]
    for receipt in read:
        whole = receipt["rows_read"] + sum(receipt["rows_set_aside"].values())
        if receipt["rows_in_file"] != whole:
            faults.append(f"{receipt['rows_in_file']} rows in the file, {whole} accounted for")
        sheets = sheets_of(sent, receipt["file"], receipt["encoding"])
        grid = _the_sheet(sheets, receipt)
        if grid is None or receipt["header_rows"] > 1:
            asked = False
            continue
        faults += list(_faults_of_sheet(extract, receipt, grid))
    return faults, asked


def _the_sheet(sheets: Sheets | None, receipt: Mapping[str, Any]) -> Grid | None:
    return None if sheets is None else sheets.get(receipt["sheet"])


def _faults_of_sheet(extract: Extract, receipt: Mapping[str, Any], grid: Grid) -> Iterator[str]:
    is_named = receipt["encoding"] == "parquet"
    filled = sum(any(cell.strip() for cell in row) for row in grid) - is_named
    if filled > receipt["rows_in_file"]:
        yield f"{filled} rows hold something, {receipt['rows_in_file']} were counted"
    first = 0 if is_named else receipt["header_row"] - 1
    headings = [" ".join(cell.strip("\ufeff").split()) for cell in grid[first]] if first < len(grid) else []
    frames: Mapping[Table, pl.DataFrame] = {"household": extract.households, "person": extract.persons}
    told = set(extract.cells.select("delivery_id", "source_row", "field").iter_rows())
    told |= {
        (delivery, row, field)
        for delivery, row, fields in extract.findings.select(
            "delivery_id", "source_row", "fields"
        ).iter_rows()
        for field in fields.split("|")
    }
    for table, fields in receipt["columns_matched"].items():
        rows = frames[table].filter(pl.col("delivery_id") == receipt["delivery_id"])
        for field, told_heading in fields.items():
            heading = told_heading.strip("\ufeff")
            if heading not in headings or field not in MODELS[table].to_schema().columns:
                yield f"no column “{heading}” in the header row"
                continue
            column = headings.index(heading)
            for row, value in rows.select("source_row", field).iter_rows():
                text = _cell(grid, row - 1 + is_named, column)
                meant = _meaning(table, field, text)
                if value == meant or (receipt["delivery_id"], row, field) in told:
                    continue
                if meant is None and field in COMPLETED:
                    continue
                if receipt["layout"] == "flat" and table == "household":
                    # the first answer of the household's rows is kept, whichever row it stands in
                    own = [
                        _cell(grid, at, column) for at in _rows_of_household(grid, row - 1, headings, fields)
                    ]
                    if value in [_meaning(table, field, text) for text in own]:
                        continue
                yield f"row {row} {table}.{field}: {text!r} was read as {value!r}, not {meant!r}"


def _rows_of_household(grid: Grid, row: int, headings: list[str], fields: Mapping[str, str]) -> Iterator[int]:
    key = headings.index(fields["household_id"].strip("\ufeff"))
    mine = _meaning("household", "household_id", _cell(grid, row, key))
    for at in range(len(grid)):
        if _meaning("household", "household_id", _cell(grid, at, key)) == mine:
            yield at


def _cell(grid: Grid, row: int, column: int) -> str:
    return grid[row][column] if 0 <= row < len(grid) and column < len(grid[row]) else ""


def _meaning(table: Table, field: str, text: str) -> object:
    """What our reader of the column makes of the text, by itself."""
    key = (table, field, text)
    if key not in _meant:
        texts = pl.DataFrame({field: pl.Series([text or None], dtype=pl.String)})
        _meant[key] = read_columns(texts, {field: readers(table, YEAR_BE)[field]}).values[field][0]
    return _meant[key]
