"""Reading the parser's nodes: their parts and their place in the text, for every handler of the checker.

Deliberately not here: anything about types.
"""

from __future__ import annotations

from lark import Token, Tree

from rules.language.errors import Span

Node = Tree[Token]


def parts(node: Node) -> list[Node]:
    """The parts of a node that are nodes themselves; an absent optional part is left out."""
    return [child for child in node.children if isinstance(child, Tree)]


def span(place: Node | Token) -> Span:
    """Where a node stands; a node over several lines is marked by its first character."""
    at = place if isinstance(place, Token) else place.meta
    line, column, end = at.line or 1, at.column or 1, at.end_column or 0
    return Span(line, column, max(1, end - column) if at.end_line == line else 1)
