import errno
import os
import time
from pathlib import Path

import polars as pl
import pytest

from flows import intake
from flows.sources import inbox
from flows.sources.inbox import ASIDE, Placed, sort_inbox
from flows.sources.inbox_owner import said_by_name
from tests.nights import ROOT
from tests.source_provinces import Province, province

SENT = (ROOT / "sample_data" / "2569" / "3424" / "jpt2569_3424_all.csv").read_bytes()
OTHER = ROOT / "sample_data" / "2569" / "3430"
KNOWN = ("3401", "3402", "3424", "3430")


@pytest.fixture
def here(tmp_path: Path) -> Province:
    (tmp_path / "inbox").mkdir()
    return province(tmp_path, ["inbox:"], night='inbox = "inbox"')


def drop(here: Province, name: str, content: bytes = SENT, age: float = 3600) -> Path:
    assert here.settings.inbox is not None
    file = here.settings.inbox / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (time.time() - age,) * 2)
    return file


def kept(here: Province) -> list[bytes]:
    folder = here.settings.keep / "deliveries"
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


def test_a_dropped_file_goes_to_the_district_its_rows_name_and_becomes_its_delivery(here: Province) -> None:
    file = drop(here, "งานส่ง.csv")
    found = sort_inbox(here.settings)
    assert found.placed == (Placed("งานส่ง.csv", "3424", False),)
    assert not file.exists()
    (taken,) = here.take()
    assert taken.kept_path.read_bytes() == SENT
    assert found.lines == []


def test_a_corrected_file_of_the_same_name_takes_its_place_and_the_old_bytes_stay_kept(
    here: Province,
) -> None:
    drop(here, "a.csv")
    sort_inbox(here.settings)
    newer = SENT + b"\r\n"
    drop(here, "a.csv", newer)
    assert sort_inbox(here.settings).placed == (Placed("a.csv", "3424", True),)
    assert [one.kept_path.read_bytes() for one in here.take()] == [newer]
    assert SENT in kept(here)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 junk", b"a,b\n1,2\n"])
def test_what_nobody_can_place_is_set_aside_told_and_told_again(here: Province, content: bytes) -> None:
    drop(here, "ไม่รู้.csv", content)
    first = sort_inbox(here.settings)
    assert [name for name, _ in first.aside] == ["ไม่รู้.csv"]
    assert "รหัสอำเภอ 4 หลัก" in first.lines[0][0]
    again = sort_inbox(here.settings)
    assert again.facts["aside"] == [{"file": "ไม่รู้.csv", "reason": "earlier"}]
    assert len(again.lines) == 1
    assert here.settings.inbox is not None
    assert (here.settings.inbox / ASIDE / "ไม่รู้.csv").read_bytes() == content
    assert content in kept(here)


def test_two_unknown_files_of_one_name_are_both_there(here: Province) -> None:
    for content in (b"a,b\n1,2\n", b"a,b\n3,4\n"):
        drop(here, "x.csv", content)
        sort_inbox(here.settings)
    assert here.settings.inbox is not None
    assert len(list((here.settings.inbox / ASIDE).iterdir())) == 2


def test_an_unreadable_file_that_names_its_district_goes_there_to_be_told(here: Province) -> None:
    drop(here, "3424 household.csv", b"%PDF-1.7 junk")
    assert sort_inbox(here.settings).placed == (Placed("3424 household.csv", "3424", False),)


def test_name_and_rows_that_disagree_are_set_aside(here: Province) -> None:
    drop(here, "3430.csv")
    ((_, reason),) = sort_inbox(here.settings).aside
    assert reason is not None
    assert reason.reason == "inbox_disagrees"
    assert "3430 นาตาล" in reason.th
    assert "3424 ดอนมดแดง" in reason.th


def test_a_file_of_a_district_that_does_not_take_from_the_inbox_is_set_aside(here: Province) -> None:
    for file in OTHER.iterdir():
        drop(here, file.name, file.read_bytes())
    aside = sort_inbox(here.settings).aside
    assert {reason.reason for _, reason in aside if reason} == {"inbox_not_taken"}
    assert len(aside) == len(list(OTHER.iterdir()))


def test_rows_of_several_districts_are_nobodys(here: Province) -> None:
    frame = pl.DataFrame(
        {"รหัสครัวเรือน": ["1", "2"], "รหัสอำเภอ": ["3424", "3430"], "รหัสตำบล": ["342401", "343001"]}
    )
    drop(here, "รวม.csv", frame.write_csv().encode())
    ((_, reason),) = sort_inbox(here.settings).aside
    assert reason is not None
    assert reason.reason in {"inbox_several", "inbox_unknown"}


def test_a_file_that_is_still_being_written_waits(here: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    growing = drop(here, "growing.csv", age=0)
    drop(here, "half.csv.part")
    drop(here, "done.csv", age=0)

    def written_meanwhile(_: float) -> None:
        growing.write_bytes(SENT + b"more")

    monkeypatch.setattr(inbox.time, "sleep", written_meanwhile)
    found = sort_inbox(here.settings)
    assert [one.name for one in found.placed] == ["done.csv"]
    assert found.waiting == ("growing.csv", "half.csv.part")
    assert growing.exists()
    assert len(found.lines) == 2


def test_a_file_that_cannot_be_opened_waits_and_is_told_and_the_others_are_placed(
    here: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(here, "a.csv")
    drop(here, "b.csv")
    receive = inbox.intake.receive

    def broken(path: Path, keep_dir: Path) -> intake.Delivery:
        if path.name == "a.csv":
            raise OSError(errno.EIO, "Input/output error")
        return receive(path, keep_dir)

    monkeypatch.setattr(inbox.intake, "receive", broken)
    found = sort_inbox(here.settings)
    assert found.placed == (Placed("b.csv", "3424", False),)
    assert found.waiting == ("a.csv",)
    assert "a.csv ยังเขียนไม่เสร็จหรือเปิดไม่ได้" in found.lines[0][0]


def test_a_full_disk_is_no_files_fault_and_leaves_no_half_file(
    here: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = drop(here, "a.csv")

    def full(_: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(inbox.shutil, "copyfile", full)
        with pytest.raises(OSError, match="No space left"):
            sort_inbox(here.settings)
    assert file.exists()
    assert [path for path in (here.settings.keep / "inbox").rglob("*") if path.is_file()] == []
    assert sort_inbox(here.settings).placed == (Placed("a.csv", "3424", False),)


def test_files_of_one_name_in_two_folders_are_two_files(here: Province) -> None:
    drop(here, "ส่งครั้งที่1/a.csv")
    drop(here, "ส่งครั้งที่2/a.csv")
    sort_inbox(here.settings)
    assert [one.name for one in here.take()] == ["ส่งครั้งที่1-a.csv", "ส่งครั้งที่2-a.csv"]


def test_killed_between_placing_and_removing_the_next_night_does_the_same(
    here: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = drop(here, "a.csv")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            sort_inbox(here.settings)
    assert file.exists()
    assert sort_inbox(here.settings).placed == (Placed("a.csv", "3424", False),)
    assert len(here.take()) == 1


def test_an_inbox_that_is_not_there_is_said(here: Province) -> None:
    assert here.settings.inbox is not None
    here.settings.inbox.rmdir()
    found = sort_inbox(here.settings)
    assert found.is_missing
    assert "inbox" in found.lines[0][1]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("3424.csv", "3424"),
        ("จปฐ2569_3424_ครัวเรือน.xlsx", "3424"),
        ("ตำบล 342401.xlsx", "3424"),
        ("ดอนมดแดง (แก้ไข).xlsx", "3424"),
        ("อ.ศรีเมืองใหม่.csv", "3402"),
        ("Don Mot Daeng.csv", "3424"),
        ("3424 และ 3430.csv", None),
        ("25693424.csv", None),
        ("9901.csv", None),
        ("data.csv", None),
    ],
)
def test_what_a_name_says(name: str, code: str | None) -> None:
    assert said_by_name(name, KNOWN) == code
