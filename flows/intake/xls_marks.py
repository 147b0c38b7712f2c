"""Marks of an old .xls workbook (BIFF8), from the records of its stream.

Source: Microsoft's [MS-XLS] (Row, ColInfo, MergeCells). Older files than BIFF8 have no merged areas. What is
not here: the records themselves (xls_stream).
"""

import struct

from flows.intake.sheet_marks import Area, Marks
from flows.intake.xls_stream import records, sheets_of

COLUMNS, ROW, MERGED = 0x007D, 0x0208, 0x00E5
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 0x01


def xls_marks(stream: bytes) -> dict[str, Marks]:
    """Marks by name of worksheet, from the workbook's stream."""
    return {name: _marks(stream, start) for name, start in sheets_of(stream)}


def _marks(stream: bytes, start: int) -> Marks:
    merged: list[Area] = []
    rows: set[int] = set()
    columns: set[int] = set()
    for kind, at, size in records(stream, start):
        if kind not in (MERGED, ROW, COLUMNS):
            continue
        content = stream[at : at + size]
        if kind == MERGED:
            areas = struct.iter_unpack("<4H", content[2 : 2 + 8 * (len(content[2:]) // 8)])
            merged += [(top, left, bottom, right) for top, bottom, left, right in areas]
        elif kind == COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", content)
            columns |= set(range(first, last + 1)) if options & HIDDEN_COLUMN else set()
        elif struct.unpack_from("<H", content, 12)[0] & HIDDEN_ROW:
            rows.add(struct.unpack_from("<H", content)[0])
    return Marks(tuple(merged), frozenset(rows), frozenset(columns))
