"""Last year's extract of each district: read once with the same intake, kept typed, loaded every night.

What is kept is named by the delivered bytes and by everything that decides how they are read, so a second
night loads it and a corrected delivery, layout or code list has it read again. A last delivery that is
missing or unreadable is no fault of this year: it is told, and rules that compare cannot tell there.
Deliberately not here: findings in last year's data, which nobody is to work on any more.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import polars as pl

from flows import fingerprint, intake
from flows.failure import DistrictFailed, full_disk, is_full_disk, place
from flows.run import Run, replacing, save
from flows.settings import District
from flows.sources.failed import SourceFailed
from flows.sources.take import Found, find
from rules import catalogue
from rules.across.before import HOUSEHOLD_COLUMNS, PERSON_COLUMNS, Before
from rules.last_year import columns_needed, last_year
from schemas import rounds
from schemas.frames import empty
from schemas.household import Household
from schemas.person import Person

State = Literal["read", "absent", "unreadable"]
Frames = tuple[pl.DataFrame, pl.DataFrame]
KEY = "made_of.txt"


@dataclass(frozen=True)
class LastRead:
    """What became of one district's last deliveries.

    ``files``: name and sha256 of each. ``is_new``: read tonight, not loaded from what is kept. ``why``: of a
    district without last year, the reason in Thai and English. ``frames``: households and persons, only the
    columns that are compared, until they are put together.
    """

    district: District
    state: State
    files: tuple[tuple[str, str], ...] = ()
    is_new: bool = False
    why: tuple[str, str] = ("", "")
    households: int = 0
    persons: int = 0
    frames: Frames | None = field(default=None, repr=False)

    def __str__(self) -> str:
        if self.state != "read":
            return f"{self.district.name_th}: {self.why[0]}"
        again = "" if self.is_new else " (อ่านไว้แล้ว)"
        return f"{self.district.name_th}: {self.households:,} ครัวเรือน {self.persons:,} คน{again}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the run record says: keys, counts, hashes."""
        inputs = [{"file": name, "sha256": sha256} for name, sha256 in self.files]
        if self.state != "read":
            return {"state": self.state, "th": self.why[0], "en": self.why[1], "inputs": inputs}
        counts = {"households": self.households, "persons": self.persons}
        return {"state": self.state, **counts, "is_newly_read": self.is_new, "inputs": inputs}


def read_last_year(run: Run, district: District) -> LastRead:
    """Load or read one district's last year. Raises DistrictFailed for what may be another try's luck.

    A full disk ends the night here as anywhere: its OSError comes through as it is.
    """
    try:
        with run.meter.stage("last year"):
            return _read(run, district)
    except intake.Quarantined as reason:
        return LastRead(district, "unreadable", why=(reason.th, reason.en))
    except DistrictFailed:
        raise
    except Exception as error:
        if is_full_disk(error):
            raise error if isinstance(error, OSError) else full_disk() from None
        raise DistrictFailed(f"{district.code}: {place(error)}", isinstance(error, OSError)) from None


def not_read(run: Run, district: Any, error: BaseException) -> LastRead:
    """A district whose last year kept breaking: without one, and the night goes on."""
    del run
    if isinstance(error, SourceFailed):
        return LastRead(district, "unreadable", why=(error.why.th, error.why.en))
    told = str(error) if isinstance(error, DistrictFailed) else type(error).__name__
    return LastRead(district, "unreadable", why=(f"โปรแกรมอ่านไม่ได้ ({told})", f"reading it failed ({told})"))


def joined(run: Run, reads: Sequence[LastRead]) -> Run:
    """The run with last year of the whole province: people move, so every district is compared with all."""
    there = [one.frames for one in reads if one.frames is not None]
    needed = _columns(run.settings.round_year_be)
    nothing = (empty(Household).select(needed[0]), empty(Person).select(needed[1]))
    households, persons = (pl.concat(frames) for frames in zip(nothing, *there, strict=True))
    return replace(
        run,
        last=last_year(households, persons),
        before=Before(households, persons, is_whole=len(there) == len(run.settings.districts)),
        last_read=tuple(replace(one, frames=None) for one in reads),
    )


@cache
def _columns(year_be: int) -> tuple[list[str], list[str]]:
    """Of last year's households and persons, what the rules of this round compare: few, for memory's sake."""
    named = columns_needed(catalogue.load(), rounds.load(year_be))
    return (
        sorted({*HOUSEHOLD_COLUMNS, *named["household"]}),
        sorted({*PERSON_COLUMNS, *named["person"]}),
    )


def _read(run: Run, district: District) -> LastRead:
    purpose = str(run.settings.last_round_year_be)
    files = find(run.settings, district, district.last_deliveries, purpose, run.night)
    if not files:
        return LastRead(district, "absent", why=("ไม่มีไฟล์ของปีก่อน", "there is no file of last year"))
    year = run.settings.last_round_year_be or 0
    named = tuple((file.name, file.sha256) for file in files)
    key = hashlib.sha256(json.dumps([named, fingerprint.of_reading(year)]).encode()).hexdigest()
    folder = run.typed_last(district.code)
    needed = _columns(run.settings.round_year_be)
    frames = _kept(folder, key, needed)
    is_new = frames is None
    if frames is None:
        frames = _kept_now(run, district, files, year, key)
    counts = {"households": frames[0].height, "persons": frames[1].height}
    return LastRead(district, "read", named, is_new, frames=frames, **counts)


def _kept_now(run: Run, district: District, files: Sequence[Found], year: int, key: str) -> Frames:
    deliveries = tuple(file.received(run.deliveries) for file in files)
    extract = intake.read(deliveries, district.code, rounds.load(year), district.password)
    folder = run.typed_last(district.code)
    with replacing(folder) as fresh:
        save(extract.households, fresh / "households.parquet")
        save(extract.persons, fresh / "persons.parquet")
        (fresh / KEY).write_text(key, "utf-8")
    needed = _columns(run.settings.round_year_be)
    return extract.households.select(needed[0]), extract.persons.select(needed[1])


def _kept(folder: Path, key: str, needed: tuple[list[str], list[str]]) -> Frames | None:
    """What is kept of the same bytes read by the same code; None when it is not there or has been damaged."""
    try:
        if (folder / KEY).read_text("utf-8") != key:
            return None
        return (
            pl.read_parquet(folder / "households.parquet", columns=needed[0]),
            pl.read_parquet(folder / "persons.parquet", columns=needed[1]),
        )
    except (OSError, ValueError, pl.exceptions.PolarsError):
        return None
