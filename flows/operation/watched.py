"""A night under watch: its trace while it runs, and all that follows when it has ended, well or not.

One `with` around the night's steps. What follows a published night (the history page, old nights removed,
notices) never fails it: what breaks here is told and recorded by place, and the results stand.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from flows.failure import NightFailed, is_full_disk, place
from flows.ledger import LedgerFailed
from flows.operation import attempt, changes, deadline, nights, notices
from flows.operation.attempt import Attempt, Cause
from flows.run import Run
from reports import history_page
from reports.recorded_night import RecordedNight

BANGKOK = ZoneInfo("Asia/Bangkok")
HISTORY = "history.html"
Tell = Callable[[str], None]


@contextlib.contextmanager
def watched(run: Run, tell: Tell = lambda _: None) -> Iterator[None]:
    """Keep keep/last_attempt.json while the block runs the night; afterwards see to what follows.

    Call while the folders are held (flows.alone). ``tell`` gets a line for what a person should know, in Thai
    and English. Raises what the block raises, after it is recorded and told.
    """
    keep, out, year = run.settings.keep, run.out, run.settings.round_year_be
    before = nights.recorded(keep, out, year)
    begun = Attempt(run.run_id, "running", _now())
    attempt.write(keep, begun)
    with deadline.within(run.settings.timeout_minutes, partial(_too_late, run, begun, tell)):
        try:
            yield
        except Exception as error:
            cause, where = cause_of(error)
            _failed(run, replace(begun, state="failed", cause=cause, place=where), tell)
            raise
        except BaseException:
            # By hand, or by the system: whoever did it knows.
            attempt.write(keep, replace(begun, state="stopped", ended=_now()))
            raise
        _afterwards(run, begun, before, tell)


def cause_of(error: Exception) -> tuple[Cause, str]:
    """Which kind of failure, and where the program was, without a value of any record."""
    if is_full_disk(error):
        return "full_disk", ""
    if isinstance(error, LedgerFailed):
        return "ledger", ""
    if isinstance(error, NightFailed):
        return "program", str(error)
    if isinstance(error, OSError):
        return "files", place(error)
    return "program", place(error)


def _too_late(run: Run, begun: Attempt, tell: Tell) -> None:
    minutes = run.settings.timeout_minutes
    tell(
        f"การตรวจใช้เวลาเกิน {minutes} นาที จึงหยุด ผลของคืนก่อนยังอยู่ครบ"
        f" · the night took more than {minutes} minutes and was ended; the last results stand"
    )
    _failed(run, replace(begun, state="too_late", cause="time"), tell)


def _failed(run: Run, failed: Attempt, tell: Tell) -> None:
    # Written before anything is sent: sending takes time, and the trace must be there at once.
    failed = replace(failed, ended=_now())
    attempt.write(run.settings.keep, failed)
    sent = notices.of_failure(run.settings, run.run_id, failed.cause)
    if sent:
        _tell_unsent(sent, tell)
        attempt.write(run.settings.keep, replace(failed, notices=sent))


def _afterwards(run: Run, begun: Attempt, before: Sequence[RecordedNight], tell: Tell) -> None:
    done = replace(begun, state="done", ended=_now())
    try:
        removed = nights.prune(run.settings.keep, run.out, run.settings.keep_nights, run.run_id)
        done = replace(done, removed_nights=tuple(removed))
        write_history(run)
        night = nights.read(run.folder / "run.json")
        if night is not None:
            sent = notices.of_night(run.settings, changes.compare(night, before))
            _tell_unsent(sent, tell)
            done = replace(done, notices=sent)
    except Exception as error:
        where = place(error)
        done = replace(done, left_undone=where)
        tell(
            f"ผลตรวจเขียนครบแล้ว แต่งานต่อท้ายไม่สำเร็จที่ {where}"
            f" · the results are published, but what follows failed at {where}"
        )
    attempt.write(run.settings.keep, done)


def write_history(run: Run) -> None:
    """Write out/history.html over every recorded night of the round."""
    every = nights.recorded(run.settings.keep, run.out, run.settings.round_year_be)
    page = history_page.render(every, run.settings.province_code, run.settings.round_year_be)
    fresh = run.out / f".{HISTORY}.partial"
    fresh.write_text(page, encoding="utf-8", newline="\n")
    fresh.replace(run.out / HISTORY)


def _tell_unsent(sent: dict[str, str], tell: Tell) -> None:
    for channel, told in sent.items():
        if told != "sent":
            tell(
                f"ส่งการแจ้งเตือนทาง {channel} ไม่ได้ ({told})"
                f" · the notice by {channel} could not be sent ({told})"
            )


def _now() -> str:
    return datetime.now(BANGKOK).isoformat(timespec="seconds")
