from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from typer.testing import CliRunner

from flows.ledger import Ledger
from flows.ledger_commands import app, shown
from tests.ledgers import run
from tests.nights import ROOT

Typed = Callable[..., Result]


@pytest.fixture
def typed(ledger_url: str, tmp_path: Path) -> Iterator[Typed]:
    """`jpt ledger …` in a province whose ledger is an empty database of either kind."""
    settings = tmp_path / "jpt.toml"
    sample = (ROOT / "jpt.toml").read_text("utf-8")
    assert 'ledger = "sqlite:///jpt.db"' in sample
    settings.write_text(sample.replace("sqlite:///jpt.db", ledger_url), "utf-8")

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, [*words, "--settings", str(settings)])

    yield call
    Ledger(ledger_url).close()


def test_a_ledger_is_backed_up_and_put_back(typed: Typed, ledger_url: str, tmp_path: Path) -> None:
    with Ledger(ledger_url) as ledger:
        ledger.record(run("n1", date(2026, 11, 24)), [], [])
    file = str(tmp_path / "backup.zip")
    assert "jpt_run: 1" in typed("backup", file).output
    with Ledger(ledger_url) as ledger:
        ledger.forget_everything()
    done = typed("restore", file)
    assert (done.exit_code, "กู้คืนแล้ว · restored" in done.output) == (0, True)
    with Ledger(ledger_url) as ledger:
        assert [run_id for run_id, _, _ in ledger.nights(2569)] == ["n1"]
    refused = typed("restore", file)
    assert (refused.exit_code, "--replace" in refused.output) == (2, True)
    assert typed("restore", file, "--replace").exit_code == 0


def test_status_says_where_which_revision_and_how_much(typed: Typed, ledger_url: str) -> None:
    assert typed("upgrade").exit_code == 0
    told = typed("status").output
    assert "ล่าสุด · the newest" in told
    assert "jpt_finding: 0" in told
    engine = sa.create_engine(ledger_url)
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE jpt_revision SET version_num = '9999'")
    assert "ใหม่กว่าโปรแกรมนี้" in typed("status").output
    refused = typed("upgrade")
    assert (refused.exit_code, "9999" in refused.output, "newer than this program" in refused.output) == (
        74, True, True,
    )  # fmt: skip
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE jpt_revision SET version_num = '0003'")
    engine.dispose()


def test_a_backup_is_not_written_over(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "backup.zip").write_text("mine")
    refused = typed("backup", str(tmp_path / "backup.zip"))
    assert (refused.exit_code, "มีไฟล์ backup.zip อยู่แล้ว" in refused.output) == (2, True)
    assert (tmp_path / "backup.zip").read_text() == "mine"


def test_a_backup_that_is_not_there_is_told(typed: Typed, tmp_path: Path) -> None:
    refused = typed("restore", str(tmp_path / "none.zip"))
    assert (refused.exit_code, "none.zip" in refused.output) == (74, True)


def test_the_address_is_shown_without_what_opens_it() -> None:
    url = sa.make_url("postgresql+psycopg://jpt:secret@db.example/jpt?password=secret&sslmode=require")
    assert shown(url) == "postgresql+psycopg://jpt:***@db.example/jpt"
