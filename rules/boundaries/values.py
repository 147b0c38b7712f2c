"""Where a rule turns: for each cell it reads, the values on, just below and just above its bounds.

Bounds written as constants come from the text; bounds that hang on other cells (a sum, the head's age, the
birth date behind an age) are worked out on an example. Deliberately not here: the examples themselves.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from rules import examples
from rules.boundaries.edges import beside, edges
from rules.compiled import Compiled, cell_name
from rules.language import ast, evaluate
from rules.language.kinds import Kind, Type
from rules.rule import Example

AROUND = (-1, 0, 1)


@dataclass(frozen=True)
class Values:
    """What to try by cell (as in compiled.cells): values that are fixed, and steps from what stands there."""

    fixed: dict[str, dict[Any, None]] = field(default_factory=lambda: defaultdict(dict))
    steps: dict[str, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    example: Example = field(default_factory=dict)

    def of(self, cell: str, where: tuple[Any, ...]) -> list[Any]:
        """The values to try in the cell at that path of the example; missing last."""
        now: Any = self.example
        for step in where:
            now = now[step] if isinstance(step, int) else (now or {}).get(step)
        moved = [_moved(now, step) for step in self.steps[cell]] if isinstance(now, int | dt.date) else []
        respelt = _respelt(now) if isinstance(now, str) else ()
        tried = dict.fromkeys([*self.fixed[cell], *moved, *respelt])
        return [value for value in tried if not (_is_number(value) and value < 0)] + [None]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _moved(now: Any, step: int) -> Any:
    if isinstance(now, bool):
        return now
    return now + (dt.timedelta(days=step) if isinstance(now, dt.date) else step)


def cell_values(ready: Compiled, example: Example) -> Values:
    """What to try in each cell the rule reads, around this example."""
    found = Values(example=example)
    read = (column for expression in ready.expressions for column in ast.columns(expression))
    names = {column: cell_name(ready.table, column) for column in read}
    for column, name in names.items():
        if column.type.kind is Kind.BOOL:
            found.fixed[name].update({True: None, False: None})
    for expression in ready.expressions:
        for node in ast.walk(expression):
            _of_constants(node, names, found)
    around = _around(ready, example)
    for expression in ready.expressions:
        for node in _outside_questions(expression):
            if isinstance(node, ast.Compare):
                _of_other_cells(node, names, found, around)
    return found


def _of_constants(node: ast.Expr, names: dict[ast.Column, str], found: Values) -> None:
    match node:
        case ast.In(ast.Column() as column, choices) if column.type.codes:
            inside, outside = edges(choices, column.type.codes)
            found.fixed[names[column]].update(dict.fromkeys((*inside, *outside, choices[0], choices[-1])))
        case ast.In(ast.Column() as column, choices):
            found.fixed[names[column]].update(dict.fromkeys(choices))
        case ast.Missing(ast.Column() as column):
            found.fixed[names[column]].update(dict.fromkeys(_something(column.type)))
        case ast.Compare(_, left, right):
            for cell, other in ((left, right), (right, left)):
                if isinstance(other, ast.Literal):
                    for column in ast.columns(cell):
                        if column.type == other.type:
                            found.fixed[names[column]].update(dict.fromkeys(_beside(other)))


def _something(type_: Type) -> tuple[Any, ...]:
    """A value that is not missing, where nothing else is asked of a cell."""
    if type_.codes:
        return type_.codes.slugs[:1]
    plain: dict[Kind, tuple[Any, ...]] = {Kind.NUMBER: (0,), Kind.TEXT: ("x",), Kind.BOOL: (True, False)}
    return plain.get(type_.kind, ())


def _respelt(text: str) -> Iterator[str]:
    """A text of digits with another first or last digit, one short and one long."""
    if text.isascii() and text.isdigit():
        yield from (digit + text[1:] for digit in "0123456789")
        yield text[:-1] + str((int(text[-1]) + 1) % 10)
        yield from (text[:-1], text + "0")


def _beside(bound: ast.Literal) -> Iterator[Any]:
    value = bound.value
    if bound.type.codes:
        yield from (str(value), *beside(bound.type.codes, str(value)))
    elif isinstance(value, bool):
        yield from (True, False)
    elif isinstance(value, int):
        yield from (value + step for step in AROUND if value + step >= 0)
    elif isinstance(value, dt.date):
        yield from (value + dt.timedelta(days=step) for step in AROUND)


def _of_other_cells(
    node: ast.Compare, names: dict[ast.Column, str], found: Values, around: tuple[Any, Any, Any]
) -> None:
    """Steps that bring both sides of a comparison of numbers together, on this example."""
    if node.left.type.kind is not Kind.NUMBER:
        return
    left, right = (evaluate(side, *around) for side in (node.left, node.right))
    if left is None or right is None or not isinstance(left + right, int):
        return
    for side, gap in ((node.left, right - left), (node.right, left - right)):
        for column in _added(side):
            found.steps[names[column]].update(dict.fromkeys(gap + step for step in AROUND))
        for years in (part for part in ast.walk(side) if isinstance(part, ast.YearsBetween)):
            end, so_far = evaluate(years.end, *around), evaluate(years, *around)
            if isinstance(years.start, ast.Column) and end and so_far is not None:
                found.fixed[names[years.start]].update(dict.fromkeys(_birthdays(end, so_far + gap)))


def _added(side: ast.Expr) -> Iterator[ast.Column]:
    """The number cells a side goes up and down with."""
    match side:
        case ast.Column():
            yield side
        case ast.Arithmetic("+" | "-", left, right):
            yield from (*_added(left), *_added(right))
        case ast.Aggregate(_, ast.Column() as column) if column.type.kind is Kind.NUMBER:
            yield column


def _birthdays(end: dt.date, years: int) -> Iterator[dt.date]:
    """The first and the last day to be born on to be that many full years old at the end."""
    for full in (years + step for step in AROUND):
        day = 28 if (end.month, end.day) == (2, 29) else end.day
        last = dt.date(end.year - full, end.month, day)
        yield from (last, last + dt.timedelta(days=1))


def _outside_questions(expression: ast.Expr) -> Iterator[ast.Expr]:
    yield expression
    if not isinstance(expression, ast.Aggregate):
        for part in ("condition", "left", "right"):
            child = getattr(expression, part, None)
            if child is not None:
                yield from _outside_questions(cast(ast.Expr, child))


def _around(ready: Compiled, example: Example) -> tuple[Any, Any, Any]:
    placed = examples.place(ready.rule, "good", 1, example)
    record = placed.household if ready.table == "household" else placed.members[0]
    return record, placed.household, placed.members
