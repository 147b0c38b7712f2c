"""The last good version of each district, kept typed, in force when tonight's delivery cannot be read.

A district once read does not vanish from the numbers because a file is cut off or a share is away: its last
good records are checked again with tonight's rules, and marked stale wherever they are shown. What was read
by another version of the program is read again from the kept bytes. Deliberately not here: the gate that
keeps a stale district from green (rules/acceptance.toml), and how it is marked (reports).
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from flows import fingerprint, intake
from flows.examination import RECEIPTS, Examined, Stale, again, examined
from flows.failure import DistrictFailed, full_disk, is_full_disk, place
from flows.run import Run, replacing
from schemas import finding
from schemas.frames import schema_of
from schemas.household import Household
from schemas.person import Person

FRAMES = ("households", "persons", "cells", "told", "unknown_columns")
MADE_OF = "made_of.json"
# Why bytes once read well are not read tonight, while nothing is said against what they hold: the program, a
# password that is not there or is a newer one.
NOT_OF_THE_DATA = {"broke", "password", "no_password", "wrong_password"}


@dataclass(frozen=True)
class Good:
    """A version kept: since when it is the district's data, its deliveries, and what read it."""

    folder: Path
    since: date
    read_by: str
    deliveries: tuple[intake.Delivery, ...]

    @property
    def hashes(self) -> set[str]:
        return {delivery.sha256 for delivery in self.deliveries}


def keep(run: Run, districts: Sequence[Examined]) -> None:
    """Keep what was read well tonight; the same bytes keep the date on which they were first read."""
    for one in districts:
        if one.quarantine is None and one.stale is None:
            _keep(run, one)


def _keep(run: Run, one: Examined) -> None:
    before = _kept(run, one.district.code)
    is_same = before is not None and before.hashes == {delivery.sha256 for delivery in one.deliveries}
    since = min(before.since, run.night) if before and is_same else run.night
    if before and is_same and since == before.since and before.read_by == _reader(run):
        return
    typed = run.typed(one.district.code)
    about = {
        "since": since.isoformat(),
        "read_by": _reader(run),
        "deliveries": [
            {"name": delivery.name, "sha256": delivery.sha256, "bytes": delivery.bytes}
            for delivery in one.deliveries
        ],
    }
    with replacing(run.last_good(one.district.code)) as fresh:
        for name in (*(f"{frame}.parquet" for frame in FRAMES), RECEIPTS):
            shutil.copyfile(typed / name, fresh / name)
        (fresh / MADE_OF).write_text(json.dumps(about, ensure_ascii=False), "utf-8")


def may_stand_in(run: Run, one: Examined, districts: Sequence[Examined]) -> bool:
    """Whether the district is set aside, and its last good version is nobody else's data tonight."""
    good = _kept(run, one.district.code)
    if one.quarantine is None or good is None:
        return False
    taken = {d.sha256 for other in districts if other.quarantine is None for d in other.deliveries}
    return good.since <= run.night and not good.hashes & taken and not _is_disputed(good, one)


def stand_in(run: Run, one: Examined) -> Examined:
    """The district with its last good version in force, or as it is when there is none. Raises
    DistrictFailed; a full disk comes through as OSError.
    """
    try:
        return _stand_in(run, one)
    except Exception as error:
        if is_full_disk(error):
            raise full_disk() from None
        told = f"{one.district.code}: {place(error)}"
        raise DistrictFailed(told, isinstance(error, OSError)) from None


def not_standing_in(run: Run, one: Any, error: BaseException) -> Examined:
    """A district whose last good version cannot be checked either: quarantined for tonight's reason."""
    del run, error
    quarantined: Examined = one
    return quarantined


def _stand_in(run: Run, one: Examined) -> Examined:
    good, reason = _kept(run, one.district.code), one.quarantine
    if good is None or reason is None:
        return one
    checked = again(run, one.district, good.deliveries)
    if checked is None:
        extract = _extract(run, one, good)
        if extract is None:
            return one
        checked = examined(run, one.district, good.deliveries, extract)
    return replace(checked, stale=Stale(good.since, reason, one.deliveries))


def _is_disputed(good: Good, one: Examined) -> bool:
    """Whether what is refused tonight is the very data that would stand in for it."""
    refused = {delivery.sha256 for delivery in one.deliveries}
    reason = one.quarantine.reason if one.quarantine else "broke"
    if reason == "sent_by_two":
        return bool(good.hashes & refused)
    return good.hashes == refused and reason not in NOT_OF_THE_DATA


def _extract(run: Run, one: Examined, good: Good) -> intake.Extract | None:
    """The kept frames, when the same program made them; else the kept bytes read again; else frames that
    still fit tonight's tables.
    """
    if good.read_by != _reader(run) and all(delivery.kept_path.is_file() for delivery in good.deliveries):
        try:
            return intake.read(good.deliveries, one.district.code, run.round, one.district.password)
        except intake.Quarantined:
            pass
    return _frames(good.folder)


def _frames(folder: Path) -> intake.Extract | None:
    try:
        frames = {name: pl.read_parquet(folder / f"{name}.parquet") for name in FRAMES}
        receipts = json.loads((folder / RECEIPTS).read_text("utf-8"))
    except (OSError, ValueError, pl.exceptions.PolarsError):
        return None
    models = {"households": Household, "persons": Person, "told": finding.Finding}
    if any(dict(frames[name].schema) != dict(schema_of(model)) for name, model in models.items()):
        return None
    beside = frames["unknown_columns"]
    typed = (frames["households"], frames["persons"], frames["cells"], frames["told"])
    return intake.Extract(*typed, receipts, beside)


def _kept(run: Run, district_code: str) -> Good | None:
    """What is kept of a district; None when nothing is, or it has been damaged."""
    folder = run.last_good(district_code)
    try:
        about = json.loads((folder / MADE_OF).read_text("utf-8"))
        deliveries = tuple(_delivery(run, one) for one in about["deliveries"])
        return Good(folder, date.fromisoformat(about["since"]), about["read_by"], deliveries)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _delivery(run: Run, kept: dict[str, Any]) -> intake.Delivery:
    sha256 = kept["sha256"]
    path = run.deliveries / sha256[:2] / sha256
    return intake.Delivery(path, path, kept["name"], sha256, kept["bytes"], is_repeat=True)


def _reader(run: Run) -> str:
    return f"{fingerprint.of_reading(run.settings.round_year_be)} {fingerprint.of_outcomes()}"
