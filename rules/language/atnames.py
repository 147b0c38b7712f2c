"""What ``@name`` means: a code or a group of the list it is compared with, or a value of the round.

The type on the other side decides, so the same name may be a code here and a threshold there. Deliberately
not here: where code lists and rounds come from.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NoReturn

from lark import Token

from rules.language import ast
from rules.language.errors import nearest
from rules.language.kinds import DATE, NUMBER, Codes, Type
from rules.language.nodes import Node, parts

if TYPE_CHECKING:
    from rules.language.checker import Checker


def value(checker: Checker, node: Node, expected: Type | None) -> ast.Literal:
    """The one value of ``@name`` where a value of the expected type (None: not known) stands."""
    name = str(node.children[0])
    if expected is not None and expected.codes:
        return ast.Literal(_code(checker, node, name, expected.codes), expected)
    if name not in checker.scope.params:
        _unknown_param(checker, node, name, expected)
    param = checker.scope.params[name]
    return ast.Literal(param, DATE if isinstance(param, dt.date) else NUMBER)


def choices(checker: Checker, node: Node, expected: Type) -> tuple[ast.Value, ...]:
    """The values listed after ``in``, groups opened, each once and in the order written."""
    listed: list[ast.Value] = []
    for item in parts(node):
        if item.data == "at_name" and expected.codes:
            name = str(item.children[0])
            group = expected.codes.groups.get(name)
            listed += group or [_code(checker, item, name, expected.codes)]
        else:
            listed.append(_listed(checker, item, expected))
    return tuple(dict.fromkeys(listed))


def _listed(checker: Checker, item: Node, expected: Type) -> ast.Value:
    literal = checker.typed(item, expected)
    assert isinstance(literal, ast.Literal)
    return literal.value


def _code(checker: Checker, node: Node, name: str, codes: Codes) -> str:
    if name not in codes.slugs:
        _no_code(checker, node, name, codes)
    return name


def _no_code(checker: Checker, node: Node, name: str, codes: Codes) -> NoReturn:
    th, en = nearest(name, [*codes.slugs, *codes.groups])
    wrong = (
        f"ไม่มีรหัสหรือกลุ่ม @{name} ในรายการ {codes.name}{th}",
        f"no code or group @{name} in the list {codes.name}{en}",
    )
    if name in codes.groups:
        inside = ", ".join(codes.groups[name])
        wrong = (
            f"@{name} เป็นกลุ่มรหัส ({inside}) ให้ใช้ in @{name}",
            f"@{name} is a group ({inside}); write in @{name}",
        )
    checker.fail(node, *wrong)


def _unknown_param(checker: Checker, node: Node | Token, name: str, expected: Type | None) -> NoReturn:
    th, en = nearest(name, checker.scope.params)
    if expected is None:
        th += " (ถ้าเป็นรหัส ต้องเทียบกับช่องที่เป็นรหัส)"
        en += " (if it is a code, compare it with a column of codes)"
    checker.fail(node, f"รอบการจัดเก็บนี้ไม่มีค่าชื่อ @{name}{th}", f"the round has no parameter @{name}{en}")
