"""What a file is, told by its content and never by its suffix; and which encoding a text file is in.

Offices rename ``.csv`` to ``.xls``, export web pages as ``.xls`` and save in whatever code page the machine
has. Order for text: byte-order mark, UTF-16 without a mark, strict UTF-8, strict cp874, then give up. Never
tis_620 (accepts control characters silently) and never Latin-1 (accepts everything). What is not here:
reading the cells.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from flows.intake.quarantine import Quarantined

SAMPLE = 1 << 16
CHUNK = 1 << 22
WORKBOOK_PARTS = (b"xl/workbook.xml", b"xl/workbook.bin", b"mimetypeapplication/vnd.oasis")
FOREIGN = {
    b"%PDF": "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"\x1f\x8b": "gzip",
    b"SQLite format 3": "SQLite",
    b"\x00\x01\x00\x00Standard": "Access",
}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
# UTF-8 Thai read as cp874 turns every letter into เธ? or เน?; real Thai has such pairs once in hundreds.
UTF8_AS_THAI = re.compile("เ[ธน]")
THAI = re.compile("[ก-๛]")
# cp874 Thai read as Latin-1: runs of accented letters such as ¢éÍÁÙÅ.
THAI_AS_LATIN = re.compile("[\u00a1-\u00fb]{3,}")


def file_kind(path: Path, name: str) -> str:
    """``workbook``, ``parquet`` or ``text``; anything else is quarantined with what it really is."""
    size = path.stat().st_size
    with path.open("rb") as source:
        head = source.read(SAMPLE)
        source.seek(max(0, size - SAMPLE))
        tail = source.read()
    if not head.strip(b"\x00\r\n\t ,;\xef\xbb\xbf"):
        raise Quarantined("empty_file", name)
    if head.startswith(b"PAR1"):
        if not tail.endswith(b"PAR1"):
            raise Quarantined("truncated_file", name)
        return "parquet"
    if head.startswith(b"PK"):
        return _zip_kind(head, tail, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound_kind(path, name)
    for magic, what in FOREIGN.items():
        if head.startswith(magic):
            raise Quarantined("not_a_table", name, kind=what)
    if (
        head.lstrip(b"\xef\xbb\xbf \r\n\t")[:200]
        .lower()
        .startswith((b"<html", b"<!doctype html", b"<table", b"<?xml"))
    ):
        raise Quarantined("web_page", name)
    return "text"


def _zip_kind(head: bytes, tail: bytes, name: str) -> str:
    # the end record of a zip sits in its last 64 KB; a cut-off upload has none
    if b"PK\x05\x06" not in tail:
        raise Quarantined("truncated_file", name)
    if any(part in head or part in tail for part in WORKBOOK_PARTS):
        return "workbook"
    raise Quarantined("zip_file", name)


def _compound_kind(path: Path, name: str) -> str:
    """An old ``.xls`` workbook, or the envelope Office puts around a workbook locked with a password."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Quarantined("password", name)
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return "workbook"
    raise Quarantined("not_a_table", name, kind="OLE")


def text_encoding(path: Path, name: str) -> str:
    """The Python codec that decodes the whole file strictly. Raises ``Quarantined`` with the row that breaks
    it.
    """
    with path.open("rb") as source:
        head = source.read(SAMPLE)
    if head.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif b"\x00" in head:
        # of a delimiter or a digit in unmarked UTF-16 the zero byte is second (little endian) or first (big)
        candidates = ["utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"]
    else:
        candidates = ["utf-8", "cp874"]
    breaks = []
    for encoding in candidates:
        row = _first_broken_row(path, encoding)
        if row is None:
            _refuse_garbled(head.decode(encoding, "ignore"), name)
            return encoding
        breaks.append(row)
    raise Quarantined("wrong_encoding", name, row=max(breaks))


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
