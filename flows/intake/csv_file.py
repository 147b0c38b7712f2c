"""A delimited text file as a sheet: Polars reads well-formed files, Python's patient reader the others.

What is not here: encodings (text_encoding), characters that are no text (plain_copy), quotes (quotes), rows
cut in pieces (broken_rows), headers.
"""

import csv
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import polars as pl

from flows.intake.broken_rows import ShortRows, short_rows, usual_width
from flows.intake.delivery import Delivery
from flows.intake.plain_copy import plain_copy
from flows.intake.quarantine import Quarantined
from flows.intake.quotes import outside_lines, quotes_of
from flows.intake.sheet import HEAD_ROWS, Sheet, cell_names
from flows.intake.text_bounds import refuse_empty_lines, refuse_lines_without_end
from flows.intake.text_encoding import text_encoding
from flows.intake.words import words

# Cells in memory at a time, about 200 MB of text, however wide the table.
BATCH_CELLS = 8_000_000
LARGEST_BATCH = 100_000
DELIMITERS = ",;\t|"
SPARE_CELLS = 3
# An address may hold a line break or two; a quote that never closes swallows the rest of the file.
LINES_IN_A_CELL = 20


def csv_sheets(delivery: Delivery, work_dir: Path) -> list[Sheet]:
    """The one sheet of a text file. Raises ``Quarantined`` for a wrong encoding or a quote that never
    closes.
    """
    encoding = text_encoding(delivery.kept_path, delivery.name)
    path, dropped = plain_copy(delivery, encoding, work_dir)
    lines = refuse_lines_without_end(path, delivery.name)
    head, delimiter = _head(path)
    width = max((len(row) for row in head), default=0)
    refuse_empty_lines(path, delivery.name, lines, width)
    quotes = quotes_of(path, delimiter)
    rows = ShortRows(frozenset(), 0, 0)
    if quotes.are_regular and not quotes.has_lone_returns:
        rows = short_rows(outside_lines(path), delimiter.encode(), usual_width(head))
        _refuse_pieces(rows, delivery.name)

    def batches() -> Iterator[pl.DataFrame]:
        if quotes.are_regular and not quotes.has_lone_returns:
            return _fast(path, delimiter, width + SPARE_CELLS, quotes.has_any)
        return _patient(path, delimiter, width + SPARE_CELLS, delivery.name)

    found = {
        "characters_dropped": dropped,
        "rows_ending_early": rows.short,
        "stray_quotes": not quotes.are_regular,
        "mixed_line_ends": quotes.has_lone_returns,
    }
    remarks = {name: value for name, value in found.items() if value}
    return [
        Sheet(
            delivery,
            None,
            encoding,
            head,
            batches,
            counts_cells=True,
            remarks=remarks,
            broken_rows=rows.broken,
        )
    ]


def _refuse_pieces(rows: ShortRows, name: str) -> None:
    """A file mostly of pieces of rows is told as one, before each of them is looked at."""
    if len(rows.broken) > max(words().told_rows, words().quarantine_share * rows.lines):
        first = min(rows.broken)
        raise Quarantined("few_records", name, row=first, count=len(rows.broken), total=rows.lines)


def batch_rows(width: int) -> int:
    """How many rows of that many cells are read at a time."""
    return max(1, min(LARGEST_BATCH, BATCH_CELLS // max(width, 1)))


def _head(path: Path) -> tuple[tuple[tuple[str, ...], ...], str]:
    """The first rows, split by whichever delimiter gives the widest table."""
    candidates = []
    for delimiter in DELIMITERS:
        rows = []
        with path.open(encoding="utf-8-sig", newline="") as source, suppress(csv.Error):
            rows.extend(tuple(row) for row in islice(csv.reader(source, delimiter=delimiter), HEAD_ROWS))
        widest = max((len(row) for row in rows), default=0)
        candidates.append((widest, -DELIMITERS.index(delimiter), tuple(rows), delimiter))
    _, _, head, delimiter = max(candidates)
    return head, delimiter


def _fast(path: Path, delimiter: str, width: int, has_quotes: bool) -> Iterator[pl.DataFrame]:
    names = cell_names(width)
    cells = pl.col(names)
    if has_quotes:
        # an empty cell in quotes is an empty cell
        cells = pl.when(cells != "").then(cells)
    rows = pl.scan_csv(
        path,
        has_header=False,
        separator=delimiter,
        schema=dict.fromkeys(names, pl.String),
        missing_columns="insert",
        truncate_ragged_lines=True,
        row_index_name="source_row",
        row_index_offset=1,
    ).select(pl.col("source_row").cast(pl.Int64), cells)
    yield from rows.collect_batches(chunk_size=batch_rows(width), maintain_order=True)


def _patient(path: Path, delimiter: str, width: int, name: str) -> Iterator[pl.DataFrame]:
    names, seen = cell_names(width), 0
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.reader(source, delimiter=delimiter)
        while rows := _rows(reader, seen, width, name):
            columns = {n: [row[i] or None for row in rows] for i, n in enumerate(names)}
            index = pl.Series("source_row", range(seen + 1, seen + len(rows) + 1), dtype=pl.Int64)
            yield pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)).insert_column(0, index)
            seen += len(rows)


def _rows(reader: Iterator[list[str]], seen: int, width: int, name: str) -> list[list[str]]:
    """The next batch, every row padded to ``width``; a cell of many lines is a quote that never closed."""
    rows: list[list[str]] = []
    try:
        for row in islice(reader, batch_rows(width)):
            if any(cell.count("\n") > LINES_IN_A_CELL for cell in row):
                raise Quarantined("open_quote", name, row=seen + len(rows) + 1)
            rows.append((row + [""] * width)[:width])
    except csv.Error:
        raise Quarantined("open_quote", name, row=seen + len(rows) + 1) from None
    return rows
