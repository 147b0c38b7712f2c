"""Parse tree to typed tree: every name is looked up, every pair of types compared, sugar taken away.

One handler per node of the grammar: conditions.py, operands.py, atnames.py (what ``@`` means) and members.py
(questions about members). Deliberately not here: what the words compute (meaning.py) and any engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NoReturn

from lark import Token

from rules.language import ast, atnames, conditions, members, operands
from rules.language.errors import RuleError
from rules.language.kinds import BOOL, Type
from rules.language.nodes import Node, span
from rules.language.scope import Scope

HANDLERS: Mapping[str, Callable[[Checker, Node], ast.Expr]]


class Checker:
    """Types one text; raises RuleError at the first mistake.

    ``value`` gives any expression, ``typed`` and ``condition`` insist on a type.
    """

    def __init__(self, text: str, scope: Scope) -> None:
        self.text, self.scope = text, scope

    def value(self, node: Node, expected: Type | None = None) -> ast.Expr:
        """The expression of a node; ``expected`` is the type it is compared with, which ``@name`` needs."""
        if node.data == "at_name":
            return atnames.value(self, node, expected)
        return HANDLERS[str(node.data)](self, node)

    def typed(self, node: Node, wanted: Type) -> ast.Expr:
        """The expression of a node that must have the wanted type."""
        expression = self.value(node, wanted)
        if expression.type != wanted:
            self.fail(
                node,
                f"ตรงนี้ต้องเป็น{wanted.th} แต่เขียนเป็น{expression.type.th}",
                f"a {wanted.en} is needed here, this is a {expression.type.en}",
            )
        return expression

    def condition(self, node: Node) -> ast.Expr:
        """A condition; a constant true or false is not one."""
        expression = self.typed(node, BOOL)
        if isinstance(expression, ast.Literal):
            self.fail(node, "true false ใช้เทียบกับช่องเท่านั้น", "true and false are for comparing with a column")
        return expression

    def about_data(self, node: Node, expression: ast.Expr) -> ast.Expr:
        """The expression, unless it says the same of every record."""
        if ast.is_constant(expression):
            self.fail(node, "เงื่อนไขนี้ไม่ขึ้นกับข้อมูลช่องใดเลย", "this condition does not depend on any column")
        return expression

    def within_members(self) -> Checker:
        """The same text, seen from a member of the household."""
        return Checker(self.text, replace(self.scope, inside=True))

    def fail(self, place: Node | Token, th: str, en: str) -> NoReturn:
        """Raise at the place of a node."""
        raise RuleError(self.text, span(place), th, en)


HANDLERS = {**conditions.HANDLERS, **operands.HANDLERS, **members.HANDLERS}
