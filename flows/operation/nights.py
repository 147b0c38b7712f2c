"""The nights that were published, read from their records; and which of their folders stay.

A night's folder holds its run.json. Where the folder is removed to make room, the few numbers of its record
stay in ``keep/nights``, so that the history has no hole. Nothing here decides what a number means.
"""

import contextlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from reports.recorded_night import RecordedNight

REMEMBERED = "nights"
_COUNTS = ("households", "must_fix", "must_explain", "below_line", "watch")


def recorded(keep: Path, out: Path, round_year_be: int) -> list[RecordedNight]:
    """Every night of a round that is on record, oldest first; a record that cannot be read is left out."""
    files = [*sorted(out.glob(f"{round_year_be}-*/run.json"))] if out.is_dir() else []
    there = {one.run_id: one for file in files if (one := read(file)) is not None}
    gone = [one for file in sorted((keep / REMEMBERED).glob("*.json")) if (one := _remembered(file))]
    every = [*there.values(), *(one for one in gone if one.run_id not in there)]
    ours = [one for one in every if one.round_year_be == round_year_be]
    return sorted(ours, key=lambda one: (one.night, one.published, one.run_id))


def read(file: Path) -> RecordedNight | None:
    """The night of a run.json; None when it is no such record."""
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        return _night(record, datetime.fromtimestamp(file.stat().st_mtime).astimezone())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _night(record: Mapping[str, Any], published: datetime) -> RecordedNight:
    counts: dict[str, Any] = {name: int(record["counts"][name]) for name in _COUNTS}
    return RecordedNight(
        run_id=record["run_id"],
        night=date.fromisoformat(record["night"]),
        round_year_be=record["round_year_be"],
        verdicts=dict(record["verdicts"]),
        **counts,
        seconds=float(record["seconds_wall"]),
        published=published,
        is_whole=record["run_id"] == f"{record['round_year_be']}-{record['night']}",
        quarantined={code: _sentences(facts) for code, facts in record.get("quarantined", {}).items()},
        stale=dict(record.get("stale", {})),
        not_written=dict(record.get("documents_not_written", {})),
        broken_rules=tuple(record.get("rules_that_broke", {})),
    )


def _sentences(facts: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong and, in records that say it, what to do."""
    th, en = str(facts["th"]), str(facts["en"])
    todo_th, todo_en = facts.get("action_th"), facts.get("action_en")
    return (f"{th} ▸ {todo_th}" if todo_th else th, f"{en}. {todo_en}" if todo_en else en)


def _remembered(file: Path) -> RecordedNight | None:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        days = {
            "night": date.fromisoformat(told["night"]),
            "published": datetime.fromisoformat(told["published"]),
        }
        return RecordedNight(**told | days | {"is_kept": False})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def prune(keep: Path, out: Path, keep_nights: int, newest: str) -> list[str]:
    """Remove the folders of old nights; returns their run ids. Call while no other run holds the folders.

    Of every round the ``keep_nights`` newest whole nights stay, and what was run beside them. Never removed:
    ``newest`` (the run just published), and a night that holds a certificate.
    """
    years = {folder.name[:4] for folder in out.glob("2[0-9][0-9][0-9]-*") if folder.is_dir()}
    removed = []
    for year in sorted(years):
        there = [one for one in recorded(keep, out, int(year)) if one.is_kept]
        for night in _too_old(there, keep_nights):
            folder = out / night.run_id
            if night.run_id != newest and not has_certificate(folder):
                _remember(keep, night)
                _remove(folder)
                removed += [] if folder.exists() else [night.run_id]
    return removed


def _too_old(nights: Sequence[RecordedNight], keep_nights: int) -> list[RecordedNight]:
    days = sorted({one.night for one in nights if one.is_whole})[-keep_nights:]
    return [one for one in nights if days and one.night < days[0]]


def has_certificate(folder: Path) -> bool:
    """Whether something signed lies in the night's folder: what it was signed over must stay."""
    return any(folder.rglob("certificate*"))


def _remember(keep: Path, night: RecordedNight) -> None:
    file = keep / REMEMBERED / f"{night.run_id}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    told = asdict(night) | {"night": night.night.isoformat(), "published": night.published.isoformat()}
    told.pop("is_kept")
    # Which districts, not why: the sentences name files of nights nobody can look up any more.
    told["quarantined"] = dict.fromkeys(night.quarantined, ("", ""))
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    partial.replace(file)


def _remove(folder: Path) -> None:
    # Under the name that the next run clears: a night killed here leaves no half of a folder standing.
    doomed = folder.with_name(f".{folder.name}.partial")
    with contextlib.suppress(OSError):  # a file somebody has open on Windows: the next night removes it
        folder.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)
