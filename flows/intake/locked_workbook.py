"""A workbook locked with a password, opened with the one its district has agreed with the province.

.xlsx (the envelope Office puts around it) and .xls. The opened copy lies in the work folder and goes with it;
name and hash stay those of the file as sent.
"""

import struct
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.parsers import expat

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
from msoffcrypto.format.ooxml import OOXMLFile

from flows.intake.delivery import Delivery
from flows.intake.quarantine import Quarantined

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Excel's own, of .xls files of which only the structure is protected: they open without asking anybody.
OF_EXCEL = "VelvetSweatshop"
DAMAGED = (
    FileFormatError,
    ParseError,
    DecryptionError,
    expat.ExpatError,
    struct.error,
    ValueError,
    IndexError,
    KeyError,
    OSError,
    # what the library's own checks of a broken envelope raise
    AttributeError,
    AssertionError,
    TypeError,
)


def unlocked(delivery: Delivery, work_dir: Path, password: str | None) -> Delivery:
    """The delivery itself, or its opened copy. Raises ``Quarantined`` without the right password."""
    with delivery.kept_path.open("rb") as sent:
        if sent.read(len(OLE)) != OLE:
            return delivery
        try:
            book = msoffcrypto.OfficeFile(sent)
            if not book.is_encrypted():
                return delivery
        except DAMAGED:
            # no workbook, or too broken to tell: whoever reads it says so
            return delivery
        copy = work_dir / f"{delivery.sha256}.unlocked"
        for known in (password, OF_EXCEL):
            if known and _opened(book, known, copy):
                return replace(delivery, kept_path=copy)
    raise Quarantined("wrong_password" if password else "password", delivery.name)


def _opened(book: Any, password: str, copy: Path) -> bool:
    try:
        # the .xls reader always holds the password against the file, the other when asked
        asked = {"verify_password": True} if isinstance(book, OOXMLFile) else {}
        book.load_key(password=password, **asked)
        with copy.open("wb") as target:
            book.decrypt(target)
    except OSError as broken:
        # a full disk has a number; what the library says of a broken envelope has none
        if broken.errno is not None:
            raise
        return False
    except (InvalidKeyError, *DAMAGED):
        return False
    return True
