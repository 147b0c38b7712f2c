"""Opening the database: how writers take turns, and how its tables are brought to this program's revision.

One writer at a time on either database, so that two nights at once, or two programs that both find an old
ledger, wait for each other. Alembic is imported only when there is something to migrate: it takes longer to
import than all else here.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from flows.ledger import file_journal, migrations
from flows.ledger.failed import newer

# Long enough for another night to record a province's findings on a slow disk.
WAIT_SECONDS = 60
# Any number that no other program on the same database is likely to choose: the letters "jpt".
_TURN = 0x6A7074
_WRITES = "jpt_writes"


def engine_of(url: str, wait_seconds: float = WAIT_SECONDS) -> sa.Engine:
    """An engine whose transactions wait for their turn, at most `wait_seconds`."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = sa.create_engine(parsed)
        return engine.execution_options(jpt_wait_seconds=wait_seconds)
    engine = sa.create_engine(parsed, connect_args={"timeout": wait_seconds})
    sa.event.listen(engine, "connect", _begin_by_ourselves)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin_by_ourselves(connection: Any, _record: object) -> None:
    # Left to itself Python's driver begins only before some statements, and never waits for its turn.
    connection.isolation_level = None


def _begin(db: sa.Connection) -> None:
    writes = db.get_execution_options().get(_WRITES, False)
    db.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextlib.contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction in which nobody else writes; it is kept whole or not at all."""
    with engine.execution_options(**{_WRITES: True}).begin() as db:
        if db.dialect.name == "postgresql":
            wait = int(1000 * db.get_execution_options()["jpt_wait_seconds"])
            db.exec_driver_sql(f"SET LOCAL lock_timeout = {wait}")
            db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
        yield db


@contextlib.contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that sees one moment, whoever writes meanwhile."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as db:
        yield db


def revision_of(db: sa.Connection) -> str | None:
    """The revision the database is at; None when it was never migrated."""
    if not sa.inspect(db).has_table(migrations.VERSION_TABLE):
        return None
    revision: str | None = db.exec_driver_sql(
        f"SELECT version_num FROM {migrations.VERSION_TABLE}"
    ).scalar_one_or_none()
    return revision


def bring_to_head(engine: sa.Engine) -> None:
    """Make or migrate the tables when they are not this program's. Raises LedgerFailed when they are newer.

    A ledger from before there were revisions has the tables of the first one, which makes only absent ones.
    """
    if engine.dialect.name == "sqlite":
        file_journal.choose(engine)
    with engine.connect() as db:
        revision = revision_of(db)
    if revision == migrations.HEAD:
        return
    with writing(engine) as db:
        revision = revision_of(db)  # perhaps another one has done it while we waited
        if revision == migrations.HEAD:
            return
        if revision is not None and revision not in migrations.REVISIONS:
            raise newer(revision)
        upgrade(db, migrations.HEAD)


def upgrade(db: sa.Connection, revision: str) -> None:
    """Migrate within the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = str(Path(migrations.__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = db
    command.upgrade(config, revision)
