"""Disks without room: one that the keeping of files meets, and a real one that a program can fill."""

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.intake import delivery


class FullDisk:
    """A file that takes some bytes and then no more."""

    def __init__(self, real: object, room: int) -> None:
        self.real, self.room = real, room

    def __enter__(self) -> "FullDisk":
        return self

    def __exit__(self, *_: object) -> None:
        self.real.close()  # type: ignore[attr-defined]

    def write(self, piece: bytes) -> int:
        self.room -= len(piece)
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.real.write(piece)  # type: ignore[attr-defined,no-any-return]

    def flush(self) -> None:
        self.real.flush()  # type: ignore[attr-defined]

    def fileno(self) -> int:
        return self.real.fileno()  # type: ignore[attr-defined,no-any-return]


@contextmanager
def full_after(room: int) -> Iterator[None]:
    """The disk is full after so many bytes of each kept file; once that is gone there is room."""
    real = os.fdopen
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery.os, "fdopen", lambda handle, mode: FullDisk(real(handle, mode), room))
        yield


@contextmanager
def left(free: int) -> Iterator[None]:
    """So many bytes are left on the disk to which files are fetched."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.sources.room.shutil.disk_usage", lambda _: SimpleNamespace(free=free))
        yield


def files_below(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def small_disk(folder: Path, size: str) -> list[str]:
    """The words before a program's that give it a disk of that size at the folder, gone when it ends. Skips
    where the system lets nobody mount.
    """
    words = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    mount = f"mount -t tmpfs -o size={size} none '{folder}'"
    folder.mkdir(parents=True, exist_ok=True)
    tried = [*words, mount]
    if shutil.which("unshare") is None or subprocess.run(tried, capture_output=True, check=False).returncode:
        if os.environ.get("CI"):
            pytest.fail("nobody may mount a disk here, and CI leaves no test out")
        pytest.skip("nobody may mount a disk here: the night was not tried on a small one")
    return [*words, f'{mount} && exec "$@"', "sh"]
