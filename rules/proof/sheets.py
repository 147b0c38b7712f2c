"""How many people a household must have room for, before *impossible* is believed.

A household found settles a question whatever its size, and small ones are found fastest, so each question is
asked of small households first. What is impossible there is asked again with room for two more people than
the largest number of people the rules name. Where that is more than MOST, nothing is called proved.
Deliberately not here: the questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.compiled import Compiled
from rules.language import ast
from rules.language.kinds import NUMBER
from rules.language.to_solver_domains import CellName, Domains, home
from rules.proof.sheet import SameForAll, Sheet

MOST = 40


class Sheets:
    """The sheets by size, each made when first needed. ``people``: the usual size."""

    def __init__(self, domains: Domains, people: int) -> None:
        self.domains, self.people = domains, people
        self._made: dict[int, Sheet] = {}
        self._same: SameForAll = {}

    def of(self, size: int) -> Sheet:
        """The sheet for households of up to ``size``."""
        if size not in self._made:
            self._made[size] = Sheet(size, self.domains, self._same)
        return self._made[size]

    def enough(self, rules: Sequence[Compiled]) -> int:
        """The size at which *impossible* is believed of these rules; may be more than MOST."""
        return max(self.people, reach(rules))


def reach(rules: Sequence[Compiled]) -> int:
    """Two more than the largest number of people the rules name, 0 where they count nobody.

    A number is of people when it is compared with a count, or with a column that is compared with a count.
    """
    compared = [(rule, node) for rule in rules for node in _comparisons(rule)]
    counted: set[CellName] = set()
    for rule, node in compared:
        if _counts(node):
            counted |= _number_cells(rule, node)
    named = [
        number
        for rule, node in compared
        if _counts(node) or counted & _number_cells(rule, node)
        for side in (node.left, node.right)
        for number in _numbers(side)
    ]
    return max(named) + 2 if named else 0


def _comparisons(rule: Compiled) -> Iterator[ast.Compare]:
    for expression in rule.expressions:
        yield from (node for node in ast.walk(expression) if isinstance(node, ast.Compare))


def _counts(node: ast.Expr) -> bool:
    return any(isinstance(part, ast.Aggregate) and part.name == "count" for part in ast.walk(node))


def _number_cells(rule: Compiled, node: ast.Compare) -> set[CellName]:
    sides = [side for side in (node.left, node.right) if not isinstance(side, ast.Aggregate)]
    cells = [cell for side in sides for cell in ast.columns(side) if cell.type == NUMBER]
    return {home(rule.table, cell) for cell in cells if not cell.is_of_member}


def _numbers(side: ast.Expr) -> Iterator[int]:
    match side:
        case ast.Literal(int() as number, _) if not isinstance(number, bool):
            yield abs(number)
        case ast.Arithmetic("+" | "-", left, right):
            yield from (*_numbers(left), *_numbers(right))
