"""How far the worksheets of an .xlsb reach, from the records of their parts.

A record is a number and a length in bytes of seven bits each, then its content. Source: Microsoft's [MS-XLSB]
(BrtRowHdr, and the cells).
"""

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from flows.intake.extent import Extent, refuse_stray_cells

ROW, CELLS = 0, range(2, 12)


def refuse_stray_cells_of_xlsb(path: Path) -> None:
    """Raises ``StrayCell``; ``struct.error`` or ``IndexError`` for a part that is cut off."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "sheets/" in name and name.endswith(".bin"):
                refuse_stray_cells(_extent(archive.read(name)), PurePosixPath(name).stem)


def _extent(part: bytes) -> Extent:
    rows = columns = cells = 0
    for kind, start in _records(part):
        if kind == ROW:
            rows = max(rows, struct.unpack_from("<I", part, start)[0] + 1)
        elif kind in CELLS:
            columns = max(columns, struct.unpack_from("<I", part, start)[0] + 1)
            cells += 1
    return Extent(rows, columns, cells)


def _records(part: bytes) -> Iterator[tuple[int, int]]:
    """Number and start of the content of each record."""
    at = 0
    while at < len(part):
        kind, at = _varying(part, at, 2)
        size, at = _varying(part, at, 4)
        yield kind, at
        at += size


def _varying(part: bytes, at: int, longest: int) -> tuple[int, int]:
    number = 0
    for place in range(longest):
        byte = part[at + place]
        number |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return number, at + place + 1
