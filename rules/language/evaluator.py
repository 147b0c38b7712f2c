"""The Python target: one expression over one household, from plain mappings. The reference for the others.

Deliberately not here: reading frames, and speed; a whole province goes through to_polars.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.language import ast, meaning
from rules.language.kinds import Kind, Type
from rules.language.meaning import Truth

Cells = Mapping[str, Any]


@dataclass(frozen=True)
class _Around:
    """What an expression can see: the record, its household, and the members (None: household not known)."""

    record: Cells
    household: Cells | None
    members: Sequence[Cells] | None
    member: Cells | None = None


def evaluate(
    expression: ast.Expr,
    record: Cells,
    household: Cells | None = None,
    members: Sequence[Cells] | None = (),
) -> Any:
    """The expression's value for one record; None is missing or cannot tell.

    ``record`` is a person or a household by the table the expression was parsed for; ``household`` is what
    ``hh.`` reads: the record itself for a household rule, None for a person whose household is not in the
    frame. ``members`` are all persons of the household, None when it is not known which household the record
    belongs to. A code comes back as its slug. Last year's record of any of them is a mapping under its key
    ``last``; without one, ``last.`` is missing.
    """
    value = _value(expression, _Around(record, household, members))
    codes = expression.type.codes
    return codes.slugs[value] if codes and value is not None else value


def _value(expression: ast.Expr, around: _Around) -> Any:
    match expression:
        case ast.Literal(value, type_):
            return _inside(value, type_)
        case ast.Column():
            return _cell(expression, around)
        case ast.Arithmetic(sign, left, right):
            return meaning.calculated(sign, _operand(left, around), _operand(right, around))
        case ast.YearsBetween(start, end):
            return meaning.years_between(_value(start, around), _value(end, around))
        case ast.Aggregate():
            return _aggregate(expression, around)
        case _:
            return _truth(expression, around)


def _operand(expression: ast.Expr, around: _Around) -> int | None:
    value = _value(expression, around)
    # A result is exact already; only what comes from a cell can be absurdly large.
    return meaning.operand(value) if isinstance(expression, ast.Column | ast.Aggregate) else value


def _truth(expression: ast.Expr, around: _Around) -> Truth:  # noqa: PLR0911 (one return a node)
    match expression:
        case ast.Not(condition):
            return meaning.negation(_value(condition, around))
        case ast.And(left, right):
            return meaning.conjunction(_value(left, around), _value(right, around))
        case ast.Or(left, right):
            return meaning.disjunction(_value(left, around), _value(right, around))
        case ast.Compare(sign, left, right):
            return meaning.compared(sign, _value(left, around), _value(right, around))
        case ast.In(value, choices):
            inside = [_inside(choice, value.type) for choice in choices]
            return meaning.contained(_value(value, around), inside)
        case ast.Missing(value):
            return _value(value, around) is None
        case ast.Matches(text, pattern):
            return meaning.matched(_value(text, around), pattern)
        case ast.ThaiIdOk(text):
            return meaning.thai_id_ok(_value(text, around))
        case _:
            raise TypeError(f"no meaning for {type(expression).__name__}")


def _cell(column: ast.Column, around: _Around) -> Any:
    seen = {"household": around.household, "member": around.member, "last_member": around.member}
    cells = seen.get(column.place, around.record)
    if column.is_last and cells is not None:
        cells = cells.get("last")
    return None if cells is None else _inside(cells.get(column.name), column.type)


def _inside(value: Any, type_: Type) -> Any:
    """A code as its place in the list, so that order and equality are those of the list."""
    if type_.kind is Kind.CODE and value is not None:
        return type_.codes.slugs.index(value) if type_.codes else value
    return None if isinstance(value, float) and math.isnan(value) else value


def _aggregate(question: ast.Aggregate, around: _Around) -> Any:
    if around.members is None:
        return None
    each = [_Around(around.record, around.household, around.members, member) for member in around.members]
    chosen: list[Truth] = [
        True if question.where is None else _value(question.where, member) for member in each
    ]
    if question.name == "count":
        return meaning.counted(chosen)
    if question.name == "any":
        return meaning.any_true(chosen)
    if question.have is not None:
        have = [_value(question.have, member) for member in each]
        return meaning.all_true(
            meaning.disjunction(meaning.negation(condition), kept)
            for condition, kept in zip(chosen, have, strict=True)
        )
    column = question.column
    values = meaning.selected(chosen, [_cell(column, member) for member in each]) if column else None
    of = {"sum": meaning.total, "min": meaning.least, "max": meaning.greatest, "only": meaning.only}
    return of[question.name](values)
