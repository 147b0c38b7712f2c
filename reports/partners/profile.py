"""The tambon profile: counts of every item, for tambon, district and province, small ones suppressed.

Every item's answers add up to all households (or people) of the area, which are published for every area
that has rows; so items share nothing but known numbers, and each is protected for itself. Areas that count
too few are one row together, of two areas at least, so no subtraction singles one out. What the logic of the
questionnaire says between items (whoever is poor fails something) is not considered: profile.toml leaves out
what would repeat another item. Deliberately not here: what the items are (profile_items.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from reports.partners.profile_items import SHARED, Item, Profile, in_use
from reports.partners.suppression import ROOT, Cell, Table, suppressed
from rules import indicators
from schemas import areas

BY = ["district_code", "tambon_code"]
LEVELS = {2: "province", 4: "district", 6: "tambon"}
OTHER = "-other"
_BASES = (("households", "household", "ครัวเรือนทั้งหมด"), ("persons", "person", "คนทั้งหมด"))


class TooFewError(Exception):
    """A province that counts too few for any number of it to be published."""


@dataclass(frozen=True)
class Areas:
    """The areas that have rows. ``leaf``: of (district, tambon) as recorded, the smallest row it is in."""

    parents: Mapping[str, str]
    leaf: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class _Part:
    """One table and all that its rows say beside the counts."""

    no: int
    name: str
    text: str
    field: str | None
    unit: str
    answers: Sequence[tuple[str, str]]
    table: Table
    hidden: frozenset[Cell] = frozenset()


def frame(households: pl.DataFrame, persons: pl.DataFrame, profile: Profile, province: str) -> pl.DataFrame:
    """The export's rows.

    ``households``: a row per household: BY, below_line (its state), findings (the gravest severity or
    "clean"), the indicators in force as assessed, and ``profile.columns("household")``. ``persons``: a row
    per person who lives in one of them: BY and ``profile.columns("person")``. Raises TooFewError.
    """
    keyed = {"household": _keyed(households), "person": _keyed(persons)}
    places = _areas(keyed, profile.least_base, province)
    leaf = pl.concat_str(BY, separator="|").replace_strict(
        {"|".join(key): area for key, area in places.leaf.items()}
    )
    placed = {unit: rows.with_columns(area_code=leaf) for unit, rows in keyed.items()}
    everybody = (("all", profile.all_text),)
    parts = [
        _Part(no, name, text, None, unit, everybody, _counted(placed[unit], pl.lit("all"), ["all"], places))
        for no, (name, unit, text) in enumerate(_BASES, 1)
    ]
    items = in_use(profile.items, indicators.slugs(households))
    for no, item in enumerate(items, len(_BASES) + 1):
        parts.append(_of_item(item, no, placed[item.unit], places, profile))
    return pl.concat(_tidy(part) for part in parts)


def _of_item(item: Item, no: int, rows: pl.DataFrame, places: Areas, profile: Profile) -> _Part:
    names = [name for name, _ in item.answers]
    table = _counted(rows, item.category, names, places)
    shared = {place for place, name in enumerate(names) if name == SHARED}
    hidden = suppressed(table, profile.rules, shared)
    return _Part(no, item.name, item.text.th, item.field, item.unit, item.answers, table, hidden)


def _counted(rows: pl.DataFrame, category: pl.Expr, names: Sequence[str], places: Areas) -> Table:
    """The table of one item, every area above the leaves as the sum of its parts."""
    counts: dict[str, list[int]] = {area: [0] * len(names) for area in places.parents}
    of = {name: place for place, name in enumerate(names)}
    told = rows.select("area_code", category.alias("category")).group_by("area_code", "category").len()
    for area, name, number in told.iter_rows():
        at = area
        while at != ROOT:
            counts[at][of[name]] += number
            at = places.parents[at]
    return Table(counts, places.parents)


def _tidy(part: _Part) -> pl.DataFrame:
    rows = [
        {
            "level": level_of(area),
            "area_code": area,
            "area_name": name_of(area),
            "field": part.field,
            "item_no": part.no,
            "item": part.name,
            "item_th": part.text,
            "category_no": place + 1,
            "category": part.answers[place][0],
            "category_th": part.answers[place][1],
            "unit": part.unit,
            "count": None if (area, place) in part.hidden else count,
            "is_suppressed": int((area, place) in part.hidden),
        }
        for area, counts in part.table.counts.items()
        for place, count in enumerate(counts)
    ]
    numbers = ("item_no", "category_no", "count", "is_suppressed")
    schema = dict.fromkeys(rows[0], pl.String()) | dict.fromkeys(numbers, pl.Int64())
    return pl.DataFrame(rows, schema=schema)


def level_of(area: str) -> str:
    """province, district or tambon; of areas that are one row together the level they are of."""
    code, is_other, _ = area.partition(OTHER)
    return LEVELS[len(code) + (2 if is_other else 0)]


def name_of(area: str) -> str:
    """The Thai name of an area, or what several are called together."""
    code, is_other, _ = area.partition(OTHER)
    if not is_other:
        return areas.area_name(code)
    what = {2: "อำเภอเล็กรวมกัน จังหวัด", 4: "ตำบลเล็กรวมกัน อำเภอ"}[len(code)]
    return what + areas.area_name(code)


def rows_of(profile_rows: pl.DataFrame, tambon: str) -> tuple[pl.DataFrame, str]:
    """The rows of a tambon, its district and province; and the smallest area of them it is part of."""
    there = set(profile_rows.get_column("area_code"))
    district, province = tambon[:4], tambon[:2]
    own = next(
        code for code in (tambon, district + OTHER, district, province + OTHER, province) if code in there
    )
    return profile_rows.filter(pl.col("area_code").is_in([own, district, province])), own


def _keyed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col(name).cast(pl.String).fill_null("") for name in BY)


def _areas(keyed: Mapping[str, pl.DataFrame], least: int, province: str) -> Areas:
    sizes: dict[tuple[str, str], int] = {}
    counted = {unit: dict(_sizes(rows)) for unit, rows in keyed.items()}
    for key in sorted({key for numbers in counted.values() for key in numbers}):
        sizes[key] = min(numbers.get(key, 0) for numbers in counted.values())
    if sum(sizes.values()) < least:
        raise TooFewError
    districts: dict[str, int] = {}
    for (district, _), size in sizes.items():
        districts[district] = districts.get(district, 0) + size
    parents, leaf = {province: ROOT}, {}
    together = _together(districts, least, {code for code in districts if len(code) != 4})
    for district in districts:
        own = {tambon: size for (code, tambon), size in sizes.items() if code == district}
        if district in together:
            above = province if together == set(districts) else province + OTHER
            parents |= {} if above == province else {above: province}
            leaf |= {(district, tambon): above for tambon in own}
            continue
        parents[district] = province
        merged = _together(own, least, {code for code in own if code[:4] != district or len(code) != 6})
        for tambon in own:
            area = tambon if tambon not in merged else district + OTHER
            if merged == set(own) or len(own) == 1:
                area = district
            else:
                parents[area] = district
            leaf[district, tambon] = area
    return Areas(parents, leaf)


def _sizes(rows: pl.DataFrame) -> Iterable[tuple[tuple[str, str], int]]:
    for district, tambon, number in rows.group_by(BY).len().iter_rows():
        yield (district, tambon), number


def _together(sizes: Mapping[str, int], least: int, always: set[str]) -> set[str]:
    """The areas that are one row: those that count too few, and the next smallest until it is enough."""
    found = {code for code, size in sizes.items() if size < least} | always
    for code in sorted(sizes, key=lambda code: (sizes[code], code)):
        if found and (sum(sizes[one] for one in found) < least or len(found) < 2):
            found.add(code)
    return found
