import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import intake
from flows.failure import is_full_disk
from tests.full_disk import full_after
from tests.intake_writing import HEAD, HOME, ROUND, SPOUSE, district, grid, write_xlsx
from tests.reader_fuzz_seeds import zip_of
from tests.source_provinces import province


@pytest.fixture
def room() -> Iterator[int]:
    """The disk is full after so many bytes of each kept file."""
    with full_after(1000):
        yield 1000


def test_a_full_disk_while_keeping_leaves_nothing_half_kept(tmp_path: Path, room: int) -> None:
    sent = tmp_path / "a.csv"
    sent.write_bytes(b"x" * (room + 1))
    with pytest.raises(OSError, match="No space left") as raised:
        intake.receive(sent, tmp_path / "kept")
    assert is_full_disk(raised.value)
    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []
    sent.write_bytes(b"x" * room)
    assert intake.receive(sent, tmp_path / "kept").kept_path.stat().st_size == room


def test_a_full_disk_while_taking_is_the_nights_and_no_sources_fault(tmp_path: Path, room: int) -> None:
    here = province(tmp_path, ["arrived/*.csv"])
    (tmp_path / "arrived").mkdir()
    (tmp_path / "arrived" / "a.csv").write_bytes(b"x" * (room + 1))
    with pytest.raises(OSError, match="No space left") as raised:
        here.take()
    assert is_full_disk(raised.value)
    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []


def test_a_full_disk_while_a_workbook_is_copied_is_not_called_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    sheets = {"ครัวเรือน": grid("household", [HOME]), "สมาชิก": grid("person", [HEAD, SPOUSE])}
    book = write_xlsx(tmp_path / "book.xlsx", sheets)
    monkeypatch.setattr("flows.intake.workbook_parts._copy", full)
    with pytest.raises(OSError, match="No space left"):
        intake.read([intake.receive(book, tmp_path / "kept")], "3401", ROUND)
    assert not list((tmp_path / "kept").glob(".work-*"))


def test_a_full_disk_while_a_zip_is_unpacked_is_not_called_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def full(*_: object) -> tuple[str, int]:
        raise OSError(errno.ENOSPC, "No space left on device")

    files = {path.name: path.read_bytes() for path in district(tmp_path)}
    sent = tmp_path / "jpt.zip"
    sent.write_bytes(zip_of(files))
    monkeypatch.setattr("flows.intake.archive_member.Entry._written", full)
    with pytest.raises(OSError, match="No space left"):
        intake.read([intake.receive(sent, tmp_path / "kept")], "3401", ROUND)
