"""run.json: what went into a run, what made it, what came out, and how long it took. Ours, not Prefect's.

`run_hash` names the run by its causes alone (inputs, rules, schemas, thresholds, versions): two runs with the
same hash must give the same documents. Seconds and memory are beside it, never inside it.
"""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from flows import fingerprint
from flows.examination import Examined
from flows.meter import peak_memory_bytes
from flows.run import Run
from reports.contents import DistrictRow, Input, ProvinceReport

PACKAGES = ("polars", "pandera", "great-expectations", "prefect", "pyarrow", "typst", "xlsxwriter")


def inputs(examined: Iterable[Examined]) -> tuple[Input, ...]:
    """Every file received, in the order of districts and names; rows as its receipt says."""
    return tuple(
        Input(
            district=one.district.code,
            file=delivery.name,
            sha256=delivery.sha256,
            rows=_rows(one.receipts, delivery.name, delivery.sha256),
            kept_from=one.stale.since if one.stale and delivery in one.deliveries else None,
        )
        for one in examined
        for delivery in one.received
    )


def _rows(receipts: Sequence[Mapping[str, Any]], name: str, sha256: str) -> int | None:
    # A file that repeats another is received but not read: its receipt counts no rows.
    counted = [
        receipt["rows_in_file"]
        for receipt in receipts
        if _sent(receipt) == (name, sha256) and "rows_in_file" in receipt
    ]
    return sum(counted) if counted else None


def _sent(receipt: Mapping[str, Any]) -> tuple[str, str]:
    """Name and hash of the file as it was sent: of a file out of a zip, the zip's."""
    sent = receipt.get("archive") or receipt
    return sent["file"], sent["sha256"]


def versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def run_hash(run: Run, files: Sequence[Input]) -> str:
    """What names the causes of this run; see the module's text."""
    causes = {
        "round": run.settings.round_year_be,
        "deciding": fingerprint.of_outcomes(),
        "versions": versions(),
        "inputs": sorted(_cause(one) for one in files),
        "targets": {one.code: one.target_households for one in run.districts},
        "last_year": sorted((one.district.code, sha256) for one in run.last_read for _, sha256 in one.files),
    }
    return hashlib.sha256(json.dumps(causes, sort_keys=True).encode()).hexdigest()


def _cause(one: Input) -> tuple[str, ...]:
    """A file that went in; of an earlier version in force also since when, as the documents say it."""
    return (one.district, one.sha256, *([one.kept_from.isoformat()] if one.kept_from else []))


def last_year(run: Run) -> dict[str, Any]:
    """What of the year before could be compared: its round, per district its files or why there are none."""
    return {
        "round_year_be": run.settings.last_round_year_be,
        "districts": {one.district.code: one.facts for one in run.last_read},
    }


def counts(rows: Sequence[DistrictRow]) -> dict[str, int]:
    """Totals over the districts that could be read; findings by severity, the rest by its name."""
    read = [row for row in rows if not row.is_quarantined]
    names = ("households", "persons", "must_fix", "must_explain", "watch", "below_line", "not_assessable")
    return {
        "districts": len(rows),
        "quarantined": len(rows) - len(read),
        **{name: sum(getattr(row, name) for row in read) for name in names},
    }


def _input(one: Input) -> dict[str, Any]:
    told = asdict(one)
    kept_from = told.pop("kept_from")
    return told | ({"kept_from": kept_from.isoformat()} if kept_from else {})


def write(run: Run, report: ProvinceReport, **more: Any) -> None:
    """Put run.json into the staging folder; `more` is added as it is."""
    record = {
        "run_id": run.run_id,
        "run_hash": report.run_hash,
        "round_year_be": run.settings.round_year_be,
        "night": run.night.isoformat(),
        "deciding_hash": fingerprint.of_outcomes(),
        "versions": versions(),
        "inputs": [_input(one) for one in report.inputs],
        "counts": counts(report.districts),
        "last_year": last_year(run),
        "verdicts": {row.code: row.verdict.colour for row in report.districts},
        **more,
        "seconds_per_stage": {name: round(spent, 3) for name, spent in run.meter.seconds.items()},
        "seconds_wall": round(run.meter.wall, 3),
        "peak_memory_mb": peak_memory_bytes() // 1_000_000,
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (run.staging / "run.json").write_text(text + "\n", encoding="utf-8")
