"""The ledger, opened: each method is one transaction over the functions of its subject."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Self

import sqlalchemy as sa

from flows.ledger import deliveries as delivered
from flows.ledger import district_states, migrations, opening, runs
from flows.ledger.district_states import State
from flows.ledger.failed import told
from flows.ledger.runs import DistrictCounts
from flows.ledger.tables import metadata


class Ledger(AbstractContextManager["Ledger"]):
    """Open with a SQLAlchemy URL; tables are made or migrated as needed. Use as a context manager.

    Raises LedgerFailed when the database cannot be reached, is none, is newer than the program, or was held
    by another run for longer than `wait_seconds`; OSError when its disk is full.
    """

    def __init__(self, url: str, wait_seconds: float = opening.WAIT_SECONDS) -> None:
        self._engine = opening.engine_of(url, wait_seconds)
        try:
            with told():
                opening.bring_to_head(self._engine)
        except BaseException:
            self._engine.dispose()
            raise

    def close(self) -> None:
        self._engine.dispose()

    def __exit__(self, *_: object) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with told(), self._engine.connect() as db:
            yield db

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with told(), opening.writing(self._engine) as db:
            yield db

    def forget_everything(self) -> None:
        """Drop the ledger's tables: the next opening starts a new, empty one."""
        with self._writing() as db:
            metadata.drop_all(db)
            db.exec_driver_sql(f"DROP TABLE {migrations.VERSION_TABLE}")

    def record(
        self,
        run: Mapping[str, Any],
        counts: Iterable[DistrictCounts],
        deliveries: Iterable[Mapping[str, Any]],
        states: Mapping[str, str] | None = None,
    ) -> None:
        """Write one run whole or not at all; the same run id again replaces its counts.

        `run` has run_id, round_year_be, night, run_hash; a delivery has sha256, district_code, name, bytes.
        `states`: district code -> content key of its documents (see flows.ledger.district_states).
        """
        run_id, night = run["run_id"], run["night"]
        with self._writing() as db:
            runs.record(db, run, counts)
            delivered.record(db, run_id, night, deliveries)
            district_states.record(db, run["round_year_be"], night, run_id, states or {})

    def counts_before(self, night: date, round_year_be: int) -> dict[str, DistrictCounts]:
        """The newest counts of every district from nights before this one, by district code."""
        with self._reading() as db:
            return runs.counts_before(db, night, round_year_be)

    def first_seen(self) -> dict[tuple[str, str], date]:
        """When each content of each district was first delivered, by (sha256, district_code)."""
        with self._reading() as db:
            return delivered.first_seen(db)

    def nights(self, round_year_be: int) -> list[tuple[str, date, str]]:
        """(run_id, night, run_hash) of all recorded runs of a round, oldest first."""
        with self._reading() as db:
            return runs.nights(db, round_year_be)

    def states(self, round_year_be: int) -> dict[str, State]:
        """(content_key, since, run_id) of each district's documents, by district code."""
        with self._reading() as db:
            return district_states.states(db, round_year_be)
