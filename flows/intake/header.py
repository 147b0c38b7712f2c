"""Finding the header of a sheet: the row, or up to three rows, that name most columns we know.

Rows of a header are joined from top to bottom (``รายได้`` over ``อาชีพหลัก``); an upper cell left empty
beside a merged title takes that title. A column is tried under its whole joined heading first, then under
its lowest parts. What is not here: what the table is and whether its columns suffice (layout).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

from flows.intake.sheet import Sheet
from flows.intake.words import words
from schemas.layouts import Table, normalise_header, synonyms

TABLES: tuple[Table, ...] = ("household", "person")
LETTER = re.compile("[A-Za-zก-ฮ]")
Rows = tuple[tuple[str, ...], ...]
Names = Callable[[Table], Mapping[str, str]]


@dataclass(frozen=True)
class Header:
    """``rows`` rows (0 for a file that names its columns itself) ending at row ``last_row`` of the file.

    ``headings`` are the texts by cell (``c3``) for messages; ``fields`` say per table which field a cell
    means.
    """

    last_row: int
    rows: int
    headings: Mapping[str, str]
    fields: Mapping[Table, Mapping[str, str]]

    @property
    def known(self) -> int:
        """How many columns have a name we know in any table."""
        return len({cell for cells in self.fields.values() for cell in cells})

    @property
    def score(self) -> tuple[int, int, int]:
        """By which headers compete: columns known, of these in one table (``อาชีพหลัก`` alone is a member's,
        under ``รายได้`` a household's); of equals the shortest, so that no title, blank row or record joins.
        """
        return self.known, max(len(cells) for cells in self.fields.values()), -self.rows


def find_header(sheet: Sheet, names: Names = synonyms) -> Header | None:
    """The best header of the sheet, or None when no row names enough columns; ``names``: of a table, which
    normalised heading means which field.
    """
    if sheet.is_named:
        return _header(sheet.head[:1], names, last_row=0, rows=0)
    best: Header | None = None
    for top in range(min(words().search_rows, len(sheet.head))):
        for rows in range(1, words().joined_rows + 1):
            window = sheet.head[top : top + rows]
            if len(window) == rows and (best is None or _could_beat(window, best)):
                candidate = _header(window, names, last_row=top + rows, rows=rows)
                best = candidate if best is None or candidate.score > best.score else best
    return best if best is not None and best.known >= words().least_fields else None


def _could_beat(window: Rows, best: Header) -> bool:
    """Whether as many columns hold a text at all as the best header names fields."""
    return (
        sum(any(cell.strip() for cell in cells) for cells in zip_longest(*window, fillvalue="")) >= best.known
    )


def heading_parts(window: Rows) -> dict[str, list[str]]:
    """For each column the texts of a header of these rows, from top to bottom, merged titles spread."""
    width = max((len(row) for row in window), default=0)
    padded = [list(row) + [""] * (width - len(row)) for row in window]
    for upper, lower in pairwise(padded):
        _spread(upper, lower)
    return {f"c{i}": _parts([row[i] for row in padded]) for i in range(width)}


def _header(window: Rows, names: Names, last_row: int, rows: int) -> Header:
    parts = heading_parts(window)
    headings = {cell: " ".join(texts) for cell, texts in parts.items() if texts}
    fields = {table: _matched(parts, names(table)) for table in TABLES}
    return Header(last_row, rows, headings, fields)


def _spread(upper: list[str], lower: list[str]) -> None:
    """Carry a title to the right over the cells it was merged with, as far as there are names below it."""
    for i in range(1, len(upper)):
        if not upper[i].strip() and lower[i].strip() and lower[i - 1].strip():
            upper[i] = upper[i - 1]


def _parts(cells: list[str]) -> list[str]:
    """The different non-empty texts from top to bottom (a cell merged downwards repeats itself)."""
    parts: list[str] = []
    for cell in cells:
        text = " ".join(cell.split())
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return parts


def _matched(parts: Mapping[str, list[str]], known: Mapping[str, str]) -> dict[str, str]:
    """Cell -> field. A part of a heading counts only for a field that no whole heading names."""
    whole = {cell: known.get(_key(" ".join(texts))) for cell, texts in parts.items()}
    matched = {cell: field for cell, field in whole.items() if field}
    taken = set(matched.values())
    for cell, texts in parts.items():
        for start in range(1, len(texts)):
            field = known.get(_key(" ".join(texts[start:])))
            if cell not in matched and field and field not in taken:
                matched[cell] = field
    return matched


@lru_cache(maxsize=1 << 15)
def _key(text: str) -> str:
    """The heading as compared; rows of numbers, most of what is searched, are told apart without
    normalising.
    """
    return normalise_header(text) if LETTER.search(text) else ""
