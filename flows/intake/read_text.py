"""Readers of free text, names and ids.

Text keeps the sender's words in one spelling (Arabic digits, no hidden characters, single spaces). Ids are
text of digits: hyphens, spaces and a trailing ``.0`` are how spreadsheets and people decorate them. An id
shown as ``3.4E+12`` has lost its digits for good unless all of them are written.
"""

import re

import polars as pl

from flows.intake import structure
from flows.intake.reading import Reader, Reading
from flows.intake.sheet_marks import NOT_CALCULATED
from schemas.missing_tokens import is_missing, tokens
from schemas.thai import arabic_digits, normalise_text

# All but printable ASCII and Thai letters, vowels and tone marks in their usual order is looked at slowly.
UNTIDY = (
    "^[' =#]|^[Ee]rr:|[ ]$|  |เเ"
    "|[\u0e48-\u0e4b][\u0e38-\u0e3a]|[^ -~\u0e01-\u0e3a\u0e3f-\u0e4c\u0e4f\u0e5a\u0e5b]"
    "|(?:เ[ธน].){3}"
)
# What a wrong conversion leaves: signs for lost letters, UTF-8 read as Windows-874, that read as Latin-1.
GARBLED = re.compile("[\ufffd\u0080-\u009f]|(?:เ[ธน].){3}|[\u00a1-\u00fb]{3}")
# Drawn like the right spelling, but another text to a computer: hidden characters, เ + เ for แ, ํ + า for ำ.
ODD = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u00a0]|เเ|\u0e4d[\u0e48-\u0e4b]?\u0e32")
# What a spreadsheet shows in place of a value: errors of formulas, and a column too narrow for its date.
NO_VALUE = re.compile(
    f"#+|#(?:REF|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|BUSY|GETTING_DATA)[!?]?|{NOT_CALCULATED}|Err:[0-9]{{3}}",
    re.I,
)
EXPONENT = re.compile("([0-9])(?:[.]([0-9]+))?[eE][+]?([0-9]+)")
ZERO_DECIMALS = re.compile("([0-9]+)[.]0*")
SEPARATED_DIGITS = re.compile("[0-9][0-9 -]*[0-9]")


def tidy(text: str) -> str:
    """One spelling of a cell: unwrapped from ``="…"`` and a leading apostrophe, Arabic digits, single
    spaces.
    """
    text = normalise_text(text)
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1]
    return arabic_digits(text.removeprefix("'")).strip()


def text_reader() -> Reader:
    """Free text and names."""
    return Reader(pl.String(), _plain, _text)


def id_reader(digits_only: bool) -> Reader:
    """An id. ``digits_only``: hyphens and spaces between digits are decoration and dropped."""

    def slow(text: str) -> Reading:
        return _id(tidy(text), digits_only)

    return Reader(pl.String(), lambda cell: pl.when(cell.str.contains("^[0-9]+$")).then(cell), slow)


def whole_digits(text: str) -> str | None:
    """All the digits of a number written with an exponent, or None when some are no longer there."""
    found = EXPONENT.fullmatch(text)
    if found is None:
        return None
    first, decimals, power = found[1], found[2] or "", found[3].lstrip("0")
    return first + decimals if str(len(decimals)) == (power or "0") else None


def _plain(cell: pl.Expr) -> pl.Expr:
    doubtful = cell.str.contains(UNTIDY) | cell.str.to_lowercase().is_in(tokens("text"))
    return pl.when(~doubtful).then(cell)


def _text(text: str) -> Reading:
    if GARBLED.search(text):
        return Reading(rule=structure.GARBLED_TEXT)
    kept = tidy(text)
    if is_missing(kept, "text"):
        return Reading()
    if NO_VALUE.fullmatch(kept):
        return Reading(rule=structure.NOT_READABLE)
    return Reading(kept, structure.ODD_CHARACTERS if ODD.search(text) else None)


def _id(text: str, digits_only: bool) -> Reading:
    if is_missing(text, "text"):
        return Reading()
    if GARBLED.search(text):
        return Reading(rule=structure.GARBLED_TEXT)
    if NO_VALUE.fullmatch(text):
        return Reading(rule=structure.NOT_READABLE)
    if EXPONENT.fullmatch(text):
        digits = whole_digits(text)
        return Reading(digits) if digits else Reading(rule=structure.LOST_DIGITS)
    return Reading(_bare(text, digits_only))


def _bare(text: str, digits_only: bool) -> str:
    """The id without what spreadsheets and people put to it."""
    if whole := ZERO_DECIMALS.fullmatch(text):
        return whole[1]
    if digits_only and SEPARATED_DIGITS.fullmatch(text):
        return text.replace("-", "").replace(" ", "")
    return text
