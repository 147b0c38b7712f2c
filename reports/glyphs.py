"""Which characters a font can draw, and "?" for those it cannot.

PDF/A forbids a missing glyph, so one odd character in one file name would stop the whole summary. It is
replaced before the text reaches typst, and reported by code point, never with the text around it. Reads a
TrueType font's own character map (format 4, Basic Multilingual Plane), which is all that is needed here.
"""

import struct
from functools import cache
from pathlib import Path
from typing import Any

REPLACEMENT = "?"
_UNICODE_MAPS = {(3, 1), (0, 3), (0, 4)}  # platform and encoding ids of a BMP map


@cache
def covered(font: Path) -> frozenset[str]:
    """Every character of the Basic Multilingual Plane that `font` draws. ValueError without such a map."""
    data = font.read_bytes()
    start = _table(data, b"cmap")
    for index in range(struct.unpack_from(">H", data, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", data, start + 4 + 8 * index)
        found = start + offset
        if (platform, encoding) in _UNICODE_MAPS and struct.unpack_from(">H", data, found)[0] == 4:
            return frozenset(_segments(data, found))
    raise ValueError(f"{font.name} has no Unicode character map of format 4")


def _table(data: bytes, tag: bytes) -> int:
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        name, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"not a TrueType font: no table {tag.decode()}")


def _segments(data: bytes, start: int) -> list[str]:
    # OpenType "cmap" format 4: parallel arrays endCode, startCode, idDelta, idRangeOffset; one entry each.
    count = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", data, start + 14 + gap + 2 * count * column)
        for column, gap in ((0, 0), (1, 2), (2, 2), (3, 2))
    )
    place = start + 16 + 6 * count
    drawn = []
    for segment in range(count):
        for code in range(starts[segment], ends[segment] + 1):
            glyph = code
            if offsets[segment]:
                at = place + 2 * segment + offsets[segment] + 2 * (code - starts[segment])
                glyph = struct.unpack_from(">H", data, at)[0]
            if (glyph + deltas[segment]) % 0x10000 and glyph and code != 0xFFFF:
                drawn.append(chr(code))
    return drawn


def drawable(value: Any, letters: frozenset[str], missing: set[str]) -> Any:
    """`value` (text, list, dict of them) with every undrawable character as "?"; those go into `missing`."""
    if isinstance(value, str):
        odd = {letter for letter in value if letter not in letters and letter != "\n"}
        missing |= odd
        return "".join(REPLACEMENT if letter in odd else letter for letter in value) if odd else value
    if isinstance(value, dict):
        return {key: drawable(item, letters, missing) for key, item in value.items()}
    if isinstance(value, list):
        return [drawable(item, letters, missing) for item in value]
    return value
