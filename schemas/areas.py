"""Areas: the province's districts and tambons with their official codes, and codes that were abolished.

A successor of an abolished code was matched by name in most cases, so it is a hint for a person, never an
automatic recode. The same tambon name occurs in several districts: look for it within its district only.
"""

import csv
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from schemas.code_lists import FOLDER, Lang, Status, as_status, label_key

Kind = Literal["province", "district", "tambon", "former_district", "former_tambon"]

_PREFIX = re.compile("^(จังหวัด|อำเภอ|กิ่งอำเภอ|ตำบล|แขวง|เขต|จ\\.|อ\\.|ต\\.)")


# Levels whose areas are counted, the widest first: codes of two, four and six digits.
LEVELS = ("province", "district", "tambon")


@dataclass(frozen=True, slots=True)
class Area:
    """One code: 2 digits a province, 4 a district, 6 a tambon. `successor` is "" where none is known."""

    code: str
    kind: Kind
    name_th: str
    name_en: str
    successor: str
    matched_by: str
    status: Status

    def name(self, lang: Lang) -> str:
        return self.name_th if lang == "th" else self.name_en


@cache
def known() -> dict[str, Area]:
    """Every area by code, current and former, in code order within its kind."""
    with (FOLDER / "areas.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [_area(row) for row in csv.DictReader(lines)]
    return {area.code: area for area in rows}


def districts(province_code: str = "34") -> tuple[Area, ...]:
    """The current districts of a province in code order."""
    return _current("district", province_code)


def district_codes(province_code: str = "34") -> tuple[str, ...]:
    """Codes of the current districts of a province, in order."""
    return tuple(area.code for area in districts(province_code))


def tambons(parent_code: str = "34") -> tuple[Area, ...]:
    """The current tambons of a province (2 digits) or of a district (4 digits) in code order."""
    return _current("tambon", parent_code)


def is_current(code: str) -> bool:
    """Whether `code` is a province, district or tambon of today."""
    area = known().get(code)
    return area is not None and not area.kind.startswith("former")


def successor(code: str) -> str | None:
    """The code that probably replaced an abolished one; None if `code` is current, unknown or untraced."""
    area = known().get(code)
    return (area.successor or None) if area else None


def area_name(code: str, lang: Lang = "th") -> str:
    """Name of any known area; the code itself for an unknown one, so that no report breaks on it."""
    area = known().get(code)
    return area.name(lang) if area else code


def province_name(code: str, lang: Lang = "th") -> str:
    """Name of the province, also when the code of a place inside it is given."""
    return area_name(code[:2], lang)


def district_name(code: str, lang: Lang = "th") -> str:
    """Name of the district, also when the code of one of its tambons or villages is given."""
    return area_name(code[:4], lang)


def tambon_name(code: str, lang: Lang = "th") -> str:
    """Name of the tambon, also when the code of one of its villages (8 digits) is given."""
    return area_name(code[:6], lang)


def district_called(name: str, province_code: str = "34") -> str | None:
    """Code of the current district of that Thai or English name; None if there is none."""
    return _named(districts(province_code)).get(area_key(name))


def tambon_called(name: str, district_code: str) -> str | None:
    """Code of the current tambon of that name within its district; None if there is none."""
    return _named(tambons(district_code)).get(area_key(name))


def area_key(name: str) -> str:
    """The form in which names of areas are compared: without อำเภอ, ต. and the like, spaces and points."""
    return label_key(_PREFIX.sub("", name.strip()))


@cache
def tile_grid(province_code: str = "34") -> dict[str, tuple[int, int]]:
    """Column and row of each district on the tile map; empty for a province without one."""
    source = FOLDER / f"tile_grid_{province_code}.json"
    if not source.is_file():
        return {}
    tiles = json.loads(source.read_text(encoding="utf-8"))
    return {code: (column, row) for code, (column, row) in sorted(tiles.items())}


def _current(kind: Kind, parent_code: str) -> tuple[Area, ...]:
    return tuple(area for area in known().values() if area.kind == kind and area.code.startswith(parent_code))


def _named(areas: tuple[Area, ...]) -> dict[str, str]:
    by_english = {area_key(area.name_en): area.code for area in areas}
    return by_english | {area_key(area.name_th): area.code for area in areas}


def _area(row: dict[str, str]) -> Area:
    return Area(
        code=row["code"],
        kind=cast(Kind, row["kind"]),
        name_th=row["name_th"],
        name_en=row["name_en"],
        successor=row["successor"],
        matched_by=row["matched_by"],
        status=as_status(row["status"]),
    )
