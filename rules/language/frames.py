"""Expressions over whole frames, for those who need values rather than outcomes: indicators, messages.

Deliberately not here: applies and must; outcomes of rules are the engine's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import polars as pl

from rules.language import ast
from rules.language.aggregates import Aggregates
from rules.language.kinds import Type
from rules.language.last_year import LastYear
from rules.language.records import lazy_records
from rules.language.scope import Table
from rules.language.to_polars import to_polars


def values(
    expressions: Mapping[str, ast.Expr],
    table: Table,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    last: LastYear | None = None,
) -> pl.DataFrame:
    """One column per named expression, one row per record of ``table`` in its order; null is missing.

    Conditions are Boolean, numbers Int64, codes Enums of their list.
    """
    compiled, cells, aggregates = _written(tuple(expressions.items()))
    frame = lazy_records(table, households, persons, cells, aggregates, last)
    # Not select alone: a constant would come out as one row.
    return frame.with_columns(compiled).select(*expressions).collect(engine="streaming")


# The indicators are asked district by district; what findings show differs from one to the next.
@lru_cache(maxsize=32)
def _written(
    expressions: tuple[tuple[str, ast.Expr], ...],
) -> tuple[tuple[pl.Expr, ...], frozenset[ast.Column], Aggregates]:
    """The expressions by name for Polars, the cells they read and their questions about members."""
    aggregates = Aggregates()
    compiled = tuple(
        _as_seen(to_polars(expression, aggregates), expression.type).alias(name)
        for name, expression in expressions
    )
    return compiled, ast.cells_read(expression for _, expression in expressions), aggregates


def _as_seen(compiled: pl.Expr, type_: Type) -> pl.Expr:
    return compiled.cat.to(pl.Enum(type_.codes.slugs)) if type_.codes else compiled
