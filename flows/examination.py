"""One district, from its files to its findings: land, check, save. Knows nothing of other districts or Prefect.

Each step saves what the next one needs under the district's typed folder, so a step can be rerun alone. A
delivery that cannot be read ends here as a quarantine with its reason; any other failure is reported by type
and place only, because the text of a library's exception may hold a person's data.
"""

import json
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from flows import intake
from flows.run import Run, replacing
from flows.settings import District
from rules import below_line, catalogue, engine, indicators


class DistrictFailed(RuntimeError):
    """A district's check broke for a reason that is ours, not the delivery's. Holds no data of the delivery."""

    def __init__(self, district_code: str, error: BaseException) -> None:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        super().__init__(f"{district_code}: {type(error).__name__} at {where}")
        self.district_code, self.kind, self.where = district_code, type(error).__name__, where

    def __reduce__(self) -> tuple[Any, ...]:
        return RuntimeError, (str(self),)


@dataclass(frozen=True)
class Examined:
    """What is known of a district after its own check. Frames lie in its typed folder."""

    district: District
    deliveries: tuple[intake.Delivery, ...] = ()
    receipts: tuple[dict[str, Any], ...] = ()
    households: int = 0
    persons: int = 0
    findings: int = 0
    quarantine: intake.Quarantined | None = None


def examine(run: Run, district: District) -> Examined:
    """Land and check one district. Raises DistrictFailed for anything that is not the delivery's fault."""
    try:
        return _examine(run, district)
    except OSError:
        # A full disk or a lost share is not this district's data: the operator must see it as it is.
        raise
    except Exception as error:
        raise DistrictFailed(district.code, error) from None


def _examine(run: Run, district: District) -> Examined:
    deliveries: tuple[intake.Delivery, ...] = ()
    try:
        with run.meter.stage("receive"):
            deliveries = receive(run, district)
        with run.meter.stage("read"):
            extract = intake.read(deliveries, district.code, run.round)
    except intake.Quarantined as reason:
        return Examined(district, deliveries=deliveries, quarantine=reason)
    with run.meter.stage("check"):
        frames = check(run, extract)
    with run.meter.stage("save"), replacing(run.typed(district.code)) as folder:
        for name, frame in frames.items():
            frame.write_parquet(folder / f"{name}.parquet")
        (folder / "receipts.json").write_text(json.dumps(extract.receipt, ensure_ascii=False, default=str))
    return Examined(
        district,
        deliveries=deliveries,
        receipts=tuple(extract.receipt),
        households=frames["households"].height,
        persons=frames["persons"].height,
        findings=frames["findings"].height,
    )


def receive(run: Run, district: District) -> tuple[intake.Delivery, ...]:
    """Take a district's files into keeping. Raises Quarantined when there is none."""
    files = run.settings.files_of(district.deliveries)
    if not files:
        raise intake.nothing_delivered(district.code, district.deliveries)
    return tuple(intake.receive(file, run.settings.keep / "deliveries") for file in files)


def check(run: Run, extract: intake.Extract) -> dict[str, pl.DataFrame]:
    """All frames of a district by name: the typed records, and what rules, indicators and income line say."""
    households, persons = extract.households, extract.persons
    checked = engine.check(households, persons, catalogue.load(), run.round)
    return {
        "households": households,
        "persons": persons,
        "cells": extract.cells,
        "findings": pl.concat([extract.findings, checked.findings]),
        "outcomes": checked.outcomes,
        "indicators": indicators.assess(households, persons, indicators.load(), run.round),
        "below_line": below_line.judge(households, persons, run.round),
    }
