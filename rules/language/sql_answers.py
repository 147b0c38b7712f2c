"""Questions about a household's members for the SQL target: asked once each, answered in one GROUP BY.

Three numbers carry the three truths, the largest of which is Kleene or and the smallest Kleene and. MIN, MAX
and SUM skip nulls in SQL, so whether a value is missing is asked apart. Deliberately not here: whose members
(to_sql.py).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from rules.language import ast
from rules.language.kinds import Kind
from rules.language.sql_expressions import bounded
from rules.language.sql_words import is_null, named, number, operation, switch, typed, when

PREFIX = "answer."
FALSE, UNKNOWN, TRUE = 0, 1, 2

Of = Callable[[ast.Expr], exp.Expr]


class Answers:
    """Collects the questions of all rules of one table, in the order they are first asked."""

    def __init__(self) -> None:
        self.questions: dict[ast.Aggregate, str] = {}

    def ask(self, question: ast.Aggregate) -> exp.Column:
        """The column the answer will stand in."""
        return named(self.questions.setdefault(question, f"{PREFIX}{len(self.questions)}"))


def nobody(question: ast.Aggregate) -> exp.Expr | None:
    """The answer for a household without members; None for missing."""
    known = {"count": number(0), "sum": number(0), "any": exp.false(), "all": exp.true()}
    return known.get(question.name)


def answer(question: ast.Aggregate, of: Of) -> exp.Expr:
    """The answer as an aggregate over one household's members; ``of`` writes what is asked of a member."""
    fits = None if question.where is None else of(question.where)
    if question.name == "any":
        return _truth(exp.Max, fits or exp.true())
    if question.have is not None:
        have = of(question.have)
        return _truth(
            exp.Min, have if fits is None else operation(exp.Or, exp.Not(this=exp.Paren(this=fits)), have)
        )
    if question.column is None:
        return when((_none(_doubt(fits)), _how_many(fits))) if fits else _how_many(fits)
    return _of_values(question, fits, of(question.column))


def _of_values(question: ast.Aggregate, fits: exp.Expr | None, value: exp.Expr) -> exp.Expr:
    if question.name == "only":
        # The largest of one value is that value, whatever the order of the rows.
        is_one = operation(exp.EQ, _how_many(fits), number(1))
        is_known = is_one if fits is None else operation(exp.And, _none(_doubt(fits)), is_one)
        return when((is_known, _largest(question, fits, value)))
    if question.name == "sum":
        value = bounded(value)
        gap, folded = _gap(fits, value), exp.Sum(this=_chosen(fits, value, number(0)))
        return when((_none(gap), exp.func("COALESCE", typed(folded, "BIGINT"), number(0))))
    fold = exp.Min if question.name == "min" else exp.Max
    return when((_none(_gap(fits, value)), fold(this=_chosen(fits, value))))


def _largest(question: ast.Aggregate, fits: exp.Expr | None, value: exp.Expr) -> exp.Expr:
    if question.type.kind is not Kind.BOOL:
        return exp.Max(this=_chosen(fits, value))
    # PostgreSQL has no largest of yes and no.
    level = exp.Max(this=_chosen(fits, switch(value, number(1), number(0))))
    return operation(exp.EQ, level, number(1))


def _truth(fold: type[exp.AggFunc], condition: exp.Expr) -> exp.Expr:
    level = fold(this=switch(condition, number(TRUE), number(FALSE), number(UNKNOWN)))
    ifs = [exp.If(this=number(TRUE), true=exp.true()), exp.If(this=number(FALSE), true=exp.false())]
    return exp.Case(this=level, ifs=ifs)


def _chosen(fits: exp.Expr | None, value: exp.Expr, otherwise: exp.Expr | None = None) -> exp.Expr:
    return value if fits is None else when((fits, value), otherwise=otherwise)


def _how_many(fits: exp.Expr | None) -> exp.Expr:
    if fits is None:
        return exp.Count(this=exp.Star(), big_int=True)
    return typed(exp.Sum(this=when((fits, number(1)), otherwise=number(0))), "BIGINT")


def _doubt(fits: exp.Expr) -> exp.Expr:
    return when((is_null(fits), number(1)), otherwise=number(0))


def _gap(fits: exp.Expr | None, value: exp.Expr) -> exp.Expr:
    is_missing = when((is_null(value), number(1)), otherwise=number(0))
    return is_missing if fits is None else switch(fits, is_missing, number(0), number(1))


def _none(flag: exp.Expr) -> exp.Expr:
    return operation(exp.EQ, exp.Max(this=flag), number(0))
