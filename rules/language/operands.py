"""Handlers of the checker for values: columns, constants, arithmetic, years between dates.

Constant arithmetic is computed here, so no target meets an operation without a column. Deliberately not here:
``@name`` (atnames.py) and aggregates (members.py).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, NoReturn, cast

from lark import Token

from rules.language import ast, habits, meaning
from rules.language.errors import nearest
from rules.language.kinds import BOOL, DATE, DECIMAL, NUMBER, TEXT
from rules.language.nodes import Node, parts
from rules.language.scope import Table

if TYPE_CHECKING:
    from rules.language.checker import Checker

Sign = Literal["+", "-", "*"]
TABLES_TH = {"person": "สมาชิก", "household": "ครัวเรือน"}


def column(checker: Checker, name: Token, place: ast.Place) -> ast.Column:
    """The column called ``name`` in the table that ``place`` reads; an unknown name is an error."""
    table = ast.table_of(place, checker.scope.table)
    known = checker.scope.columns[table]
    if name not in known:
        _unknown_column(checker, name, table, is_last=place in {"last", "last_member"})
    return ast.Column(place, str(name), known[name])


def _unknown_column(checker: Checker, name: Token, table: Table, is_last: bool) -> NoReturn:
    known_habit = habits.NAMES.get(name.lower()) or habits.lower_case(name)
    if re.fullmatch("[๐-๙]+", name):
        known_habit = habits.THAI_DIGITS
    if known_habit:
        checker.fail(name, *known_habit)
    other = "household" if table == "person" else "person"
    th, en = nearest(name, checker.scope.columns[table])
    if name in checker.scope.columns[other]:
        th, en = _of_the_other(checker, name, other, is_last)
    checker.fail(
        name, f"ไม่มีช่องชื่อ {name} ในตาราง{TABLES_TH[table]}{th}", f"no column {name} in the {table} table{en}"
    )


def _of_the_other(checker: Checker, name: str, other: str, is_last: bool) -> tuple[str, str]:
    if is_last and other == "household":
        # A person's own last year does not say in which household it was.
        outside = "นอกวงเล็บ (members …)" if checker.scope.inside else "ในกฎระดับครัวเรือน"
        where = "outside (members …)" if checker.scope.inside else "in a household rule"
        return (
            f" ช่องนี้อยู่ในตาราง{TABLES_TH[other]} ถามได้{outside}",
            f"; it is in the {other} table: ask it {where}",
        )
    asked = f"(members where last.{name} …)" if is_last else f"(members.{name})"
    to_write = f"hh.{name}" if other == "household" else asked
    return (
        f" ช่องนี้อยู่ในตาราง{TABLES_TH[other]} ให้เขียน {to_write}",
        f"; it is in the {other} table: write {to_write}",
    )


def _column(checker: Checker, node: Node) -> ast.Expr:
    return column(checker, cast(Token, node.children[0]), "member" if checker.scope.inside else "record")


def _household_column(checker: Checker, node: Node) -> ast.Expr:
    name = cast(Token, node.children[0])
    if checker.scope.here == "household":
        checker.fail(
            node,
            f"กฎระดับครัวเรือนให้เขียน {name} โดยไม่มี hh.",
            f"in a household rule write {name} without hh.",
        )
    return column(checker, name, "household")


def _last_column(checker: Checker, node: Node) -> ast.Expr:
    name = cast(Token, node.children[0])
    return column(checker, name, "last_member" if checker.scope.inside else "last")


def _number(checker: Checker, node: Node) -> ast.Expr:
    text = str(node.children[0])
    if "." in text:
        return ast.Literal(float(text), DECIMAL)
    return ast.Literal(_bounded(checker, node, int(text)), NUMBER)


def _bounded(checker: Checker, node: Node, number: int | None) -> int:
    if number is None or abs(number) > meaning.LARGEST:
        checker.fail(
            node, f"ตัวเลขใหญ่เกิน {meaning.LARGEST:,}", f"this number is larger than {meaning.LARGEST:,}"
        )
    return number


def _text(_checker: Checker, node: Node) -> ast.Expr:
    return ast.Literal(str(node.children[0])[1:-1], TEXT)


def _date(checker: Checker, node: Node) -> ast.Expr:
    try:
        return ast.Literal(dt.date.fromisoformat(str(node.children[0])), DATE)
    except ValueError:
        checker.fail(node, "ไม่มีวันนี้ในปฏิทิน (ปีเป็น ค.ศ.)", "there is no such day (years are C.E.)")


def _years_between(checker: Checker, node: Node) -> ast.Expr:
    start, end = (checker.typed(part, DATE) for part in parts(node))
    return checker.about_data(node, ast.YearsBetween(start, end))


def _negative(checker: Checker, node: Node) -> ast.Expr:
    inner = parts(node)[0]
    value = checker.value(inner, NUMBER)
    if isinstance(value, ast.Literal) and value.type == DECIMAL:
        return ast.Literal(-cast(float, value.value), DECIMAL)
    return _calculated(checker, node, "-", ast.Literal(0, NUMBER), checker.typed(inner, NUMBER))


def _arithmetic(sign: Sign) -> Callable[[Checker, Node], ast.Expr]:
    def handle(checker: Checker, node: Node) -> ast.Expr:
        left, right = (checker.typed(part, NUMBER) for part in parts(node))
        return _calculated(checker, node, sign, left, right)

    return handle


def _calculated(checker: Checker, node: Node, sign: Sign, left: ast.Expr, right: ast.Expr) -> ast.Expr:
    if isinstance(left, ast.Literal) and isinstance(right, ast.Literal):
        result = meaning.calculated(sign, cast(int, left.value), cast(int, right.value))
        return ast.Literal(_bounded(checker, node, result), NUMBER)
    return ast.Arithmetic(sign, left, right)


HANDLERS: Mapping[str, Callable[[Checker, Node], ast.Expr]] = {
    "column": _column,
    "household_column": _household_column,
    "last_column": _last_column,
    "number": _number,
    "text": _text,
    "date": _date,
    "yes": lambda _checker, _node: ast.Literal(True, BOOL),
    "no": lambda _checker, _node: ast.Literal(False, BOOL),
    "years_between": _years_between,
    "negative": _negative,
    "plus": _arithmetic("+"),
    "minus": _arithmetic("-"),
    "times": _arithmetic("*"),
}
