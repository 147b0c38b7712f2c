"""From text to types, a column at a time: fast expressions for what is written plainly, patience for the
rest.

Each kind of column has a ``Reader``: ``fast`` is a Polars expression that gives null where it is unsure;
``slow`` is plain Python over the few distinct texts left. A text that neither can read stays with the rule
that reports it; nothing is guessed and nothing raises. What is not here: which column is what (layout),
findings (findings).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl


class Reading(NamedTuple):
    """What one text means: a value, nothing (an answer not given), or the rule that reports it.

    A value and a rule together: read, and worth telling (a year in C.E.).
    """

    value: object = None
    rule: str | None = None


@dataclass(frozen=True)
class Reader:
    """How the texts of one column become values of ``dtype``."""

    dtype: pl.DataType
    fast: Callable[[pl.Expr], pl.Expr]
    slow: Callable[[str], Reading]


@dataclass(frozen=True)
class Typed:
    """A batch after reading: the typed columns, and per column the rule each cell is reported under (or
    null).
    """

    values: pl.DataFrame
    rules: dict[str, pl.Series]


def read_columns(texts: pl.DataFrame, readers: Mapping[str, Reader]) -> Typed:
    """Read every column of ``texts`` that has a reader; columns keep their names and order."""
    fast = texts.select(reader.fast(pl.col(name)).alias(name) for name, reader in readers.items())
    columns, rules = [], {}
    for name, reader in readers.items():
        typed, reported = _patiently(texts[name], fast[name], reader)
        columns.append(typed)
        if reported is not None:
            rules[name] = reported
    return Typed(pl.DataFrame(columns), rules)


def _patiently(texts: pl.Series, typed: pl.Series, reader: Reader) -> tuple[pl.Series, pl.Series | None]:
    # a cell that is empty as sent is empty as read
    if typed.null_count() == texts.null_count():
        return typed, None
    left = texts.filter(typed.is_null() & texts.is_not_null()).unique()
    if left.is_empty():
        return typed, None
    readings = {text: reader.slow(text) for text in left}
    values = {text: read.value for text, read in readings.items() if read.value is not None}
    rules = {text: read.rule for text, read in readings.items() if read.rule is not None}
    if values:
        meant = pl.Series(list(values.values()), dtype=reader.dtype)
        typed = typed.fill_null(texts.replace_strict(list(values), meant, default=None))
    if not rules:
        return typed, None
    return typed, texts.replace_strict(
        list(rules), list(rules.values()), default=None, return_dtype=pl.String
    )
