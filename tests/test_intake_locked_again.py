"""Locked deliveries met again: as the last good version, on a night without their password, in the inbox."""

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
import pyzipper

from flows import last_good
from flows.examination import Examined, examine
from flows.nightly import start
from flows.run import Run
from flows.settings import load
from flows.sources.inbox import Placed, sort_inbox
from tests.nights import ROOT

PASSWORD, VARIABLE = "ลับ3424", "JPT_ZIP_3424"
SENT = ROOT / "sample_data" / "2569" / "3424" / "jpt2569_3424_all.csv"
SETTINGS = f"""[province]
code = "34"
round = 2569
deadline = 2026-12-15
[night]
inbox = "inbox"
[districts.3424]
deliveries = ["arrived/*", "inbox:"]
password_env = "{VARIABLE}"
[districts.3430]
deliveries = ["inbox:"]
"""


def locked(path: Path, password: str = PASSWORD) -> Path:
    path.parent.mkdir(exist_ok=True)
    with pyzipper.AESZipFile(path, "w", pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        archive.write(SENT, SENT.name)
    return path


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    (tmp_path / "jpt.toml").write_text(SETTINGS, "utf-8")
    (tmp_path / "inbox").mkdir()
    return tmp_path


@pytest.fixture
def good(root: Path) -> Run:
    """A night that read the locked zip well; what it found is not there to be taken again."""
    locked(root / "arrived" / "jpt.zip")
    run = start(str(root / "jpt.toml"), "2026-11-24", ["3424"], None)
    run.begin()
    last_good.keep(run, [examine(run, run.districts[0])])
    return replace(run, is_fresh=True)


def read_by_another(run: Run) -> None:
    about = run.last_good("3424") / last_good.MADE_OF
    text = json.dumps(json.loads(about.read_text("utf-8")) | {"read_by": "older"})
    about.write_text(text, "utf-8")


def frames_no_longer_fit(run: Run) -> None:
    pl.DataFrame({"another": ["table"]}).write_parquet(run.last_good("3424") / "households.parquet")


def stood_in(run: Run) -> tuple[Examined, Examined]:
    """What became of the district tonight, and after its last good version was asked for."""
    tonight = examine(run, run.districts[0])
    assert last_good.may_stand_in(run, tonight, [tonight])
    return tonight, last_good.stand_in(run, tonight)


def test_the_last_good_zip_is_opened_again_with_its_districts_password(good: Run, root: Path) -> None:
    (root / "arrived" / "jpt.zip").write_bytes(b"%PDF-1.7 not a table at all")
    read_by_another(good)
    frames_no_longer_fit(good)
    tonight, stood = stood_in(good)
    assert tonight.quarantine is not None
    assert (stood.quarantine, stood.households > 20) == (None, True)
    assert stood.stale is not None
    assert [one.name for one in stood.deliveries] == ["jpt.zip"]


def test_the_very_zip_that_was_read_stands_in_for_itself_when_its_password_is_gone(
    good: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    read_by_another(good)
    tonight, stood = stood_in(good)
    assert tonight.quarantine is not None
    assert tonight.quarantine.reason == "no_password"
    assert stood.households > 20
    assert stood.refusal == tonight.quarantine


def test_after_the_password_was_changed_the_kept_records_of_the_old_zip_stand_in(
    good: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "รหัสใหม่")
    locked(root / "arrived" / "jpt.zip", "อีกรหัสหนึ่ง")
    read_by_another(good)
    tonight, stood = stood_in(good)
    assert tonight.quarantine is not None
    assert tonight.quarantine.reason == "wrong_password"
    assert stood.households > 20


def test_a_locked_file_in_the_inbox_is_placed_by_its_rows(root: Path) -> None:
    locked(root / "inbox" / "งานส่ง.zip")
    assert sort_inbox(load(root / "jpt.toml")).placed == (Placed("งานส่ง.zip", "3424", False),)
    assert not list((root / "kept" / "deliveries").glob(".work-*"))


def test_a_locked_file_that_no_agreed_password_opens_is_nobodys_and_no_password_is_told(root: Path) -> None:
    locked(root / "inbox" / "งานส่ง.zip", "ไม่มีใครรู้")
    found = sort_inbox(load(root / "jpt.toml"))
    ((name, reason),) = found.aside
    assert reason is not None
    assert (name, reason.reason) == ("งานส่ง.zip", "inbox_unknown")
    assert not any(secret in f"{found}{found.lines}" for secret in (PASSWORD, "ไม่มีใครรู้"))
