"""Where the households below the line live: tiles of the districts, and a row per district or tambon.

Shades compare an area's share with that of the whole area of the page, in whole numbers; the share stands in
every tile as text. Kept out: verdicts and their colours, which are about the data and not about people.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.below_charts import interval
from reports.below_contents import BelowReport
from reports.summary_tables import percent
from reports.tile_map import LONG
from reports.words import count_text

# Darker is worse; names of CSS classes, and what they mean. A share is compared with that of the whole.
SHADES = {
    "s0": "ไม่มี",
    "s1": "ไม่ถึงครึ่งของทั้งจังหวัด",
    "s2": "ตั้งแต่ครึ่งหนึ่ง แต่ไม่เกินทั้งจังหวัด",
    "s3": "มากกว่าทั้งจังหวัด",
    "s4": "ตั้งแต่สองเท่าของทั้งจังหวัด",
    "s-unread": "อ่านข้อมูลไม่ได้",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A district's tile: its share below the line and the places it can have; no link without a page."""

    code: str
    name: str
    shade: str
    share: str
    places: str
    href: str

    @property
    def is_long(self) -> bool:
        """Whether the name needs smaller letters on a phone; marks above and below take no width."""
        return sum(unicodedata.category(letter) != "Mn" for letter in self.name) > LONG


def places(report: BelowReport, links: Mapping[str, str]) -> dict[str, Any]:
    """The section as the template takes it; ``links``: page of an area by its code."""
    rows = report.sub_areas.sort("place", "area_code").to_dicts()
    most = max((row["below_max"] for row in rows), default=0)
    tiles = _tiles(report, {row["area_code"]: row for row in rows}, links)
    used = {place.shade for line in tiles for place in line if place}
    return {
        "tiles": tiles,
        "legend": [(shade, text) for shade, text in SHADES.items() if shade in used],
        "rows": [_row(row, most, links) for row in rows],
        "unsure": sum(row["place_first"] != row["place_last"] for row in rows),
        "most": count_text(most),
    }


def _row(row: Mapping[str, Any], most: int, links: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "href": links.get(row["area_code"], ""),
        "bar": interval(row, most),
        "share": percent(row["below"], row["households"]),
        "below": count_text(row["below"]),
        "households": count_text(row["households"]),
        "range": between(row["below_min"], row["below_max"]),
        "places": between(row["place_first"], row["place_last"]),
        "place": count_text(row["place"]),
    }


def between(least: int, most: int) -> str:
    """A range of counts, one number when it is sure."""
    return count_text(least) if least == most else f"{count_text(least)}–{count_text(most)}"


def _tiles(
    report: BelowReport, rows: Mapping[str, Mapping[str, Any]], links: Mapping[str, str]
) -> tuple[tuple[Place | None, ...], ...]:
    unread = {one.code: one.name for one in report.unread}
    width = max((len(line) for line in report.tile_grid), default=0)
    whole = report.bounds or {}

    def tile(code: str | None) -> Place | None:
        if code in rows:
            row, href = rows[code], links.get(code, "")
            share = f"{percent(row['below'], row['households'])}%"
            ranks = f"ที่ {between(row['place_first'], row['place_last'])}"
            return Place(code, row["name"], _shade(row, whole), share, ranks, href)
        if code in unread:
            return Place(code, unread[code], "s-unread", "อ่านไม่ได้", "", links.get(code, ""))
        return None

    grid = [tuple(tile(code) for code in line) for line in report.tile_grid]
    return tuple(line + (None,) * (width - len(line)) for line in grid)


def _shade(row: Mapping[str, int], whole: Mapping[str, int]) -> str:
    """The share against that of the whole: products of whole numbers, no fractions."""
    own, theirs = row["below"] * whole["households"], whole["below"] * row["households"]
    if not own:
        return "s0"
    return "s1" if 2 * own < theirs else "s2" if own <= theirs else "s3" if own < 2 * theirs else "s4"
