"""A workbook encrypted as Excel does it (AES-256, ECMA-376 agile), never on the disk in the clear.

Salt and key are drawn anew each time, as they must be: the same plan gives the same workbook inside, not the
same bytes around it. Deliberately not here: where the password comes from (flows/export_commands.py).
"""

import io
import os
from pathlib import Path

import msoffcrypto
from msoffcrypto.format.ooxml import OOXMLFile

LEAST_LETTERS = 12


class WeakPasswordError(Exception):
    """No password, or one too short to protect anybody. Holds nothing of it."""


def write_locked(book: bytes, path: Path, password: str) -> None:
    """Write the workbook ``book`` encrypted, replacing what is there; it is opened again before it counts.

    Raises WeakPasswordError for fewer than LEAST_LETTERS letters, OSError for what cannot be written.
    """
    if len(password) < LEAST_LETTERS:
        raise WeakPasswordError
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(book)).encrypt(password, locked)
    _prove(locked.getvalue(), book, password)
    partial = path.with_name(f".{path.name}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(locked.getvalue())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _prove(locked: bytes, book: bytes, password: str) -> None:
    sealed = msoffcrypto.OfficeFile(io.BytesIO(locked))
    sealed.load_key(password=password, verify_password=True)
    opened = io.BytesIO()
    sealed.decrypt(opened)
    if opened.getvalue() != book:
        raise OSError("the encrypted workbook does not open to what was written")
