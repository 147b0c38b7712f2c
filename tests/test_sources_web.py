import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.sources.remote_files import listed
from tests.full_disk import files_below, full_after
from tests.source_provinces import Province, province
from tests.source_servers import CANARY, LOOPBACK, USER, WebServer, Wire, free_port, web_server

BIG = os.urandom(3_000_000)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    folder = tmp_path / "web"
    (folder / "jpt" / "3424").mkdir(parents=True)
    monkeypatch.setenv("T_USER", USER)
    monkeypatch.setenv("T_PASSWORD", CANARY)
    with web_server(folder) as running:
        yield running


@pytest.fixture
def here(server: WebServer, tmp_path: Path) -> Province:
    return web_province(tmp_path, server.port)


def web_province(root: Path, port: int, wanted: str = "dopa:jpt/{district}/*.csv") -> Province:
    about = (
        f'url = "http://{LOOPBACK}:{port}"\nuser_env = "T_USER"\npassword_env = "T_PASSWORD"\n'
        "timeout_seconds = 5"
    )
    return province(root, [wanted], f"[sources.dopa]\n{about}")


def put(server: WebServer, name: str, content: bytes) -> Path:
    file = server.folder / "jpt" / "3424" / name
    file.write_bytes(content)
    return file


def test_files_of_a_listing_are_brought_into_keeping_under_their_thai_names(
    server: WebServer, here: Province
) -> None:
    put(server, "ครัวเรือน.csv", BIG)
    put(server, "สมาชิก.csv", b"a")
    put(server, "อ่าน.txt", b"no")
    taken = here.take()
    assert [one.name for one in taken] == ["ครัวเรือน.csv", "สมาชิก.csv"]
    assert taken[0].kept_path.read_bytes() == BIG


def test_one_file_by_its_whole_address_and_one_made_by_a_query(server: WebServer, tmp_path: Path) -> None:
    put(server, "ทั้งหมด 1.csv", b"a")
    (one,) = web_province(tmp_path, server.port, "dopa:jpt/3424/ทั้งหมด 1.csv").take()
    (other,) = web_province(tmp_path, server.port, "dopa:jpt/3424/ทั้งหมด 1.csv?round=2569").take()
    assert one.name == other.name == "ทั้งหมด 1.csv"


def test_what_is_not_there_has_not_been_sent(server: WebServer, here: Province, tmp_path: Path) -> None:
    assert here.take() == ()
    assert web_province(tmp_path, server.port, "dopa:jpt/3424/a.csv").take() == ()
    assert web_province(tmp_path, server.port, "dopa:nowhere/*.csv").take() == ()


def test_an_unchanged_etag_is_not_fetched_again(server: WebServer, here: Province) -> None:
    put(server, "a.csv", b"a,b")
    (first,) = here.take()
    server.handler.gets.clear()
    (again,) = here.take()
    assert again.sha256 == first.sha256
    assert [path for path in server.handler.gets if path.endswith(".csv")] == []
    put(server, "a.csv", b"a,c")
    (changed,) = here.take()
    assert changed.sha256 != first.sha256


def test_a_wrong_password_is_refused_and_told_to_nobody(
    server: WebServer, here: Province, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    put(server, "a.csv", b"a")
    monkeypatch.setenv("T_PASSWORD", CANARY + "-wrong")
    for wanted in ("dopa:jpt/3424/*.csv", "dopa:jpt/3424/a.csv"):
        failure = web_province(here.settings.root, server.port, wanted).fails()
        assert (failure.why.reason, failure.is_passing) == ("source_refused", False)
        assert CANARY not in f"{failure!r} {failure.why.sentences} {caplog.text}"


def test_a_server_that_is_away_or_in_trouble_may_come_back(server: WebServer, tmp_path: Path) -> None:
    for wanted in ("dopa:jpt/3424/*.csv", "dopa:jpt/3424/a.csv"):
        failure = web_province(tmp_path, free_port(), wanted).fails()
        assert (failure.why.reason, failure.is_passing) == ("source_unreachable", True)
    put(server, "a.csv", b"a")
    server.handler.broken.add("/jpt/3424/a.csv")
    failure = web_province(tmp_path, server.port).fails()
    assert (failure.why.reason, failure.is_passing) == ("source_unreachable", True)


def test_a_connection_cut_half_way_goes_on_where_it_broke(server: WebServer, tmp_path: Path) -> None:
    put(server, "a.csv", BIG)
    with Wire((LOOPBACK, server.port), cuts=[10**9, 10**9, 1_000_000]).laid() as wire:
        (taken,) = web_province(tmp_path, wire.port).take()
    assert taken.kept_path.read_bytes() == BIG
    assert wire.connections > 3


def test_a_connection_that_keeps_breaking_is_told_as_cut_and_the_next_try_begins_anew(
    server: WebServer, tmp_path: Path
) -> None:
    put(server, "a.csv", BIG)
    with Wire((LOOPBACK, server.port)).laid() as wire:
        here = web_province(tmp_path, wire.port)
        wire.cuts[:] = [10**9, 10**9] + [1_000_000] * 20
        failure = here.fails()
        assert (failure.why.reason, failure.is_passing) == ("source_cut", True)
        assert list((tmp_path / "kept" / "deliveries").rglob("*")) == []
        wire.cuts.clear()
        (taken,) = here.take()
    assert taken.kept_path.read_bytes() == BIG


def test_a_file_that_vanishes_after_the_listing_may_come_back(
    server: WebServer, here: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(server, "a.csv", b"a")

    def then_gone(*words: object) -> object:
        found = listed(*words)  # type: ignore[arg-type]
        file.unlink()
        return found

    monkeypatch.setattr("flows.sources.take.listed", then_gone)
    failure = here.fails()
    assert (failure.why.reason, failure.is_passing) == ("source_vanished", True)


def test_a_file_for_which_there_is_no_room_leaves_nothing_half_kept(
    server: WebServer, here: Province, tmp_path: Path
) -> None:
    put(server, "a.csv", BIG)
    with full_after(1_500_000):
        assert here.fails().why.reason == "source_no_room"
    assert files_below(tmp_path / "kept") == []
    assert here.take()[0].kept_path.read_bytes() == BIG
