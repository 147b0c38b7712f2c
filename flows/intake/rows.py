"""Which rows are records and which are something else: titles, totals, blanks, signatures, headings again.

Every row of a file is counted once, as read or as set aside for one reason. A row whose household id is of
digits and Latin letters is a record and not looked at further. What is not here: rows set aside after typing
because their household belongs to another district (place).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from flows.intake import structure
from flows.intake.layout import Layout
from flows.intake.read_text import tidy
from flows.intake.sheet import Sheet
from flows.intake.words import words
from schemas.missing_tokens import is_missing
from schemas.thai import arabic_digits, normalise_text

TITLE, HEADER, BLANK, TOTAL, NOTE, REPEATED, NUMBERS, SHIFTED, NO_KEY, BROKEN = (
    "title", "header", "blank", "total", "signature_or_note", "repeated_header", "column_numbers",
    "more_cells_than_header", "no_household_id", "cut_by_line_break",
)  # fmt: skip
OTHER_DISTRICT = "other_district"
# Of a flat file: a row that says of a household what another row has said, and holds no member.
SAME_HOUSEHOLD = "same_household_again"
# Told by the cell of the key itself, not as a row.
UNREADABLE_KEY = "household_id_not_readable"
REPORTED = {
    TOTAL: structure.TOTAL_ROW,
    SHIFTED: structure.ROW_SET_ASIDE,
    NO_KEY: structure.ROW_SET_ASIDE,
    BROKEN: structure.ROW_SET_ASIDE,
}
ASIDE = {"source_row": pl.Int64(), "reason": pl.String()}
PLAIN_KEY = "^[ -~๐-๙]*[0-9๐-๙][ -~๐-๙]*$"
NUMBER = re.compile("[(]?([0-9]{1,3})[)]?")


@dataclass(frozen=True)
class Parted:
    """A batch parted: records, and the row numbers set aside with the reason of each."""

    records: pl.DataFrame
    aside: pl.DataFrame


def part_rows(batch: pl.DataFrame, layout: Layout, sheet: Sheet) -> Parted:
    """Part one batch of a sheet into records and rows set aside."""
    cells = [name for name in batch.columns if name != "source_row"]
    beyond = cells[layout.last_cell + 1 :] if sheet.counts_cells else []
    doubtful = (pl.col("source_row") <= layout.header.last_row + 1) | ~pl.col(layout.key_cell).str.contains(
        PLAIN_KEY
    )
    if beyond:
        doubtful |= pl.any_horizontal(pl.col(beyond).is_not_null())
    if sheet.broken_rows:
        doubtful |= pl.col("source_row").is_in(sorted(sheet.broken_rows))
    is_doubtful = batch.select(doubtful.fill_null(True)).to_series()
    if not is_doubtful.any():
        return Parted(batch, pl.DataFrame(schema=ASIDE))
    rows = batch.filter(is_doubtful)
    # most by far of what is no record, where a sheet goes on to its end
    is_blank = (pl.col("source_row") > layout.header.last_row) & pl.all_horizontal(pl.col(cells).is_null())
    blank = rows.filter(is_blank).select("source_row", pl.lit(BLANK).alias("reason"))
    rows = rows.filter(~is_blank)
    reasons = [_reason(row, layout, beyond, sheet.broken_rows) for row in rows.iter_rows(named=True)]
    judged = rows.select("source_row", pl.Series("reason", reasons, dtype=pl.String))
    aside = pl.concat([judged.filter(pl.col("reason").is_not_null()), blank]).sort("source_row")
    return Parted(batch.join(aside, on="source_row", how="anti", maintain_order="left"), aside)


def _reason(
    row: dict[str, str | int | None], layout: Layout, beyond: list[str], broken: frozenset[int]
) -> str | None:
    """Why this row is no record, None if it is one."""
    number = int(row.pop("source_row") or 0)
    header = layout.header
    if number <= header.last_row:
        return TITLE if number <= header.last_row - header.rows else HEADER
    texts = {cell: normalise_text(str(text)) for cell, text in row.items() if text is not None}
    texts = {cell: text for cell, text in texts.items() if text}
    if not texts:
        return BLANK
    key, first = texts.get(layout.key_cell, ""), next(iter(texts.values()))
    # as its reader sees it: of an apostrophe alone, or of ="", no id is left
    key = "" if is_missing(tidy(key), "text") else key
    is_next = number == header.last_row + 1
    reasons = {
        TOTAL: _begins(first, words().total) and (not key or _begins(key, words().total)),
        NUMBERS: is_next and _numbers_columns(list(texts.values())),
        REPEATED: bool(key) and key == normalise_text(header.headings[layout.key_cell]).split(" ")[-1],
        SHIFTED: any(cell in texts for cell in beyond),
        NOTE: (not key and len(texts) <= words().note_cells)
        or ((not key or number in broken) and _begins(first, words().signature)),
        BROKEN: number in broken,
        NO_KEY: not key,
    }
    return next((reason for reason, applies in reasons.items() if applies), None)


def _begins(text: str, beginnings: tuple[str, ...]) -> bool:
    return text.lstrip(" *#").lower().startswith(beginnings)


def _numbers_columns(texts: list[str]) -> bool:
    """A row under the header that numbers the columns: (1), (2), (3) … one more each time."""
    found = [NUMBER.fullmatch(arabic_digits(text)) for text in texts]
    numbers = [int(match[1]) for match in found if match]
    return len(numbers) == len(texts) > 2 and all(b - a == 1 for a, b in pairwise(numbers))
