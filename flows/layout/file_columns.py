"""The columns of a file of unknown layout: headings over up to three rows, and a sample of the cells.

Opens the file with the intake's own readers. The header is the row, or rows, whose texts are most like names
of fields; a file whose headings are all new still has one. Deliberately not here: what a column means.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.intake.delivery import Delivery
from flows.intake.header import heading_parts
from flows.intake.open_file import READERS, files_of
from flows.intake.recognise import file_kind
from flows.intake.sheet import Sheet
from flows.intake.words import words
from flows.layout.names import likeness

SAMPLE_ROWS = 400
SEARCH_ROWS = 12


@dataclass(frozen=True)
class FileColumn:
    """One column: heading as written (of several rows joined), its parts, and cells of the first records."""

    sheet: str
    cell: str
    heading: str
    parts: tuple[str, ...]
    cells: tuple[str, ...]


def columns_of(path: Path, password: str | None = None) -> list[list[FileColumn]]:
    """The columns of each sheet of the file. Raises ``Quarantined`` when it cannot be opened."""
    with sheets_of(path, password) as sheets:
        return [found for sheet in sheets if (found := columns_of_sheet(sheet))]


@contextmanager
def sheets_of(path: Path, password: str | None = None) -> Iterator[list[Sheet]]:
    """The sheets of the file, readable while the block runs. Raises ``Quarantined`` when it cannot be
    opened.
    """
    sent = Delivery(path, path, path.name, "", path.stat().st_size)
    # Copies made to read it lie beside the file: they hold the same people.
    with tempfile.TemporaryDirectory(prefix=".work-", dir=path.parent) as folder:
        work = Path(folder)
        yield [
            sheet
            for file in files_of([sent], work, password)
            for sheet in READERS[file_kind(file.kept_path, file.name)](file, work)[0]
        ]


def columns_of_sheet(sheet: Sheet) -> list[FileColumn]:
    """The columns of one sheet with the cells of its first records; none when it has no rows."""
    top, rows = (0, 1) if sheet.is_named else _header(sheet.head)
    parts = heading_parts(sheet.head[top : top + rows])
    batch = next(iter(sheet.batches()), None)
    if batch is None or not parts:
        return []
    last = 0 if sheet.is_named else top + rows
    body = batch.filter(batch["source_row"] > last).head(SAMPLE_ROWS)
    return [
        FileColumn(
            sheet.name or "",
            cell,
            " ".join(texts),
            tuple(texts),
            tuple(body[cell].drop_nulls().to_list()) if cell in body.columns else (),
        )
        for cell, texts in parts.items()
        if texts
    ]


def _header(head: Sequence[tuple[str, ...]]) -> tuple[int, int]:
    """First row and number of rows of the header: most like names of fields, of equals the shortest."""
    best, found = 0.0, (0, 1)
    for top in range(min(SEARCH_ROWS, len(head))):
        for rows in range(1, words().joined_rows + 1):
            window = head[top : top + rows]
            if len(window) < rows:
                continue
            score = sum(likeness(texts) for texts in heading_parts(window).values() if texts)
            if score > best * 1.02:
                best, found = score, (top, rows)
    return found
