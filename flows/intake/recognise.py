"""What a file is, told by its content and never by its suffix.

Offices rename ``.csv`` to ``.xls``, export web pages as ``.xls`` and put zips around anything. What is not
here: the encoding of a text file (text_encoding), reading the cells.
"""

import struct
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from flows.intake.broken_file import is_of_the_disk
from flows.intake.quarantine import Quarantined

SAMPLE = 1 << 16
Kind = Literal["workbook", "parquet", "text"]
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
# Folders of the parts of Office's other documents.
OTHER_DOCUMENTS = {"word/": "Word", "ppt/": "PowerPoint"}
# First byte of a dBase table, which old desktop programs exported; then follow year, month and day of saving.
DBASE = (0x03, 0x30, 0x31, 0x83, 0x8B, 0xF5)
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    KeyError,
)
WEB_PAGE = (b"<html", b"<!doctype html", b"<table", b"<?xml")


def file_kind(path: Path, name: str) -> Kind:
    """What reads the file; of anything nobody reads it is told in a quarantine what it really is."""
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
        return _zip_kind(path, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound_kind(path, name)
    for magic, what in FOREIGN.items():
        if head.startswith(magic):
            raise Quarantined("not_a_table", name, kind=what)
    if _is_dbase(head, size):
        raise Quarantined("not_a_table", name, kind="dBase (.dbf)")
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower().startswith(WEB_PAGE):
        raise Quarantined("web_page", name)
    return "text"


def is_archive(path: Path) -> bool:
    """Whether the file is a zip of files, and no workbook or other document in a zip's clothes."""
    with path.open("rb") as source:
        if source.read(2) != b"PK" or not zipfile.is_zipfile(path):
            return False
    try:
        return _document(path) is None
    except DAMAGED as broken:
        if is_of_the_disk(broken):
            raise
        return False


def _zip_kind(path: Path, name: str) -> Kind:
    try:
        document = _document(path)
    except DAMAGED as broken:
        if is_of_the_disk(broken):
            raise
        # a cut-off upload has lost the list at its end
        raise Quarantined("truncated_file", name) from None
    if document == "workbook":
        return "workbook"
    raise Quarantined("not_a_table", name, kind=document or "ZIP")


def _document(path: Path) -> str | None:
    """``workbook``, the name of another kind of document, or None for an archive of files."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.namelist()
        if parts[:1] == ["mimetype"] and "content.xml" in parts:
            is_sheet = archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet")
            return "workbook" if is_sheet else "OpenDocument"
    if "[Content_Types].xml" not in parts:
        return None
    if any(part.startswith("xl/") for part in parts):
        return "workbook"
    return next(
        (what for folder, what in OTHER_DOCUMENTS.items() if any(p.startswith(folder) for p in parts)), None
    )


def _compound_kind(path: Path, name: str) -> Kind:
    """An old ``.xls`` workbook, or the envelope Office puts around a workbook locked with a password."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Quarantined("password", name)
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return "workbook"
    raise Quarantined("not_a_table", name, kind="OLE")


def _is_dbase(head: bytes, size: int) -> bool:
    """A dBase table states its date of saving, its number of records and the lengths of header and record."""
    if len(head) < 32 or head[0] not in DBASE or not (1 <= head[2] <= 12 and 1 <= head[3] <= 31):
        return False
    records, header, record = struct.unpack_from("<IHH", head, 4)
    return header % 32 in (0, 1, 8, 9) and header > 32 and record > 1 and records * record <= size
