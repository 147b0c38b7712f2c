"""A workbook in a zip (.xlsx, .xlsb, .ods) copied part by part: what was looked at is what is read.

The copy holds the parts of cells only, unpacked, each under one name, its sum and its size as the zip's own
list says, and every XML well-formed and without a document type. A zip that lies about a size, holds two
parts of one name or an XML that never ends would otherwise be one file to us and another to the library that
reads the cells, or keep it busy for ever.
"""

import zipfile
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

PIECE = 1 << 20
PARTS = (".xml", ".rels", ".bin", "mimetype")
XML = (".xml", ".rels")
# Pictures, and a first page for a file manager: nothing of a cell.
BESIDE = ("xl/media/", "Pictures/", "Thumbnails/", "Configurations2/", "xl/printerSettings/")
# Old programs declare the type of this one part; only its mark of encryption is looked at.
TYPED = "META-INF/manifest.xml"


def copied_parts(path: Path, copy: Path) -> Path:
    """``copy``, written from the workbook at ``path``.

    Raises ``zipfile.BadZipFile``, ``zlib.error``, ``expat.ExpatError`` or ``RuntimeError`` when it is
    damaged.
    """
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        parts = [info for info in packed.infolist() if _is_wanted(info.filename)]
        # parts are found by their names whatever their case
        if len({info.filename.lower() for info in parts}) < len(parts):
            raise zipfile.BadZipFile
        for info in parts:
            with packed.open(info) as source, target.open(info.filename, "w", force_zip64=True) as written:
                _copy(source, written, info.filename)  # type: ignore[arg-type]
    return copy


def _is_wanted(name: str) -> bool:
    return name.endswith(PARTS) and not name.startswith(BESIDE)


def _copy(source: BinaryIO, target: BinaryIO, name: str) -> None:
    parser = expat.ParserCreate() if name.endswith(XML) and name != TYPED else None
    if parser is not None:
        parser.StartDoctypeDeclHandler = _refuse
    while piece := source.read(PIECE):
        if parser is not None:
            # other encodings hide from whoever looks for tags in the bytes
            if b"\x00" in piece:
                raise expat.ExpatError("not in UTF-8")
            parser.Parse(piece, False)
        target.write(piece)
    if parser is not None:
        parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    """No workbook declares a document type; entities declared there could grow without end."""
    raise expat.ExpatError("document type declared")
