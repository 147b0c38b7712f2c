"""Which reader serves which column of the data dictionary.

Kinds decide; the few exceptions are named here: ids, of which some are plain digits whatever stands between
them, and the survey year, which may be sent in C.E.
"""

from collections.abc import Callable, Mapping
from functools import cache

import polars as pl

from flows.intake import structure
from flows.intake.read_answer import answer_reader, code_reader
from flows.intake.read_date import FIRST_BE_YEAR, date_reader
from flows.intake.read_number import number_reader
from flows.intake.read_text import id_reader, text_reader
from flows.intake.reading import Reader, Reading
from schemas.dictionary import Column, columns
from schemas.layouts import MODELS, Table
from schemas.thai import BE_MINUS_CE

# The sender's own keys may hold letters and hyphens that mean something.
KEYS_AS_SENT = frozenset({"household_id", "collector_id", "checker_id"})


@cache
def readers(table: Table, round_year_be: int) -> Mapping[str, Reader]:
    """A reader for every column of the table, by name."""
    return {name: _reader(column, round_year_be) for name, column in columns(MODELS[table]).items()}


def _reader(column: Column, round_year_be: int) -> Reader:
    if column.name == "survey_year_be":
        return _year_reader()
    if column.kind == "text" and column.name.endswith(("_id", "_code")):
        return id_reader(digits_only=column.name not in KEYS_AS_SENT)
    by_kind: dict[str, Callable[[], Reader]] = {
        "number": lambda: number_reader(is_measured=column.dtype == pl.Float64),
        "date": lambda: date_reader(round_year_be),
        "bool": lambda: answer_reader(column.name),
        "code": lambda: code_reader(str(column.code_list)),
        "text": text_reader,
    }
    return by_kind[column.kind]()


def _year_reader() -> Reader:
    """A year in C.E. is read as such and told; two digits are the end of a B.E. year."""
    number = number_reader(is_measured=False)

    def fast(cell: pl.Expr) -> pl.Expr:
        value = number.fast(cell)
        return pl.when(value >= FIRST_BE_YEAR).then(value)

    def slow(text: str) -> Reading:
        read = number.slow(text)
        if not isinstance(read.value, int) or read.value >= FIRST_BE_YEAR:
            return read
        if read.value < 100:
            return Reading(read.value + FIRST_BE_YEAR + 100, structure.SHORT_YEAR)
        return Reading(read.value + BE_MINUS_CE, structure.CHRISTIAN_ERA)

    return Reader(number.dtype, fast, slow)
