import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.ledger import Ledger, LedgerFailed, migrations, opening
from flows.ledger.tables import metadata
from tests.ledgers import run

FIRST = date(2026, 11, 23)
# The tables of a ledger from before there were revisions, as its program made them.
UNREVISED = (
    "CREATE TABLE jpt_run (run_id VARCHAR(40) NOT NULL PRIMARY KEY, round_year_be INTEGER NOT NULL,"
    " night DATE NOT NULL, run_hash VARCHAR(64) NOT NULL, recorded_at TIMESTAMP NOT NULL)",
    "CREATE TABLE jpt_delivery (sha256 VARCHAR(64) NOT NULL, district_code VARCHAR(4) NOT NULL,"
    " name VARCHAR(255) NOT NULL, bytes BIGINT NOT NULL, first_run_id VARCHAR(40) NOT NULL,"
    " first_seen DATE NOT NULL, PRIMARY KEY (sha256, district_code))",
    "CREATE TABLE jpt_district_run (run_id VARCHAR(40) NOT NULL REFERENCES jpt_run (run_id),"
    " district_code VARCHAR(4) NOT NULL, colour VARCHAR(8) NOT NULL, households INTEGER NOT NULL,"
    " persons INTEGER NOT NULL, must_fix INTEGER NOT NULL, must_explain INTEGER NOT NULL,"
    " watch INTEGER NOT NULL, below_line INTEGER NOT NULL, PRIMARY KEY (run_id, district_code))",
    "INSERT INTO jpt_run VALUES ('n1', 2569, '2026-11-23', 'a', '2026-11-23 01:00:00.000000')",
    "INSERT INTO jpt_district_run VALUES ('n1', '3401', 'red', 60, 190, 9, 2, 5, 1)",
    f"INSERT INTO jpt_delivery VALUES ('{'b' * 64}', '3401', 'ครัวเรือน.csv', 25, 'n1', '2026-11-23')",
)


def unrevised(url: str, statements: tuple[str, ...] = UNREVISED) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as db:
        for statement in statements:
            db.exec_driver_sql(statement)
    engine.dispose()


def said(url: str, query: str) -> object:
    engine = sa.create_engine(url)
    with engine.connect() as db:
        answer = db.exec_driver_sql(query).scalar_one()
    engine.dispose()
    return answer


def test_a_ledger_from_before_revisions_is_taken_over_without_loss(ledger_url: str) -> None:
    unrevised(ledger_url)
    for _ in range(2):
        with Ledger(ledger_url) as ledger:
            assert ledger.nights(2569) == [("n1", FIRST, "a")]
            assert ledger.counts_before(date(2026, 11, 24), 2569)["3401"].must_fix == 9
            assert ledger.first_seen() == {("b" * 64, "3401"): FIRST}
    assert said(ledger_url, "SELECT version_num FROM jpt_revision") == migrations.HEAD
    with Ledger(ledger_url) as ledger:
        ledger.record(run("n2", date(2026, 11, 24)), [], [], states={"3401": "c" * 64})
        assert set(ledger.states(2569)) == {"3401"}


def test_a_ledger_whose_making_was_cut_off_is_completed(ledger_url: str) -> None:
    unrevised(ledger_url, UNREVISED[:1])
    with Ledger(ledger_url) as ledger:
        assert ledger.first_seen() == {}


def test_migrating_gives_the_tables_the_program_knows(ledger_url: str) -> None:
    Ledger(ledger_url).close()
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    engine = sa.create_engine(ledger_url)
    with engine.connect() as db:
        options = {"version_table": migrations.VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(db, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_revisions_are_those_of_the_files() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    script = ScriptDirectory.from_config(config)
    assert tuple(one.revision for one in reversed(list(script.walk_revisions()))) == migrations.REVISIONS


def test_a_ledger_newer_than_the_program_is_refused_and_left_alone(ledger_url: str) -> None:
    Ledger(ledger_url).close()
    engine = sa.create_engine(ledger_url)
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE jpt_revision SET version_num = '9999'")
    with pytest.raises(LedgerFailed) as raised:
        Ledger(ledger_url)
    assert "9999" in raised.value.th
    assert "newer than this program" in raised.value.en
    assert said(ledger_url, "SELECT version_num FROM jpt_revision") == "9999"
    with engine.begin() as db:
        db.exec_driver_sql(f"UPDATE jpt_revision SET version_num = '{migrations.HEAD}'")
    engine.dispose()


def test_what_cannot_be_opened_is_told_without_the_drivers_words() -> None:
    with pytest.raises(LedgerFailed) as raised:
        Ledger("postgresql+psycopg://jpt:secret@127.0.0.1:1/jpt?connect_timeout=2")
    assert str(raised.value) == "OperationalError"
    assert "secret" not in raised.value.th + raised.value.en


def test_an_upgrade_that_breaks_leaves_the_ledger_as_it_was(ledger_url: str) -> None:
    unrevised(ledger_url)
    # A table of the third revision is in the way: the second one's must not stay behind.
    unrevised(ledger_url, ("CREATE TABLE jpt_waiver (x INTEGER)",))
    with pytest.raises(LedgerFailed):
        Ledger(ledger_url)
    engine = sa.create_engine(ledger_url)
    names = sa.inspect(engine).get_table_names()
    assert sorted(names) == ["jpt_delivery", "jpt_district_run", "jpt_run", "jpt_waiver"]
    with engine.begin() as db:
        db.exec_driver_sql("DROP TABLE jpt_waiver")
    engine.dispose()


def test_a_ledger_at_its_newest_opens_quickly_and_without_alembic(ledger_url: str) -> None:
    Ledger(ledger_url).close()
    script = (
        "import sys, time; from flows.ledger import Ledger; Ledger(sys.argv[1]).close();"
        "begun = time.perf_counter(); Ledger(sys.argv[1]).close();"
        "print(time.perf_counter() - begun, 'alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, ledger_url], capture_output=True, text=True, check=True
    )
    seconds, has_alembic = done.stdout.split()
    assert has_alembic == "False"
    assert float(seconds) < 0.5  # 0.005 to 0.05 when the machine has nothing else to do


def test_a_ledger_is_made_once_though_two_find_none(ledger_url: str) -> None:
    script = "import sys; from flows.ledger import Ledger; Ledger(sys.argv[1]).close()"
    both = [subprocess.Popen([sys.executable, "-c", script, ledger_url]) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert said(ledger_url, "SELECT count(*) FROM jpt_revision") == 1


def test_migrating_waits_for_who_is_writing_and_gives_up_clearly(ledger_url: str) -> None:
    unrevised(ledger_url)
    holding = opening.engine_of(ledger_url)
    with opening.writing(holding):
        begun = time.monotonic()
        with pytest.raises(LedgerFailed, match="busy"):
            Ledger(ledger_url, wait_seconds=0.5)
        assert time.monotonic() - begun >= 0.4
    holding.dispose()
