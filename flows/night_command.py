"""`jpt night` at a terminal: progress while it runs, then the table, the sentence, and where reports are."""

import signal
import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from flows.alone import NightRunning
from flows.closing import Result
from flows.failure import NightFailed
from flows.ledger import LedgerFailed
from flows.nightly import nightly
from flows.progress import Bar, Lines, district_table, listen
from flows.trouble import FAULTY_PROGRAM, NO_ROOM, STOPPED, WRONG_USE, of_files, say


def run(
    settings: Path,
    night: date | None,
    only: tuple[str, ...],
    out: Path | None,
    *,
    strict: bool,
    fresh: bool = False,
) -> int:
    """Run the night and return the exit code (see flows.cli)."""
    # A file that cannot be closed on a full disk complains once more while it is thrown away.
    sys.unraisablehook = lambda _: None
    # Ended by the system (a scheduler, a shutdown) is the same as by hand: Prefect's server ends with us.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console = Console(soft_wrap=not sys.stdout.isatty())
    try:
        with Bar(console) if console.is_terminal else Lines(console) as listener:
            listen(listener)
            result = nightly(str(settings), night, only, str(out) if out else None, fresh)
    except (KeyboardInterrupt, NightRunning, LedgerFailed, OSError, NightFailed) as error:
        return _told(error)
    tell(console, result)
    return exit_code(result, strict=strict)


def tell(console: Console, result: Result) -> None:
    """The table, what to do about files set aside, one sentence, and the paths of what was written."""
    console.print(district_table(result.rows))
    for row in result.rows:
        if row.code in result.quarantines:
            _set_aside(console, f"{row.code} {row.name}", result.quarantines[row.code].sentences)
    for code, trouble in result.troubles.items():
        console.print(f"! {code} {trouble}", highlight=False, markup=False)
    for th, en in result.inbox:
        console.print(f"! inbox: {th} · {en}", highlight=False, markup=False)
    for line in without_last_year(result):
        console.print(f"! {line}", highlight=False, markup=False)
    console.print(result.sentence_th, highlight=False, markup=False)
    console.print(result.sentence_en, highlight=False, markup=False)
    for label, path in result.documents.items():
        console.print(f"  {label}: {_short(path)}", highlight=False, markup=False)


def without_last_year(result: Result) -> list[str]:
    """Where this year could not be compared with the last, and why; one line when it is so everywhere."""
    lacking = result.without_last_year
    if lacking and not result.compared and len({one.why for one in lacking}) == 1:
        th, en = lacking[0].why
        return [f"ทุกอำเภอเทียบกับปีก่อนไม่ได้: {th} · no district can be compared with last year: {en}"]
    return [
        f"{one.district.code} {one.district.name_th} เทียบกับปีก่อนไม่ได้: {one.why[0]}"
        f" · cannot be compared with last year: {one.why[1]}"
        for one in lacking
    ]


def _set_aside(console: Console, district: str, sentences: tuple[str, str]) -> None:
    th, en = sentences
    if console.is_terminal:
        console.print(f"✗ {district}", style="red", highlight=False, markup=False)
        console.print(Padding(Text(th), (0, 0, 0, 2)))
        console.print(Padding(Text(en, style="dim"), (0, 0, 0, 2)))
        return
    console.print(f"✗ {district}: {th}", highlight=False, markup=False)
    console.print(f"  {en}", highlight=False, markup=False)


def _short(path: str) -> str:
    """The path as one would type it from here."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def exit_code(result: Result, *, strict: bool) -> int:
    if result.troubles:
        return FAULTY_PROGRAM
    if any(row.is_quarantined or row.stale_since for row in result.rows):
        return 3
    below_green = any(row.verdict.colour != "green" for row in result.rows)
    return 1 if strict and below_green else 0


def _told(error: BaseException) -> int:
    """Say why there are no new results, and return the exit code."""
    if isinstance(error, KeyboardInterrupt):
        say("หยุดตามคำสั่ง ผลของคืนก่อนยังอยู่ครบ สั่งใหม่ได้ทันที", "Stopped; the last results stand. Run it again.")
        return STOPPED
    if isinstance(error, NightRunning):
        say(
            f"มีการตรวจอีกรายการหนึ่งกำลังทำงานอยู่ในโฟลเดอร์ {error} รอให้จบก่อนแล้วสั่งใหม่",
            f"another night is running in the folder {error}; wait until it ends and run it again",
        )
        return WRONG_USE
    if isinstance(error, LedgerFailed):
        say(error.th, error.en)
        return NO_ROOM
    if isinstance(error, OSError):
        say(*of_files(error))
        return NO_ROOM
    say(
        f"โปรแกรมขัดข้องที่ {error} ผลของคืนก่อนยังอยู่ครบ โปรดแจ้งผู้ดูแลระบบพร้อมข้อความนี้",
        f"the program failed at {error}; the last results stand. Tell whoever keeps the program",
    )
    return FAULTY_PROGRAM
