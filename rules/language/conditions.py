"""Handlers of the checker for conditions: logic, comparison, membership, presence, patterns.

``if/then``, ``between``, ``is present`` and ``not in`` are taken apart here into not, and, or. Deliberately
not here: values (operands.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from lark import Token

from rules.language import ast, atnames
from rules.language.errors import RuleError, Span
from rules.language.kinds import DECIMAL, TEXT, Kind, Type
from rules.language.nodes import Node, parts
from rules.language.patterns import objection

if TYPE_CHECKING:
    from rules.language.checker import Checker


def _implies(checker: Checker, node: Node) -> ast.Expr:
    first, then = (checker.condition(part) for part in parts(node))
    return ast.Or(ast.Not(first), then)


def _either(checker: Checker, node: Node) -> ast.Expr:
    return ast.Or(*(checker.condition(part) for part in parts(node)))


def _both(checker: Checker, node: Node) -> ast.Expr:
    return ast.And(*(checker.condition(part) for part in parts(node)))


def _negated(checker: Checker, node: Node) -> ast.Expr:
    return ast.Not(checker.condition(parts(node)[0]))


def _compared(checker: Checker, node: Node) -> ast.Expr:
    left, sign, right = node.children
    return _comparison(checker, node, cast(Node, left), str(sign), cast(Node, right))


def _between(checker: Checker, node: Node) -> ast.Expr:
    middle, low, high = parts(node)
    return ast.And(
        _comparison(checker, node, middle, ">=", low), _comparison(checker, node, middle, "<=", high)
    )


def _comparison(checker: Checker, node: Node, first: Node, sign: str, second: Node) -> ast.Expr:
    if first.data == "at_name" and second.data != "at_name":
        right = checker.value(second)
        left = checker.value(first, right.type)
    else:
        left = checker.value(first)
        _refuse_bare_code(checker, second, left.type)
        right = checker.value(second, left.type)
    left, right = _as_decimal(left, right.type), _as_decimal(right, left.type)
    if left.type != right.type:
        _different(checker, node, left.type, right.type)
    if sign not in {"=", "!="} and not is_ordered(left.type):
        checker.fail(
            node,
            f"{left.type.th} ไม่มีลำดับ เทียบได้เฉพาะ = และ !=",
            f"a {left.type.en} has no order, compare it with = or != only",
        )
    return checker.about_data(node, ast.Compare(cast(ast.Comparison, sign), left, right))


def _refuse_bare_code(checker: Checker, node: Node, expected: Type) -> None:
    name = str(node.children[0]) if node.data == "column" else ""
    if expected.codes and name in expected.codes.slugs:
        checker.fail(node, f"รหัสเขียนมี @ นำหน้า: @{name}", f"write a code with @ before it: @{name}")


def is_ordered(type_: Type) -> bool:
    """Whether ``<`` means something for the type."""
    if type_.codes:
        return type_.codes.is_ordered
    return type_.kind in {Kind.NUMBER, Kind.DATE}


def _as_decimal(expression: ast.Expr, other: Type) -> ast.Expr:
    # A whole constant may stand beside a coordinate; a whole column may not: engines round it differently.
    if other == DECIMAL and isinstance(expression, ast.Literal) and expression.type.kind is Kind.NUMBER:
        return ast.Literal(float(cast(int, expression.value)), DECIMAL)
    return expression


def _different(checker: Checker, node: Node, left: Type, right: Type) -> None:
    th, en = "", ""
    if {left.kind, right.kind} == {Kind.DATE, Kind.TEXT}:
        th, en = " วันที่เขียนโดยไม่มีเครื่องหมายคำพูด เช่น 1984-01-01", "; write a date without quotes: 1984-01-01"
    elif Kind.CODE in {left.kind, right.kind} and left.kind != right.kind:
        th, en = " รหัสเขียนเป็น @ชื่อรหัส", "; write a code as @code"
    elif left.kind is right.kind is Kind.NUMBER:
        th, en = " ทศนิยมเทียบกับช่องพิกัดเท่านั้น", "; decimals can only be compared with map positions"
    checker.fail(
        node,
        f"เทียบ{left.th}กับ{right.th}ไม่ได้{th}",
        f"cannot compare a {left.en} with a {right.en}{en}",
    )


def _contained(checker: Checker, node: Node) -> ast.Expr:
    value_node, set_node = parts(node)
    value = checker.value(value_node)
    return checker.about_data(node, ast.In(value, atnames.choices(checker, set_node, value.type)))


def _not_contained(checker: Checker, node: Node) -> ast.Expr:
    return ast.Not(_contained(checker, node))


def _missing(checker: Checker, node: Node) -> ast.Expr:
    return checker.about_data(node, ast.Missing(checker.value(parts(node)[0])))


def _present(checker: Checker, node: Node) -> ast.Expr:
    return ast.Not(_missing(checker, node))


def _matched(checker: Checker, node: Node) -> ast.Expr:
    text_node, token = cast(tuple[Node, Token], tuple(node.children))
    text, pattern = checker.typed(text_node, TEXT), str(token)[1:-1]
    wrong = objection(pattern)
    if wrong:
        offset, th, en = wrong
        raise RuleError(checker.text, Span(token.line or 1, (token.column or 1) + 1 + offset), th, en)
    return checker.about_data(node, ast.Matches(text, pattern))


def _thai_id_ok(checker: Checker, node: Node) -> ast.Expr:
    return checker.about_data(node, ast.ThaiIdOk(checker.typed(parts(node)[0], TEXT)))


HANDLERS: Mapping[str, Callable[[Checker, Node], ast.Expr]] = {
    "implies": _implies,
    "either": _either,
    "both": _both,
    "negated": _negated,
    "compared": _compared,
    "between": _between,
    "contained": _contained,
    "not_contained": _not_contained,
    "missing": _missing,
    "present": _present,
    "matched": _matched,
    "thai_id_ok": _thai_id_ok,
}
