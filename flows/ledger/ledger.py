"""The ledger, opened: each method is one transaction over the functions of its subject."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import polars as pl
import sqlalchemy as sa

from flows.ledger import backup, certificates, district_states, findings, migrations, opening, runs, waivers
from flows.ledger import deliveries as delivered
from flows.ledger.backup import Told
from flows.ledger.certificates import Certificate
from flows.ledger.district_states import State
from flows.ledger.failed import told
from flows.ledger.findings import Listing, Moved
from flows.ledger.runs import DistrictCounts
from flows.ledger.tables import metadata
from flows.ledger.waivers import Waiver


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
        listing: Listing | None = None,
    ) -> None:
        """Write one run whole or not at all; the same run id again replaces its counts.

        `run` has run_id, round_year_be, night, run_hash; a delivery has sha256, district_code, name, bytes.
        `states`: district code -> content key of its documents (see flows.ledger.district_states). `listing`:
        the findings of the districts that were read (see flows.ledger.findings).
        """
        run_id, night = run["run_id"], run["night"]
        with self._writing() as db:
            runs.record(db, run, counts)
            delivered.record(db, run_id, night, deliveries)
            if listing is not None:
                findings.record(db, run, listing, states or {})
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

    def moved(self, run_id: str) -> list[Moved]:
        """What a run moved among the findings, by district and severity."""
        with self._reading() as db:
            return findings.moved(db, run_id)

    def finding_lives(self, round_year_be: int, districts: Iterable[str] = ()) -> pl.DataFrame:
        """Every finding of the round, of these districts when some are named: its state and since when."""
        with self._reading() as db:
            return findings.lives(db, round_year_be, districts)

    def propose_waiver(self, proposed: Waiver) -> str:
        """Keep a proposal and return its id; see flows.ledger.waivers."""
        with self._writing() as db:
            return waivers.propose(db, proposed)

    def approve_waiver(self, waiver_id: str, approver: str, on: date) -> bool:
        """Whether there was such a proposal, not yet approved."""
        with self._writing() as db:
            return waivers.approve(db, waiver_id, approver, on)

    def waivers(self, round_year_be: int) -> list[Waiver]:
        """All waivers of a round, proposals and expired ones too, oldest first."""
        with self._reading() as db:
            return waivers.of_round(db, round_year_be)

    def add_certificate(self, signed: Certificate) -> None:
        """Keep a new certificate. Raises LedgerFailed when its statement is certified already."""
        with self._writing() as db:
            certificates.add(db, signed)

    def revoke_certificate(self, statement_hash: str, at: datetime, reason: str) -> bool:
        """Whether there was such a certificate that still stood."""
        with self._writing() as db:
            return certificates.revoke(db, statement_hash, at, reason)

    def certificates(self, round_year_be: int) -> list[Certificate]:
        """All certificates of a round, revoked ones too, in the order of signing."""
        with self._reading() as db:
            return certificates.of_round(db, round_year_be)

    def backup(self, file: Path) -> Told:
        """Write all of the ledger, of one moment, into a new file; see flows.ledger.backup."""
        with told(), opening.snapshot(self._engine) as db:
            return backup.write(db, file)

    def restore(self, file: Path, is_replacing: bool = False) -> Told:
        """Put a backup in the ledger's place, all of it or nothing; see flows.ledger.backup."""
        with self._writing() as db:
            return backup.restore(db, file, is_replacing)
