"""Deliveries seen: which content came from which district, and the night it came first."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from flows.ledger.tables import delivery


def record(db: sa.Connection, run_id: str, night: date, received: Iterable[Mapping[str, Any]]) -> None:
    """Add what was never seen; a delivery has sha256, district_code, name, bytes."""
    known = first_seen(db)
    fresh = {(one["sha256"], one["district_code"]): one for one in received}
    rows = [
        {**one, "first_run_id": run_id, "first_seen": night} for key, one in fresh.items() if key not in known
    ]
    if rows:
        db.execute(sa.insert(delivery), rows)


def first_seen(db: sa.Connection) -> dict[tuple[str, str], date]:
    """When each content of each district was first delivered, by (sha256, district_code)."""
    columns = (delivery.c.sha256, delivery.c.district_code, delivery.c.first_seen)
    return {(one.sha256, one.district_code): one.first_seen for one in db.execute(sa.select(*columns))}
