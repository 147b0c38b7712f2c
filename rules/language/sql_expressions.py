"""One expression of the rule language as SQL over the prepared rows of to_sql.py.

SQL's AND, OR and NOT are Kleene's and its comparisons keep null, so most words are one sign. Numbers are
BIGINT, products DECIMAL before they are bounded: nothing overflows. Deliberately not here: tables and joins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import cast

from sqlglot import exp

from rules.language import ast, meaning
from rules.language.kinds import DECIMAL, Kind, Type
from rules.language.sql_words import (
    Dialect,
    among,
    inner,
    is_null,
    named,
    negated,
    number,
    operation,
    switch,
    typed,
    when,
    whole_match,
)

HOUSEHOLD_PREFIX, LAST_PREFIX = "hh.", "last."
# Holds every operand of a product. Of nineteen digits, not fewer: DuckDB gives two shorter ones a product of
# eighteen digits, which a million million squared overflows; of these it has 38, as in Spark.
_OPERAND = "DECIMAL(19, 0)"
_DIGITS = range(1, 14)

_COMPARISONS: Mapping[str, type[exp.Binary]] = {
    "=": exp.EQ,
    "!=": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}
_ARITHMETIC: Mapping[str, type[exp.Binary]] = {"+": exp.Add, "-": exp.Sub}

Ask = Callable[[ast.Aggregate], exp.Expr]


class Writer:
    """Expressions as SQL in one dialect; ``ask`` gives the column with the answer about members."""

    def __init__(self, dialect: Dialect, ask: Ask) -> None:
        self.dialect, self._ask = dialect, ask

    def of(self, expression: ast.Expr) -> exp.Expr:
        """The expression; null is missing or cannot tell."""
        match expression:
            case ast.Literal(value, type_):
                return constant(value, type_)
            case ast.Column(place, name):
                prefix = (
                    HOUSEHOLD_PREFIX if place == "household" else LAST_PREFIX if expression.is_last else ""
                )
                return named(prefix + name)
            case ast.Arithmetic(sign, left, right):
                return _calculated(sign, self._operand(left), self._operand(right))
            case ast.YearsBetween(start, end):
                return _years(self.of(start), self.of(end))
            case ast.Aggregate():
                return self._ask(expression)
            case _:
                return self._condition(expression)

    def _condition(self, expression: ast.Expr) -> exp.Expr:  # noqa: PLR0911 (one return a node)
        match expression:
            case ast.Not(condition):
                return negated(self.of(condition))
            case ast.And(left, right):
                return operation(exp.And, self.of(left), self.of(right))
            case ast.Or(left, right):
                return operation(exp.Or, self.of(left), self.of(right))
            case ast.Compare(sign, left, right):
                return operation(_COMPARISONS[sign], self.of(left), self.of(right))
            case ast.In(value, choices):
                return among(self.of(value), [constant(choice, value.type) for choice in choices])
            case ast.Missing(value):
                return is_null(self.of(value))
            case ast.Matches(text, pattern):
                return whole_match(self.of(text), pattern, self.dialect)
            case ast.ThaiIdOk(text):
                return self._thai_id_ok(self.of(text))
            case _:
                raise TypeError(f"no SQL form for {type(expression).__name__}")

    def _operand(self, part: ast.Expr) -> exp.Expr:
        # A result is exact already and a count is small; only what comes from a cell can be absurdly large.
        is_cell = isinstance(part, ast.Column) or (isinstance(part, ast.Aggregate) and part.name != "count")
        return bounded(self.of(part)) if is_cell else self.of(part)

    def _thai_id_ok(self, text: exp.Expr) -> exp.Expr:
        # ASCII of one letter, not a cast to a number: it cannot fail, whatever an engine computes in advance.
        digits = [
            operation(
                exp.Sub,
                exp.Ascii(this=exp.Substring(this=text, start=number(place), length=number(1))),
                number(48),
            )
            for place in _DIGITS
        ]
        terms = [
            operation(exp.Mul, digit, number(14 - place))
            for place, digit in zip(_DIGITS, digits[:12], strict=False)
        ]
        total = terms[0]
        for term in terms[1:]:
            total = exp.Add(this=total, expression=term)
        left_over = operation(exp.Sub, number(11), operation(exp.Mod, total, number(11)))
        is_right = operation(exp.EQ, operation(exp.Mod, left_over, number(10)), digits[12])
        return switch(whole_match(text, "[0-9]{13}", self.dialect), is_right, exp.false())


def constant(value: ast.Value, type_: Type) -> exp.Expr:
    """A constant; a code of an ordered list is its level, of another list its slug."""
    if type_.codes:
        slug = str(value)
        return number(type_.codes.slugs.index(slug)) if type_.codes.is_ordered else exp.Literal.string(slug)
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, dt.date):
        return typed(exp.Literal.string(value.isoformat()), "DATE")
    if type_.kind is Kind.TEXT:
        return exp.Literal.string(str(value))
    written = exp.Literal.number(cast(float, value))
    return typed(written, "DOUBLE") if type_ == DECIMAL else inner(written)


def bounded(value: exp.Expr) -> exp.Expr:
    """A number as arithmetic takes it: null beyond the largest number of the language."""
    largest = number(meaning.LARGEST)
    return when((exp.Between(this=inner(value), low=exp.Neg(this=largest), high=largest.copy()), value))


def _calculated(sign: str, left: exp.Expr, right: exp.Expr) -> exp.Expr:
    if sign != "*":
        return operation(_ARITHMETIC[sign], left, right)
    product = operation(exp.Mul, typed(left, _OPERAND), typed(right, _OPERAND))
    return typed(bounded(product), "BIGINT")


def _years(start: exp.Expr, end: exp.Expr) -> exp.Expr:
    # Through DOUBLE, since whole division truncates in some dialects; eight digits are exact in it.
    days = operation(exp.Sub, _year_month_day(end), _year_month_day(start))
    years = exp.Div(this=typed(days, "DOUBLE"), expression=number(10000), typed=False, safe=False)
    return typed(exp.Floor(this=years), "BIGINT")


def _year_month_day(date: exp.Expr) -> exp.Expr:
    year, month, day = (
        typed(exp.Extract(this=exp.var(part), expression=date.copy()), "BIGINT")
        for part in ("YEAR", "MONTH", "DAY")
    )
    months = operation(exp.Mul, month, number(100))
    return exp.Add(
        this=exp.Add(this=operation(exp.Mul, year, number(10000)), expression=months), expression=day
    )
