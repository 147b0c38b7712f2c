"""What must be remembered between nights: deliveries seen, runs, and each district's counts per run.

SQLAlchemy Core tables on SQLite, or on PostgreSQL by URL; the same statements on both. It holds keys, hashes
and counts only, never a value of a record. The orchestrator's own database is another matter: it may be lost.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Self

import sqlalchemy as sa

from flows.failure import full_disk, is_full_disk

_tables = sa.MetaData()

_run = sa.Table(
    "jpt_run", _tables,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("round_year_be", sa.Integer, nullable=False),
    sa.Column("night", sa.Date, nullable=False),
    sa.Column("run_hash", sa.String(64), nullable=False),
    sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
)  # fmt: skip
_district_run = sa.Table(
    "jpt_district_run", _tables,
    sa.Column("run_id", sa.String(40), sa.ForeignKey("jpt_run.run_id"), primary_key=True),
    sa.Column("district_code", sa.String(4), primary_key=True),
    sa.Column("colour", sa.String(8), nullable=False),
    sa.Column("households", sa.Integer, nullable=False),
    sa.Column("persons", sa.Integer, nullable=False),
    sa.Column("must_fix", sa.Integer, nullable=False),
    sa.Column("must_explain", sa.Integer, nullable=False),
    sa.Column("watch", sa.Integer, nullable=False),
    sa.Column("below_line", sa.Integer, nullable=False),
)  # fmt: skip
_delivery = sa.Table(
    "jpt_delivery", _tables,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("district_code", sa.String(4), primary_key=True),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("first_run_id", sa.String(40), nullable=False),
    sa.Column("first_seen", sa.Date, nullable=False),
)  # fmt: skip


@dataclass(frozen=True)
class DistrictCounts:
    """One district on one night; findings are counted by severity, below_line in households."""

    district_code: str
    colour: str
    households: int
    persons: int
    must_fix: int
    must_explain: int
    watch: int
    below_line: int

    @property
    def left(self) -> int:
        """Findings that still need a person: to correct, or to confirm with a reason."""
        return self.must_fix + self.must_explain


class LedgerFailed(RuntimeError):  # noqa: N818  (as the other failures)
    """The ledger cannot be opened. Says no more: the driver's own words may hold a password."""


class Ledger(AbstractContextManager["Ledger"]):
    """Open with a SQLAlchemy URL; tables are made when absent. Use as a context manager.

    Raises LedgerFailed when the database cannot be reached or is none, OSError when its disk is full.
    """

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url)
        try:
            _tables.create_all(self._engine)
        except sa.exc.DBAPIError as error:
            self._engine.dispose()
            if is_full_disk(error):
                raise full_disk() from None
            raise LedgerFailed(type(error).__name__) from None

    def close(self) -> None:
        self._engine.dispose()

    def __exit__(self, *_: object) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    def forget_everything(self) -> None:
        """Drop the ledger's tables: the next opening starts a new, empty one."""
        _tables.drop_all(self._engine)

    def record(
        self,
        run: Mapping[str, Any],
        counts: Iterable[DistrictCounts],
        deliveries: Iterable[Mapping[str, Any]],
    ) -> None:
        """Write one run whole or not at all; the same run id again replaces its counts.

        `run` has run_id, round_year_be, night, run_hash; a delivery has sha256, district_code, name, bytes.
        """
        run_id = run["run_id"]
        with self._engine.begin() as db:
            for table in (_district_run, _run):
                db.execute(sa.delete(table).where(table.c.run_id == run_id))
            db.execute(sa.insert(_run).values(**run, recorded_at=datetime.now(UTC)))
            rows = [{"run_id": run_id, **asdict(one)} for one in counts]
            if rows:
                db.execute(sa.insert(_district_run), rows)
            self._remember(db, run_id, run["night"], deliveries)

    def _remember(
        self, db: sa.Connection, run_id: str, night: date, deliveries: Iterable[Mapping[str, Any]]
    ) -> None:
        known = {(row.sha256, row.district_code) for row in db.execute(sa.select(_delivery))}
        fresh = {(one["sha256"], one["district_code"]): one for one in deliveries}
        rows = [
            {**one, "first_run_id": run_id, "first_seen": night}
            for key, one in fresh.items()
            if key not in known
        ]
        if rows:
            db.execute(sa.insert(_delivery), rows)

    def counts_before(self, night: date, round_year_be: int) -> dict[str, DistrictCounts]:
        """The newest counts of every district from nights before this one, by district code."""
        query = (
            sa.select(_district_run)
            .join(_run)
            .where(_run.c.night < night, _run.c.round_year_be == round_year_be)
            .order_by(_run.c.night, _run.c.run_id)
        )
        with self._engine.connect() as db:
            rows = db.execute(query).mappings().all()
        # Later nights overwrite earlier ones: a district left out last night keeps its older count.
        return {row["district_code"]: _counts(row) for row in rows}

    def first_seen(self) -> dict[tuple[str, str], date]:
        """When each content of each district was first delivered, by (sha256, district_code)."""
        columns = (_delivery.c.sha256, _delivery.c.district_code, _delivery.c.first_seen)
        with self._engine.connect() as db:
            return {(sha256, code): seen for sha256, code, seen in db.execute(sa.select(*columns))}

    def nights(self, round_year_be: int) -> list[tuple[str, date, str]]:
        """(run_id, night, run_hash) of all recorded runs of a round, oldest first."""
        query = sa.select(_run.c.run_id, _run.c.night, _run.c.run_hash).where(
            _run.c.round_year_be == round_year_be
        )
        with self._engine.connect() as db:
            return [tuple(row) for row in db.execute(query.order_by(_run.c.night, _run.c.run_id))]


def _counts(row: Mapping[str, Any]) -> DistrictCounts:
    return DistrictCounts(**{name: row[name] for name in DistrictCounts.__dataclass_fields__})
