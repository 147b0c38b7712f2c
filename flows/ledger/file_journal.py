"""How SQLite keeps its journal: beside the file's readers where the disk is here, the old way on a share.

The write-ahead log lets reports be read while a night is recorded, but needs memory that its users share:
on a network share it damages the file (sqlite.org/wal.html).
"""

import contextlib
import sqlite3
import sys
from pathlib import Path

import psutil
import sqlalchemy as sa

_LOCAL = {
    "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "overlay", "tmpfs", "ntfs", "apfs", "hfs",
}  # fmt: skip
_FIXED_DRIVE = 3  # what Windows calls a disk that is not removable, not elsewhere and no CD


def choose(engine: sa.Engine) -> None:
    """Set the journal that suits where the file lies now: it may have been moved since it was made."""
    file = engine.url.database
    if not file or file.startswith((":memory:", "file:")):
        return
    wanted = "wal" if is_local(Path(file)) else "delete"
    with engine.connect() as db:
        found = db.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    if found == wanted:
        return
    engine.dispose()  # its own connection would be in use, too
    # While others use the file it stays as it is, and the next opening tries again; a transaction would be in
    # the way of the pragma, so it goes past the engine.
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(file, timeout=0)) as own:
        own.execute(f"PRAGMA journal_mode={wanted}")


def is_local(file: Path) -> bool:
    """Whether the file lies on a disk of this machine, as far as the system tells."""
    folder = file.resolve().parent
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _FIXED_DRIVE)
    mounts = {Path(one.mountpoint): one.fstype for one in psutil.disk_partitions(all=True)}
    nearest = next((mounts[place] for place in (folder, *folder.parents) if place in mounts), "")
    return nearest.lower() in _LOCAL
