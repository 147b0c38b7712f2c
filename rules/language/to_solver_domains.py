"""What the cells of some expressions may hold, gathered before the solver sees them.

Numbers have the limits of the data dictionary; texts are told apart as far as the expressions do
(to_solver_texts.py), together where two columns are compared. Deliberately not here: the cells themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules.language import ast
from rules.language.kinds import TEXT
from rules.language.scope import Table
from rules.language.to_solver_texts import THAI_ID, Texts, TooManyTextsError, texts

CellName = tuple[Table, str]
Limits = Mapping[CellName, tuple[float | None, float | None]]


@dataclass(frozen=True)
class Domains:
    """What a cell may hold beyond its type: the least and greatest number, the texts that matter."""

    limits: Limits = field(default_factory=dict)
    texts: Mapping[CellName, Texts] = field(default_factory=dict)
    untold: frozenset[CellName] = frozenset()


@dataclass
class _Group:
    """Text columns that are compared with each other, and what is asked of them."""

    columns: set[CellName] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    is_compared: bool = False


def home(table: Table, column: ast.Column) -> CellName:
    """Whose cell a column of an expression of ``table`` is."""
    of_household = column.place == "household" or (column.place == "record" and table == "household")
    return "household" if of_household else "person", column.name


def cell_names(table: Table, expressions: Iterable[ast.Expr]) -> set[CellName]:
    """The cells expressions of ``table`` read."""
    return {home(table, column) for expression in expressions for column in ast.columns(expression)}


def domains(
    written: Iterable[tuple[Table, ast.Expr]],
    limits: Limits,
    people: int,
    more_texts: Iterable[str] = (),
) -> Domains:
    """The domains for expressions by table, of households of ``people``; ``more_texts`` any cell may hold.

    Columns whose texts cannot be told apart in reasonable time are ``untold``.
    """
    groups: dict[CellName, _Group] = {}
    for table, expression in written:
        for node in ast.walk(expression):
            if isinstance(node, ast.Column) and node.type == TEXT:
                _join(groups, {home(table, node)})
            _note(groups, table, node)
    listed: dict[CellName, Texts] = {}
    untold: set[CellName] = set()
    for group in {id(group): group for group in groups.values()}.values():
        # One text a combination tells all apart, unless cells are compared: then all may have to differ.
        of_each = len(group.columns) * (people + 1) if group.is_compared else 1
        try:
            found = texts(group.questions, [*sorted(group.named), *more_texts], of_each)
        except TooManyTextsError:
            untold |= group.columns
        else:
            listed.update(dict.fromkeys(group.columns, found))
    return Domains(limits, listed, frozenset(untold))


def _join(groups: dict[CellName, _Group], names: set[CellName]) -> _Group:
    joined = _Group(set(names))
    for group in [groups[name] for name in names if name in groups]:
        joined.columns |= group.columns
        joined.questions |= group.questions
        joined.named |= group.named
        joined.is_compared |= group.is_compared
    groups.update(dict.fromkeys(joined.columns, joined))
    return joined


def _note(groups: dict[CellName, _Group], table: Table, node: ast.Expr) -> None:
    match node:
        case ast.Compare(_, left, right) if left.type == TEXT:
            group = _join(groups, cell_names(table, _text_sides(left, right)))
            group.named |= {str(side.value) for side in (left, right) if isinstance(side, ast.Literal)}
            group.is_compared |= not any(isinstance(side, ast.Literal) for side in (left, right))
        case ast.In(value, choices) if value.type == TEXT:
            _join(groups, cell_names(table, _text_sides(value))).named.update(map(str, choices))
        case ast.Matches(text, pattern):
            _join(groups, cell_names(table, _text_sides(text))).questions.add(pattern)
        case ast.ThaiIdOk(text):
            _join(groups, cell_names(table, _text_sides(text))).questions.add(THAI_ID)


def _text_sides(*sides: ast.Expr) -> list[ast.Expr]:
    # Of an answer about members the text is the column chosen from; its ``where`` reads other things.
    return [(side.column or side) if isinstance(side, ast.Aggregate) else side for side in sides]


def text_cell(*sides: ast.Expr) -> ast.Column | None:
    """The first cell whose text a comparison is about."""
    return next((side for side in _text_sides(*sides) if isinstance(side, ast.Column)), None)
