"""Room on this machine's disk for what a source gives: one huge file must not cost every district the night.

A file that does not fit is its district's trouble and told as such, and it stops short of the last room, as
other districts are being written meanwhile. A disk that is full without it is the night's, as everywhere
(flows.failure).
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.failure import is_full_disk
from flows.intake.delivery import Readable
from flows.run import TOO_LITTLE
from flows.sources.failed import SourceFailed

# Left to the other districts, whose records are written while a file is fetched: bytes.
LEFT_TO_OTHERS = 16 << 20


class Bounded:
    """The bytes of a source, as long as they leave room on the disk they are written to. ``size``: bytes as
    listed; a file that cannot fit is not begun. Raises SourceFailed.
    """

    def __init__(self, source: Readable, said: str, keep_dir: Path, size: int | None = None) -> None:
        self.source, self.said, self.keep_dir = source, said, keep_dir
        free = _free(keep_dir)
        # Of a disk with next to nothing left, who writes first finds that out: it is not this file's doing.
        self.spare = min(LEFT_TO_OTHERS, free // 2) if free >= TOO_LITTLE else 0
        if self.spare and size is not None and size > free - self.spare:
            raise SourceFailed("source_no_room", said)

    def read(self, size: int, /) -> bytes:
        if self.spare and _free(self.keep_dir) < self.spare:
            raise SourceFailed("source_no_room", self.said)
        return self.source.read(size)


@contextmanager
def fitting(said: str, keep_dir: Path) -> Iterator[None]:
    """Fetch one file of a place into ``keep_dir`` inside the block, which leaves no part of it there. Raises
    SourceFailed when it does not fit; OSError for a disk that is full without it.
    """
    try:
        yield
    except OSError as error:
        if not is_full_disk(error) or _free(keep_dir) < TOO_LITTLE:
            raise
        raise SourceFailed("source_no_room", said) from None


def _free(keep_dir: Path) -> int:
    there = next(folder for folder in (keep_dir, *keep_dir.parents) if folder.is_dir())
    return shutil.disk_usage(there).free
