import errno
from pathlib import Path

import polars as pl
import pytest

from flows.examination import Examined, examine
from flows.failure import DistrictFailed, is_full_disk
from flows.judgement import apart, judge, set_aside
from flows.run import save
from tests.nights import copied_province, run_of, sent


def test_a_night_whose_every_district_is_set_aside_still_ends_with_reports(tmp_path: Path) -> None:
    run = run_of(copied_province(tmp_path), "3424")
    sent(tmp_path, "3424").write_bytes(b"")
    judged = judge(run, [examine(run, run.districts[0])])
    assert judged.districts[0].row.is_quarantined
    assert judged.districts[0].row.verdict.colour == "red"


def test_a_file_that_vanishes_between_listing_and_reading_is_looked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(copied_province(tmp_path), "3424")
    file = sent(tmp_path, "3424")
    monkeypatch.setattr(type(run.settings), "files_of", lambda *_: [file.with_name("gone.csv")])
    with pytest.raises(DistrictFailed) as raised:
        examine(run, run.districts[0])
    assert raised.value.is_passing
    monkeypatch.undo()
    assert examine(run, run.districts[0]).quarantine is None


def test_a_file_that_cannot_be_opened_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(copied_province(tmp_path), "3424")
    file = sent(tmp_path, "3424")

    def locked(path: Path, *_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr("flows.intake.receive", locked)
    with pytest.raises(DistrictFailed) as raised:
        examine(run, run.districts[0])
    reason = set_aside(run, run.districts[0], raised.value).quarantine
    assert reason is not None
    assert reason.th.startswith(f"พบไฟล์ {file.name} แต่เปิดอ่านไม่ได้ (3424: PermissionError")
    assert "ตรวจสิทธิ์อ่านไฟล์" in reason.action_th
    assert "permissions" in reason.action_en


def test_districts_that_share_no_file_stay(tmp_path: Path) -> None:
    run = run_of(copied_province(tmp_path), "3424", "3433")
    examined = [examine(run, district) for district in run.districts]
    assert [one.quarantine for one in apart(examined)] == [None, None]
    repeated = Examined(run.districts[1], deliveries=examined[0].deliveries)
    assert [one.quarantine and one.quarantine.reason for one in apart([examined[0], repeated])] == [
        "sent_by_two",
        "sent_by_two",
    ]


@pytest.mark.parametrize(
    "words",
    ["parquet: underlying IO error: No space left on device (os error 28)", "database or disk is full"],
)
def test_a_full_disk_is_known_in_any_librarys_words(words: str) -> None:
    assert is_full_disk(RuntimeError(words))
    assert not is_full_disk(RuntimeError("parquet: Invalid thrift"))


def test_a_table_that_cannot_be_written_is_a_files_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise pl.exceptions.ComputeError("parquet: Invalid thrift: transport error")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", broken)
    with pytest.raises(OSError, match=r"x\.parquet"):
        save(pl.DataFrame({"a": [1]}), tmp_path / "x.parquet")
