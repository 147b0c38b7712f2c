"""The Polars target: one expression as a Polars expression over a prepared frame.

The frame comes from records.py: the record's own columns by name, its household's as ``hh.<name>``, last
year's as ``last.<name>`` and the answers about members as ``agg.<n>``. Codes are compared by their place in
the list (the physical value of an Enum), numbers as Int64. Deliberately not here: any reading or joining of
frames.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from rules.language import ast, meaning
from rules.language.aggregates import Aggregates, Compile, bounded
from rules.language.kinds import DECIMAL, Kind, Type
from rules.language.polars_ids import thai_id_ok

HOUSEHOLD_PREFIX = "hh."
LAST_PREFIX = "last."

_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = meaning.COMPARISONS


def to_polars(expression: ast.Expr, aggregates: Aggregates) -> pl.Expr:
    """The expression over a frame of records.py; ``aggregates`` collects the questions it asks about members.

    Null is missing or cannot tell. A code comes out as the number of its place in the list.
    """

    def of(part: ast.Expr) -> pl.Expr:
        return to_polars(part, aggregates)

    match expression:
        case ast.Literal(value, type_):
            return _literal(value, type_)
        case ast.Column():
            return _cell(expression)
        case ast.Arithmetic(sign, left, right):
            return _calculated(sign, _operand(left, of(left)), _operand(right, of(right)))
        case ast.YearsBetween(start, end):
            return (_year_month_day(of(end)) - _year_month_day(of(start))) // 10000
        case ast.Aggregate():
            return aggregates.answer(expression, of)
        case _:
            return _condition(expression, of)


def _condition(expression: ast.Expr, of: Compile) -> pl.Expr:  # noqa: PLR0911 (one return a node)
    match expression:
        case ast.Not(condition):
            return ~of(condition)
        case ast.And(left, right):
            return of(left) & of(right)
        case ast.Or(left, right):
            return of(left) | of(right)
        case ast.Compare(sign, left, right):
            compared: pl.Expr = _COMPARISONS[sign](of(left), of(right))
            return compared
        case ast.In(value, choices):
            return of(value).is_in([_inside(choice, value.type) for choice in choices])
        case ast.Missing(value):
            return of(value).is_null()
        case ast.Matches(text, pattern):
            # Rust's $ is the end of the text, never before a trailing line break.
            return of(text).str.contains(f"^(?:{pattern})$")
        case ast.ThaiIdOk(text):
            return thai_id_ok(of(text))
        case _:
            raise TypeError(f"no Polars form for {type(expression).__name__}")


def _literal(value: ast.Value, type_: Type) -> pl.Expr:
    # Numbers are Int64 from the start: Polars would give a small one Int32 and wrap.
    return (
        pl.lit(value, pl.Int64)
        if type_.kind is Kind.NUMBER and type_.is_whole
        else pl.lit(_inside(value, type_))
    )


def _inside(value: ast.Value, type_: Type) -> ast.Value:
    return type_.codes.slugs.index(str(value)) if type_.codes else value


def _cell(column: ast.Column) -> pl.Expr:
    prefix = LAST_PREFIX if column.is_last else HOUSEHOLD_PREFIX if column.place == "household" else ""
    cell = pl.col(prefix + column.name)
    if column.type.codes:
        return cell.to_physical()
    return cell.fill_nan(None) if column.type == DECIMAL else cell


def _operand(part: ast.Expr, compiled: pl.Expr) -> pl.Expr:
    # A result is exact already and a count is small; only what comes from a cell can be absurdly large.
    is_cell = isinstance(part, ast.Column) or (isinstance(part, ast.Aggregate) and part.name != "count")
    return bounded(compiled) if is_cell else compiled


def _calculated(sign: str, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    # The product itself may wrap an Int64; its size in floating point cannot mislead: products up to the
    # bound are exact and larger ones never round below it.
    size = (left.cast(pl.Float64) * right.cast(pl.Float64)).abs()
    return pl.when(size <= meaning.LARGEST).then(left * right)


def _year_month_day(date: pl.Expr) -> pl.Expr:
    # Polars gives the month as Int8, whose hundredfold wraps.
    year, month, day = (part.cast(pl.Int64) for part in (date.dt.year(), date.dt.month(), date.dt.day()))
    return year * 10000 + month * 100 + day
