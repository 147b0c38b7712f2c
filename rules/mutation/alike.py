"""One spelling for conditions that mean the same, so that no mistake is counted twice or against itself.

Only what holds in three-valued logic is used: ``age <= 14`` is ``age < 15``, ``not a < b`` is ``a >= b``, two
negations are none. What means the same in other ways is found by trying records (the package).
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, cast

from rules.language import ast
from rules.language.kinds import NUMBER

_OPPOSITE: dict[str, ast.Comparison] = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TURNED: dict[str, ast.Comparison] = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def spelling(expression: ast.Expr) -> ast.Expr:
    """The expression spelt the one way; equal spellings mean the same."""
    parts = {
        part.name: spelling(child)
        for part in fields(expression)
        if isinstance(child := getattr(expression, part.name), ast.Expr)
    }
    return _spelt(replace(cast(Any, expression), **parts))


def _spelt(expression: ast.Expr) -> ast.Expr:  # noqa: PLR0911 (one return a spelling)
    match expression:
        case ast.Not(ast.Not(condition)):
            return condition
        case ast.Not(ast.Compare(sign, left, right)):
            return _spelt(ast.Compare(_OPPOSITE[sign], left, right))
        case ast.In(value, (choice,)):
            return _spelt(ast.Compare("=", value, ast.Literal(choice, value.type)))
        case ast.Compare(sign, ast.Literal() as left, right) if not isinstance(right, ast.Literal):
            return _spelt(ast.Compare(_TURNED[sign], right, left))
        case ast.Compare("<=", left, ast.Literal(int(bound), type_)) if type_ == NUMBER:
            return ast.Compare("<", left, ast.Literal(bound + 1, type_))
        case ast.Compare(">", left, ast.Literal(int(bound), type_)) if type_ == NUMBER:
            return ast.Compare(">=", left, ast.Literal(bound + 1, type_))
        case _:
            return expression
