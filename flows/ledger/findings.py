"""The life of findings: what a night's list says against the ledger's, district by district.

A finding is new the first night it is listed, open while it stays, fixed when its rule was checked and no
longer lists it, waived when it was confirmed, gone when its rule is no longer in force, reopened when it is
listed again. What could not be checked tonight stays as it was. For every district and severity

    open_after = open_before + new + reopened - fixed - waived - gone + regraded

Deliberately not here: which findings there are, and which waivers hold.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import polars as pl
import sqlalchemy as sa

from flows.ledger import finding_steps as steps
from flows.ledger import tonight
from flows.ledger.tables import finding, finding_move, run


@dataclass(frozen=True)
class Listing:
    """A night's findings of the districts that were read.

    `findings`: columns finding_id, district_code, tambon_code, rule_id, level, severity and, when waivers
    were applied, is_waived. `checked`: district code -> ids of the rules that could be checked in it.
    `in_force`: ids of the rules that should be. `across`: ids of those that compare districts together;
    they are only taken as checked when every district that was ever compared is there again.
    """

    findings: pl.DataFrame | pl.LazyFrame
    checked: Mapping[str, Collection[str]]
    in_force: Collection[str]
    across: Collection[str] = field(default=frozenset())


@dataclass(frozen=True)
class Moved:
    """What moved in a district's findings of one severity. `unchecked` are open, but not listed tonight."""

    district_code: str
    severity: str
    open_before: int = 0
    new: int = 0
    reopened: int = 0
    fixed: int = 0
    waived: int = 0
    gone: int = 0
    regraded: int = 0
    open_after: int = 0
    unchecked: int = 0


def record(
    db: sa.Connection, about: Mapping[str, Any], listing: Listing, content_keys: Mapping[str, str]
) -> None:
    """Bring the districts of `listing` to tonight. A night older than a district's newest changes nothing.

    `content_keys`: of districts for which it is known what their list hangs on; where it is what it was when
    last compared, the list is the ledger's already, and `listing.findings` is not read.
    """
    newest = _newest(db, about["round_year_be"])
    is_whole = set(newest) <= set(listing.checked)
    tonight.make(db)
    compared = False
    for code in sorted(listing.checked):
        last = newest.get(code, _Compared("", about["night"], None, 0))
        if last.night > about["night"]:
            continue
        key = content_keys.get(code)
        step = steps.Step(db, about["round_year_be"], about["run_id"], about["night"], code)
        if last.run_id and not last.unchecked and key is not None and key == last.content_key:
            if last.run_id != about["run_id"]:
                step.settle()
                _write(db, about["run_id"], key, _unmoved(step))
            continue
        checked = set(listing.checked[code]) - (set() if is_whole else set(listing.across))
        tonight.fill(db, listing.findings.lazy().filter(pl.col("district_code") == code).collect())
        _write(db, about["run_id"], key, _compared(step, checked, listing.in_force))
        compared = True
    tonight.drop(db)
    if compared and db.dialect.name == "postgresql":
        # The server looks at a table again only minutes later, and until then plans for an empty one.
        db.exec_driver_sql("ANALYZE jpt_finding")


class _Compared(NamedTuple):
    run_id: str
    night: date
    content_key: str | None
    unchecked: int


def _newest(db: sa.Connection, round_year_be: int) -> dict[str, _Compared]:
    """By district code: when its findings were last compared in this round, and of which content."""
    of_run = (finding_move.c.district_code, run.c.run_id, run.c.night, run.c.recorded_at)
    query = (
        sa.select(
            *of_run, finding_move.c.content_key, sa.func.sum(finding_move.c.unchecked).label("unchecked")
        )
        .join(run, run.c.run_id == finding_move.c.run_id)
        .where(run.c.round_year_be == round_year_be)
        .group_by(*of_run, finding_move.c.content_key)
        .order_by(run.c.night, run.c.recorded_at)
    )
    return {
        row.district_code: _Compared(row.run_id, row.night, row.content_key, row.unchecked)
        for row in db.execute(query)
    }


def _compared(step: steps.Step, checked: Collection[str], in_force: Collection[str]) -> list[Moved]:
    step.undo()
    step.settle()
    before = step.open_counts()
    step.waive()
    step.close(sorted(checked), sorted(in_force))
    step.reopen()
    regraded = step.regrade()
    step.add()
    changes, after, unchecked = step.changes(), step.open_counts(), step.unchecked()
    severities = sorted({*before, *after, *regraded, *(severity for severity, _ in changes)})
    return [
        Moved(
            step.district_code,
            severity,
            open_before=before.get(severity, 0),
            **{
                kind: changes.get((severity, kind), 0)
                for kind in ("new", "reopened", "fixed", "waived", "gone")
            },
            regraded=regraded.get(severity, 0),
            open_after=after.get(severity, 0),
            unchecked=unchecked.get(severity, 0),
        )
        for severity in severities or ("must_fix",)
    ]


def _unmoved(step: steps.Step) -> list[Moved]:
    counts = step.open_counts() or {"must_fix": 0}
    return [
        Moved(step.district_code, severity, open_before=n, open_after=n) for severity, n in counts.items()
    ]


def _write(db: sa.Connection, run_id: str, content_key: str | None, moves: Sequence[Moved]) -> None:
    ours = (finding_move.c.run_id == run_id, finding_move.c.district_code == moves[0].district_code)
    db.execute(sa.delete(finding_move).where(*ours))
    common = {"run_id": run_id, "content_key": content_key}
    db.execute(sa.insert(finding_move), [{**common, **vars(one)} for one in moves])


def moved(db: sa.Connection, run_id: str) -> list[Moved]:
    """What a run moved, by district and severity."""
    query = sa.select(finding_move).where(finding_move.c.run_id == run_id)
    ordered = query.order_by(finding_move.c.district_code, finding_move.c.severity)
    names = Moved.__dataclass_fields__
    return [Moved(**{name: row[name] for name in names}) for row in db.execute(ordered).mappings()]


def lives(db: sa.Connection, round_year_be: int, districts: Iterable[str] = ()) -> pl.DataFrame:
    """Every finding of the round (of these districts, when some are named), as the table jpt_finding has it.

    Without the columns `prior_…`; `last_seen` is null where a finding is open. Sorted by district and id.
    """
    shown = [column for column in finding.columns if not column.name.startswith("prior_")]
    is_open = pl.col("state").is_in(steps.OPEN)
    query = sa.select(*shown).where(finding.c.round_year_be == round_year_be)
    codes = list(districts)
    if codes:
        query = query.where(finding.c.district_code.in_(codes))
    rows = db.execute(query.order_by(finding.c.district_code, finding.c.finding_id)).all()
    kinds = {int: pl.Int64, str: pl.String, date: pl.Date}
    schema = {column.name: kinds[column.type.python_type] for column in shown}
    frame = pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")
    return frame.with_columns(last_seen=pl.when(~is_open).then("last_seen"))
