"""Exports for partners from the last night's kept results: which night, its tables, and the export's frame.

The numbers are those the night published; what partners ask beside them (who holds a welfare card, what was
answered) comes from the typed records kept since. Deliberately not here: what an export holds
(reports/partners), and the commands (export_commands.py).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows import kept_night
from flows.operation import nights
from flows.settings import Settings, SettingsError
from reports.partners import help_plan, profile, profile_items, targets
from reports.partners.exports import About
from reports.recorded_night import RecordedNight
from rules import indicators, poverty
from schemas import rounds
from schemas.rounds import Round


@dataclass(frozen=True)
class PublishedNight:
    """A night to export from. ``folder``: its published tables; ``typed``: the districts' typed records."""

    about: About
    folder: Path
    typed: Path

    @property
    def round(self) -> Round:
        """The round of the night."""
        return rounds.load(self.about.round_year_be)

    def table(self, name: str) -> pl.DataFrame:
        """One published table, of all districts."""
        return pl.read_parquet(self.folder / f"{name}.parquet")

    def records(self, name: str, columns: Sequence[str]) -> pl.DataFrame:
        """Typed records of the night's districts, those columns; of a district without records none."""
        files = [self.typed / code / f"{name}.parquet" for code in self.about.districts]
        found = [pl.scan_parquet(file).select(columns) for file in files if file.is_file()]
        return pl.concat(found).collect() if found else pl.DataFrame(schema=dict.fromkeys(columns, pl.String))


def last_night(settings: Settings, district_code: str | None = None) -> PublishedNight:
    """The last night of all districts, or the last that read ``district_code``. Raises SettingsError."""
    every = [one for one in _recorded(settings) if one.is_kept]
    if district_code is None:
        chosen = [one for one in every if one.is_whole]
    else:
        chosen = [one for one in every if district_code in _read(one)]
    if not chosen:
        raise _no_night(settings, district_code)
    return _published(settings, chosen[-1])


def target_households(night: PublishedNight, bounds: pl.DataFrame | None = None) -> pl.DataFrame:
    """The rows of `jpt export targets`; ``bounds``: see reports.partners.targets. Raises PovertyError."""
    set_ = poverty.of_round(night.round)
    assessed, below_line = night.table("indicators"), night.table("below_line")
    cards = night.records("households", ("household_id", "district_code", "welfare_card_holder_count"))
    poor = poverty.poor(assessed, below_line, set_)
    return targets.frame(poor, below_line, assessed, cards, set_, bounds)


def profile_rows(night: PublishedNight, province_code: str) -> pl.DataFrame:
    """The rows of `jpt export profile`, of the whole province. Raises TooFewError."""
    wanted = profile_items.load()
    on = ["district_code", "household_id"]
    lived_in = night.table("below_line").select(*on, "tambon_code", below_line="state")
    gravest = (
        night.table("findings")
        .group_by(on)
        .agg(findings=pl.col("severity").sort_by(pl.col("severity").to_physical()).first().cast(pl.String))
    )
    assessed = night.table("indicators")
    parts = (
        assessed.select(*on, *indicators.slugs(assessed)),
        night.records("households", (*on, *wanted.columns("household"))),
        gravest,
    )
    households = lived_in
    for part in parts:
        households = households.join(_once(part, on), on=on, how="left", nulls_equal=True)
    persons = night.records("persons", (*on, *wanted.columns("person"))).join(
        _once(lived_in.select(*on, "tambon_code"), on), on=on, how="inner"
    )
    return profile.frame(
        households.with_columns(pl.col("findings").fill_null("clean")), persons, wanted, province_code
    )


def help_plan_rows(settings: Settings, night: PublishedNight, district_code: str) -> pl.DataFrame:
    """The rows of `jpt export help-plan`: personal data. Raises SettingsError where the records are gone."""
    kept = night.typed / district_code
    files = (kept / "households.parquet", kept / "persons.parquet")
    if not all(file.is_file() for file in files):
        raise SettingsError(
            f"ไม่มีข้อมูลที่อ่านแล้วของอำเภอ {district_code} สั่ง jpt night ใหม่",
            f"the typed records of {district_code} are gone; run jpt night again",
        )
    is_own = pl.col("district_code") == district_code
    judged = (night.table(name).filter(is_own) for name in ("below_line", "indicators"))
    last = _assessed_last(settings, district_code)
    return help_plan.frame(*map(pl.read_parquet, files), *judged, indicators.load(), night.round, last)


def _assessed_last(settings: Settings, district_code: str) -> tuple[int, pl.DataFrame] | None:
    """The last round's year and its district as assessed; None where its records are not kept."""
    frames = kept_night.last_round(settings).get(district_code)
    if frames is None or settings.last_round_year_be is None:
        return None
    year = settings.last_round_year_be
    return year, indicators.assess(*frames, indicators.load(), rounds.load(year))


def _once(frame: pl.DataFrame, on: Sequence[str]) -> pl.DataFrame:
    return frame.unique(on, keep="first", maintain_order=True)


def _recorded(settings: Settings) -> list[RecordedNight]:
    return nights.recorded(settings.keep, settings.out, settings.round_year_be)


def _read(night: RecordedNight) -> list[str]:
    """The districts whose records are in a night, earlier ones in force included."""
    return [code for code in night.verdicts if code not in night.quarantined or code in night.stale]


def _published(settings: Settings, night: RecordedNight) -> PublishedNight:
    folder = settings.out / night.run_id
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    districts = tuple(sorted(_read(night)))
    about = About(
        round_year_be=night.round_year_be,
        night=night.night,
        run_id=night.run_id,
        rules_sha256=record["deciding_hash"],
        districts=districts,
        missing=tuple(one.code for one in settings.districts if one.code not in districts),
    )
    return PublishedNight(about, folder / "data", settings.keep / "typed" / str(night.round_year_be))


def _no_night(settings: Settings, district_code: str | None) -> SettingsError:
    year = settings.round_year_be
    if district_code is None:
        return SettingsError(
            f"ยังไม่มีผลการตรวจทั้งจังหวัดของปี {year} สั่ง jpt night ก่อน",
            f"there is no night of the whole province of {year} yet; run jpt night first",
        )
    return SettingsError(
        f"ยังไม่มีผลการตรวจอำเภอ {district_code} ของปี {year} สั่ง jpt night ก่อน",
        f"there is no night of {year} with the district {district_code} yet; run jpt night first",
    )
