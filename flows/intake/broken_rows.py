"""Rows of a text file that a line break inside a cell has cut in pieces, and rows that end early.

Without quotes around it a line break in an address makes two rows of one, and the second would be read as
somebody else's record. Rows in succession that together have exactly the cells of one, and of which the later
do not begin like the first, are such pieces; they are set aside and told. A row that merely ends early (empty
cells left out) is read, its last cells empty, and counted for the receipt.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

# A single cell in a table wider than this is no record: the end of a last cell that was cut, or a note.
LEAST_WIDTH = 2
SHAPE = bytes.maketrans(b"123456789", b"000000000")


class ShortRows(NamedTuple):
    """Numbers of the rows (from 1) that are pieces of one; how many others end early, of how many lines."""

    broken: frozenset[int]
    short: int
    lines: int


class _Row(NamedTuple):
    number: int
    cells: int
    first: bytes


def usual_width(head: Sequence[Sequence[str]]) -> int:
    """How many cells most of the first rows have."""
    widths = Counter(len(row) for row in head if len(row) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def short_rows(lines: Iterable[bytes], delimiter: bytes, width: int) -> ShortRows:
    """Look at all lines of a file whose rows usually have ``width`` cells."""
    broken: set[int] = set()
    short, number, open_rows = 0, 0, list[_Row]()
    for number, line in enumerate(lines, 1):
        cells = line.count(delimiter) + 1
        is_alone = cells == 1 and not open_rows
        if is_alone and width > LEAST_WIDTH and line.strip():
            broken.add(number)
        if cells >= width or is_alone or not line.strip():
            short += len(open_rows)
            open_rows = []
            continue
        open_rows.append(_Row(number, cells, line.partition(delimiter)[0]))
        while _cells(open_rows) > width:
            del open_rows[0]
            short += 1
        if _cells(open_rows) == width and _are_pieces(open_rows):
            broken |= {row.number for row in open_rows}
            open_rows = []
    return ShortRows(frozenset(broken), short + len(open_rows), number)


def _cells(pieces: Sequence[_Row]) -> int:
    """The cells of the row they would make: the last of each piece and the first of the next are one."""
    return sum(row.cells for row in pieces) - (len(pieces) - 1)


def _are_pieces(rows: Sequence[_Row]) -> bool:
    first, *others = (row.first.translate(SHAPE) for row in rows)
    return bool(others) and all(other != first for other in others)
