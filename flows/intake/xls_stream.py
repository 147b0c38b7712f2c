"""The records of an old .xls workbook taken out of their envelope, looked at, and put into a new one.

The envelope (OLE, a file system in a file) of a damaged file may send whoever follows it round in circles or
ask for memory without end; its records may name cells that no .xls has. The copy is an envelope of our own
making around the same records. Source: Microsoft's [MS-CFB] and [MS-XLS] (Dimensions, cells).
"""

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

from flows.intake.extent import Extent, refuse_stray_cells

NAMES = ("Workbook", "Book", "WORKBOOK", "BOOK")
BOF, EOF, SHEET, DIMENSIONS, LOCKED = 0x0809, 0x000A, 0x0085, 0x0200, 0x002F
# NUMBER LABEL BOOLERR RSTRING RK LABELSST FORMULA, and MULRK, whose last column stands at its end.
CELLS, RUN_OF_CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x00D6, 0x027E, 0x00FD, 0x0006}), 0x00BD
SHEETS = 2000
COLUMNS = 256
SECTOR, FREE, END, IS_FAT = 4096, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# Places of the table's sectors in the header, with which a table of half a gigabyte of file is described.
TABLES = 109
Record = tuple[int, int, int]
"""Number, start of its content in the stream, and length."""


def stream_of(path: Path) -> tuple[str, bytes]:
    """Name and bytes of the workbook's stream, empty when there is none. Raises ``OSError`` when it is cut
    off.
    """
    with olefile.OleFileIO(path) as envelope:
        name = next((name for name in NAMES if envelope.exists(name)), "")
        if not name:
            return "", b""
        stream = envelope.openstream(name).read()
        if len(stream) < envelope.get_size(name):
            raise OSError("stream cut off")
        return name, stream


def records(stream: bytes, start: int) -> Iterator[Record]:
    """The records from there to the end of the worksheet (or of the workbook's own part)."""
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        yield kind, start + 4, size
        # a chart inside a worksheet has a beginning and an end of its own
        depth += (kind == BOF) - (kind == EOF)
        if kind == EOF and depth <= 0:
            return
        start += 4 + size


def sheets_of(stream: bytes) -> list[tuple[str, int]]:
    """Name of each worksheet and where its records begin. Raises ``ValueError`` for impossible ones."""
    found: list[tuple[str, int]] = []
    for kind, at, size in records(stream, 0):
        if kind == LOCKED:
            raise ValueError("locked with a password")
        if kind == SHEET:
            found.append((_name(stream[at : at + size]), struct.unpack_from("<I", stream, at)[0]))
    # each is read from its beginning: many that begin at one place would be read for hours
    if len(found) > SHEETS or len({start for _, start in found}) < len(found):
        raise ValueError("impossible worksheets")
    return found


def bounded(stream: bytes) -> bytes:
    """The stream without the sizes its worksheets announce: room is made for as many cells, true or not.

    Raises ``StrayCell`` for a worksheet with a cell far away, ``ValueError`` for worksheets that cannot be.
    """
    safe, walked = bytearray(stream), 0
    for name, start in sheets_of(stream):
        rows = columns = cells = 0
        for kind, at, size in records(stream, start):
            walked += 4 + size
            if walked > 2 * len(stream):
                raise ValueError("worksheets inside one another")
            if kind == DIMENSIONS:
                safe[at : at + size] = bytes(size)
            elif kind in CELLS or kind == RUN_OF_CELLS:
                row, column = struct.unpack_from("<HH", stream, at)
                last = struct.unpack_from("<H", stream, at + size - 2)[0] if kind == RUN_OF_CELLS else column
                rows, columns, cells = max(rows, row + 1), max(columns, column + 1, last + 1), cells + 1
        if columns > COLUMNS:
            raise ValueError("column beyond the last")
        refuse_stray_cells(Extent(rows, columns, cells), name)
    return bytes(safe)


def _name(content: bytes) -> str:
    """A length, whether letters take one byte or two, and the letters; names before BIFF8 come out odd."""
    length, is_wide = content[6], content[7] & 1
    return content[8 : 8 + length * (1 + is_wide)].decode("utf-16-le" if is_wide else "latin-1", "replace")


def write_envelope(name: str, stream: bytes, copy: Path) -> Path:
    """``copy``: an envelope that holds this one stream. Raises ``ValueError`` beyond half a gigabyte."""
    # a stream shorter than a sector would lie elsewhere
    padded = stream.ljust(SECTOR, b"\x00")
    sectors = -(-len(padded) // SECTOR)
    tables = -(-(sectors + 1) // (SECTOR // 4 - 1))
    if tables > TABLES:
        raise ValueError("workbook too large")
    table = [IS_FAT] * tables + [END] + list(range(tables + 2, tables + 1 + sectors)) + [END]
    table += [FREE] * (tables * SECTOR // 4 - len(table))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        + struct.pack("<5H6x9I", 0x3E, 4, 0xFFFE, 12, 6, 1, tables, tables, 0, SECTOR, END, 0, END, 0)
        + struct.pack(f"<{TABLES}I", *range(tables), *[FREE] * (TABLES - tables))
    )  # fmt: skip
    directory = _entry("Root Entry", 5, 0, 0, child=1) + _entry(name, 2, tables + 1, len(padded))
    with copy.open("wb") as target:
        target.write(header.ljust(SECTOR, b"\x00"))
        target.write(struct.pack(f"<{len(table)}I", *table))
        target.write(directory + _entry("", 0, 0, 0) * (SECTOR // 128 - 2))
        target.write(padded.ljust(sectors * SECTOR, b"\x00"))
    return copy


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    letters = name.encode("utf-16-le")
    length = len(letters) + 2 if name else 0
    return (
        letters.ljust(64, b"\x00")
        + struct.pack("<HBB3I", length, kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
