"""What the cells of some expressions may hold, gathered before the solver sees them.

Numbers have the limits of the data dictionary; texts are told apart as far as the expressions do
(to_solver_texts.py), together where two columns are compared. Deliberately not here: the cells themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules.language import ast
from rules.language.kinds import TEXT
from rules.language.last_year import KEYS
from rules.language.scope import Table
from rules.language.to_solver_automata import TooManyTextsError
from rules.language.to_solver_texts import THAI_ID, Texts, texts

CellName = tuple[Table, str]
Limits = Mapping[CellName, tuple[float | None, float | None]]
# A cell of last year is another cell than this year's of the same column.
LAST = "last."


@dataclass(frozen=True)
class Domains:
    """What a cell may hold beyond its type: the least and greatest number, the texts that matter.

    ``ago``: the tables of which last year's record is read.
    """

    limits: Limits = field(default_factory=dict)
    texts: Mapping[CellName, Texts] = field(default_factory=dict)
    untold: frozenset[CellName] = frozenset()
    ago: frozenset[Table] = frozenset()

    def limit(self, name: CellName) -> tuple[float | None, float | None]:
        """The least and greatest number of a cell; last year's are those of the column."""
        return self.limits.get((name[0], name[1].removeprefix(LAST)), (None, None))


@dataclass
class _Group:
    """Text columns that are compared with each other, and what is asked of them."""

    columns: set[CellName] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    is_compared: bool = False


def home(table: Table, column: ast.Column) -> CellName:
    """Whose cell a column of an expression of ``table`` is."""
    return column.table(table), cell_name(column)


def cell_name(column: ast.Column) -> str:
    """The name of the column among the cells of its record."""
    return (LAST if column.is_last else "") + column.name


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
    ago: set[Table] = set()
    for table, expression in written:
        ago |= {column.table(table) for column in ast.columns(expression) if column.is_last}
        for node in ast.walk(expression):
            if isinstance(node, ast.Column) and node.type == TEXT:
                _join(groups, {home(table, node)})
            _note(groups, table, node)
    for table in ago:
        _note_key(groups, table)
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
    return Domains(limits, listed, frozenset(untold), frozenset(ago))


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


def _note_key(groups: dict[CellName, _Group], table: Table) -> None:
    """Where a key is read and last year's record too: it is found by a right key that nobody else has."""
    both: set[CellName] = {(table, KEYS[table]), (table, LAST + KEYS[table])}
    if both & set(groups):
        group = _join(groups, both)
        group.is_compared = True
        if table == "person":
            group.questions.add(THAI_ID)


def _text_sides(*sides: ast.Expr) -> list[ast.Expr]:
    # Of an answer about members the text is the column chosen from; its ``where`` reads other things.
    return [(side.column or side) if isinstance(side, ast.Aggregate) else side for side in sides]


def text_cell(*sides: ast.Expr) -> ast.Column | None:
    """The first cell whose text a comparison is about."""
    return next((side for side in _text_sides(*sides) if isinstance(side, ast.Column)), None)
