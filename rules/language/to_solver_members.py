"""Questions about members for the solver, written out person by person.

Those of the household who are not there take no part. Deliberately not here: the conditions asked of each.
"""

from __future__ import annotations

from collections.abc import Sequence

import z3

from rules.language import ast
from rules.language.to_solver_cells import Home
from rules.language.to_solver_logic import (
    Formula,
    Known,
    Truth,
    both,
    bounded,
    decided,
    one_of,
    opposite,
)


def truth(question: ast.Aggregate, home: Home, chosen: Sequence[Truth], kept: Sequence[Truth]) -> Truth:
    """``any``, ``all``, ``only`` of a yes/no column. ``chosen`` and ``kept``: where and have, by person."""
    if question.name == "any":
        return Truth(
            one_of(*(both(here, one.true) for here, one in zip(home.here, chosen, strict=True))),
            both(*(one_of(opposite(here), one.false) for here, one in zip(home.here, chosen, strict=True))),
        )
    if question.name == "all":
        each = list(zip(home.here, chosen, kept, strict=True))
        return Truth(
            both(*(one_of(opposite(here), one.false, have.true) for here, one, have in each)),
            one_of(*(both(here, one.true, have.false) for here, one, have in each)),
        )
    return decided(value(question, home, chosen))


def value(question: ast.Aggregate, home: Home, chosen: Sequence[Truth]) -> Known:
    """``count sum min max only``."""
    is_told = both(
        *(one_of(opposite(here), one.true, one.false) for here, one in zip(home.here, chosen, strict=True))
    )
    picked = [both(here, one.true) for here, one in zip(home.here, chosen, strict=True)]
    if question.column is None:
        return Known(is_told, z3.Sum([_number(one) for one in picked]))
    column = question.column
    cells = [home.cell(n, column.name, column.type) for n in range(home.size)]
    if question.name == "sum":
        cells = [bounded(cell) for cell in cells]
        added = z3.Sum([z3.If(one, cell.value, 0) for one, cell in zip(picked, cells, strict=True)])
        return Known(both(is_told, _all_there(picked, cells)), added)
    if question.name == "only":
        is_one = z3.Sum([_number(one) for one in picked]) == 1
        return Known(both(is_told, is_one, _all_there(picked, cells)), _of_picked(picked, cells))
    outermost = _outermost(question.name == "min", picked, cells)
    return Known(both(is_told, one_of(*picked), _all_there(picked, cells)), outermost)


def _number(one: Formula) -> Formula:
    return z3.If(one, z3.IntVal(1), z3.IntVal(0))


def _all_there(picked: Sequence[Formula], cells: Sequence[Known]) -> Formula:
    return both(*(one_of(opposite(one), cell.known) for one, cell in zip(picked, cells, strict=True)))


def _of_picked(picked: Sequence[Formula], cells: Sequence[Known]) -> Formula:
    found = cells[0].value
    for one, cell in zip(picked[1:], cells[1:], strict=True):
        found = z3.If(one, cell.value, found)
    return found


def _outermost(is_least: bool, picked: Sequence[Formula], cells: Sequence[Known]) -> Formula:
    found, is_found = cells[0].value, picked[0]
    for one, cell in zip(picked[1:], cells[1:], strict=True):
        is_further = cell.value < found if is_least else cell.value > found
        found = z3.If(both(one, one_of(opposite(is_found), is_further)), cell.value, found)
        is_found = one_of(is_found, one)
    return found
