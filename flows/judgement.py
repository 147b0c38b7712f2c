"""The province after its districts: each district's row of the province's table, with its verdict.

Everything a report prints is decided here or before; reporting only words it. Beside what was found tonight
(flows.found) stands what earlier nights know: the ledger's counts, days of arrival, and since which night a
district's documents have said what they say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

import polars as pl

from flows import causes, found, intake
from flows.examination import Examined
from flows.failure import DistrictFailed
from flows.found import Found
from flows.ledger import DistrictCounts, Ledger, State
from flows.run import Run
from flows.sources.failed import SourceFailed
from reports.contents import DistrictRow, FailedGate, Verdict
from rules import acceptance


@dataclass(frozen=True)
class JudgedDistrict:
    """One district, ready to be written; its share of the tables lies with the province's.

    ``received``: sha256 of each of its files -> day on which they first came. ``state``: the hash of all
    that its documents say, and the night since which they have said it.
    """

    row: DistrictRow
    examined: Examined
    quality: Mapping[str, Any]
    received: Mapping[str, date]
    state: State


@dataclass(frozen=True)
class Judged:
    """A province, judged."""

    districts: tuple[JudgedDistrict, ...]
    found: Found

    @property
    def quality(self) -> pl.DataFrame:
        """The quality table."""
        return self.found.quality

    @property
    def acceptance(self) -> Mapping[str, Any]:
        """The whole validation as plain data."""
        return self.found.acceptance


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
    known = found.of_province(run, examined)
    memory = _memory(run, examined)
    rows = known.quality.sort("district_code").to_dicts()
    districts = tuple(
        _district(run, one, row, known, memory) for one, row in zip(examined, rows, strict=True)
    )
    return Judged(districts, known)


@dataclass(frozen=True)
class _Memory:
    """What earlier nights know: counts by district, when each delivery came first, states of documents."""

    before: Mapping[str, DistrictCounts]
    first_seen: Mapping[tuple[str, str], date]
    states: Mapping[str, State]


def _memory(run: Run, examined: Sequence[Examined]) -> _Memory:
    year = run.settings.round_year_be
    with Ledger(run.settings.ledger) as ledger:
        known = ledger.first_seen()
        before, states = ledger.counts_before(run.night, year), ledger.states(year)
    new = {
        (sent.sha256, one.district.code): known.get((sent.sha256, one.district.code), run.night)
        for one in examined
        for sent in one.received
    }
    return _Memory(before, new, states)


def _district(
    run: Run, one: Examined, measured: Mapping[str, Any], known: Found, memory: _Memory
) -> JudgedDistrict:
    code = one.district.code
    last = memory.before.get(code)
    row = _row(one, measured, known.verdicts[code], last)
    received = {sent.sha256: memory.first_seen[sent.sha256, code] for sent in one.received}
    if one.deliveries:
        row = replace(row, received=max(received[sent.sha256] for sent in one.deliveries))
    state = _state(run, one, row, known.crossed[code], measured, received, memory.states.get(code))
    return JudgedDistrict(row, one, measured, received, state)


def _row(
    one: Examined,
    measured: Mapping[str, Any],
    verdict: acceptance.Verdict,
    last: DistrictCounts | None,
) -> DistrictRow:
    counts = {name: measured[name] or 0 for name in _COUNTED}
    left = counts["must_fix_open"] + counts["must_explain_open"]
    return DistrictRow(
        code=one.district.code,
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
        is_quarantined=one.quarantine is not None,
        reason_th=one.refusal.th if one.refusal else "",
        stale_since=one.stale.since if one.stale else None,
    )


def _state(
    run: Run,
    one: Examined,
    row: DistrictRow,
    crossed: Sequence[str],
    measured: Mapping[str, Any],
    received: Mapping[str, date],
    last: State | None,
) -> State:
    """Since when the district's documents say what they say tonight: since tonight, when anything is new."""
    # The change since last night is the province's to tell: it is another on every night.
    told = asdict(replace(row, change=None))
    refusal = (one.refusal.sentences, one.refusal.facts) if one.refusal else None
    sent = [(file.name, file.sha256, file.bytes) for file in one.received]
    facts = [one.key, crossed, measured, told, received, refusal, sent]
    key = causes.of_documents(run, one.district.code, facts)
    if last is not None and last.content_key == key and last.since <= run.night:
        return last
    return State(key, run.night, run.run_id)


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
