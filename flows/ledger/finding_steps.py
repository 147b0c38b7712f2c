"""The steps by which a district's findings come to tonight's list: one statement each, over whole sets.

Each is said of the district's rows in jpt_finding and of tonight's list (flows.ledger.tonight); the order and
the meaning are in flows.ledger.findings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from flows.ledger.tables import finding, finding_move, run
from flows.ledger.tonight import tonight

OPEN = ("new", "open", "reopened")
_is_open = finding.c.state.in_(OPEN)
_same_id = tonight.c.finding_id == finding.c.finding_id
# What a change replaces is kept, so that the same run again can start from before it.
_prior = {
    "prior_state": finding.c.state,
    "prior_since": finding.c.state_since,
    "prior_run_id": finding.c.run_id,
}


@dataclass(frozen=True)
class Step:
    """A district on a night; `db` is in the transaction of the whole recording."""

    db: sa.Connection
    round_year_be: int
    run_id: str
    night: date
    district_code: str

    @property
    def _ours(self) -> sa.ColumnElement[bool]:
        return sa.and_(
            finding.c.round_year_be == self.round_year_be, finding.c.district_code == self.district_code
        )

    def undo(self) -> None:
        """Take back what this very run has changed when it was recorded before."""
        by_us = sa.and_(self._ours, finding.c.run_id == self.run_id)
        self.db.execute(sa.delete(finding).where(by_us, finding.c.prior_state.is_(None)))
        before = {
            "state": finding.c.prior_state,
            "state_since": finding.c.prior_since,
            "run_id": finding.c.prior_run_id,
        }
        self.db.execute(sa.update(finding).where(by_us).values(**before))

    def settle(self) -> None:
        """What earlier runs found new or reopened is open by now; since when stays."""
        fresh = finding.c.state.in_(("new", "reopened"))
        self.db.execute(
            sa.update(finding).where(self._ours, fresh, finding.c.run_id != self.run_id).values(state="open")
        )

    def waive(self) -> None:
        """What is listed as confirmed tonight."""
        listed = sa.exists().where(_same_id, tonight.c.is_waived == 1)
        self._change("waived", finding.c.state != "waived", listed, was_listed=True)

    def close(self, checked: Sequence[str], in_force: Sequence[str]) -> None:
        """What is not listed: fixed when its rule was checked, gone when its rule is not in force."""
        is_living = sa.or_(_is_open, finding.c.state == "waived")
        absent = ~sa.exists().where(_same_id)
        self._change("fixed", is_living, absent, finding.c.rule_id.in_(checked))
        self._change("gone", is_living, absent, finding.c.rule_id.not_in([*checked, *in_force]))

    def reopen(self) -> None:
        """What was closed in any way and is listed tonight."""
        listed = sa.exists().where(_same_id, tonight.c.is_waived == 0)
        self._change("reopened", ~_is_open, listed, was_listed=True)

    def _change(self, state: str, *where: sa.ColumnElement[bool], was_listed: bool = False) -> None:
        values: dict[str, Any] = {"state": state, "state_since": self.night, "run_id": self.run_id, **_prior}
        # What leaves the list was last on it the night before; what is still listed has no last night.
        if not was_listed:
            values["last_seen"] = sa.func.coalesce(self._night_before(), finding.c.state_since)
        self.db.execute(sa.update(finding).where(self._ours, *where).values(**values))

    def _night_before(self) -> sa.ScalarSelect[date]:
        return (
            sa.select(sa.func.max(run.c.night))
            .join(finding_move, finding_move.c.run_id == run.c.run_id)
            .where(
                run.c.round_year_be == self.round_year_be,
                finding_move.c.district_code == self.district_code,
                run.c.run_id != self.run_id,
            )
            .scalar_subquery()
        )

    def regrade(self) -> dict[str, int]:
        """Take over severities that the rules have changed; by how much each grade's open findings grew."""
        is_other = sa.and_(self._ours, _same_id, tonight.c.severity != finding.c.severity)
        stayed = sa.and_(_is_open, finding.c.state != "reopened")
        counted = (
            sa.select(finding.c.severity, tonight.c.severity.label("now"), sa.func.count().label("n"))
            .where(is_other, stayed)
            .group_by(finding.c.severity, tonight.c.severity)
        )
        grown: dict[str, int] = {}
        for row in self.db.execute(counted):
            grown[row.severity] = grown.get(row.severity, 0) - row.n
            grown[row.now] = grown.get(row.now, 0) + row.n
        # What is closed keeps the grade it was counted under.
        self.db.execute(sa.update(finding).where(is_other, _is_open).values(severity=tonight.c.severity))
        return grown

    def add(self) -> None:
        """What was never listed before."""
        taken = ("finding_id", "tambon_code", "rule_id", "level", "severity")
        fixed = {
            "round_year_be": self.round_year_be,
            "district_code": self.district_code,
            "first_seen": self.night,
            "state_since": self.night,
            "run_id": self.run_id,
        }
        state = sa.case((tonight.c.is_waived == 1, "waived"), else_="new")
        known = sa.exists().where(self._ours, _same_id)
        values = [sa.literal(value, finding.c[name].type) for name, value in fixed.items()]
        rows = sa.select(*(tonight.c[name] for name in taken), *values, state).where(~known)
        self.db.execute(sa.insert(finding).from_select([*taken, *fixed, "state"], rows))

    def changes(self) -> dict[tuple[str, str], int]:
        """How many findings this run opened or closed, by (severity, kind)."""
        was_open = sa.func.coalesce(finding.c.prior_state, "").in_(OPEN)
        query = (
            sa.select(finding.c.severity, finding.c.state, sa.func.count().label("n"))
            .where(self._ours, finding.c.run_id == self.run_id, was_open != _is_open)
            .group_by(finding.c.severity, finding.c.state)
        )
        return {(row.severity, row.state): row.n for row in self.db.execute(query)}

    def open_counts(self) -> dict[str, int]:
        """Open findings by severity."""
        return self._counts(_is_open)

    def unchecked(self) -> dict[str, int]:
        """Open findings that tonight's list lacks, as their rule could not be checked; by severity."""
        return self._counts(_is_open, ~sa.exists().where(_same_id))

    def _counts(self, *where: sa.ColumnElement[bool]) -> dict[str, int]:
        query = (
            sa.select(finding.c.severity, sa.func.count().label("n"))
            .where(self._ours, *where)
            .group_by(finding.c.severity)
            .order_by(finding.c.severity)
        )
        return {row.severity: row.n for row in self.db.execute(query)}
