"""How SQLite keeps its journal: beside the file's readers where the disk is here, the old way on a share.

The write-ahead log lets reports be read while a night is recorded, but needs memory that its users share:
on a network share it damages the file (sqlite.org/wal.html).
"""

from pathlib import Path

import psutil
import sqlalchemy as sa

_LOCAL = {
    "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "overlay", "tmpfs", "ntfs", "refs", "apfs", "hfs",
}  # fmt: skip


def choose(engine: sa.Engine) -> None:
    """Set the journal that suits where the file lies now: it may have been moved since it was made."""
    file = engine.url.database
    if not file or file == ":memory:":
        return
    wanted = "wal" if is_local(Path(file)) else "delete"
    # Outside any transaction: within one the pragma does nothing.
    with engine.connect() as db:
        connection = db.connection.dbapi_connection
        if connection is not None and _journal(connection) != wanted:
            # While others use the file it stays as it is, and the next opening tries again.
            _journal(connection, wanted)


def _journal(connection: object, wanted: str = "") -> str:
    pragma = f"PRAGMA journal_mode={wanted}" if wanted else "PRAGMA journal_mode"
    return str(connection.execute(pragma).fetchone()[0])  # type: ignore[attr-defined]


def is_local(file: Path) -> bool:
    """Whether the file lies on a disk of this machine, as far as its file system's name tells."""
    folder = file.resolve().parent
    mounts = {Path(one.mountpoint): one for one in psutil.disk_partitions(all=True)}
    for place in (folder, *folder.parents):
        if place in mounts:
            found = mounts[place]
            return found.fstype.lower() in _LOCAL and "remote" not in found.opts
    return False
