"""The settings of one province: jpt.toml, read once and frozen.

Which districts there are, where their deliveries lie, and where a night's results go. Paths are relative to
the file itself, so a province can be moved as a folder (a network share may be named absolutely). Credentials
do not belong here: `[sources]` names the variables that hold them. Thresholds do not belong here either: they
are in schemas/rounds and rules/acceptance.toml.
"""

import glob
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from flows.operation.notice_settings import Notices, read_notices
from flows.settings_values import (
    SettingsError,
    day,
    environment_name,
    folder,
    ledger_url,
    needed,
    patterns,
    positive,
    province_code,
    refuse_public_keep,
    refuse_shown_inbox,
    refuse_unknown,
    round_year,
    runner,
    table_of,
    wrong,
)
from flows.sources.place import Place, parse
from flows.sources.source import Source, read_sources
from schemas import areas

# Minutes a night and one district's step of it may take, and how many nights stay in `out`.
LIMITS = {"timeout_minutes": 240, "district_timeout_minutes": 60, "keep_nights": 30}
PROVINCE = ("code", "round", "last_round", "deadline", "office_th")
NIGHT = ("keep", "out", "ledger", "workers", "runner", "inbox", *LIMITS)
FOLDERS = (("keep", "kept"), ("out", "out"))
DISTRICT = ("deliveries", "last_deliveries", "target_households", "password_env")


@dataclass(frozen=True)
class District:
    """One district: its code, where its deliveries are (flows.sources.place), how many households it must
    bring.
    """

    code: str
    deliveries: tuple[str, ...]
    last_deliveries: tuple[str, ...] = ()
    target_households: int | None = None
    password_env: str | None = None

    @property
    def name_th(self) -> str:
        return areas.district_name(self.code, "th")

    @property
    def password(self) -> str | None:
        """What opens the district's locked files, from the environment; it stands in no file and no log."""
        return os.environ.get(self.password_env) if self.password_env else None


@dataclass(frozen=True)
class Settings:
    """Everything a night must be told. `root` is the folder of jpt.toml; all paths are absolute."""

    path: Path
    province_code: str
    round_year_be: int
    last_round_year_be: int | None
    deadline: date
    office_th: str
    keep: Path
    out: Path
    ledger: str
    workers: int
    districts: tuple[District, ...] = field(repr=False)
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False)
    inbox: Path | None = None
    notices: Notices = field(default_factory=Notices)
    timeout_minutes: int = LIMITS["timeout_minutes"]
    district_timeout_minutes: int = LIMITS["district_timeout_minutes"]
    keep_nights: int = LIMITS["keep_nights"]
    runner: str = "threads"

    @property
    def root(self) -> Path:
        return self.path.parent

    def places(self, entries: Sequence[str]) -> tuple[Place, ...]:
        """What a district's `deliveries` mean."""
        has_inbox = self.inbox is not None
        return tuple(parse(one, self.sources, has_inbox, "deliveries", self.path) for one in entries)

    def takes_from_inbox(self, district: District) -> bool:
        return any(place.kind == "inbox" for place in self.places(district.deliveries))

    def files_of(self, patterns: tuple[str, ...]) -> list[Path]:
        """The files that match a district's patterns, by name; folders and hidden files are left out."""
        found = {Path(hit) for place in self._places(patterns) for hit in glob.glob(place, recursive=True)}  # noqa: PTH207  (may be absolute)
        return sorted(hit for hit in found if hit.is_file() and not hit.name.startswith((".", "~$")))

    def is_among(self, name: str, patterns: tuple[str, ...]) -> bool:
        """Whether a file of this name is what the patterns mean; asks no file system, which may be amiss."""
        return any(fnmatch(name, place) for place in self._places(patterns))

    def _places(self, patterns: tuple[str, ...]) -> list[str]:
        base = glob.escape(str(self.root))
        return [pattern if Path(pattern).is_absolute() else f"{base}/{pattern}" for pattern in patterns]

    def only(self, codes: tuple[str, ...]) -> tuple[District, ...]:
        """The districts with these codes (all of them when none are named); an unknown code is refused."""
        known = {district.code: district for district in self.districts}
        strange = [code for code in codes if code not in known]
        if strange:
            names = ", ".join(strange)
            raise SettingsError(
                f"ไม่มีอำเภอรหัส {names} ใน {self.path.name} (มี {', '.join(known)})",
                f"no district {names} in {self.path.name} (there are {', '.join(known)})",
            )
        # In the settings' order and once each, however they were named: a run's tables are in that order.
        return tuple(one for one in self.districts if one.code in codes) if codes else self.districts


def load(path: Path) -> Settings:
    """Read jpt.toml. Raises SettingsError: no such file, broken TOML, or a key that is absent or wrong."""
    path = path.resolve()
    tables = _tables(path)
    refuse_unknown(tables, ("province", "night", "districts", "sources", "notices"), "", path)
    province, night = table_of(tables, "province", path), tables.get("night", {})
    if not isinstance(night, dict):
        raise wrong("night", "หมวด [night]", "a table [night]", path)
    refuse_unknown(province, PROVINCE, "province.", path)
    refuse_unknown(night, NIGHT, "night.", path)
    keep, out = (folder(night.get(key, usual), f"night.{key}", path) for key, usual in FOLDERS)
    refuse_public_keep(keep, out, path)
    inbox = folder(night["inbox"], "night.inbox", path) if "inbox" in night else None
    refuse_shown_inbox(inbox, (keep, out), path)
    settings = Settings(
        path=path,
        province_code=province_code(needed(province, "code", "province", path), path),
        round_year_be=round_year(needed(province, "round", "province", path), path, "round"),
        last_round_year_be=round_year(province["last_round"], path, "last_round")
        if "last_round" in province
        else None,
        deadline=day(needed(province, "deadline", "province", path), path),
        office_th=str(province.get("office_th", "สำนักงานพัฒนาชุมชนจังหวัด")),
        keep=keep,
        out=out,
        ledger=ledger_url(night.get("ledger", "sqlite:///jpt.db"), path),
        workers=positive(night.get("workers", 2), "night.workers", path),
        runner=runner(night.get("runner", "threads"), path),
        districts=_districts(table_of(tables, "districts", path), path, str(province["code"])),
        sources=read_sources(tables.get("sources", {}), path),
        inbox=inbox,
        notices=read_notices(tables.get("notices", {}), path),
        **{key: positive(night.get(key, usual), f"night.{key}", path) for key, usual in LIMITS.items()},
    )
    _refuse_unknown_places(settings)
    return settings


def _refuse_unknown_places(settings: Settings) -> None:
    """Every entry is understood now: a night must not find out at one in the morning."""
    for district in settings.districts:
        for name in ("deliveries", "last_deliveries"):
            key = f"districts.{district.code}.{name}"
            # What comes back in the inbox is of this round; last year is over.
            has_inbox = settings.inbox is not None and name == "deliveries"
            for one in getattr(district, name):
                parse(one, settings.sources, has_inbox, key, settings.path)


def _tables(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        raise SettingsError(
            f"ไม่พบไฟล์ตั้งค่า {path.name} ให้สร้างจากตัวอย่าง jpt.toml หรือระบุด้วย --settings",
            f"no settings file {path.name}; start from the sample jpt.toml or name one with --settings",
        )
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(
            f"เปิด {path.name} ไม่ได้ ({error.strerror}) ตรวจสิทธิ์อ่านไฟล์",
            f"{path.name} cannot be opened ({error.strerror}); look at its permissions",
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(
            f"อ่าน {path.name} ไม่ได้ เพราะไม่ได้บันทึกเป็น UTF-8 เปิดด้วย Notepad แล้วบันทึกเป็น (Save As) เลือก UTF-8",
            f"{path.name} is not UTF-8 text; open it in Notepad and save it as UTF-8",
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"อ่าน {path.name} ไม่ได้ รูปแบบ TOML ผิดที่ {error}", f"{path.name} is not valid TOML: {error}"
        ) from None


def _districts(table: Mapping[str, Any], path: Path, province: str) -> tuple[District, ...]:
    codes = areas.district_codes(province)
    return tuple(_district(code, entry, path, codes) for code, entry in sorted(table.items()))


def _district(code: str, entry: Any, path: Path, codes: tuple[str, ...]) -> District:
    where = f"districts.{code}"
    if code not in codes:
        raise wrong(where, "รหัสอำเภอ 4 หลักที่มีในจังหวัด", "a four-digit district code of the province", path)
    if not isinstance(entry, dict):
        raise wrong(where, "หมวดที่มี deliveries", "a table with deliveries", path)
    refuse_unknown(entry, DISTRICT, f"{where}.", path)
    target = entry.get("target_households")
    return District(
        code=code,
        deliveries=patterns(needed(entry, "deliveries", where, path), f"{where}.deliveries", path),
        last_deliveries=patterns(entry.get("last_deliveries", []), f"{where}.last_deliveries", path, least=0),
        target_households=None if target is None else positive(target, f"{where}.target_households", path),
        password_env=environment_name(entry.get("password_env"), f"{where}.password_env", path),
    )
