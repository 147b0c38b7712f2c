"""Certificates: which area's numbers were signed, by whom, and whether that still stands.

The signed statement itself is a document; here is its hash. Deliberately not here: signing and verifying.
"""

from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from flows.ledger.tables import certificate


@dataclass(frozen=True)
class Certificate:
    """`area_code`: of a province, district or tambon. `signed_at`, `revoked_at`: with a time zone."""

    statement_hash: str
    round_year_be: int
    area_code: str
    run_id: str
    signed_by: str
    signed_at: datetime
    revoked_at: datetime | None = None
    reason: str | None = None


def add(db: sa.Connection, signed: Certificate) -> None:
    """Keep a new certificate; one statement is certified once (else sqlalchemy's IntegrityError)."""
    db.execute(sa.insert(certificate).values(vars(signed)))


def revoke(db: sa.Connection, statement_hash: str, at: datetime, reason: str) -> bool:
    """Whether there was such a certificate that still stood; the first revocation is kept."""
    stands = sa.and_(certificate.c.statement_hash == statement_hash, certificate.c.revoked_at.is_(None))
    done = db.execute(sa.update(certificate).where(stands).values(revoked_at=at, reason=reason))
    return done.rowcount == 1


def of_round(db: sa.Connection, round_year_be: int) -> list[Certificate]:
    """All of a round, revoked ones too, in the order of signing."""
    query = sa.select(certificate).where(certificate.c.round_year_be == round_year_be)
    names = [one.name for one in fields(Certificate)]
    rows = db.execute(query.order_by(certificate.c.signed_at, certificate.c.statement_hash)).mappings()
    return [Certificate(**{name: row[name] for name in names}) for row in rows]
