"""Reader of dates, Buddhist or Christian era, from every way an office writes them; C.E. inside.

A year of 2400 or more is B.E. (minus 543, as the tablet app does; the New Year of 1 April before 2484 is not
corrected). ISO dates and a spreadsheet's date cells in C.E. are taken silently: that is how machines write.
A year in C.E. or of two digits typed by a person is read and told. A day that does not exist is
never moved.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

import polars as pl

from flows.intake import structure
from flows.intake.read_text import tidy
from flows.intake.reading import Reader, Reading
from flows.intake.words import words
from schemas.missing_tokens import is_missing
from schemas.thai import BE_MINUS_CE

FIRST_BE_YEAR, LAST_BE_YEAR = 2400, 2700
FIRST_CE_YEAR, LAST_CE_YEAR = 1850, 2200
# Spreadsheets count days from here: an earlier date of theirs is a time of day, or 0, in a cell of dates.
FIRST_YEAR_OF_SHEETS = 1900
DAY_FIRST = re.compile("([0-9]{1,2})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{4}|[0-9]{2})")
YEAR_FIRST = re.compile("([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
COMPACT = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
MONTH_NAMED = re.compile("([0-9]{1,2})[- ]*([a-zก-๎.]+?)[. -]*(?:พ[.]?ศ[.]?|ค[.]?ศ[.]?)? *([0-9]{4}|[0-9]{2})")
CLOCK = re.compile("[ t]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?z?")
SERIAL = re.compile("([0-9]{4,6})(?:[.][0-9]+)?")
# Day 0 of a spreadsheet; smaller serials are far more likely plain numbers, larger ones lie after B.E. 2700.
DAY_ZERO = date(1899, 12, 30)
SERIALS = range(1_000, 292_500)
LEAP_YEAR = 2000

Part = Literal["day", "month", "year"]


class Parts(NamedTuple):
    """A date as written, its year in full; ``rule`` tells of a year in C.E. or of two digits."""

    day: int
    month: int
    year: int
    rule: str | None = None


def date_reader(round_year_be: int) -> Reader:
    """Dates. ``round_year_be`` decides the century of a two-digit year: none lies after the round."""
    return Reader(pl.Date(), _plain, lambda text: _read(text, round_year_be))


def _plain(cell: pl.Expr) -> pl.Expr:
    """``12/04/2526`` and ``1983-04-12``; 29 February waits, for it may exist in one era only."""
    by_person = cell.str.to_date("%d/%m/%Y", strict=False)
    by_machine = pl.coalesce(
        cell.str.to_date("%Y-%m-%d", strict=False), cell.str.to_date("%Y-%m-%d 00:00:00", strict=False)
    )
    day = pl.coalesce(by_person, by_machine)
    year = day.dt.year()
    is_be = year.is_between(FIRST_BE_YEAR, LAST_BE_YEAR) & ~((day.dt.month() == 2) & (day.dt.day() == 29))
    be = pl.date(pl.when(is_be).then(year - BE_MINUS_CE), day.dt.month(), day.dt.day())
    ce = by_machine.dt.year().is_between(FIRST_YEAR_OF_SHEETS, LAST_CE_YEAR)
    return pl.when(is_be).then(be).when(ce).then(by_machine)


def impossible_part(text: str, round_year_be: int) -> tuple[Part, ...]:
    """What of a date that is in no calendar cannot be; empty where it is not even written as a date."""
    parts = _parts(tidy(text).lower(), round_year_be)
    return _impossible(parts) if parts else ()


def _read(text: str, round_year_be: int) -> Reading:
    text = tidy(text).lower()
    if is_missing(text, "date"):
        return Reading()
    parts = _parts(text, round_year_be)
    if parts is None:
        return Reading(rule=structure.NO_SUCH_DATE if re.search("[0-9]", text) else structure.NOT_READABLE)
    if _impossible(parts):
        return Reading(rule=structure.NO_SUCH_DATE)
    return Reading(date(_ce(parts.year), parts.month, parts.day), parts.rule)


def _parts(text: str, round_year_be: int) -> Parts | None:
    """Day, month and full year as written; None where the text is no date at all."""
    if whole := SERIAL.fullmatch(text):
        return _from_serial(int(whole[1]))
    text = CLOCK.sub("", text)
    if found := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        year = int(found[1])
        is_no_date = FIRST_CE_YEAR <= year < FIRST_YEAR_OF_SHEETS
        return Parts(int(found[3]), int(found[2]), 0 if is_no_date else year)
    if found := DAY_FIRST.fullmatch(text):
        day, month, year, is_english = int(found[1]), int(found[2]), found[3], False
    elif found := MONTH_NAMED.fullmatch(text):
        name = found[2].replace(".", "")
        day, month, year, is_english = int(found[1]), words().months.get(name, 0), found[3], name.isascii()
    else:
        return None
    full_year = _full_year(year, round_year_be - BE_MINUS_CE if is_english else round_year_be)
    if len(year) == 2:
        return Parts(day, month, full_year, structure.SHORT_YEAR)
    return Parts(day, month, full_year, structure.CHRISTIAN_ERA if full_year < FIRST_BE_YEAR else None)


def _full_year(text: str, latest: int) -> int:
    """The last year ending in these two digits that is not after ``latest``, in the era of ``latest``."""
    if len(text) == 4:
        return int(text)
    return latest - (latest - int(text)) % 100


def _impossible(parts: Parts) -> tuple[Part, ...]:
    year = _ce(parts.year)
    is_year, is_month = FIRST_CE_YEAR <= year <= LAST_CE_YEAR, 1 <= parts.month <= 12
    # Of a month or year that cannot be, the longest is taken: 31 days, 29 in February.
    longest = monthrange(year if is_year else LEAP_YEAR, parts.month)[1] if is_month else 31
    wrong: dict[Part, bool] = {
        "day": not 1 <= parts.day <= longest,
        "month": not is_month,
        "year": not is_year,
    }
    return tuple(part for part, is_wrong in wrong.items() if is_wrong)


def _ce(year: int) -> int:
    return year - BE_MINUS_CE if FIRST_BE_YEAR <= year <= LAST_BE_YEAR else year


def _from_serial(number: int) -> Parts | None:
    """A spreadsheet's day number; a date typed there in B.E. lies some five centuries ahead."""
    is_year = FIRST_BE_YEAR <= number <= LAST_BE_YEAR or FIRST_CE_YEAR <= number <= LAST_CE_YEAR
    if number not in SERIALS or is_year:
        return None
    day = DAY_ZERO + timedelta(number)
    return Parts(day.day, day.month, day.year)
