import hashlib
from pathlib import Path

import pytest

from flows.intake import receive


def test_a_delivery_is_kept_byte_for_byte_under_its_hash(tmp_path: Path) -> None:
    sent = tmp_path / "ครัวเรือน.csv"
    sent.write_bytes(b"\xef\xbb\xbfa,b\r\n1,2\r\n")
    delivery = receive(sent, tmp_path / "keep")
    assert delivery.kept_path.read_bytes() == sent.read_bytes()
    assert delivery.sha256 == hashlib.sha256(sent.read_bytes()).hexdigest()
    assert (delivery.name, delivery.bytes, delivery.is_repeat) == ("ครัวเรือน.csv", 13, False)
    assert delivery.delivery_id == delivery.sha256[:12]


def test_the_same_bytes_again_are_recognised_whatever_their_name(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(b"a,b\n")
    second.write_bytes(b"a,b\n")
    kept = receive(first, tmp_path / "keep").kept_path
    before = kept.stat().st_mtime_ns
    again = receive(second, tmp_path / "keep")
    assert again.is_repeat
    assert again.kept_path == kept
    assert kept.stat().st_mtime_ns == before


def test_an_interrupted_copy_leaves_nothing_under_a_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = tmp_path / "a.csv"
    sent.write_bytes(b"a,b\n")

    def disk_full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", disk_full)
    with pytest.raises(OSError, match="No space left"):
        receive(sent, tmp_path / "keep")
    assert list((tmp_path / "keep").rglob("*")) == []


def test_a_half_kept_file_of_an_older_crash_is_completed(tmp_path: Path) -> None:
    sent = tmp_path / "a.csv"
    sent.write_bytes(b"a,b\n1,2\n")
    kept = receive(sent, tmp_path / "keep").kept_path
    kept.write_bytes(b"a,b")
    assert not receive(sent, tmp_path / "keep").is_repeat
    assert kept.read_bytes() == sent.read_bytes()
