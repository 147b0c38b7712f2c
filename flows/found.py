"""What a night found of the province: its tables, the quality table and the verdicts, kept for the next.

When no district has changed, and no rule, target or threshold, the night before found it already: nothing is
stacked, compared across districts or judged again. Reads what the districts' examinations have saved.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from flows import below, causes, tables
from flows.examination import Examined
from flows.kept_work import keeping, taken
from flows.run import Run, save
from flows.tables import Tables, gather
from rules import acceptance, quality
from rules.acceptance import FailedGate, Verdict

QUALITY = "quality"


@dataclass(frozen=True)
class Found:
    """`acceptance` is the whole validation as plain data; `errors` names rules that could not run; `crossed`
    is by district a hash of what only shows across districts. The tables lie in `folder`.
    """

    folder: Path
    quality: pl.DataFrame
    verdicts: Mapping[str, Verdict]
    acceptance: Mapping[str, Any]
    errors: Mapping[str, str]
    crossed: Mapping[str, Sequence[str]]

    @property
    def tables(self) -> Tables:
        """All districts together."""
        return tables.load(self.folder)

    def publish(self, folder: Path) -> None:
        """Copy the tables to where the night's results are."""
        for table in sorted(self.folder.glob("*.parquet")):
            shutil.copyfile(table, folder / table.name)


def of_province(run: Run, examined: Sequence[Examined]) -> Found:
    """What is found of these districts: taken again from the same causes, or found now and kept."""
    key = causes.of_province(run, {one.district.code: _brings(one) for one in examined})
    folder = run.province_kept
    facts = None if run.is_fresh else taken(folder, key)
    if facts is None:
        facts = _find(run, examined, folder, key)
    measured = pl.read_parquet(folder / f"{QUALITY}.parquet")
    verdicts = {code: _verdict(told) for code, told in facts.pop("verdicts").items()}
    return Found(folder, measured, verdicts, **facts)


def _brings(one: Examined) -> list[Any]:
    key = one.key if one.quarantine is None else None
    return [key, one.stale is not None, one.district.target_households]


def _find(run: Run, examined: Sequence[Examined], folder: Path, key: str) -> dict[str, Any]:
    with run.meter.stage("across"):
        gathered = gather(run, examined)
    with run.meter.stage("judge"):
        measured = _measured(examined, gathered)
        judged = acceptance.judge(measured)
    read = [run.typed(one.district.code) for one in examined if one.quarantine is None]
    told_below = below.find(run, read, gathered.tables, judged.districts)
    own = below.hashes(told_below, gathered.tables.findings, list(gathered.crossed))
    found = {
        "verdicts": {code: asdict(verdict) for code, verdict in judged.districts.items()},
        "acceptance": judged.result,
        "errors": dict(gathered.errors),
        "crossed": {code: [crossed, own[code]] for code, crossed in gathered.crossed.items()},
    }
    with run.meter.stage("save"), keeping(folder, key) as (fresh, facts):
        for name, frame in {**vars(gathered.tables), **told_below}.items():
            save(frame, fresh / f"{name}.parquet")
        save(measured, fresh / f"{QUALITY}.parquet")
        facts.update(found)
    # As they are read back: the first night and those after it print the same.
    told: dict[str, Any] = json.loads(json.dumps(found, default=str))
    return told


def _measured(examined: Sequence[Examined], gathered: tables.Gathered) -> pl.DataFrame:
    readable = {one.district.code for one in examined if one.quarantine is None}
    targets = {one.district.code: one.district.target_households for one in examined}
    stale = {one.district.code for one in examined if one.stale is not None}
    return quality.measure(targets, readable, gathered.evidence, stale)


def _verdict(told: Mapping[str, Any]) -> Verdict:
    return Verdict(told["colour"], tuple(FailedGate(**gate) for gate in told["failed_gates"]))
