"""The quotes of a delimited text file: whether they are regular, and the text outside of them.

Polars splits lines by counting quotes, so one stray quote (``เหล็ก 5" 2 ท่อน``) can silently swallow rows.
The quotes of every file are therefore proved well-formed before it is read that way.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.intake.text_encoding import CHUNK


@dataclass(frozen=True)
class Quotes:
    """``are_regular``: every quote opens or closes a whole cell, or is doubled inside one.

    ``has_lone_returns``: some line outside of quotes ends in a carriage return only, unlike others.
    """

    are_regular: bool
    has_any: bool
    has_lone_returns: bool


def quotes_of(path: Path, delimiter: str) -> Quotes:
    """Look at the quotes of a UTF-8 file.

    Of the stretches between quotes those at even places lie outside cells in quotes: each must be empty (a
    doubled quote) or begin and end at a delimiter or a line end. The file is taken as one line between two
    line ends.
    """
    edges = (delimiter.encode(), b"\n", b"\r")
    is_outside, carried, has_any, has_lone = True, b"\n", False, False
    for piece in _pieces(path):
        *stretches, last = (carried + piece).split(b'"')
        outside = set(stretches[0 if is_outside else 1 :: 2])
        is_outside ^= len(stretches) % 2 == 1
        has_any = has_any or bool(stretches)
        # a return at the very end may have its line feed in the next piece
        has_lone = (
            has_lone
            or any(map(_has_lone_return, outside))
            or (is_outside and _has_lone_return(last.removesuffix(b"\r")))
        )
        if not all(_is_cells(stretch, edges) for stretch in outside):
            return Quotes(False, True, has_lone)
        # only its ends matter, so a long stretch is not carried whole
        carried = last if len(last) < 3 else last[:1] + last[-1:]
    return Quotes(is_outside and _is_cells(carried + b"\n", edges), has_any, has_lone)


def outside_lines(path: Path) -> Iterator[bytes]:
    """Line by line what stands outside of quotes in a file of regular quotes: all its delimiters."""
    is_outside, carried = True, b""
    for piece in _pieces(path):
        stretches = piece.split(b'"')
        *lines, carried = (carried + b"".join(stretches[0 if is_outside else 1 :: 2])).split(b"\n")
        is_outside ^= len(stretches) % 2 == 0
        yield from lines
    if carried:
        yield carried


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        source.seek(len(codecs.BOM_UTF8) if source.read(3) == codecs.BOM_UTF8 else 0)
        while piece := source.read(CHUNK):
            yield piece


def _is_cells(stretch: bytes, edges: tuple[bytes, ...]) -> bool:
    return not stretch or (stretch.startswith(edges) and stretch.endswith(edges))


def _has_lone_return(stretch: bytes) -> bool:
    return stretch.count(b"\r") != stretch.count(b"\r\n")
