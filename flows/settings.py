"""The settings of one province: jpt.toml, read once and frozen.

Which districts there are, where their deliveries lie, and where a night's results go. Paths are relative to
the file itself, so a province can be moved as a folder (a network share may be named absolutely). Credentials
do not belong here: they come from the environment. Thresholds do not belong here either: they are in
schemas/rounds and rules/acceptance.toml.
"""

import glob
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from schemas import areas, rounds


class SettingsError(ValueError):
    """Settings that cannot be used; `th` and `en` say which key, and what to write instead."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(f"{th} · {en}")
        self.th, self.en = th, en


@dataclass(frozen=True)
class District:
    """One district: its code, where its files lie (glob patterns), how many households it must bring."""

    code: str
    deliveries: tuple[str, ...]
    last_deliveries: tuple[str, ...] = ()
    target_households: int | None = None

    @property
    def name_th(self) -> str:
        return areas.district_name(self.code, "th")


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

    @property
    def root(self) -> Path:
        return self.path.parent

    def files_of(self, patterns: tuple[str, ...]) -> list[Path]:
        """The files that match a district's patterns, by name; folders and hidden files are left out."""
        base = glob.escape(str(self.root))
        places = (pattern if Path(pattern).is_absolute() else f"{base}/{pattern}" for pattern in patterns)
        found = {Path(hit) for place in places for hit in glob.glob(place, recursive=True)}  # noqa: PTH207  (may be absolute)
        return sorted(hit for hit in found if hit.is_file() and not hit.name.startswith((".", "~$")))

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
        return tuple(known[code] for code in codes) if codes else self.districts


def load(path: Path) -> Settings:
    """Read jpt.toml. Raises SettingsError: no such file, broken TOML, or a key that is absent or wrong."""
    path = path.resolve()
    tables = _tables(path)
    province, night = _table(tables, "province", path), tables.get("night", {})
    root = path.parent
    return Settings(
        path=path,
        province_code=str(_need(province, "code", "province", path)),
        round_year_be=_round(_need(province, "round", "province", path), path),
        last_round_year_be=_round(province["last_round"], path) if "last_round" in province else None,
        deadline=_day(_need(province, "deadline", "province", path), path),
        office_th=str(province.get("office_th", "สำนักงานพัฒนาชุมชนจังหวัด")),
        keep=root / str(night.get("keep", "kept")),
        out=root / str(night.get("out", "out")),
        ledger=_ledger(str(night.get("ledger", "sqlite:///jpt.db")), root),
        workers=_positive(night.get("workers", 2), "night.workers", path),
        districts=_districts(_table(tables, "districts", path), path),
    )


def _tables(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        raise SettingsError(
            f"ไม่พบไฟล์ตั้งค่า {path.name} ให้สร้างจากตัวอย่าง jpt.toml หรือระบุด้วย --settings",
            f"no settings file {path.name}; start from the sample jpt.toml or name one with --settings",
        )
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"อ่าน {path.name} ไม่ได้ รูปแบบ TOML ผิดที่ {error}", f"{path.name} is not valid TOML: {error}"
        ) from None


def _table(tables: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    table = tables.get(name)
    if not isinstance(table, dict) or not table:
        raise SettingsError(f"{path.name} ขาดหมวด [{name}]", f"{path.name} has no table [{name}]")
    return table


def _need(table: Mapping[str, Any], key: str, where: str, path: Path) -> Any:
    if key not in table:
        raise SettingsError(
            f"{path.name} หมวด [{where}] ขาดค่า {key}", f"{path.name}: [{where}] lacks the key {key}"
        )
    return table[key]


def _wrong(key: str, wanted_th: str, wanted_en: str, path: Path) -> SettingsError:
    return SettingsError(
        f"{path.name}: ค่า {key} ไม่ถูกต้อง ต้องเป็น{wanted_th}",
        f"{path.name}: {key} is wrong, it takes {wanted_en}",
    )


def _round(value: Any, path: Path) -> int:
    known = rounds.years()
    if value not in known:
        listed = ", ".join(map(str, known))
        raise _wrong("province.round", f"ปี พ.ศ. ที่มีใน schemas/rounds ({listed})", f"one of {listed}", path)
    return int(value)


def _day(value: Any, path: Path) -> date:
    if not isinstance(value, date):
        raise _wrong("province.deadline", "วันที่ ค.ศ. เช่น 2026-12-15", "a date such as 2026-12-15", path)
    return value


def _positive(value: Any, key: str, path: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _wrong(key, "จำนวนเต็มตั้งแต่ 1", "a whole number from 1", path)
    return value


def _ledger(url: str, root: Path) -> str:
    # A relative SQLite file belongs beside jpt.toml, not in whatever folder the night was started from.
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith(prefix + "/") and url != prefix:
        return prefix + (root / url.removeprefix(prefix)).as_posix()
    return url


def _districts(table: Mapping[str, Any], path: Path) -> tuple[District, ...]:
    return tuple(_district(code, entry, path) for code, entry in sorted(table.items()))


def _district(code: str, entry: Any, path: Path) -> District:
    where = f"districts.{code}"
    if code not in areas.district_codes():
        raise _wrong(where, "รหัสอำเภอ 4 หลักที่มีในจังหวัด", "a four-digit district code of the province", path)
    if not isinstance(entry, dict):
        raise _wrong(where, "หมวดที่มี deliveries", "a table with deliveries", path)
    target = entry.get("target_households")
    return District(
        code=code,
        deliveries=_patterns(_need(entry, "deliveries", where, path), where, path),
        last_deliveries=_patterns(entry.get("last_deliveries", []), where, path),
        target_households=None if target is None else _positive(target, f"{where}.target_households", path),
    )


def _patterns(value: Any, where: str, path: Path) -> tuple[str, ...]:
    patterns = [value] if isinstance(value, str) else value
    if not isinstance(patterns, list) or not all(isinstance(one, str) and one for one in patterns):
        raise _wrong(f"{where}.deliveries", "ชื่อไฟล์หรือรายการชื่อไฟล์", "a file pattern or a list of them", path)
    return tuple(patterns)
