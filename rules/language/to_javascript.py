"""The JavaScript target: rules as ES5 functions over one household, for entry forms without a network.

A function takes ``(record, household, members)`` as ``evaluate`` does: plain objects by column name, ``null``
for a household nobody knows, ids and codes as text, dates as ISO text, last year's record as an object under
``last`` where one is known. It returns the number of an ``Outcome``. The words live in runtime.js; what is
written here only calls them. Deliberately not here: pages.
"""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files
from typing import Any

from rules.language import ast
from rules.language.javascript_patterns import javascript_pattern
from rules.language.judged import Rules, conditions
from rules.language.kinds import Codes, Kind, Type

_COMPARISONS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_ARITHMETIC = {"+": "plus", "-": "minus", "*": "times"}
_TYPES = {Kind.NUMBER: "number", Kind.BOOL: "boolean"}


def to_javascript(rules: Rules) -> str:
    """An ES5 expression: an object with a function per rule id. It needs ``runtime()`` before it.

    Raises ValueError when two code lists of one name differ.
    """
    written = _Written(rules)
    functions = [
        f"{_text(rule_id)}: function (record, household, members) "
        f"{{ return rt.outcome({'true' if rule.applies is None else written.of(rule.applies)}, "
        f"{written.of(rule.must)}); }}"
        for rule_id, rule in rules.items()
    ]
    return (
        "(function (rt) {\n"
        '"use strict";\n'
        f"var codes = {_text(written.codes)};\n"
        f"var patterns = [{', '.join(f'new RegExp({_text(each)})' for each in written.patterns)}];\n"
        "return {\n" + ",\n".join(functions) + "\n};\n}(jptRuntime))"
    )


def bundle(rules: Rules, name: str = "jptRules") -> str:
    """A whole script: the runtime, and a global ``name`` with a function per rule id."""
    return f"{runtime()}\nvar {name} = {to_javascript(rules)};\n"


def runtime() -> str:
    """The script that defines ``jptRuntime``."""
    return (files("rules.language") / "runtime.js").read_text(encoding="utf-8")


class _Written:
    """Expressions as JavaScript, with the code lists and patterns they share."""

    def __init__(self, rules: Rules) -> None:
        nodes = [node for condition in conditions(rules) for node in ast.walk(condition)]
        self.codes: dict[str, tuple[str, ...]] = {}
        for node in nodes:
            if isinstance(node, ast.Column) and node.type.codes:
                self._remember(node.type.codes)
        matches = (node for node in nodes if isinstance(node, ast.Matches))
        self.patterns = list(dict.fromkeys(javascript_pattern(node.pattern) for node in matches))

    def of(self, expression: ast.Expr) -> str:
        """The expression; null is missing or cannot tell, a code is its place in the list."""
        match expression:
            case ast.Literal(value, type_):
                return _text(_inside(value, type_))
            case ast.Column():
                return _cell(expression)
            case ast.Arithmetic(sign, left, right):
                return f"rt.{_ARITHMETIC[sign]}({self._operand(left)}, {self._operand(right)})"
            case ast.YearsBetween(start, end):
                return f"rt.yearsBetween({self.of(start)}, {self.of(end)})"
            case ast.Aggregate():
                return self._aggregate(expression)
            case _:
                return self._condition(expression)

    def _condition(self, expression: ast.Expr) -> str:  # noqa: PLR0911 (one return a node)
        match expression:
            case ast.Not(condition):
                return f"rt.not({self.of(condition)})"
            case ast.And(left, right):
                return f"rt.and({self.of(left)}, {self.of(right)})"
            case ast.Or(left, right):
                return f"rt.or({self.of(left)}, {self.of(right)})"
            case ast.Compare(sign, left, right):
                return f"rt.{_COMPARISONS[sign]}({self.of(left)}, {self.of(right)})"
            case ast.In(value, choices):
                inside = [_inside(choice, value.type) for choice in choices]
                return f"rt.isIn({self.of(value)}, {_text(inside)})"
            case ast.Missing(value):
                return f"({self.of(value)} === null)"
            case ast.Matches(text, pattern):
                place = self.patterns.index(javascript_pattern(pattern))
                return f"rt.matches({self.of(text)}, patterns[{place}])"
            case ast.ThaiIdOk(text):
                return f"rt.thaiIdOk({self.of(text)})"
            case _:
                raise TypeError(f"no JavaScript form for {type(expression).__name__}")

    def _operand(self, part: ast.Expr) -> str:
        # A result is exact already and a count is small; only what comes from a cell can be absurdly large.
        is_cell = isinstance(part, ast.Column) or (isinstance(part, ast.Aggregate) and part.name != "count")
        return f"rt.operand({self.of(part)})" if is_cell else self.of(part)

    def _aggregate(self, question: ast.Aggregate) -> str:
        of_member = [part for part in (question.column, question.have) if part is not None]
        asked = ["members", "null" if question.where is None else self._asked(question.where)]
        return f"rt.{question.name}({', '.join(asked + [self._asked(part) for part in of_member])})"

    def _asked(self, part: ast.Expr) -> str:
        return f"function (member) {{ return {self.of(part)}; }}"

    def _remember(self, codes: Codes) -> None:
        if self.codes.setdefault(codes.name, codes.slugs) != codes.slugs:
            raise ValueError(f"two code lists are called {codes.name}")


def _cell(column: ast.Column) -> str:
    row = {"last": "record.last", "last_member": "member.last"}.get(column.place, column.place)
    if column.type.codes:
        return f"rt.code({row}, {_text(column.name)}, codes[{_text(column.type.codes.name)}])"
    return f"rt.cell({row}, {_text(column.name)}, {_text(_TYPES.get(column.type.kind, 'string'))})"


def _inside(value: ast.Value, type_: Type) -> ast.Value:
    if type_.codes:
        return type_.codes.slugs.index(str(value))
    return value.isoformat() if isinstance(value, dt.date) else value


def _text(value: Any) -> str:
    """A constant as JavaScript source that may also stand inside a script element of a page."""
    written = json.dumps(value, ensure_ascii=False)
    for sign in ("<", "\u2028", "\u2029"):
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return written
