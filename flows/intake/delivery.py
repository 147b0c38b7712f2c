"""Receiving: keep a district's file exactly as sent, under the hash of its bytes.

A kept file is never rewritten: the name is the sha256, so the same bytes have the same place and a second
arrival is recognised. What is not here: opening the file; a delivery is kept even when nobody can read it;
where files that are not in a folder come from (flows.sources).
"""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 1 << 20
# What a killed run may leave in the folder: half a copy, and transcoded files. `swept` removes both.
PART, WORK = ".part-", ".work-"


@dataclass(frozen=True)
class Delivery:
    """One file as sent: where it came from, where its bytes are kept, and what they hash to."""

    path: Path
    kept_path: Path
    name: str
    sha256: str
    bytes: int
    is_repeat: bool = False
    archive: "Delivery | None" = None
    """Of a file out of a zip: the zip as sent, whose bytes are the ones that are kept."""

    @property
    def delivery_id(self) -> str:
        """The first 12 hex digits of the hash: written on every row that came from this file."""
        return self.sha256[:12]


class Readable(Protocol):
    """Bytes that come one piece after the other; empty at the end."""

    def read(self, size: int, /) -> bytes: ...


def receive(path: Path, keep_dir: Path) -> Delivery:
    """Copy ``path`` into ``keep_dir`` by content and say whether these bytes were already there.

    Raises ``OSError`` when the source cannot be read or the disk is full.
    """
    with path.open("rb") as source:
        return keep(source, path.name, keep_dir, path)


def keep(source: Readable, name: str, keep_dir: Path, path: Path | None = None) -> Delivery:
    """Keep what is read from ``source`` under its hash; ``path``: where it lies, when that is a file here.

    The copy is hashed while it is written and renamed into place only when complete, so a run that is killed
    or a source that breaks off leaves no half file under a hash.
    """
    keep_dir.mkdir(parents=True, exist_ok=True)
    handle, part_name = tempfile.mkstemp(prefix=PART, dir=keep_dir)
    part = Path(part_name)
    try:
        with os.fdopen(handle, "wb") as target:
            sha256, size = _copy(source, target)
        kept = keep_dir / sha256[:2] / sha256
        is_repeat = kept.exists() and kept.stat().st_size == size
        if not is_repeat:
            kept.parent.mkdir(exist_ok=True)
            part.replace(kept)
    finally:
        part.unlink(missing_ok=True)
    return Delivery(path or kept, kept, name, sha256, size, is_repeat)


def kept_before(sha256: str, name: str, keep_dir: Path) -> Delivery | None:
    """A delivery of an earlier night, its bytes hashed again; None when they are gone or damaged."""
    kept = keep_dir / sha256[:2] / sha256
    try:
        with kept.open("rb") as source:
            is_whole = hashlib.file_digest(source, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return None
    return Delivery(kept, kept, name, sha256, kept.stat().st_size, is_repeat=True) if is_whole else None


def swept(keep_dir: Path) -> None:
    """Remove what killed runs left in the folder. Only while no other run works there."""
    for left in (*keep_dir.glob(f"{PART}*"), *keep_dir.glob(f"{WORK}*")):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _copy(source: Readable, target: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
        size += len(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size
