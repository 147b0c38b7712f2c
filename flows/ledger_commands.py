"""`jpt ledger status | backup FILE | restore FILE | upgrade`: the ledger, for whoever keeps the computers.

What it holds is in flows.ledger; a backup's format in flows.ledger.backup.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.console import Console

from flows.ledger import Ledger, LedgerFailed, migrations, opening
from flows.ledger.backup import Told, row_counts
from flows.ledger.failed import told
from flows.settings import SettingsError, load
from flows.trouble import NO_ROOM, WRONG_USE, of_files, say

app = typer.Typer(
    help="สมุดบันทึกของการตรวจทุกคืน · The ledger: what is remembered between nights.",
    no_args_is_help=True,
    add_completion=False,
)
FAULTY = 1
# Where the ledger is as it should be, and what was asked of it is wrong.
_CODES = {"not empty": WRONG_USE, "damaged": FAULTY}
SettingsFile = Annotated[
    Path,
    typer.Option("--settings", readable=False, help="ไฟล์ตั้งค่าของจังหวัด · the province's settings file."),
]


@app.command(help="ดูที่อยู่ รุ่น และจำนวนแถว · Show where it is, its revision and how much it holds.")
def status(settings: SettingsFile = Path("jpt.toml")) -> None:
    with _told():
        url = sa.make_url(load(settings).ledger)
        _print(f"ที่อยู่ · where: {shown(url)}")
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
            _print("ยังไม่มีสมุดบันทึก จะสร้างเมื่อตรวจครั้งแรก · there is none yet; the first night makes it")
            return
        engine = opening.engine_of(url.render_as_string(hide_password=False))
        try:
            with told(), opening.snapshot(engine) as db:
                revision, counts = opening.revision_of(db), row_counts(db)
        finally:
            engine.dispose()
        _print(f"รุ่น · revision: {revision or '-'} ({_age(revision)})")
        _rows(counts)


@app.command(help="สำรองข้อมูลทั้งหมดเป็นไฟล์เดียว · Write all of it into one file.")
def backup(
    file: Annotated[Path, typer.Argument(help="ไฟล์สำรองใหม่ เช่น jpt-2569-11-24.zip · a new file.")],
    settings: SettingsFile = Path("jpt.toml"),
) -> None:
    with _told():
        url = load(settings).ledger
        if file.exists():
            say(
                f"มีไฟล์ {file.name} อยู่แล้ว ตั้งชื่อใหม่ ไฟล์สำรองเดิมจะไม่ถูกเขียนทับ",
                f"{file.name} exists already; choose another name, a backup is never written over",
            )
            raise typer.Exit(WRONG_USE)
        with Ledger(url) as ledger:
            written = ledger.backup(file)
        _print(f"สำรองแล้ว · backed up: {file}")
        _rows(written.rows)


@app.command(help="กู้คืนจากไฟล์สำรอง · Put a backup in the ledger's place.")
def restore(
    file: Annotated[Path, typer.Argument(help="ไฟล์สำรอง · a backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="แทนที่ข้อมูลที่มีอยู่ทั้งหมด · in place of all that is there.")
    ] = False,
    settings: SettingsFile = Path("jpt.toml"),
) -> None:
    with _told():
        with Ledger(load(settings).ledger) as ledger:
            restored: Told = ledger.restore(file, replace)
        _print(f"กู้คืนแล้ว · restored: {file}")
        _rows(restored.rows)


@app.command(help="ปรับตารางให้เป็นรุ่นของโปรแกรมนี้ · Bring the tables to this program's revision.")
def upgrade(settings: SettingsFile = Path("jpt.toml")) -> None:
    with _told():
        Ledger(load(settings).ledger).close()
        _print(f"รุ่น · revision: {migrations.HEAD} ({_age(migrations.HEAD)})")


def shown(url: sa.URL) -> str:
    """The address without what opens it."""
    return url.set(query={}).render_as_string(hide_password=True)


def _age(revision: str | None) -> str:
    if revision == migrations.HEAD:
        return "ล่าสุด · the newest"
    if revision is None or revision in migrations.REVISIONS:
        return "รุ่นเก่า จะปรับเองในการตรวจครั้งถัดไป · old; the next night brings it up"
    return "ใหม่กว่าโปรแกรมนี้ ให้ติดตั้งโปรแกรมรุ่นใหม่ · newer than this program; install the newer one"


def _rows(counts: dict[str, int]) -> None:
    for name, rows in counts.items():
        _print(f"  {name}: {rows:,}")


def _print(line: str) -> None:
    Console(soft_wrap=True).print(line, markup=False, highlight=False)


@contextmanager
def _told() -> Iterator[None]:
    """Say in both languages what went wrong, and leave with its code."""
    try:
        yield
    except SettingsError as error:
        say(f"ผิดพลาด: {error.th}", f"Error: {error.en}")
        raise typer.Exit(WRONG_USE) from None
    except LedgerFailed as error:
        say(error.th, error.en)
        raise typer.Exit(_CODES.get(str(error), NO_ROOM)) from None
    except OSError as error:
        say(*of_files(error))
        raise typer.Exit(NO_ROOM) from None
