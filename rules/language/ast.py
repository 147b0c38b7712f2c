"""The typed tree of an expression: what the checker makes and every target reads.

Sugar is gone here (if/then, between, is present, not in, negative numbers, constant arithmetic), so a
target has few cases. Nodes are frozen and compare by content: equal questions about a household's
members are asked once. Places in the text are not kept; by now nothing can be wrong with the text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import ClassVar, get_args
from typing import Literal as OneOf

from rules.language.kinds import BOOL, NUMBER, Type
from rules.language.scope import Table

Value = bool | int | float | str | dt.date
Place = OneOf["record", "household", "member", "last", "last_member"]
Comparison = OneOf["=", "!=", "<", "<=", ">", ">="]
AggregateName = OneOf["count", "any", "all", "sum", "min", "max", "only"]


@dataclass(frozen=True)
class Literal:
    """A constant; a code is kept as its slug."""

    value: Value
    type: Type


def table_of(place: Place, of: Table) -> Table:
    """The table a cell at the place is in, this year's or last's, when the expression is asked of ``of``."""
    if place == "household":
        return "household"
    return of if place in {"record", "last"} else "person"


@dataclass(frozen=True)
class Column:
    """A cell: of the record under the rule, of its household (``hh.``), of a member in an aggregate, or of
    last year's record of the record or the member (``last.``)."""

    place: Place
    name: str
    type: Type

    @property
    def is_last(self) -> bool:
        """Whether the cell is of last year."""
        return self.place in {"last", "last_member"}

    @property
    def is_of_member(self) -> bool:
        """Whether the cell is a member's within a question about members, of either year."""
        return self.place in {"member", "last_member"}

    def table(self, of: Table) -> Table:
        """The table the cell is in, of this year or of last, when the expression is asked of ``of``."""
        return table_of(self.place, of)


@dataclass(frozen=True)
class Arithmetic:
    """Whole-number ``+ - *``."""

    operator: OneOf["+", "-", "*"]
    left: Expr
    right: Expr
    type: ClassVar[Type] = NUMBER


@dataclass(frozen=True)
class YearsBetween:
    """Full years from the first date to the second, rounded down."""

    start: Expr
    end: Expr
    type: ClassVar[Type] = NUMBER


@dataclass(frozen=True)
class ThaiIdOk:
    """Thirteen digits whose last is the right check digit."""

    text: Expr
    type: ClassVar[Type] = BOOL


@dataclass(frozen=True)
class Compare:
    """Both sides have the same type; order only for numbers, dates and ordered codes."""

    operator: Comparison
    left: Expr
    right: Expr
    type: ClassVar[Type] = BOOL


@dataclass(frozen=True)
class In:
    """Membership in a fixed, non-empty list of values of the same type."""

    value: Expr
    choices: tuple[Value, ...]
    type: ClassVar[Type] = BOOL


@dataclass(frozen=True)
class Missing:
    """True when there is no value; never unknown."""

    value: Expr
    type: ClassVar[Type] = BOOL


@dataclass(frozen=True)
class Matches:
    """The whole text fits the pattern."""

    text: Expr
    pattern: str
    type: ClassVar[Type] = BOOL


@dataclass(frozen=True)
class Not:
    """Kleene negation."""

    condition: Expr
    type: ClassVar[Type] = BOOL


@dataclass(frozen=True)
class And:
    """Kleene conjunction."""

    left: Expr
    right: Expr
    type: ClassVar[Type] = BOOL


@dataclass(frozen=True)
class Or:
    """Kleene disjunction."""

    left: Expr
    right: Expr
    type: ClassVar[Type] = BOOL


@dataclass(frozen=True)
class Aggregate:
    """A question about the members of the record's household.

    ``column`` belongs to sum, min, max and only; ``have`` to all; ``where`` None means every member.
    """

    name: AggregateName
    column: Column | None
    where: Expr | None
    have: Expr | None
    type: Type


Expr = (
    Literal
    | Column
    | Arithmetic
    | YearsBetween
    | ThaiIdOk
    | Compare
    | In
    | Missing
    | Matches
    | Not
    | And
    | Or
    | Aggregate
)


def walk(expression: Expr) -> Iterator[Expr]:
    """The expression and everything inside it, in the order it was written."""
    yield expression
    for name in _PARTS[type(expression)]:
        child = getattr(expression, name)
        if type(child) in _PARTS:
            yield from walk(child)


_PARTS: Mapping[type, tuple[str, ...]] = {
    node: tuple(part.name for part in fields(node)) for node in get_args(Expr)
}


def columns(expression: Expr) -> tuple[Column, ...]:
    """The distinct cells an expression reads, in the order it names them."""
    return tuple(dict.fromkeys(node for node in walk(expression) if isinstance(node, Column)))


def cells_read(expressions: Iterable[Expr]) -> frozenset[Column]:
    """All cells that any of the expressions reads."""
    return frozenset(cell for expression in expressions for cell in columns(expression))


def is_constant(expression: Expr) -> bool:
    """Whether the expression depends on no cell and no member."""
    return not any(isinstance(node, Column | Aggregate) for node in walk(expression))
