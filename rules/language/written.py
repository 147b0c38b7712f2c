"""A typed expression as text of the rule language again, so that people can read what a mutant says.

Parsed again it means the same; only what no rule could say (``any(members)``) cannot be parsed. Values of the
round stand as numbers. Deliberately not here: words for officers (pages/words.py).
"""

from __future__ import annotations

import datetime as dt

from rules.language import ast
from rules.language.kinds import Kind, Type

_BINDING: dict[type, int] = {ast.Or: 1, ast.And: 2, ast.Not: 3, ast.Arithmetic: 5}
_CONDITION = 4
_TIMES = 6
_ATOM = 7


def written(expression: ast.Expr) -> str:  # noqa: PLR0911 (one return a node)
    """The expression in the rule language, on one line."""
    match expression:
        case ast.Or(left, right):
            return f"{_inside(left, 1)} or {_inside(right, 2)}"
        case ast.And(left, right):
            return f"{_inside(left, 2)} and {_inside(right, 3)}"
        case ast.Not(ast.In(value, choices)):
            return f"{_inside(value, 5)} not in {_set(choices, value.type)}"
        case ast.Not(ast.Missing(value)):
            return f"{_inside(value, 5)} is present"
        case ast.Not(condition):
            return f"not {_inside(condition, 3)}"
        case ast.Compare(sign, left, right):
            return f"{_inside(left, 5)} {sign} {_inside(right, 5)}"
        case ast.In(value, choices):
            return f"{_inside(value, 5)} in {_set(choices, value.type)}"
        case ast.Missing(value):
            return f"{_inside(value, 5)} is missing"
        case ast.Matches(text, pattern):
            return f'{_inside(text, 5)} matches "{pattern}"'
        case _:
            return _value(expression)


def _value(expression: ast.Expr) -> str:
    match expression:
        case ast.Literal(value, type_):
            return constant(value, type_)
        case ast.Column(place, name):
            # In a household rule the record is the household; within a question the member is bare.
            return {"household": "hh.", "last": "last.", "last_member": "last."}.get(place, "") + name
        case ast.Arithmetic(sign, left, right):
            tight = _TIMES if sign == "*" else 5
            return f"{_inside(left, tight)} {sign} {_inside(right, tight + 1)}"
        case ast.YearsBetween(start, end):
            return f"years_between({written(start)}, {written(end)})"
        case ast.ThaiIdOk(text):
            return f"thai_id_ok({written(text)})"
        case ast.Aggregate():
            return _question(expression)
        case _:
            raise TypeError(f"no text for {type(expression).__name__}")


def _question(question: ast.Aggregate) -> str:
    members = "members" if question.column is None else f"members.{question.column.name}"
    where = f" where {written(question.where)}" if question.where else ""
    have = f" have {written(question.have)}" if question.have else ""
    return f"{question.name}({members}{where}{have})"


def constant(value: ast.Value, type_: Type) -> str:
    """A constant as a rule writes it."""
    if type_.kind is Kind.CODE:
        return f"@{value}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    return f'"{value}"' if type_.kind is Kind.TEXT else str(value)


def _set(choices: tuple[ast.Value, ...], type_: Type) -> str:
    groups = type_.codes.groups if type_.codes else {}
    for name, slugs in groups.items():
        if tuple(slugs) == choices:
            return f"@{name}"
    return f"({', '.join(constant(choice, type_) for choice in choices)})"


def _inside(part: ast.Expr, least: int) -> str:
    """A part, in brackets when it binds less tightly than its place needs."""
    return f"({written(part)})" if _tightness(part) < least else written(part)


def _tightness(part: ast.Expr) -> int:
    if isinstance(part, ast.Compare | ast.In | ast.Missing | ast.Matches):
        return _CONDITION
    if isinstance(part, ast.Not) and isinstance(part.condition, ast.In | ast.Missing):
        return _CONDITION
    if isinstance(part, ast.Arithmetic) and part.operator == "*":
        return _TIMES
    if isinstance(part, ast.Literal) and isinstance(part.value, int) and part.value < 0:
        return _TIMES
    return _BINDING.get(type(part), _ATOM)
