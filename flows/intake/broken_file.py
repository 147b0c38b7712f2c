"""Panics of the libraries that read files: what a broken file makes them do ends as a quarantine of that
file.

A panic of a library in Rust is no ``Exception`` to Python, so that ``except Exception`` lets it end the
night. Told by the file's name only: the library's own text may quote a cell.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from flows.intake.quarantine import Quarantined

# Each library has a class of its own, of this name.
PANIC = "PanicException"
# Of places that lie before the beginning of a file: the file's own numbers are wrong, not the disk.
OF_FILES = (None, errno.EINVAL)


@contextmanager
def panics_quarantined(name: str) -> Iterator[None]:
    """Raises ``Quarantined`` for the file ``name`` where a library panics in the block."""
    try:
        yield
    except BaseException as broken:
        if type(broken).__name__ != PANIC:
            raise
        raise Quarantined("truncated_file", name) from None


def is_of_the_disk(broken: BaseException) -> bool:
    """Whether the disk or the share failed: libraries call broken content an ``OSError`` too."""
    return isinstance(broken, OSError) and broken.errno not in OF_FILES
