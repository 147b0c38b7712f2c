"""Single values of jpt.toml: each is read, or refused with its key and what to write instead.

What is not here: which values there are and what they mean together (flows.settings).
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from schemas import areas, rounds


class SettingsError(ValueError):
    """Settings that cannot be used; `th` and `en` say which key, and what to write instead."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(f"{th} · {en}")
        self.th, self.en = th, en


def table_of(tables: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    table = tables.get(name)
    if not isinstance(table, dict) or not table:
        raise SettingsError(f"{path.name} ขาดหมวด [{name}]", f"{path.name} has no table [{name}]")
    return table


def needed(table: Mapping[str, Any], key: str, where: str, path: Path) -> Any:
    if key not in table:
        raise SettingsError(
            f"{path.name} หมวด [{where}] ขาดค่า {key}", f"{path.name}: [{where}] lacks the key {key}"
        )
    return table[key]


def wrong(key: str, wanted_th: str, wanted_en: str, path: Path) -> SettingsError:
    return SettingsError(
        f"{path.name}: ค่า {key} ไม่ถูกต้อง ต้องเป็น{wanted_th}",
        f"{path.name}: {key} is wrong, it takes {wanted_en}",
    )


def runner(value: object, path: Path) -> str:
    """Where the districts' work runs (flows.runners)."""
    if not isinstance(value, str) or not re.fullmatch(r"threads|dask(:(tcp|tls)://[^/\s]+:[0-9]+)?", value):
        raise wrong(
            "night.runner",
            ' "threads" "dask" หรือ "dask:tcp://เครื่อง:พอร์ต"',
            '"threads", "dask" or "dask:tcp://host:port"',
            path,
        )
    return value


def refuse_unknown(table: Mapping[str, Any], known: tuple[str, ...], where: str, path: Path) -> None:
    """A key nobody reads is a misspelt one: it would silently not count."""
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            listed = near[0] if near else ", ".join(known)
            raise SettingsError(
                f"{path.name}: ไม่รู้จักค่า {where}{key} ลอง {listed}",
                f"{path.name}: there is no key {where}{key}; try {listed}",
            )


def refuse_public_keep(keep: Path, out: Path, path: Path) -> None:
    """What is kept holds people's records; what is in `out` is shown around."""
    if keep.resolve().is_relative_to(out.resolve()):
        raise wrong("night.keep", "โฟลเดอร์นอก night.out", "a folder outside night.out", path)


def refuse_shown_inbox(inbox: Path | None, others: tuple[Path, ...], path: Path) -> None:
    """Files are moved out of the inbox: it is nobody else's folder, and not one that is shown around."""
    for other in others if inbox is not None else ():
        one, there = inbox.resolve(), other.resolve()
        if one.is_relative_to(there) or there.is_relative_to(one):
            wanted = "โฟลเดอร์นอก night.keep และ night.out", "a folder outside night.keep and night.out"
            raise wrong("night.inbox", *wanted, path)


def folder(value: Any, key: str, path: Path) -> Path:
    if not isinstance(value, str) or not value.strip():
        raise wrong(key, "ชื่อโฟลเดอร์", "the name of a folder", path)
    return path.parent / value


def province_code(value: Any, path: Path) -> str:
    if not isinstance(value, str) or not areas.district_codes(value):
        raise wrong("province.code", 'รหัสจังหวัด 2 หลักในเครื่องหมายคำพูด เช่น "34"', 'a code such as "34"', path)
    return value


def round_year(value: Any, path: Path, key: str) -> int:
    known = rounds.years()
    if value not in known or isinstance(value, bool | float):
        listed = ", ".join(map(str, known))
        raise wrong(f"province.{key}", f"ปี พ.ศ. ที่มีใน schemas/rounds ({listed})", f"one of {listed}", path)
    return int(value)


def day(value: Any, path: Path) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise wrong("province.deadline", "วันที่ ค.ศ. เช่น 2026-12-15", "a date such as 2026-12-15", path)
    return value


def environment_name(value: Any, key: str, path: Path) -> str | None:
    """The name of a variable that holds a secret, never the secret itself: a file is read by many."""
    if value is None or (isinstance(value, str) and re.fullmatch("[A-Z][A-Z0-9_]*", value)):
        return value
    wanted_th = "ชื่อตัวแปรสภาพแวดล้อมตัวพิมพ์ใหญ่ เช่น JPT_ZIP_3401 ไม่ใช่ตัวรหัสผ่าน"
    wanted_en = "the name of an environment variable like JPT_ZIP_3401, not the password"
    raise wrong(key, wanted_th, wanted_en, path)


def positive(value: Any, key: str, path: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise wrong(key, "จำนวนเต็มตั้งแต่ 1", "a whole number from 1", path)
    return value


def ledger_url(url: Any, path: Path) -> str:
    """The URL with a relative SQLite file placed beside jpt.toml; refused when no database can be meant."""
    try:
        make_url(url).get_dialect()
    except (ArgumentError, NoSuchModuleError, ImportError):
        wanted = "sqlite:///jpt.db หรือ postgresql+psycopg://…"
        raise wrong(
            "night.ledger", f"ที่อยู่ฐานข้อมูล เช่น {wanted}", "a database URL such as sqlite:///jpt.db", path
        ) from None
    # A relative SQLite file belongs beside jpt.toml, not in whatever folder the night was started from.
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith(prefix + "/") and url != prefix:
        return prefix + (path.parent / url.removeprefix(prefix)).as_posix()
    return str(url)


def patterns(value: Any, key: str, path: Path, least: int = 1) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else value
    is_list = isinstance(found, list) and all(isinstance(one, str) and one for one in found)
    if not is_list or len(found) < least:
        raise wrong(key, "ชื่อไฟล์หรือรายการชื่อไฟล์", "a file pattern or a list of them", path)
    return tuple(found)
