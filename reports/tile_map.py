"""The province as a grid of equal tiles, about where the districts lie: data, drawn by page and PDF alike.

Every district is as visible and as easy to tap as any other, which no real map of 25 very unequal districts
offers. Where each tile stands is data (schemas/codes/tile_grid_<province>.json); without it the tiles come as
a list, worst first. A district that was not part of the run leaves its place empty.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.contents import Colour, DistrictRow, ProvinceReport
from reports.standing import worst_first
from reports.words import VERDICTS, Look, count_text

LONG = 9
COLUMNS = 5  # of the list that stands in for a grid


@dataclass(frozen=True, slots=True)
class Tile:
    """One district: `look` gives fill, sign and word; `note` is the second line."""

    code: str
    name: str
    colour: Colour
    look: Look
    note: str

    @property
    def is_long(self) -> bool:
        """Whether the name needs smaller letters on a phone; marks above and below take no width."""
        return sum(unicodedata.category(letter) != "Mn" for letter in self.name) > LONG


TileRow = tuple[Tile | None, ...]


def tiles(province: ProvinceReport) -> tuple[TileRow, ...]:
    """Rows of equal length, null where no district lies. Districts the grid forgot follow below it."""
    by_code = {row.code: row for row in province.districts}
    placed = {code for line in province.tile_grid for code in line if code}
    rest = [row for row in worst_first(province.districts) if row.code not in placed]
    width = max((len(line) for line in province.tile_grid), default=COLUMNS)
    grid = [tuple(_tile(by_code.get(code)) if code else None for code in line) for line in province.tile_grid]
    listed = [
        tuple(_tile(row) for row in rest[start : start + width]) for start in range(0, len(rest), width)
    ]
    return tuple(line + (None,) * (width - len(line)) for line in grid + listed)


def _tile(row: DistrictRow | None) -> Tile | None:
    if row is None:
        return None
    look = VERDICTS[row.verdict.colour]
    note = "อ่านไม่ได้" if row.is_quarantined else f"{look.word} {count_text(row.left)}"
    return Tile(row.code, row.name, row.verdict.colour, look, note)


def grid(positions: Mapping[str, Sequence[int]]) -> tuple[tuple[str | None, ...], ...]:
    """Rows of codes from the places in a tile grid file: code -> [column, row], both from 0."""
    places = {(row, column): code for code, (column, row) in positions.items()}
    height = max((row for row, _ in places), default=-1) + 1
    width = max((column for _, column in places), default=-1) + 1
    return tuple(tuple(places.get((row, column)) for column in range(width)) for row in range(height))


def spoken(districts: Sequence[DistrictRow]) -> str:
    """The map in words, for those who do not see it: each colour with its districts."""
    said = []
    for colour, look in VERDICTS.items():
        here = [row.name for row in worst_first(districts) if row.verdict.colour == colour]
        if here:
            said.append(f"{look.word} {look.sentence}: {' '.join(here)}")
    return " · ".join(said)
