"""Reader of dates, Buddhist or Christian era, from every way an office writes them; C.E. inside.

A year of 2400 or more is B.E. (minus 543, as the tablet app does; the New Year of 1 April before 2484 is not
corrected). ISO dates and a spreadsheet's date cells in C.E. are taken silently: that is how machines write.
A year in C.E. or of two digits typed by a person is read and told. A day that does not exist is
never moved.
"""

import re
from datetime import date, timedelta

import polars as pl

from flows.intake import structure
from flows.intake.read_text import tidy
from flows.intake.reading import Reader, Reading
from flows.intake.words import words
from schemas.missing_tokens import is_missing
from schemas.thai import BE_MINUS_CE

FIRST_BE_YEAR, LAST_BE_YEAR = 2400, 2700
FIRST_CE_YEAR, LAST_CE_YEAR = 1850, 2200
DAY_FIRST = re.compile("([0-9]{1,2})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{4}|[0-9]{2})")
YEAR_FIRST = re.compile("([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
COMPACT = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
MONTH_NAMED = re.compile("([0-9]{1,2})[- ]*([a-zก-๎.]+?)[. -]*(?:พ[.]?ศ[.]?|ค[.]?ศ[.]?)? *([0-9]{4}|[0-9]{2})")
CLOCK = re.compile("[ t]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?z?")
SERIAL = re.compile("([0-9]{4,6})(?:[.][0-9]+)?")
# Day 0 of a spreadsheet; smaller serials are far more likely plain numbers, larger ones lie after B.E. 2700.
DAY_ZERO = date(1899, 12, 30)
SERIALS = range(1_000, 292_500)


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
    ce = by_machine.dt.year().is_between(FIRST_CE_YEAR, LAST_CE_YEAR)
    return pl.when(is_be).then(be).when(ce).then(by_machine)


def _read(text: str, round_year_be: int) -> Reading:
    text = tidy(text).lower()
    if is_missing(text, "date"):
        return Reading()
    if whole := SERIAL.fullmatch(text):
        return _from_serial(int(whole[1]))
    text = CLOCK.sub("", text)
    if found := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        return _from_parts(int(found[3]), int(found[2]), int(found[1]))
    if found := DAY_FIRST.fullmatch(text):
        day, month, year, is_english = int(found[1]), int(found[2]), found[3], False
    elif found := MONTH_NAMED.fullmatch(text):
        name = found[2].replace(".", "")
        day, month, year, is_english = int(found[1]), words().months.get(name, 0), found[3], name.isascii()
    else:
        return Reading(rule=structure.NO_SUCH_DATE if re.search("[0-9]", text) else structure.NOT_READABLE)
    full_year = _full_year(year, round_year_be - BE_MINUS_CE if is_english else round_year_be)
    if len(year) == 2:
        return _from_parts(day, month, full_year, structure.SHORT_YEAR)
    return _from_parts(day, month, full_year, structure.CHRISTIAN_ERA if full_year < FIRST_BE_YEAR else None)


def _full_year(text: str, latest: int) -> int:
    """The last year ending in these two digits that is not after ``latest``, in the era of ``latest``."""
    if len(text) == 4:
        return int(text)
    return latest - (latest - int(text)) % 100


def _from_parts(day: int, month: int, year: int, rule: str | None = None) -> Reading:
    if FIRST_BE_YEAR <= year <= LAST_BE_YEAR:
        year -= BE_MINUS_CE
    elif not FIRST_CE_YEAR <= year <= LAST_CE_YEAR:
        return Reading(rule=structure.NO_SUCH_DATE)
    try:
        return Reading(date(year, month, day), rule)
    except ValueError:
        return Reading(rule=structure.NO_SUCH_DATE)


def _from_serial(number: int) -> Reading:
    """A spreadsheet's day number; a date typed there in B.E. lies some five centuries ahead."""
    is_year = FIRST_BE_YEAR <= number <= LAST_BE_YEAR or FIRST_CE_YEAR <= number <= LAST_CE_YEAR
    if number not in SERIALS or is_year:
        return Reading(rule=structure.NO_SUCH_DATE)
    day = DAY_ZERO + timedelta(number)
    return _from_parts(day.day, day.month, day.year)
