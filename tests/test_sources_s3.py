import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.sources.remote_files import listed
from tests.full_disk import files_below, full_after
from tests.source_provinces import Province, province
from tests.source_servers import CANARY, LOOPBACK, S3Server, Wire, free_port, s3_server

BIG = os.urandom(12_000_000)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with s3_server(tmp_path_factory.mktemp("s3") / "log") as running:
        yield running


@pytest.fixture
def folder(server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder of the bucket that is this test's own."""
    monkeypatch.setenv("T_USER", server.key)
    monkeypatch.setenv("T_PASSWORD", server.secret)
    return tmp_path.name


def s3_province(root: Path, port: int, folder: str) -> Province:
    about = (
        f'url = "s3://jpt"\nendpoint = "http://{LOOPBACK}:{port}"\n'
        'user_env = "T_USER"\npassword_env = "T_PASSWORD"\ntimeout_seconds = 5'
    )
    return province(root, [f"s3://jpt/{folder}/**/*.csv"], f"[sources.store]\n{about}")


def test_files_below_a_prefix_are_brought_into_keeping_byte_for_byte(
    server: S3Server, folder: str, tmp_path: Path
) -> None:
    server.put(f"jpt/{folder}/ตำบล1/ก.csv", BIG)
    server.put(f"jpt/{folder}/ข.csv", b"second")
    server.put(f"jpt/{folder}/notes.txt", b"no")
    taken = s3_province(tmp_path, server.port, folder).take()
    assert [one.name for one in taken] == ["ก.csv", "ข.csv"]
    assert [one.kept_path.read_bytes() for one in taken] == [BIG, b"second"]


def test_an_empty_prefix_is_a_district_that_has_not_sent(
    server: S3Server, folder: str, tmp_path: Path
) -> None:
    assert s3_province(tmp_path, server.port, folder).take() == ()


def test_an_unchanged_object_is_not_fetched_again(
    server: S3Server, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(f"jpt/{folder}/a.csv", b"a,b")
    here = s3_province(tmp_path, server.port, folder)
    (first,) = here.take()
    with monkeypatch.context() as patch:
        patch.setattr("flows.sources.take.Reader", None)
        assert [one.sha256 for one in here.take()] == [first.sha256]
    server.put(f"jpt/{folder}/a.csv", b"a,c")
    assert [one.kept_path.read_bytes() for one in here.take()] == [b"a,c"]


@pytest.mark.parametrize("wrong", ["T_USER", "T_PASSWORD"])
def test_a_wrong_key_or_secret_is_refused_and_told_to_nobody(
    server: S3Server,
    folder: str,
    tmp_path: Path,
    wrong: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.put(f"jpt/{folder}/a.csv", b"a")
    monkeypatch.setenv(wrong, CANARY)
    failure = s3_province(tmp_path, server.port, folder).fails()
    assert (failure.why.reason, failure.is_passing) == ("source_refused", False)
    told = f"{failure!r} {failure.why.sentences} {caplog.text}"
    assert CANARY not in told
    assert server.secret not in told


def test_a_store_that_is_away_may_come_back(folder: str, tmp_path: Path) -> None:
    failure = s3_province(tmp_path, free_port(), folder).fails()
    assert (failure.why.reason, failure.is_passing) == ("source_unreachable", True)


def test_a_connection_cut_half_way_goes_on_or_the_next_try_begins_anew(
    server: S3Server, folder: str, tmp_path: Path
) -> None:
    server.put(f"jpt/{folder}/a.csv", BIG)
    with Wire((LOOPBACK, server.port)).laid() as wire:
        here = s3_province(tmp_path, wire.port, folder)
        wire.cuts[:] = [1_000_000]
        (taken,) = here.take()
        assert taken.kept_path.read_bytes() == BIG
        taken.kept_path.unlink()
        wire.cuts[:] = [1_000_000] * 40
        failure = here.fails()
        assert (failure.why.reason, failure.is_passing) == ("source_cut", True)
        wire.cuts.clear()
        (taken,) = here.take()
    assert taken.kept_path.read_bytes() == BIG


def test_an_object_that_vanishes_after_the_listing_may_come_back(
    server: S3Server, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(f"jpt/{folder}/a.csv", b"a")

    def then_gone(*words: object) -> object:
        found = listed(*words)  # type: ignore[arg-type]
        server.delete(f"jpt/{folder}/a.csv")
        return found

    monkeypatch.setattr("flows.sources.take.listed", then_gone)
    failure = s3_province(tmp_path, server.port, folder).fails()
    assert (failure.why.reason, failure.is_passing) == ("source_vanished", True)


def test_an_object_for_which_there_is_no_room_leaves_nothing_half_kept(
    server: S3Server, folder: str, tmp_path: Path
) -> None:
    server.put(f"jpt/{folder}/a.csv", BIG)
    here = s3_province(tmp_path, server.port, folder)
    with full_after(7_000_000):
        assert here.fails().why.reason == "source_no_room"
    assert files_below(tmp_path / "kept") == []
    assert here.take()[0].kept_path.read_bytes() == BIG
