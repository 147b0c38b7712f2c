"""Which encoding a text file is in, and its text in pieces.

Offices save in whatever code page the machine has. Order: byte-order mark, UTF-16 without a mark, strict
UTF-8, strict cp874, then give up. Never tis_620 (accepts control characters silently) and never Latin-1
(accepts everything). What is not here: lines and cells (csv_file).
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from flows.intake.quarantine import Quarantined

SAMPLE = 1 << 16
CHUNK = 1 << 22
# The mark of UTF-32 begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Of a delimiter, a digit or a line end in UTF-16 one byte in two is zero; stray zeros are never so many.
ZEROS_OF_UTF16 = 0.1
# A run of zeros is a piece of the file that was never written.
HOLE = b"\x00" * 512
# NUL and the end mark of DOS are dropped and told (csv_file); other control characters are no text.
CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x19\x1b-\x1f]")
# UTF-8 Thai read as cp874 turns every letter into เธ? or เน?; real Thai has such pairs once in hundreds.
UTF8_AS_THAI = re.compile("เ[ธน]")
THAI = re.compile("[ก-๛]")
# cp874 Thai read as Latin-1: runs of accented letters such as ¢éÍÁÙÅ.
THAI_AS_LATIN = re.compile("[\u00a1-\u00fb]{3,}")


def text_encoding(path: Path, name: str) -> str:
    """The Python codec that decodes the whole file strictly. Raises ``Quarantined`` with the row that breaks
    it.
    """
    with path.open("rb") as source:
        head = source.read(SAMPLE)
    candidates = _candidates(head)
    if candidates[0].startswith("utf-8") and HOLE in head:
        raise Quarantined("truncated_file", name)
    breaks = []
    for encoding in candidates:
        row = _first_broken_row(path, encoding)
        if row is None:
            _refuse_garbled(head.decode(encoding, "ignore"), name)
            return encoding
        breaks.append(row)
    raise Quarantined("wrong_encoding", name, row=max(breaks))


def _candidates(head: bytes) -> tuple[str, ...]:
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return (encoding,)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    many, few = max(even, odd), min(even, odd)
    if many > ZEROS_OF_UTF16 * len(head) / 2 and few * 10 < many:
        # the zero byte of a digit is second in little endian, first in big
        return ("utf-16-le" if odd >= even else "utf-16-be",)
    return ("utf-8", "cp874")


def decoded(path: Path, encoding: str) -> Iterator[str]:
    """The file's text in pieces of a few megabytes, so that a large file never stands in memory whole."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _first_broken_row(path: Path, encoding: str) -> int | None:
    row = 1
    try:
        for piece in decoded(path, encoding):
            row += piece.count("\n")
    except UnicodeDecodeError as broken:
        return row + bytes(broken.object[: broken.start]).count(b"\n")
    return None


def _refuse_garbled(sample: str, name: str) -> None:
    if CONTROL.search(sample):
        raise Quarantined("not_a_table", name, kind="binary")
    thai = len(THAI.findall(sample))
    pairs = len(UTF8_AS_THAI.findall(sample))
    latin = sum(len(run) for run in THAI_AS_LATIN.findall(sample))
    if (pairs >= 5 and pairs * 8 > thai) or (latin >= 10 and latin > thai) or sample.count("\ufffd") >= 10:
        raise Quarantined("garbled_thai", name)
