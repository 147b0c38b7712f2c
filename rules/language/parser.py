"""Text to typed expression: the grammar file gives a tree, the checker types it.

Deliberately not here: what a syntax error says (syntax.py), names and types (checker.py).
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from lark import Lark
from lark.exceptions import UnexpectedInput

from rules.language import ast
from rules.language.checker import Checker
from rules.language.nodes import Node
from rules.language.scope import Columns, Params, Scope, Table, dictionary_columns
from rules.language.syntax import syntax_error


def parse(text: str, table: Table, columns: Columns | None = None, params: Params | None = None) -> ast.Expr:
    """The typed expression that ``text`` means for records of ``table``.

    ``columns`` gives both tables' columns by type (default: the data dictionary); ``params`` the round's
    named numbers and dates for ``@name``. Raises RuleError, which points at the place.
    """
    return Checker(text, Scope(table, columns or dictionary_columns(), params or {})).value(tree(text))


def parse_condition(
    text: str, table: Table, columns: Columns | None = None, params: Params | None = None
) -> ast.Expr:
    """Like ``parse``, for a text that must be a condition: true, false or cannot tell for each record."""
    return Checker(text, Scope(table, columns or dictionary_columns(), params or {})).condition(tree(text))


# Every district runs the same few hundred texts; nobody changes a tree.
@lru_cache(maxsize=4096)
def tree(text: str) -> Node:
    """The parse tree with positions, not to be changed; names are not looked up. Raises RuleError."""
    try:
        return _lark().parse(text)
    except UnexpectedInput as error:
        raise syntax_error(text, error) from None


@cache
def _lark() -> Lark:
    grammar = (files("rules.language") / "grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=True)
