"""One night at a time: two runs on the same folders would clear each other's half-written results.

The lock is the operating system's, on an open file, so a run that is killed frees it at once and nobody ever
has to delete a left-over lock. A share that knows no locks is used without one.
"""

import contextlib
import errno
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

NAME = ".jpt.lock"
_UNKNOWN_HERE = {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS}


class NightRunning(RuntimeError):  # noqa: N818  (the field's word for a state)
    """Another night holds this folder. The message is the folder's name."""


@contextlib.contextmanager
def alone(*folders: Path) -> Iterator[None]:
    """Hold the folders (made when absent) while the block runs. Raises NightRunning when one is held."""
    with contextlib.ExitStack() as held:
        for folder in sorted(set(folders)):
            folder.mkdir(parents=True, exist_ok=True)
            file = held.enter_context((folder / NAME).open("ab"))
            if not _taken(file):
                raise NightRunning(folder.name)
        yield


def _taken(file: IO[bytes]) -> bool:
    try:
        _take(file)
    except OSError as error:
        return error.errno in _UNKNOWN_HERE
    return True


def _take(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
