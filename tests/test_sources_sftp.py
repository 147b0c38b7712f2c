import os
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from flows.failure import is_full_disk
from flows.sources.failed import SourceFailed
from flows.sources.remote_files import listed
from tests.full_disk import files_below, full_after, left
from tests.source_provinces import Province, province
from tests.source_servers import CANARY, LOOPBACK, USER, SftpServer, Wire, free_port, sftp_server

BIG = os.urandom(3_000_000)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SftpServer]:
    folder = tmp_path_factory.mktemp("sftp")
    (folder / "jpt" / "3424").mkdir(parents=True)
    with sftp_server(folder, tmp_path_factory.mktemp("key") / "host") as running:
        yield running


@pytest.fixture
def here(server: SftpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Province:
    for old in (server.folder / "jpt" / "3424").iterdir():
        old.unlink()
    monkeypatch.setenv("T_USER", USER)
    monkeypatch.setenv("T_PASSWORD", CANARY)
    return sftp_province(tmp_path, server.port, f'fingerprint = "{server.fingerprint}"')


def sftp_province(root: Path, port: int, *more: str) -> Province:
    about = [f'url = "sftp://{LOOPBACK}:{port}"', 'user_env = "T_USER"', 'password_env = "T_PASSWORD"', *more]
    wanted = f"sftp://{LOOPBACK}:{port}/jpt/{{district}}/*.csv"
    return province(root, [wanted], "[sources.dopa]\ntimeout_seconds = 5\n" + "\n".join(about))


def put(server: SftpServer, name: str, content: bytes) -> Path:
    file = server.folder / "jpt" / "3424" / name
    file.write_bytes(content)
    return file


def test_files_are_brought_into_keeping_byte_for_byte_and_by_name(server: SftpServer, here: Province) -> None:
    put(server, "ข.csv", b"second")
    put(server, "ก.csv", BIG)
    put(server, "notes.txt", b"no")
    put(server, "ค.csv.part", b"half")
    taken = here.take()
    assert [one.name for one in taken] == ["ก.csv", "ข.csv"]
    assert [one.kept_path.read_bytes() for one in taken] == [BIG, b"second"]


def test_an_empty_or_missing_folder_is_a_district_that_has_not_sent(
    server: SftpServer, here: Province
) -> None:
    assert here.take() == ()
    (server.folder / "jpt" / "3424").rmdir()
    assert here.take() == ()
    (server.folder / "jpt" / "3424").mkdir()


def test_an_unchanged_file_is_not_fetched_again_but_its_kept_bytes_are_hashed(
    server: SftpServer, here: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(server, "a.csv", b"a,b\n1,2\n")
    (first,) = here.take()
    monkeypatch.setattr("flows.sources.take.Reader", None)  # any fetch would break
    (again,) = here.take()
    assert (again.sha256, again.is_repeat) == (first.sha256, True)
    monkeypatch.undo()
    monkeypatch.setenv("T_USER", USER)
    monkeypatch.setenv("T_PASSWORD", CANARY)
    first.kept_path.write_bytes(b"a,b\n9,9\n")  # a damaged disk
    (mended,) = here.take()
    assert mended.sha256 == first.sha256


def test_a_wrong_password_is_refused_at_once_and_told_to_nobody(
    here: Province, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("T_PASSWORD", CANARY + "-wrong")
    failure = here.fails()
    assert failure.why.reason == "source_refused"
    assert not failure.is_passing
    assert CANARY not in f"{failure!r} {failure} {failure.why} {failure.why.sentences} {caplog.text}"


def test_an_unknown_host_gets_no_password_and_its_key_is_named(
    server: SftpServer, tmp_path: Path, here: Province
) -> None:
    here = sftp_province(tmp_path, server.port, 'known_hosts = "none"')
    failure = here.fails()
    assert failure.why.reason == "source_host_key"
    assert server.fingerprint in failure.why.sentences[0]
    other = "SHA256:" + "A" * 43
    assert (
        sftp_province(tmp_path, server.port, f'fingerprint = "{other}"').fails().why.reason
        == "source_host_key"
    )


def test_a_host_of_the_known_hosts_file_is_let_in_and_a_changed_key_is_not(
    server: SftpServer, tmp_path: Path, here: Province
) -> None:
    put(server, "a.csv", b"a")
    here = sftp_province(tmp_path, server.port, 'known_hosts = "hosts"')
    (tmp_path / "hosts").write_text(server.known_host)
    assert [one.name for one in here.take()] == ["a.csv"]
    stranger = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    (tmp_path / "hosts").write_text(f"[{LOOPBACK}]:{server.port} {stranger}")
    failure = here.fails()
    assert failure.why.reason == "source_host_key"
    assert server.fingerprint in failure.why.en


def test_a_server_that_is_away_may_come_back_and_what_came_last_is_named(
    server: SftpServer, tmp_path: Path, here: Province
) -> None:
    away = sftp_province(tmp_path, free_port()).fails()
    assert (away.why.reason, away.is_passing) == ("source_unreachable", True)
    assert "ยังไม่เคยได้รับ" in away.why.th
    put(server, "a.csv", b"a")
    here.take()
    after = sftp_province(tmp_path, free_port()).fails()
    assert "a.csv" in after.why.th
    assert "received last: a.csv, on 2026-11-24" in after.why.en


def test_a_connection_cut_half_way_goes_on_where_it_broke(
    server: SftpServer, tmp_path: Path, here: Province
) -> None:
    put(server, "a.csv", BIG)
    with Wire((LOOPBACK, server.port), cuts=[1_000_000]).laid() as wire:
        here = sftp_province(tmp_path, wire.port, f'fingerprint = "{server.fingerprint}"')
        (taken,) = here.take()
    assert taken.kept_path.read_bytes() == BIG
    assert wire.connections == 2


def test_a_connection_that_keeps_breaking_is_told_as_cut_and_the_next_try_begins_anew(
    server: SftpServer, tmp_path: Path, here: Province
) -> None:
    put(server, "a.csv", BIG)
    with Wire((LOOPBACK, server.port), cuts=[300_000] * 4).laid() as wire:
        here = sftp_province(tmp_path, wire.port, f'fingerprint = "{server.fingerprint}"')
        failure = here.fails()
        assert (failure.why.reason, failure.is_passing) == ("source_cut", True)
        assert list((tmp_path / "kept" / "deliveries").rglob("*")) == []
        (taken,) = here.take()
    assert taken.kept_path.read_bytes() == BIG
    assert wire.connections == 5


def test_a_file_that_vanishes_after_the_listing_may_come_back(
    server: SftpServer, here: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(server, "a.csv", b"a")

    def then_gone(*words: object) -> object:
        found = listed(*words)
        file.unlink()
        return found

    monkeypatch.setattr("flows.sources.take.listed", then_gone)
    failure = here.fails()
    assert (failure.why.reason, failure.is_passing) == ("source_vanished", True)


def test_a_file_still_being_written_is_not_taken(
    server: SftpServer, here: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(server, "a.csv", b"a")

    def then_grown(*words: object) -> object:
        found = listed(*words)
        file.write_bytes(b"a,b,c")
        return found

    monkeypatch.setattr("flows.sources.take.listed", then_grown)
    failure = here.fails()
    assert (failure.why.reason, failure.is_passing) == ("source_changing", True)


def test_a_variable_that_is_not_set_is_named(here: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("T_PASSWORD")
    failure = here.fails()
    assert failure.why.reason == "source_no_variable"
    assert "T_PASSWORD" in failure.why.sentences[0]
    assert isinstance(failure, SourceFailed)


def test_a_file_for_which_there_is_no_room_is_its_districts_trouble_and_half_of_it_is_nowhere(
    server: SftpServer, here: Province, tmp_path: Path
) -> None:
    put(server, "a.csv", b"small")
    here.take()
    kept = files_below(tmp_path / "kept")
    put(server, "a.csv", BIG)
    with full_after(1_500_000):
        failure = here.fails()
    assert (failure.why.reason, failure.is_passing) == ("source_no_room", False)
    assert "พื้นที่ว่างในดิสก์" in failure.why.th
    assert "ไฟล์ล่าสุดที่ได้รับ: a.csv" in failure.why.th
    assert "room left on the disk" in failure.why.en
    assert files_below(tmp_path / "kept") == kept
    assert here.take()[0].kept_path.read_bytes() == BIG


def test_a_file_larger_than_the_room_left_is_not_begun(
    server: SftpServer, here: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(server, "a.csv", BIG)
    monkeypatch.setattr("flows.sources.take.keep_bytes", None)  # any fetch would break
    with left(len(BIG) + 1_000_000):
        assert here.fails().why.reason == "source_no_room"


def test_a_disk_that_is_full_without_the_file_is_the_nights(
    server: SftpServer, here: Province, tmp_path: Path
) -> None:
    put(server, "a.csv", BIG)
    with left(1000), full_after(1000), pytest.raises(OSError, match="No space left") as raised:
        here.take()
    assert is_full_disk(raised.value)
    assert files_below(tmp_path / "kept") == []
