import errno
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from flows.failure import NightFailed
from flows.ledger import LedgerFailed
from flows.operation import attempt, watched
from flows.operation.attempt import Attempt
from flows.run import Run
from tests.nights import environment
from tests.notice_servers import Taken, web
from tests.operation_province import a_record, put_record, small_settings

NIGHT = date(2026, 11, 24)
RED, GREEN = {"3424": "red", "3430": "green"}, {"3424": "green", "3430": "green"}


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Taken]:
    with web() as taken:
        monkeypatch.setenv("JPT_HOOK", f"http://127.0.0.1:{taken.port}/")
        monkeypatch.setattr("flows.operation.notices.PAUSES", ())
        yield taken


def a_run(root: Path, more: str = '[notices.webhook]\nurl_env = "JPT_HOOK"', night: str = "") -> Run:
    settings = small_settings(root, more, night)
    settings.keep.mkdir()
    return Run(settings=settings, night=NIGHT, districts=settings.districts, out=settings.out)


def test_a_night_under_watch_leaves_a_history_a_trace_and_tells_what_turned(
    tmp_path: Path, hook: Taken
) -> None:
    run = a_run(tmp_path)
    put_record(run.out, a_record("2026-11-23", RED))
    with watched.watched(run):
        assert attempt.read(run.settings.keep).state == "running"  # type: ignore[union-attr]
        put_record(run.out, a_record("2026-11-24", GREEN))
    done = attempt.read(run.settings.keep)
    assert done is not None
    assert (done.state, done.notices, done.left_undone) == ("done", {"webhook": "sent"}, "")
    assert datetime.fromisoformat(done.started) <= datetime.fromisoformat(done.ended)
    (body,) = hook.bodies
    assert [one["code"] for one in body["changed"]] == ["3424"]
    page = (run.out / "history.html").read_text(encoding="utf-8")
    assert page.index("24 พฤศจิกายน 2569") < page.rindex("23 พฤศจิกายน 2569")
    assert [path.name for path in run.out.glob(".*")] == []


def test_a_night_without_news_tells_nobody(tmp_path: Path, hook: Taken) -> None:
    run = a_run(tmp_path)
    put_record(run.out, a_record("2026-11-23", GREEN))
    with watched.watched(run):
        put_record(run.out, a_record("2026-11-24", GREEN))
    assert hook.bodies == []
    assert attempt.read(run.settings.keep).notices == {}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("error", "cause", "place"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "full_disk", ""),
        (PermissionError(errno.EACCES, "นายลับเฉพาะ"), "files", "PermissionError, "),
        (LedgerFailed("OperationalError"), "ledger", ""),
        (NightFailed("KeyError, tables.py:40"), "program", "KeyError, tables.py:40"),
        (ValueError("นายลับเฉพาะ"), "program", "ValueError, "),
    ],
)
def test_a_night_that_fails_leaves_its_kind_and_place_and_is_told(
    tmp_path: Path, hook: Taken, error: Exception, cause: str, place: str
) -> None:
    run = a_run(tmp_path)
    with pytest.raises(type(error)), watched.watched(run):
        raise error
    failed = attempt.read(run.settings.keep)
    assert failed is not None
    assert (failed.state, failed.cause) == ("failed", cause)
    assert failed.place.startswith(place)
    assert failed.notices == {"webhook": "sent"}
    (body,) = hook.bodies
    assert (body["kind"], body["cause"]) == ("failure", cause)
    assert "ลับ" not in (run.settings.keep / attempt.NAME).read_text(encoding="utf-8") + str(body)
    assert not (run.out / "history.html").exists()


def test_a_night_stopped_by_hand_is_no_failure_to_tell_of(tmp_path: Path, hook: Taken) -> None:
    run = a_run(tmp_path)
    with pytest.raises(KeyboardInterrupt), watched.watched(run):
        raise KeyboardInterrupt
    assert attempt.read(run.settings.keep).state == "stopped"  # type: ignore[union-attr]
    assert hook.bodies == []


def test_a_notice_that_cannot_be_sent_is_told_and_the_night_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JPT_HOOK", raising=False)
    run, said = a_run(tmp_path), []
    put_record(run.out, a_record("2026-11-23", RED))
    with watched.watched(run, said.append):
        put_record(run.out, a_record("2026-11-24", GREEN))
    done = attempt.read(run.settings.keep)
    assert done is not None
    assert done.notices_not_sent == {"webhook": "JPT_HOOK is not set"}
    assert said == [
        "ส่งการแจ้งเตือนทาง webhook ไม่ได้ (JPT_HOOK is not set)"
        " · the notice by webhook could not be sent (JPT_HOOK is not set)"
    ]


def test_what_breaks_after_publishing_is_told_and_the_night_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise KeyError("นายลับเฉพาะ")

    monkeypatch.setattr("reports.history_page.render", broken)
    run, said = a_run(tmp_path), []
    with watched.watched(run, said.append):
        put_record(run.out, a_record("2026-11-24", GREEN))
    done = attempt.read(run.settings.keep)
    assert done is not None
    assert done.state == "done"
    assert done.left_undone.startswith("KeyError, ")
    assert "ลับ" not in "".join(said)


def test_old_nights_are_removed_and_stay_in_the_history(tmp_path: Path, hook: Taken) -> None:
    run = a_run(tmp_path, night="keep_nights = 2")
    for day in ("2026-11-21", "2026-11-22", "2026-11-23"):
        put_record(run.out, a_record(day, GREEN))
    with watched.watched(run):
        put_record(run.out, a_record("2026-11-24", GREEN))
    assert sorted(path.name for path in run.out.iterdir()) == [
        "2569-2026-11-23",
        "2569-2026-11-24",
        "history.html",
    ]
    done = attempt.read(run.settings.keep)
    assert done is not None
    assert done.removed_nights == ("2569-2026-11-21", "2569-2026-11-22")
    page = (run.out / "history.html").read_text(encoding="utf-8")
    assert "21 พฤศจิกายน 2569" in page
    assert 'href="2569-2026-11-21/' not in page
    assert 'href="2569-2026-11-23/' in page
    assert hook.bodies == []


def test_a_trace_is_written_over_the_old_one_where_no_new_file_can_be_made(tmp_path: Path) -> None:
    attempt.write(tmp_path, Attempt("2569-2026-11-23", "done", "2026-11-23T01:00:00+07:00", place="x" * 500))
    (tmp_path / "last_attempt.partial").mkdir()  # what stands in for a disk without room
    newer = Attempt("2569-2026-11-24", "failed", "2026-11-24T01:00:00+07:00", cause="full_disk")
    assert attempt.write(tmp_path, newer)
    assert attempt.read(tmp_path) == newer


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"run_id": "x"}', '{"run_id":"x","state":"done","started":"?"}']
)
def test_a_trace_that_cannot_be_understood_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / attempt.NAME).write_text(text, "utf-8")
    assert attempt.read(tmp_path) is None


# A night that hangs in a call nothing interrupts, with a thread and a program of its own beside it.
HANGS = """
import subprocess, sys, threading, time
from datetime import date
from pathlib import Path
from flows.alone import alone
from flows.operation.watched import watched
from flows.run import Run
from flows.settings import load
settings = load(Path("jpt.toml"))
object.__setattr__(settings, "timeout_minutes", 0.02)
run = Run(settings=settings, night=date(2026, 11, 24), districts=settings.districts, out=settings.out)
with alone(settings.keep, settings.out), watched(run, print):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    print(child.pid, flush=True)
    threading.Thread(target=time.sleep, args=(60,)).start()
    time.sleep(60)
"""


def test_a_night_that_hangs_is_ended_with_all_it_started_and_the_next_can_run(tmp_path: Path) -> None:
    import psutil

    run = a_run(tmp_path, more="")
    command = [sys.executable, "-c", HANGS]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 75, done.stderr
    child, said = done.stdout.split("\n", 1)
    assert "การตรวจใช้เวลาเกิน" in said
    assert not psutil.pid_exists(int(child)) or psutil.Process(int(child)).status() == "zombie"
    left = json.loads((run.settings.keep / attempt.NAME).read_text(encoding="utf-8"))
    assert (left["state"], left["cause"]) == ("too_late", "time")
    from flows.alone import alone

    with alone(run.settings.keep, run.out):
        pass
