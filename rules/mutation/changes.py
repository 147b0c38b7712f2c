"""The small mistakes a rule's author could make, one at a time, as changed typed expressions.

A comparison turned round or made stricter or looser, a bound one off, a code left out of a set or let in, a
condition negated, ``and`` for ``or``, a part forgotten, ``last.`` forgotten, a question's members chosen
otherwise. Patterns and texts are left alone. Deliberately not here: whether anybody notices (the package).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from rules.boundaries.edges import beside, edges
from rules.language import ast
from rules.language.kinds import BOOL, Codes, Kind

_SWAPS: dict[str, tuple[ast.Comparison, ...]] = {
    "=": ("!=", "<=", ">="),
    "!=": ("=", "<", ">"),
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
}
_ARITHMETIC: dict[str, Any] = {"+": "-", "-": "+", "*": "+"}


@dataclass(frozen=True)
class Change:
    """One mistake: the whole expression with it; the smallest condition it stands in, before and after."""

    whole: ast.Expr
    before: ast.Expr
    after: ast.Expr


def changes(expression: ast.Expr) -> Iterator[Change]:
    """Every expression that differs from this one by one mistake, in the order of the text."""
    for after in (*_here(expression), *_without_a_part(expression)):
        yield Change(after, expression, after)
    for name, child in _parts(expression):
        for inner in changes(child):
            whole = replace(cast(Any, expression), **{name: inner.whole})
            is_joint = isinstance(expression, ast.And | ast.Or | ast.Not)
            yield replace(inner, whole=whole) if is_joint else Change(whole, expression, whole)


def _parts(expression: ast.Expr) -> Iterator[tuple[str, ast.Expr]]:
    """The parts worth changing: no cell alone, and nothing whose being missing is all that is asked."""
    if isinstance(expression, ast.Missing):
        return
    for part in fields(expression):
        child = getattr(expression, part.name)
        is_operand = isinstance(expression, ast.Compare | ast.Aggregate) and part.name != "have"
        if isinstance(child, ast.Expr) and not (is_operand and isinstance(child, ast.Column)):
            yield part.name, child


def _here(expression: ast.Expr) -> Iterator[ast.Expr]:
    match expression:
        case ast.Compare():
            yield from _compared_otherwise(expression)
            yield from _this_year(expression)
        case ast.Literal():
            yield from _one_off(expression)
        case ast.Arithmetic(sign):
            yield replace(expression, operator=_ARITHMETIC[sign])
        case ast.In(value, choices):
            yield from (ast.In(value, other) for other in _other_sets(choices, value.type.codes))
            yield ast.Not(expression)
        case ast.And(left, right):
            yield ast.Or(left, right)
        case ast.Or(left, right):
            yield ast.And(left, right)
        case ast.Not(condition):
            yield condition
        case ast.Aggregate():
            yield from _asked_otherwise(expression)
        case _ if expression.type == BOOL:
            yield ast.Not(expression)


def _compared_otherwise(condition: ast.Compare) -> Iterator[ast.Expr]:
    type_ = condition.left.type
    is_ordered = type_.codes.is_ordered if type_.codes else type_.kind in {Kind.NUMBER, Kind.DATE}
    for sign in _SWAPS[condition.operator]:
        if is_ordered or sign in {"=", "!="}:
            yield replace(condition, operator=sign)


def _this_year(condition: ast.Compare) -> Iterator[ast.Expr]:
    """``last.`` forgotten on either side."""
    left, right = _of_this_year(condition.left), _of_this_year(condition.right)
    if left != condition.left:
        yield replace(condition, left=left)
    if right != condition.right:
        yield replace(condition, right=right)


def _of_this_year(side: ast.Expr) -> ast.Expr:
    if isinstance(side, ast.Column) and side.is_last:
        return replace(side, place="member" if side.is_of_member else "record")
    return side


def _one_off(literal: ast.Literal) -> Iterator[ast.Expr]:
    value = literal.value
    if literal.type.codes:
        yield from (replace(literal, value=slug) for slug in beside(literal.type.codes, str(value)))
    elif isinstance(value, bool):
        yield replace(literal, value=not value)
    elif isinstance(value, int | float):
        yield from (replace(literal, value=value + step) for step in (-1, 1))
    elif isinstance(value, dt.date):
        yield from (replace(literal, value=value + dt.timedelta(days=step)) for step in (-1, 1))


def _other_sets(choices: tuple[ast.Value, ...], codes: Codes | None) -> Iterator[tuple[ast.Value, ...]]:
    inside: tuple[ast.Value, ...] = choices
    outside: tuple[ast.Value, ...] = ()
    if codes:
        inside, outside = edges(choices, codes)
        yield choices[:1]
        yield choices[-1:]
    for left_out in inside:
        if len(choices) > 1:
            yield tuple(choice for choice in choices if choice != left_out)
    for let_in in outside:
        if len(choices) + 1 < len(codes.slugs if codes else ()):
            yield (*choices, let_in)


def _asked_otherwise(question: ast.Aggregate) -> Iterator[ast.Expr]:
    if question.where is not None:
        yield replace(question, where=None)
        yield replace(question, where=ast.Not(question.where))
    if question.name in {"min", "max"}:
        yield replace(question, name="max" if question.name == "min" else "min")
    if question.type == BOOL:
        yield ast.Not(question)


def _without_a_part(expression: ast.Expr) -> Iterator[ast.Expr]:
    """A chain of ``and`` (or ``or``) without its last part; without the first too where the chain begins."""
    if isinstance(expression, ast.And | ast.Or):
        yield expression.left
        if type(expression.left) is not type(expression):
            yield expression.right
