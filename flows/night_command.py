"""`jpt night` at a terminal: progress while it runs, then the table, the sentence, and where reports are."""

import errno
import sys
from datetime import date
from pathlib import Path

from prefect.task_runners import ThreadPoolTaskRunner
from rich.console import Console

from flows import settings as province
from flows.closing import Result
from flows.failure import NightFailed
from flows.nightly import nightly
from flows.progress import Bar, Lines, district_table

STOPPED, FAULTY_PROGRAM, NO_ROOM = 130, 70, 74  # as shells and sysexits have them


def run(settings: Path, night: date | None, only: tuple[str, ...], out: Path | None, *, strict: bool) -> int:
    """Run the night and return the exit code (see flows.cli)."""
    console = Console(soft_wrap=not sys.stdout.isatty())
    workers = province.load(settings).workers
    configured = nightly.with_options(task_runner=ThreadPoolTaskRunner(max_workers=workers))
    try:
        with Bar(console) if console.is_terminal else Lines(console) as listener:
            result = configured(
                settings=str(settings),
                night=night,
                only=only,
                out=str(out) if out else None,
                listener=listener,
            )
    except KeyboardInterrupt:
        _say("หยุดตามคำสั่ง ผลของคืนก่อนยังอยู่ครบ สั่งใหม่ได้ทันที", "Stopped; the last results stand. Run it again.")
        return STOPPED
    except OSError as error:
        _say(*_trouble(error))
        return NO_ROOM
    except NightFailed as error:
        _say(
            f"โปรแกรมขัดข้องที่ {error} ผลของคืนก่อนยังอยู่ครบ โปรดแจ้งผู้ดูแลระบบพร้อมข้อความนี้",
            f"the program failed at {error}; the last results stand. Tell whoever keeps the program",
        )
        return FAULTY_PROGRAM
    tell(console, result)
    return exit_code(result, strict=strict)


def tell(console: Console, result: Result) -> None:
    """The table, one sentence, and the paths of what was written."""
    console.print(district_table(result.rows))
    console.print(result.sentence_th, highlight=False, markup=False)
    console.print(result.sentence_en, highlight=False, markup=False)
    for label, path in result.documents.items():
        console.print(f"  {label}: {_short(path)}", highlight=False, markup=False)


def _short(path: str) -> str:
    """The path as one would type it from here."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def exit_code(result: Result, *, strict: bool) -> int:
    if any(row.is_quarantined for row in result.rows):
        return 3
    below_green = any(row.verdict.colour != "green" for row in result.rows)
    return 1 if strict and below_green else 0


def _trouble(error: OSError) -> tuple[str, str]:
    name = Path(error.filename).name if isinstance(error.filename, str) else "-"
    if error.errno == errno.ENOSPC:
        return (
            "พื้นที่ดิสก์เต็ม ผลของคืนก่อนยังอยู่ครบ ลบไฟล์ที่ไม่ใช้แล้วสั่งใหม่",
            "the disk is full; the last results stand. Free some room and run it again",
        )
    return (
        f"อ่านหรือเขียนไฟล์ไม่ได้ ({name}: {error.strerror}) ผลของคืนก่อนยังอยู่ครบ",
        f"a file could not be read or written ({name}: {error.strerror}); the last results stand",
    )


def _say(th: str, en: str) -> None:
    console = Console(stderr=True)
    console.print(th, style="bold red", markup=False, highlight=False, soft_wrap=True)
    console.print(en, markup=False, highlight=False, soft_wrap=True)
