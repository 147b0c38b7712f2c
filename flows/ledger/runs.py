"""Runs and their counts by district."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from flows.ledger.tables import district_run, run


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


def record(db: sa.Connection, about: Mapping[str, Any], counts: Iterable[DistrictCounts]) -> None:
    """Write a run's counts in place of those an earlier attempt of the same run has left."""
    for table in (district_run, run):
        db.execute(sa.delete(table).where(table.c.run_id == about["run_id"]))
    db.execute(sa.insert(run).values(**about, recorded_at=datetime.now(UTC)))
    rows = [{"run_id": about["run_id"], **asdict(one)} for one in counts]
    if rows:
        db.execute(sa.insert(district_run), rows)


def counts_before(db: sa.Connection, night: date, round_year_be: int) -> dict[str, DistrictCounts]:
    """The newest counts of every district from nights before this one, by district code."""
    query = (
        sa.select(district_run)
        .join(run)
        .where(run.c.night < night, run.c.round_year_be == round_year_be)
        .order_by(run.c.night, run.c.run_id)
    )
    # Later nights overwrite earlier ones: a district left out last night keeps its older count.
    return {row["district_code"]: _counts(row) for row in db.execute(query).mappings()}


def _counts(row: Mapping[str, Any]) -> DistrictCounts:
    return DistrictCounts(**{name: row[name] for name in DistrictCounts.__dataclass_fields__})


def nights(db: sa.Connection, round_year_be: int) -> list[tuple[str, date, str]]:
    """(run_id, night, run_hash) of all recorded runs of a round, oldest first."""
    query = sa.select(run.c.run_id, run.c.night, run.c.run_hash).where(run.c.round_year_be == round_year_be)
    return [
        (one.run_id, one.night, one.run_hash) for one in db.execute(query.order_by(run.c.night, run.c.run_id))
    ]
