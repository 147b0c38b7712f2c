"""Handlers of the checker for questions about the household's members.

Inside the brackets a bare name is the member and ``hh.`` the household. Refused: a question inside another,
and a ``where`` that reads no cell of the member: it says the same of all, and engines disagree on constants.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from lark import Token

from rules.language import ast
from rules.language.conditions import is_ordered
from rules.language.kinds import BOOL, NUMBER
from rules.language.nodes import Node, parts
from rules.language.operands import column

if TYPE_CHECKING:
    from rules.language.checker import Checker


def _count(checker: Checker, node: Node) -> ast.Expr:
    (where_node,) = node.children
    return ast.Aggregate("count", None, _where(checker, node, cast(Node | None, where_node)), None, NUMBER)


def _any(checker: Checker, node: Node) -> ast.Expr:
    return ast.Aggregate("any", None, _where(checker, node, parts(node)[0]), None, BOOL)


def _all(checker: Checker, node: Node) -> ast.Expr:
    where_node, have_node = cast(tuple[Node | None, Node], tuple(node.children))
    where = _where(checker, node, where_node)
    _refuse_nested(checker, node)
    have = checker.within_members().condition(have_node)
    if where is None:
        _about_members(checker, have_node, have)
    return ast.Aggregate("all", None, where, have, BOOL)


def _of_column(name: ast.AggregateName) -> Callable[[Checker, Node], ast.Expr]:
    def handle(checker: Checker, node: Node) -> ast.Expr:
        column_node, where_node = cast(tuple[Node, Node | None], tuple(node.children))
        where = _where(checker, node, where_node)
        token = cast(Token, column_node.children[0])
        cell = column(checker, token, "member")
        if name == "sum" and cell.type != NUMBER:
            checker.fail(token, f"{name} ใช้กับจำนวนเต็มเท่านั้น", f"{name} takes whole numbers only")
        if name in {"min", "max"} and not is_ordered(cell.type):
            checker.fail(
                token, f"{cell.type.th} ไม่มีลำดับ ใช้ {name} ไม่ได้", f"a {cell.type.en} has no order for {name}"
            )
        return ast.Aggregate(name, cell, where, None, cell.type)

    return handle


def _where(checker: Checker, node: Node, where_node: Node | None) -> ast.Expr | None:
    _refuse_nested(checker, node)
    if where_node is None:
        return None
    where = checker.within_members().condition(where_node)
    return _about_members(checker, where_node, where)


def _refuse_nested(checker: Checker, node: Node) -> None:
    if checker.scope.inside:
        checker.fail(
            node,
            "ถามเรื่องสมาชิกซ้อนในสมาชิกไม่ได้",
            "a question about members cannot stand inside another one",
        )


def _about_members(checker: Checker, node: Node, condition: ast.Expr) -> ast.Expr:
    if not any(cell.is_of_member for cell in ast.columns(condition)):
        checker.fail(
            node,
            "เงื่อนไขนี้ต้องใช้ช่องของสมาชิกอย่างน้อยหนึ่งช่อง",
            "this condition must read at least one column of the member",
        )
    return condition


HANDLERS: Mapping[str, Callable[[Checker, Node], ast.Expr]] = {
    "count": _count,
    "any": _any,
    "all": _all,
    "total": _of_column("sum"),
    "least": _of_column("min"),
    "greatest": _of_column("max"),
    "only": _of_column("only"),
}
