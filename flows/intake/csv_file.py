"""A delimited text file as a sheet: Polars reads well-formed files, Python's patient reader the others.

Polars splits lines by counting quotes, so one stray quote (``เหล็ก 5" 2 ท่อน``) can silently swallow rows.
The quotes of every file are therefore proved well-formed first. What is not here: encodings (recognise),
headers.
"""

import codecs
import csv
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import polars as pl

from flows.intake.delivery import Delivery
from flows.intake.quarantine import Quarantined
from flows.intake.recognise import CHUNK, decoded, text_encoding
from flows.intake.sheet import HEAD_ROWS, Sheet, cell_names

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
    path = _utf8_copy(delivery, encoding, work_dir)
    head, delimiter = _head(path)
    width = max((len(row) for row in head), default=0)
    is_regular = _quotes_are_regular(path, delimiter)

    def batches() -> Iterator[pl.DataFrame]:
        if is_regular:
            return _fast(path, delimiter, width + SPARE_CELLS)
        return _patient(path, delimiter, width + SPARE_CELLS, delivery.name)

    return [Sheet(delivery, None, encoding, head, batches, counts_cells=True)]


def batch_rows(width: int) -> int:
    """How many rows of that many cells are read at a time."""
    return max(1, min(LARGEST_BATCH, BATCH_CELLS // max(width, 1)))


def _utf8_copy(delivery: Delivery, encoding: str, work_dir: Path) -> Path:
    """The kept file itself when it is UTF-8 with line feeds, else a transcoded copy in ``work_dir``."""
    with delivery.kept_path.open("rb") as source:
        sample = source.read(1 << 16)
    old_mac = b"\r" in sample and b"\n" not in sample
    if encoding in ("utf-8", "utf-8-sig") and not old_mac:
        return delivery.kept_path
    copy = work_dir / f"{delivery.sha256}.csv"
    with copy.open("w", encoding="utf-8", newline="") as target:
        for piece in decoded(delivery.kept_path, encoding):
            target.write(piece.removeprefix("\ufeff").replace("\r", "\n") if old_mac else piece)
    return copy


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


def _quotes_are_regular(path: Path, delimiter: str) -> bool:
    """True when every quote opens or closes a whole cell, or is doubled inside one.

    Of the stretches between quotes those at even places lie outside cells in quotes: each must be empty (a
    doubled quote) or begin and end at a delimiter or a line end. The file is taken as one line between two
    line ends.
    """
    edges = (delimiter.encode(), b"\n", b"\r")
    outside, carried = True, b"\n"
    with path.open("rb") as source:
        source.seek(len(codecs.BOM_UTF8) if source.read(3) == codecs.BOM_UTF8 else 0)
        while piece := source.read(CHUNK):
            *stretches, last = (carried + piece).split(b'"')
            if not all(_is_cells(stretch, edges) for stretch in set(stretches[0 if outside else 1 :: 2])):
                return False
            outside ^= len(stretches) % 2 == 1
            # only its ends matter, so a long stretch is not carried whole
            carried = last if len(last) < 3 else last[:1] + last[-1:]
    return outside and _is_cells(carried + b"\n", edges)


def _is_cells(stretch: bytes, edges: tuple[bytes, ...]) -> bool:
    return not stretch or (stretch.startswith(edges) and stretch.endswith(edges))


def _fast(path: Path, delimiter: str, width: int) -> Iterator[pl.DataFrame]:
    names = cell_names(width)
    rows = pl.scan_csv(
        path,
        has_header=False,
        separator=delimiter,
        schema=dict.fromkeys(names, pl.String),
        missing_columns="insert",
        truncate_ragged_lines=True,
        row_index_name="source_row",
        row_index_offset=1,
    ).with_columns(pl.col("source_row").cast(pl.Int64))
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
