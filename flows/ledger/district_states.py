"""Since which night a district's documents have had the content they have: what an unchanged night reuses."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from flows.ledger.tables import district_state


class State(NamedTuple):
    """`content_key`: sha256 of all that a district's documents were made of; `since`, `run_id`: the night
    that first had it.
    """

    content_key: str
    since: date
    run_id: str


def states(db: sa.Connection, round_year_be: int) -> dict[str, State]:
    """By district code."""
    query = sa.select(district_state).where(district_state.c.round_year_be == round_year_be)
    return {one.district_code: State(one.content_key, one.since, one.run_id) for one in db.execute(query)}


def record(db: sa.Connection, round_year_be: int, night: date, run_id: str, keys: Mapping[str, str]) -> None:
    """Take this night's keys by district code; the same key keeps its night, districts not named keep all."""
    known = states(db, round_year_be)
    changed = {code: key for code, key in keys.items() if code not in known or known[code].content_key != key}
    if not changed:
        return
    is_replaced = district_state.c.district_code.in_(changed)
    db.execute(sa.delete(district_state).where(district_state.c.round_year_be == round_year_be, is_replaced))
    common = {"round_year_be": round_year_be, "since": night, "run_id": run_id}
    db.execute(
        sa.insert(district_state),
        [{"district_code": code, "content_key": key, **common} for code, key in changed.items()],
    )
