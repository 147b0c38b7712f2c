"""Waivers: findings confirmed true, with a reason, who said so, and until when.

A waiver is of one finding, or of a rule within a district or a tambon. It holds from the day it is approved
until the end of its last day. Deliberately not here: who may approve, and applying waivers to findings.
"""

import secrets
from dataclasses import dataclass, fields
from datetime import date

import sqlalchemy as sa

from flows.ledger.tables import waiver


@dataclass(frozen=True)
class Waiver:
    """`reason` is an officer's sentence; names of people of a household do not belong in it.

    `max_count`: how many findings a waiver of a rule may cover. `approved` and `approver` come with approval.
    """

    round_year_be: int
    reason: str
    proposer: str
    created: date
    expires: date
    finding_id: str | None = None
    rule_id: str | None = None
    district_code: str | None = None
    tambon_code: str | None = None
    max_count: int | None = None
    approver: str | None = None
    approved: date | None = None
    waiver_id: str = ""

    def holds_on(self, night: date) -> bool:
        return self.approved is not None and self.approved <= night <= self.expires


def propose(db: sa.Connection, proposed: Waiver) -> str:
    """Keep a proposal and return its id. Raises ValueError when it is of nothing, or over at once."""
    if proposed.finding_id is None and (proposed.rule_id is None or proposed.district_code is None):
        raise ValueError("a waiver is of a finding, or of a rule in a district")
    if proposed.expires < proposed.created or not proposed.reason.strip():
        raise ValueError("a waiver has a reason, and a last day that is not over")
    waiver_id = secrets.token_hex(8)
    db.execute(sa.insert(waiver).values({**vars(proposed), "waiver_id": waiver_id}))
    return waiver_id


def approve(db: sa.Connection, waiver_id: str, approver: str, on: date) -> bool:
    """Whether there was such a proposal, not yet approved."""
    is_proposal = sa.and_(waiver.c.waiver_id == waiver_id, waiver.c.approved.is_(None))
    done = db.execute(sa.update(waiver).where(is_proposal).values(approver=approver, approved=on))
    return done.rowcount == 1


def of_round(db: sa.Connection, round_year_be: int) -> list[Waiver]:
    """All of a round, proposals and expired ones too, oldest first."""
    query = sa.select(waiver).where(waiver.c.round_year_be == round_year_be)
    names = [one.name for one in fields(Waiver)]
    rows = db.execute(query.order_by(waiver.c.created, waiver.c.waiver_id)).mappings()
    return [Waiver(**{name: row[name] for name in names}) for row in rows]
