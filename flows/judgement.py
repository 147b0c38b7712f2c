"""The province after its districts: quality, verdicts, and each district's row of the province's table.

Everything a report prints is decided here or before; reporting only words it. Reads the tables that the
districts' examinations have saved, never a delivery.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

import polars as pl

from flows import intake
from flows.examination import Examined
from flows.failure import DistrictFailed
from flows.ledger import DistrictCounts, Ledger
from flows.run import Run
from flows.sources.failed import SourceFailed
from flows.tables import Tables, gather
from reports.contents import DistrictRow, FailedGate, Verdict
from rules import acceptance, quality


@dataclass(frozen=True)
class JudgedDistrict:
    """One district with its share of the tables, ready to be written.

    ``received``: sha256 of each of its files -> day on which they first came.
    """

    row: DistrictRow
    examined: Examined
    tables: Tables
    quality: Mapping[str, Any]
    received: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """A province, judged. `acceptance` is the whole validation as plain data."""

    districts: tuple[JudgedDistrict, ...]
    tables: Tables
    quality: pl.DataFrame
    acceptance: Mapping[str, Any]


def set_aside(run: Run, district: Any, error: BaseException) -> Examined:
    """A district whose check kept breaking: quarantined with a reason that holds no data."""
    del run
    if isinstance(error, SourceFailed):
        return Examined(district, quarantine=error.why)
    if isinstance(error, DistrictFailed) and error.file:
        return Examined(district, quarantine=intake.not_opened(error.file, str(error)))
    told = str(error) if isinstance(error, DistrictFailed) else type(error).__name__
    return Examined(district, quarantine=intake.broke(told))


def apart(examined: Sequence[Examined]) -> tuple[Examined, ...]:
    """The same, with districts that sent the same bytes set aside: at most one of them can be right.

    A file that says whose it is has been refused before; this is about files that do not say.
    """
    senders: dict[str, set[str]] = {}
    for one in examined:
        for delivery in one.deliveries if one.quarantine is None else ():
            senders.setdefault(delivery.sha256, set()).add(one.district.code)
    return tuple(_alone(one, senders) for one in examined)


def _alone(one: Examined, senders: Mapping[str, set[str]]) -> Examined:
    for delivery in one.deliveries:
        others = senders.get(delivery.sha256, set()) - {one.district.code}
        if one.quarantine is None and others:
            return replace(one, quarantine=intake.sent_by_two(delivery.name, min(others)))
    return one


def judge(run: Run, examined: Sequence[Examined]) -> Judged:
    """Judge the province. Quarantined districts have no rows in any table and are red."""
    with run.meter.stage("across"):
        tables = gather(run, examined)
    with run.meter.stage("judge"):
        readable = {one.district.code for one in examined if one.quarantine is None}
        targets = {one.district.code: one.district.target_households for one in examined}
        stale = {one.district.code for one in examined if one.stale is not None}
        measured = quality.measure(targets, readable, tables.evidence, stale)
        verdicts = acceptance.judge(measured)
        memory = _memory(run, examined)
        districts = tuple(
            _district(one, row, verdicts.districts[one.district.code], tables, memory)
            for one, row in zip(examined, measured.sort("district_code").to_dicts(), strict=True)
        )
    return Judged(districts, tables, measured, verdicts.result)


@dataclass(frozen=True)
class _Memory:
    """What earlier nights know: counts by district, and when each district's newest delivery came first."""

    before: Mapping[str, DistrictCounts]
    received: Mapping[str, date]
    first_seen: Mapping[tuple[str, str], date]


def _memory(run: Run, examined: Sequence[Examined]) -> _Memory:
    with Ledger(run.settings.ledger) as ledger:
        first_seen = ledger.first_seen()
        before = ledger.counts_before(run.night, run.settings.round_year_be)
    received = {
        one.district.code: max(
            first_seen.get((delivery.sha256, one.district.code), run.night) for delivery in one.deliveries
        )
        for one in examined
        if one.deliveries
    }
    return _Memory(before, received, first_seen)


def _district(
    one: Examined, measured: Mapping[str, Any], verdict: acceptance.Verdict, tables: Tables, memory: _Memory
) -> JudgedDistrict:
    code = one.district.code
    counts = {name: measured[name] or 0 for name in _COUNTED}
    left = counts["must_fix_open"] + counts["must_explain_open"]
    last = memory.before.get(code)
    row = DistrictRow(
        code=code,
        name=one.district.name_th,
        verdict=_verdict(verdict),
        target=one.district.target_households,
        households=counts["households"],
        persons=counts["persons"],
        must_fix=counts["must_fix_open"],
        must_explain=counts["must_explain_open"],
        watch=counts["watch_open"],
        left=left,
        change=left - last.left if last and one.quarantine is None else None,
        not_collected=counts["not_collected_households"],
        below_line=counts["below_line"],
        not_assessable=counts["not_assessable"],
        below_line_persons=counts["below_line_persons"],
        not_assessable_persons=counts["not_assessable_persons"],
        failing_households=counts["failing_households"],
        failing_persons=counts["failing_persons"],
        received=memory.received.get(code),
        is_quarantined=one.quarantine is not None,
        reason_th=one.refusal.th if one.refusal else "",
        stale_since=one.stale.since if one.stale else None,
    )
    seen = ((sent.sha256, memory.first_seen.get((sent.sha256, code))) for sent in one.received)
    received = {sha256: day for sha256, day in seen if day is not None}
    return JudgedDistrict(row, one, tables.of(code), measured, received)


_COUNTED = (
    "households",
    "not_collected_households", "persons", "must_fix_open", "must_explain_open", "watch_open", "below_line",
    "below_line_persons", "not_assessable", "not_assessable_persons", "failing_households", "failing_persons",
)  # fmt: skip


def _verdict(verdict: acceptance.Verdict) -> Verdict:
    gates = tuple(
        FailedGate(**{each.name: getattr(gate, each.name) for each in fields(FailedGate)})
        for gate in verdict.failed_gates
    )
    return Verdict(colour=verdict.colour, failed_gates=gates)
