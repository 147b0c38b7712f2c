import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.ledger import Ledger, LedgerFailed, file_journal, opening
from tests.ledgers import run
from tests.nights import ROOT

NIGHT = date(2026, 11, 24)


def test_who_comes_second_waits_for_the_first(ledger: Ledger, ledger_url: str) -> None:
    first = opening.engine_of(ledger_url)
    ended: list[float] = []

    def second() -> None:
        with Ledger(ledger_url) as other:
            other.record(run("n2", NIGHT), [], [])
        ended.append(time.monotonic())

    with opening.writing(first):
        waiting = threading.Thread(target=second)
        waiting.start()
        time.sleep(0.6)
        assert ended == []
        freed = time.monotonic()
    waiting.join(30)
    assert ended[0] >= freed
    assert [run_id for run_id, _, _ in ledger.nights(2569)] == ["n2"]
    first.dispose()


def test_who_waits_too_long_is_told_what_to_do(ledger_url: str) -> None:
    Ledger(ledger_url).close()
    holding = opening.engine_of(ledger_url)
    with Ledger(ledger_url, wait_seconds=0.5) as hurried, opening.writing(holding):
        with pytest.raises(LedgerFailed, match="busy") as raised:
            hurried.record(run("n2", NIGHT), [], [])
        # Who only reads need not wait.
        assert hurried.nights(2569) == []
    assert "รอให้การตรวจนั้นจบ" in raised.value.th
    holding.dispose()


def test_nights_of_many_programs_at_once_are_all_recorded(ledger: Ledger, ledger_url: str) -> None:
    script = """
import sys
from datetime import date, timedelta
from flows.ledger import Ledger, Listing
from tests.ledgers import listed, run
name = sys.argv[2]
with Ledger(sys.argv[1]) as ledger:
    for number in range(10):
        tonight = Listing(listed(*"abc"[: number % 4]), {name: {"WK001"}}, {"WK001"})
        keys = {name: f"{number:064x}"}
        night = date(2026, 11, 1) + timedelta(number)
        ledger.record(run(f"{name}-{number}", night), [], [], states=keys, listing=tonight)
"""
    codes = ("3401", "3402", "3403")
    all_at_once = [
        subprocess.Popen([sys.executable, "-c", script, ledger_url, code], cwd=ROOT) for code in codes
    ]
    assert [one.wait(120) for one in all_at_once] == [0, 0, 0]
    assert len(ledger.nights(2569)) == 30
    last = date(2026, 11, 1) + timedelta(9)
    assert ledger.states(2569) == {code: (f"{9:064x}", last, f"{code}-9") for code in codes}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows says by drive where a disk is")
@pytest.mark.parametrize(
    ("kinds", "is_local"),
    [
        ({"/": "ext4"}, True),
        ({"/": "ext4", "/srv": "cifs"}, False),
        ({"/": "nfs4", "/srv": "xfs"}, True),
        ({}, False),
    ],
)
def test_a_share_is_known_by_the_nearest_file_system(
    kinds: dict[str, str], is_local: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = [SimpleNamespace(mountpoint=place, fstype=kind) for place, kind in kinds.items()]
    monkeypatch.setattr(file_journal.psutil, "disk_partitions", lambda **_: mounts)
    assert file_journal.is_local(Path("/srv/jpt/jpt.db")) == is_local


def test_a_file_on_a_disk_of_this_machine_is_read_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_journal, "is_local", lambda _: True)
    Ledger(f"sqlite:///{tmp_path}/jpt.db").close()
    assert (tmp_path / "jpt.db").read_bytes()[18] == 2  # the header's mark of a write-ahead log


def test_a_file_on_a_share_keeps_the_journal_that_shares_can_bear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/jpt.db"
    Ledger(url).close()
    monkeypatch.setattr(file_journal, "is_local", lambda _: False)
    with Ledger(url) as ledger:
        ledger.record(run("n1", NIGHT), [], [])
    assert (tmp_path / "jpt.db").read_bytes()[18] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["jpt.db"]


def test_a_night_that_is_killed_while_recording_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jpt.db"
    with Ledger(url) as ledger:
        ledger.record(run("n1", NIGHT), [], [])
    script = """
import os, signal, sys
from datetime import date
from flows.ledger import Ledger
from tests.ledgers import run
from tests.nights import ROOT
def deliveries():
    yield {"sha256": "b" * 64, "district_code": "3401", "name": "a.csv", "bytes": 1}
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGTERM)
with Ledger(sys.argv[1]) as ledger:
    ledger.record(run("n2", date(2026, 11, 25)), [], deliveries())
"""
    killed = subprocess.run(
        [sys.executable, "-c", script, url], cwd=Path(__file__).parent.parent, check=False
    )
    assert killed.returncode != 0
    with Ledger(url) as ledger:
        assert [run_id for run_id, _, _ in ledger.nights(2569)] == ["n1"]
