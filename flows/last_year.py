"""Last year's extract of each district: read once with the same intake and kept typed.

What is kept is named by the delivered bytes and by everything that decides how they are read, so a second
night takes it again and a corrected delivery, layout or code list has it read again. A last delivery that is
missing or unreadable is no fault of this year: it is told, and rules that compare cannot tell there.
Deliberately not here: putting the districts together (flows.last_round), and findings in last year's data,
which nobody is to work on any more.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from flows import fingerprint, intake
from flows.failure import DistrictFailed, full_disk, is_full_disk, place
from flows.kept_work import keeping, taken
from flows.run import Run, save
from flows.settings import District
from flows.sources.failed import SourceFailed
from flows.sources.take import Found, find, is_here
from schemas import rounds

State = Literal["read", "absent", "unreadable"]
Frames = tuple[pl.DataFrame, pl.DataFrame]


@dataclass(frozen=True)
class LastRead:
    """What became of one district's last deliveries.

    ``files``: name and sha256 of each. ``key``: of what is kept of them, or why there is nothing. ``is_new``:
    read tonight, not taken from what is kept. ``why``: of a district without last year, the reason in Thai
    and English.
    """

    district: District
    state: State
    key: str = ""
    files: tuple[tuple[str, str], ...] = ()
    is_new: bool = False
    why: tuple[str, str] = ("", "")
    households: int = 0
    persons: int = 0

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
        return _without(district, "unreadable", reason.th, reason.en)
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
        return _without(district, "unreadable", error.why.th, error.why.en)
    told = str(error) if isinstance(error, DistrictFailed) else type(error).__name__
    return _without(district, "unreadable", f"โปรแกรมอ่านไม่ได้ ({told})", f"reading it failed ({told})")


def read_before(run: Run, district: District) -> LastRead | None:
    """One district's last year as an earlier night read it, when its files are the same and lie here."""
    if not is_here(run.settings, district.last_deliveries):
        return None
    files = _files(run, district)
    return _again(run, district, files) if files else None


def frames(run: Run, one: LastRead, columns: tuple[Sequence[str], Sequence[str]]) -> Frames:
    """Households and persons of a district that was read, those columns; what is damaged is read again."""
    folder = run.typed_last(one.district.code)
    try:
        return (
            pl.read_parquet(folder / "households.parquet", columns=list(columns[0])),
            pl.read_parquet(folder / "persons.parquet", columns=list(columns[1])),
        )
    except (OSError, pl.exceptions.PolarsError):
        extract = _keep(run, one.district, _files(run, one.district))
        return extract.households.select(columns[0]), extract.persons.select(columns[1])


def _without(district: District, state: State, th: str, en: str) -> LastRead:
    return LastRead(district, state, key=state, why=(th, en))


def _read(run: Run, district: District) -> LastRead:
    files = _files(run, district)
    if not files:
        return _without(district, "absent", "ไม่มีไฟล์ของปีก่อน", "there is no file of last year")
    if known := None if run.is_fresh else _again(run, district, files):
        return known
    extract = _keep(run, district, files)
    return _told(run, district, files, True, extract.households.height, extract.persons.height)


def _files(run: Run, district: District) -> list[Found]:
    purpose = str(run.settings.last_round_year_be)
    return find(run.settings, district, district.last_deliveries, purpose, run.night)


def _again(run: Run, district: District, files: Sequence[Found]) -> LastRead | None:
    facts = taken(run.typed_last(district.code), _key(run, files))
    return None if facts is None else _told(run, district, files, False, **facts)


def _told(
    run: Run, district: District, files: Sequence[Found], is_new: bool, households: int, persons: int
) -> LastRead:
    named = tuple((file.name, file.sha256) for file in files)
    return LastRead(district, "read", _key(run, files), named, is_new, ("", ""), households, persons)


def _key(run: Run, files: Sequence[Found]) -> str:
    read_by = fingerprint.of_reading(run.settings.last_round_year_be or 0)
    named = [(file.name, file.sha256) for file in files]
    return hashlib.sha256(json.dumps([named, read_by]).encode()).hexdigest()


def _keep(run: Run, district: District, files: Sequence[Found]) -> intake.Extract:
    deliveries = tuple(file.received(run.deliveries) for file in files)
    year = run.settings.last_round_year_be or 0
    extract = intake.read(deliveries, district.code, rounds.load(year), district.password)
    with keeping(run.typed_last(district.code), _key(run, files)) as (fresh, facts):
        save(extract.households, fresh / "households.parquet")
        save(extract.persons, fresh / "persons.parquet")
        facts.update(households=extract.households.height, persons=extract.persons.height)
    return extract
