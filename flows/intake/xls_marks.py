"""Marks of an old .xls workbook (BIFF8), from the records of its stream.

A record is a number, a length and its bytes; the workbook names each worksheet with the place where its
records begin. Source: Microsoft's [MS-XLS] (BoundSheet8, Row, ColInfo, MergeCells). Older files than BIFF8
have no merged areas.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

from flows.intake.sheet_marks import Area, Marks

BOF, EOF, SHEET, COLUMNS, ROW, MERGED = 0x0809, 0x000A, 0x0085, 0x007D, 0x0208, 0x00E5
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 0x01


def xls_marks(path: Path) -> dict[str, Marks]:
    """Marks by name of worksheet; none for files older than BIFF8."""
    with olefile.OleFileIO(path) as envelope:
        if not envelope.exists("Workbook"):
            return {}
        stream = envelope.openstream("Workbook").read()
    return {
        _name(content): _marks(stream, struct.unpack_from("<I", content)[0])
        for kind, content in _records(stream, 0)
        if kind == SHEET
    }


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from there to the end of the worksheet (or of the workbook's own part)."""
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + size]
        # a chart inside a worksheet has a beginning and an end of its own
        depth += (kind == BOF) - (kind == EOF)
        if kind == EOF and depth <= 0:
            return
        start += 4 + size


def _name(content: bytes) -> str:
    """A length, whether letters take one byte or two, and the letters."""
    length, is_wide = content[6], content[7] & 1
    return content[8 : 8 + length * (1 + is_wide)].decode("utf-16-le" if is_wide else "latin-1")


def _marks(stream: bytes, start: int) -> Marks:
    merged: list[Area] = []
    rows: set[int] = set()
    columns: set[int] = set()
    for kind, content in _records(stream, start):
        if kind == MERGED:
            areas = struct.iter_unpack("<4H", content[2 : 2 + 8 * (len(content[2:]) // 8)])
            merged += [(top, left, bottom, right) for top, bottom, left, right in areas]
        elif kind == ROW and struct.unpack_from("<H", content, 12)[0] & HIDDEN_ROW:
            rows.add(struct.unpack_from("<H", content)[0])
        elif kind == COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", content)
            columns |= set(range(first, last + 1)) if options & HIDDEN_COLUMN else set()
    return Marks(tuple(merged), frozenset(rows), frozenset(columns))
