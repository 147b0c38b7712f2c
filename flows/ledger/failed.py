"""Why the ledger cannot be used, in words of ours: a driver's own may hold a password or a value."""

import contextlib
from collections.abc import Iterator

import sqlalchemy as sa

from flows.failure import full_disk, is_full_disk

# PostgreSQL's lock_not_available; SQLite has only words for it.
_BUSY = "55P03"
_BUSY_WORDS = ("database is locked", "database table is locked")


class LedgerFailed(RuntimeError):  # noqa: N818  (as the other failures)
    """The ledger cannot be opened or written. ``th`` and ``en`` are whole sentences that say what to do."""

    def __init__(self, kind: str, th: str = "", en: str = "") -> None:
        super().__init__(kind)
        self.th = th or (
            f"เปิดสมุดบันทึก (ledger) ไม่ได้ ({kind}) ผลของคืนก่อนยังอยู่ครบ ตรวจค่า night.ledger ใน jpt.toml "
            "และว่าฐานข้อมูลหรือโฟลเดอร์นั้นเขียนได้"
        )
        self.en = en or (
            f"the ledger cannot be opened ({kind}); the last results stand. Look at night.ledger in "
            "jpt.toml and whether that database or its folder can be written"
        )


def busy() -> LedgerFailed:
    """Somebody else has been writing for longer than anyone waits."""
    return LedgerFailed(
        "busy",
        "สมุดบันทึก (ledger) ถูกใช้งานโดยการตรวจอื่นนานเกินไป ผลของคืนก่อนยังอยู่ครบ รอให้การตรวจนั้นจบแล้วสั่งใหม่",
        "the ledger was held by another run for too long; the last results stand. Wait until that run ends "
        "and run it again",
    )


def newer(revision: str) -> LedgerFailed:
    """The ledger was made by a later version of the program, which alone knows what stands in it."""
    return LedgerFailed(
        "newer",
        f"สมุดบันทึก (ledger) เป็นรุ่น {revision} ซึ่งใหม่กว่าโปรแกรมนี้ ผลของคืนก่อนยังอยู่ครบ ติดตั้งโปรแกรมรุ่นใหม่แล้วสั่งใหม่",
        f"the ledger is of revision {revision}, newer than this program; the last results stand. Install the "
        "newer program and run it again",
    )


def newer_backup(revision: str) -> LedgerFailed:
    return LedgerFailed(
        "newer",
        f"ไฟล์สำรองเป็นรุ่น {revision} ซึ่งใหม่กว่าโปรแกรมนี้ สมุดบันทึกยังเหมือนเดิม ติดตั้งโปรแกรมรุ่นใหม่แล้วสั่งใหม่",
        f"the backup is of revision {revision}, newer than this program; the ledger is as it was. Install "
        "the newer program and run it again",
    )


def damaged_backup(name: str) -> LedgerFailed:
    return LedgerFailed(
        "damaged",
        f"ไฟล์ {name} ไม่ใช่ไฟล์สำรองของสมุดบันทึก หรือเสียหาย (จำนวนแถวหรือค่าตรวจสอบไม่ตรง) "
        "สมุดบันทึกยังเหมือนเดิม ใช้ไฟล์สำรองอื่น",
        f"{name} is no backup of a ledger, or it is damaged (its rows or hashes do not agree); the ledger is "
        "as it was. Use another backup",
    )


def not_empty() -> LedgerFailed:
    return LedgerFailed(
        "not empty",
        "สมุดบันทึกมีข้อมูลอยู่แล้ว สำรองข้อมูลนั้นก่อน (jpt ledger backup) แล้วสั่งกู้คืนพร้อม --replace หากต้องการแทนที่ทั้งหมด",
        "the ledger holds rows already; back them up first (jpt ledger backup), then restore with --replace "
        "to put the backup in their place",
    )


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Turn what a database driver raises into LedgerFailed, or OSError when its disk is full."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if is_full_disk(error):
            raise full_disk() from None
        if getattr(error.orig, "sqlstate", None) == _BUSY or str(error.orig) in _BUSY_WORDS:
            raise busy() from None
        raise LedgerFailed(type(error).__name__) from None
