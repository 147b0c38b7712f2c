"""Questions about a household's members for the Polars target: asked once each, answered in one group_by.

A question is answered from one or two *folds*: a number per member, then sum, min or max over the household.
Only these three are used because they are the fast ones and none can depend on row order. Cannot tell is
carried inside the fold's own number, so most questions cost one column. Deliberately not here: joins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import polars as pl

from rules.language import ast, meaning

PREFIX = "agg."
# A member for whom ``where`` cannot be told adds this to a count; no household has that many members.
UNKNOWN_COUNT = 2**32
# A condition as a number: the largest is Kleene or, the smallest Kleene and.
FALSE, UNKNOWN, TRUE = 0, 1, 2

Compile = Callable[[ast.Expr], pl.Expr]
Part = Literal["count", "any", "all", "gap", "sum_gap", "sum", "min", "max"]


@dataclass(frozen=True)
class _Fold:
    """One column of the group_by, and what it is for a household without members and for an unknown one."""

    each: pl.Expr
    by: Literal["sum", "min", "max"]
    nobody: int | None
    unknown: int | None


class Aggregates:
    """Collects the questions of all rules of one table; equal questions share their columns."""

    def __init__(self) -> None:
        self._names: dict[tuple[Part, ast.Expr | None, ast.Expr | None], str] = {}
        self._folds: dict[str, _Fold] = {}

    def __bool__(self) -> bool:
        return bool(self._folds)

    def answer(self, question: ast.Aggregate, compiled: Compile) -> pl.Expr:
        """The answer as an expression over a frame that ``per_household`` was joined to and ``filled``."""

        def folded(part: Part, other: ast.Expr | None = None) -> pl.Expr:
            return self._column(part, question.where, other, compiled)

        match question.name:
            case "count":
                return pl.when(folded("count") < UNKNOWN_COUNT).then(folded("count"))
            case "any":
                return _truth(folded("any"))
            case "all":
                return _truth(folded("all", question.have))
            case "only":
                # The largest of one value is that value, whatever the order of the rows.
                return pl.when(folded("count") == 1).then(folded("max", question.column))
            case "sum":
                return pl.when(folded("sum_gap", question.column) == 0).then(folded("sum", question.column))
            case "min" | "max":
                return pl.when(folded("gap", question.column) == 0).then(
                    folded(question.name, question.column)
                )

    def per_household(self, members: pl.LazyFrame) -> pl.LazyFrame:
        """All folds in one group_by: a row per ``household_id`` among the members."""
        # Two steps, because a constant inside agg would be folded once, not once a member.
        each = members.select("household_id", *(fold.each.alias(name) for name, fold in self._folds.items()))
        return each.group_by("household_id").agg(
            getattr(pl.col(name), fold.by)() for name, fold in self._folds.items()
        )

    def filled(self, is_known: pl.Expr | None) -> list[pl.Expr]:
        """The joined columns made whole: for nobody there, and (``is_known`` false) for nobody knows who."""
        whole = []
        for name, fold in self._folds.items():
            column = pl.col(name) if fold.nobody is None else pl.col(name).fill_null(fold.nobody)
            if is_known is not None:
                column = pl.when(is_known).then(column).otherwise(fold.unknown)
            whole.append(column.alias(name))
        return whole

    def _column(
        self, part: Part, where: ast.Expr | None, other: ast.Expr | None, compiled: Compile
    ) -> pl.Expr:
        key = (part, where, other)
        if key not in self._names:
            chosen = None if where is None else compiled(where)
            name = f"{PREFIX}{len(self._names)}"
            self._folds[name] = _fold(part, chosen, None if other is None else compiled(other))
            self._names[key] = name
        return pl.col(self._names[key])


def bounded(number: pl.Expr) -> pl.Expr:
    """A number as arithmetic takes it: missing beyond the largest number of the language."""
    return pl.when(number.is_between(-meaning.LARGEST, meaning.LARGEST)).then(number)


def _truth(level: pl.Expr) -> pl.Expr:
    return pl.when(level != UNKNOWN).then(level == TRUE)


def _level(condition: pl.Expr) -> pl.Expr:
    return (condition.cast(pl.UInt8) * TRUE).fill_null(UNKNOWN)


def _fold(part: Part, chosen: pl.Expr | None, other: pl.Expr | None) -> _Fold:
    is_chosen = pl.lit(True) if chosen is None else chosen
    value = pl.lit(None) if other is None else other
    match part:
        case "count":
            each = is_chosen.cast(pl.Int64).fill_null(UNKNOWN_COUNT)
            return _Fold(each, "sum", nobody=0, unknown=UNKNOWN_COUNT)
        case "any":
            return _Fold(_level(is_chosen), "max", nobody=FALSE, unknown=UNKNOWN)
        case "all":
            return _Fold(_level(~is_chosen | value), "min", nobody=TRUE, unknown=UNKNOWN)
        case "gap" | "sum_gap":
            is_missing = (bounded(value) if part == "sum_gap" else value).is_null()
            gap = (is_chosen & is_missing) | is_chosen.is_null()
            return _Fold(gap.cast(pl.UInt8), "max", nobody=0, unknown=1)
        case "sum":
            return _Fold(pl.when(is_chosen).then(bounded(value)).otherwise(0), "sum", nobody=0, unknown=None)
        case "min" | "max":
            return _Fold(pl.when(is_chosen).then(value), part, nobody=None, unknown=None)
