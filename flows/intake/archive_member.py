"""One entry of a zip archive: its name in Thai, and its bytes copied out, by password where it is locked."""

import hashlib
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import pyzipper

from flows.intake.broken_file import is_of_the_disk
from flows.intake.quarantine import Quarantined

CHUNK = 1 << 20
IS_LOCKED, IS_UTF8 = 0x1, 0x800
DAMAGED = (
    zipfile.BadZipFile,
    pyzipper.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
)
# What systems put beside the files; nobody sent it on purpose.
OF_SYSTEMS = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


def opened(path: Path) -> Any:
    """The archive for reading: one with locked entries by the library that knows AES."""
    with zipfile.ZipFile(path) as plain:
        is_locked = any(entry.flag_bits & IS_LOCKED for entry in plain.infolist())
    return (pyzipper.AESZipFile if is_locked else zipfile.ZipFile)(path)


@dataclass(frozen=True)
class Entry:
    """An entry of an open archive. ``shown``: the archive's name as its sender knows it."""

    archive: Any
    info: Any
    shown: str

    @property
    def name(self) -> str:
        """Without the mark of UTF-8 the name is in the sender's code page, Thai in an office."""
        written = str(self.info.filename)
        if self.info.flag_bits & IS_UTF8:
            return written
        for encoding in ("utf-8", "cp874"):
            try:
                return written.encode("cp437").decode(encoding)
            except UnicodeError:
                continue
        return written

    @property
    def is_sent(self) -> bool:
        """Whether it is a file, and one that a person put there."""
        parts = PurePosixPath(self.name).parts
        if not parts or self.info.is_dir():
            return False
        is_systems = any(part.lower() in OF_SYSTEMS for part in parts) or parts[-1].startswith((".", "~$"))
        return not is_systems

    def copied(self, copy: Path, password: str | None, room: int) -> tuple[str, int]:
        """Unpack to ``copy``; hash and size. Raises ``Quarantined`` when locked or of more than ``room``
        bytes.
        """
        if not self.info.flag_bits & IS_LOCKED:
            return self._written(copy, None, room)
        if not password:
            raise Quarantined("no_password", self.shown)
        for encoding in ("utf-8", "cp874"):
            # a wrong password may show only in the unpacked bytes
            try:
                return self._written(copy, password.encode(encoding), room)
            except (RuntimeError, UnicodeEncodeError, *DAMAGED):
                continue
        raise Quarantined("wrong_password", self.shown)

    def _written(self, copy: Path, password: bytes | None, room: int) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        source: BinaryIO = _tried(lambda: self.archive.open(self.info, pwd=password), self.shown)
        with source, copy.open("wb") as target:
            while chunk := _tried(lambda: source.read(CHUNK), self.shown):
                size += len(chunk)
                if size > room:
                    raise Quarantined("too_large", self.shown)
                digest.update(chunk)
                target.write(chunk)
        return digest.hexdigest(), size


def _tried(step: Callable[[], Any], shown: str) -> Any:
    """What the step gives. Broken content may be an ``OSError`` like a failing disk's."""
    try:
        return step()
    except NotImplementedError:
        raise Quarantined("zip_method", shown) from None
    except OSError as broken:
        if is_of_the_disk(broken):
            raise
        raise zipfile.BadZipFile from None
