"""One district, from its files to its findings: land, check, save. Knows no other district and no Prefect.

Each step saves what the next one needs under the district's typed folder, so a step can be rerun alone; what
an earlier night found from the same causes is taken again. A delivery that cannot be read ends here as a
quarantine with its reason; any other failure is reported by type and place only, because the text of a
library's exception may hold a person's data.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from flows import causes, intake
from flows.failure import DistrictFailed, full_disk, is_full_disk, place
from flows.kept_work import keeping, taken
from flows.run import Run, save
from flows.settings import District
from flows.sources.take import take, taken_before
from rules import below_line, catalogue, engine, indicators, trial
from rules.in_force import in_force
from schemas.thai import thai_date

RECEIPTS = "receipts.json"


@dataclass(frozen=True)
class Stale:
    """An earlier version stands in: since which night it is the district's, and why tonight's is not used.

    ``refused``: tonight's deliveries, kept as sent but not read.
    """

    since: date
    reason: intake.Quarantined
    refused: tuple[intake.Delivery, ...] = ()


@dataclass(frozen=True)
class Examined:
    """What is known of a district after its own check. Frames lie in its typed folder.

    With ``stale`` the deliveries, receipts and counts are those of the earlier version in force. ``key``: of
    the causes of what was found (flows.causes); ``is_again``: an earlier night found it.
    """

    district: District
    deliveries: tuple[intake.Delivery, ...] = ()
    key: str = ""
    is_again: bool = False
    receipts: tuple[dict[str, Any], ...] = ()
    households: int = 0
    persons: int = 0
    findings: int = 0
    errors: Mapping[str, str] = field(default_factory=dict)
    quarantine: intake.Quarantined | None = None
    stale: Stale | None = None

    @property
    def refusal(self) -> intake.Quarantined | None:
        """Why tonight's delivery is not used, whether or not an earlier version stands in."""
        return self.stale.reason if self.stale else self.quarantine

    @property
    def received(self) -> tuple[intake.Delivery, ...]:
        """The deliveries in force, and those received tonight that could not be used."""
        return (*self.deliveries, *(self.stale.refused if self.stale else ()))

    def __str__(self) -> str:
        if self.quarantine:
            return f"{self.district.name_th}: กักไฟล์ · quarantined: {self.quarantine.th}"
        counts = f"{self.households:,} ครัวเรือน {self.persons:,} คน พบเบื้องต้น {self.findings:,} รายการ"
        if self.is_again and not self.stale:
            return f"{self.district.name_th}: {counts} (ไม่เปลี่ยนแปลง)"
        if self.stale:
            return f"{self.district.name_th}: ใช้ข้อมูลเดิมของวันที่ {thai_date(self.stale.since)} {counts}"
        return f"{self.district.name_th}: {counts}"


def examine(run: Run, district: District) -> Examined:
    """Land and check one district. Raises DistrictFailed for what is not the delivery's fault.

    A full disk is nobody's delivery and every district's trouble: its OSError comes through as it is.
    """
    try:
        return _examine(run, district)
    except DistrictFailed:
        raise
    except Exception as error:
        if is_full_disk(error):
            raise error if isinstance(error, OSError) else full_disk() from None
        told = f"{district.code}: {place(error)}"
        if isinstance(error, intake.RowsUnaccounted):
            told += f": {error.counts}"
        is_passing = isinstance(error, OSError)
        raise DistrictFailed(told, is_passing, _sent_file(run, district, error)) from None


def _sent_file(run: Run, district: District, error: Exception) -> str:
    """The name of the district's own file that the system would not open, if it was that."""
    name = str(error.filename or "") if isinstance(error, OSError) else ""
    return Path(name).name if run.settings.is_among(name, district.deliveries) else ""


def examined_before(run: Run, district: District) -> Examined | None:
    """What an earlier night found of a district whose files lie here and are the same; else None."""
    if run.is_fresh:
        return None
    deliveries = taken_before(run.settings, district, run.night)
    return again(run, district, deliveries) if deliveries else None


def again(run: Run, district: District, deliveries: tuple[intake.Delivery, ...]) -> Examined | None:
    """What was found of these deliveries from the same causes; None when it has to be found first."""
    key = causes.of_examination(run, district.code, deliveries)
    folder = run.typed(district.code)
    facts = None if run.is_fresh else taken(folder, key)
    if facts is None:
        return None
    receipts = json.loads((folder / RECEIPTS).read_text("utf-8"))
    return Examined(district, deliveries, key, True, tuple(receipts), **facts)


def _examine(run: Run, district: District) -> Examined:
    deliveries: tuple[intake.Delivery, ...] = ()
    try:
        with run.meter.stage("receive"):
            deliveries = receive(run, district)
        if known := again(run, district, deliveries):
            return known
        with run.meter.stage("read"):
            extract = intake.read(deliveries, district.code, run.round, district.password)
    except intake.Quarantined as reason:
        return Examined(district, deliveries=deliveries, quarantine=reason)
    return examined(run, district, deliveries, extract)


def examined(
    run: Run, district: District, deliveries: tuple[intake.Delivery, ...], extract: intake.Extract
) -> Examined:
    """Check what was read and keep what the next stages, and the next nights, need."""
    with run.meter.stage("check"):
        frames, errors = check(run, extract)
    key = causes.of_examination(run, district.code, deliveries)
    receipts = json.dumps(extract.receipt, default=str)
    found: dict[str, Any] = {
        # Ids, not rows, as every report counts: a household sent twice is one.
        "households": frames["households"].get_column("household_id").n_unique(),
        "persons": frames["persons"].height,
        "findings": frames["findings"].height,
        "errors": dict(errors),
    }
    with run.meter.stage("save"), keeping(run.typed(district.code), key) as (folder, facts):
        for name, frame in frames.items():
            save(frame, folder / f"{name}.parquet")
        (folder / RECEIPTS).write_text(receipts, "utf-8")
        facts.update(found)
    # Receipts as they are read back: the first night and those after it print the same.
    return Examined(district, deliveries, key, receipts=tuple(json.loads(receipts)), **found)


def _in_force(findings: pl.DataFrame, run: Run) -> pl.DataFrame:
    """What reading told by rules in force: reading tells all it sees, the round says what counts."""
    ids = [rule.id for rule in in_force(catalogue.load(), run.round)]
    return findings.filter(pl.col("rule_id").is_in(ids))


def receive(run: Run, district: District) -> tuple[intake.Delivery, ...]:
    """Take a district's files into keeping. Raises Quarantined when there is none, SourceFailed."""
    taken = take(run.settings, district, run.night)
    if not taken:
        said = [place.of(district.code).said for place in run.settings.places(district.deliveries)]
        raise intake.nothing_delivered(district.code, said)
    return taken


def check(run: Run, extract: intake.Extract) -> tuple[dict[str, pl.DataFrame], Mapping[str, str]]:
    """All frames of a district by name: the typed records, and what rules, indicators and income line say.

    Beside them the rules that could not run, with the kind of failure.
    """
    households, persons = extract.households, extract.persons
    checked = engine.check(households, persons, catalogue.load(), run.round, last=run.last)
    tried = trial.check(households, persons, catalogue.load(), run.round, last=run.last)
    frames = {
        "households": households,
        "persons": persons,
        "cells": extract.cells,
        "told": extract.findings,
        "unknown_columns": extract.unknown_columns,
        "findings": pl.concat([_in_force(extract.findings, run), checked.findings]),
        "outcomes": checked.outcomes,
        "trial_findings": tried.findings,
        "trial_outcomes": tried.outcomes,
        "indicators": indicators.assess(households, persons, indicators.load(), run.round),
        "below_line": below_line.judge(households, persons, run.round),
    }
    return frames, checked.errors
