"""What a night has left to be asked again: its published tables, and the typed records kept beside them.

Typed records are personal data and kept of the last night only, so only that night can be asked about its
records. Deliberately not here: writing any of it (flows/run.py, flows/last_year.py).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from flows.settings import Settings, SettingsError
from rules import last_year
from rules.last_year import LastYear
from rules.quality import Evidence
from rules.rule import Rule
from rules.trying import Frames
from schemas.rounds import Round

HOUSEHOLDS = ("household_id", "district_code", "household_status")
PERSONS = ("household_id", "district_code", "member_no")


@dataclass(frozen=True)
class KeptNight:
    """A published night. ``districts``: typed households and persons by code, of those that were read."""

    run_id: str
    round_year_be: int
    measured: pl.DataFrame
    evidence: Evidence
    districts: Mapping[str, Frames]


def find(settings: Settings, wanted: str | None = None) -> KeptNight:
    """The night ``wanted`` names by its id or its folder; the last one by default. Raises SettingsError."""
    runs = _runs(settings.out, settings.round_year_be)
    if not runs:
        raise SettingsError(
            f"ยังไม่มีผลการตรวจของปี {settings.round_year_be} สั่ง jpt night ก่อน",
            f"there is no night of {settings.round_year_be} yet; run jpt night first",
        )
    last = runs[-1]
    if wanted is not None and Path(wanted).name != last.name:
        raise SettingsError(
            f"คืน {Path(wanted).name} ลองไม่ได้ ข้อมูลรายบุคคลเก็บไว้เฉพาะคืนล่าสุดคือ {last.name}",
            f"{Path(wanted).name} cannot be asked: records are kept of the last night only, {last.name}",
        )
    return _read(settings, last)


def _runs(out: Path, year: int) -> list[Path]:
    """Folders of published nights of a round, the last one last."""
    found = [(_record(folder), folder) for folder in out.glob(f"{year}-*") if (folder / "run.json").is_file()]
    made = sorted(
        (record["night"], (folder / "run.json").stat().st_mtime, folder) for record, folder in found
    )
    return [folder for *_, folder in made]


def _record(folder: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return record


def _read(settings: Settings, folder: Path) -> KeptNight:
    tables = {file.stem: pl.read_parquet(file) for file in (folder / "data").glob("*.parquet")}
    measured = tables["quality"]
    readable = measured.filter("is_readable").get_column("district_code").to_list()
    kept = settings.keep / "typed" / str(settings.round_year_be)
    districts = {code: _frames(kept / code) for code in readable if (kept / code).is_dir()}
    if missing := [code for code in readable if code not in districts]:
        raise SettingsError(
            f"ไม่มีข้อมูลที่อ่านแล้วของอำเภอ {', '.join(missing)} สั่ง jpt night ใหม่",
            f"the typed records of {', '.join(missing)} are gone; run jpt night again",
        )
    evidence = Evidence(
        households=_all(districts, 0, HOUSEHOLDS),
        persons=_all(districts, 1, PERSONS),
        outcomes=tables["outcomes"],
        findings=tables["findings"],
        below_line=tables["below_line"],
        assessed=tables["indicators"],
    )
    return KeptNight(folder.name, settings.round_year_be, measured, evidence, districts)


def _frames(folder: Path) -> Frames:
    return pl.read_parquet(folder / "households.parquet"), pl.read_parquet(folder / "persons.parquet")


def _all(districts: Mapping[str, Frames], place: int, columns: Sequence[str]) -> pl.DataFrame:
    return pl.concat(frames[place].select(columns) for frames in districts.values())


def last_round(settings: Settings) -> dict[str, Frames]:
    """Last year's typed records by district, as far as they are kept; empty when none are."""
    kept = settings.keep / "last_year" / str(settings.last_round_year_be)
    return {
        district.code: _frames(kept / district.code)
        for district in settings.districts
        if (kept / district.code / "persons.parquet").is_file()
    }


def last_for(rule: Rule, before: Mapping[str, Frames], round_: Round) -> LastYear | None:
    """Last year as ``last.`` of the rule looks it up, over the whole province; None without any."""
    if not before:
        return None
    needed = last_year.columns_needed([rule], round_)
    frames = [
        pl.concat(one[place].select({last_year.KEYS[table], *needed[table]}) for one in before.values())
        for place, table in enumerate(("household", "person"))
    ]
    return last_year.last_year(*frames)
