"""Three-valued logic in a two-valued solver: what is known, what is surely true, what is surely false.

Deliberately not here: cells (to_solver_cells.py) and expressions (to_solver.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import z3

from rules.language import meaning

Formula = Any  # z3 ships no types


@dataclass(frozen=True)
class Known:
    """A value with the condition under which there is one; ``known`` may be plain True or False."""

    known: Formula
    value: Formula


@dataclass(frozen=True)
class Truth:
    """When a condition is surely true and when surely false; it cannot be told where it is neither."""

    true: Formula
    false: Formula


def both(*parts: Formula) -> Formula:
    """And, without the parts that are plainly true."""
    left = [part for part in parts if part is not True]
    if any(part is False for part in left):
        return False
    return _joined(z3.Z3_mk_and, left) if len(left) > 1 else left[0] if left else True


def one_of(*parts: Formula) -> Formula:
    """Or, without the parts that are plainly false."""
    left = [part for part in parts if part is not False]
    if any(part is True for part in left):
        return True
    return _joined(z3.Z3_mk_or, left) if len(left) > 1 else left[0] if left else False


def _joined(make: Callable[..., Any], parts: Sequence[Formula]) -> Formula:
    # z3.And looks at every part again and again: a third of the time of a whole proof.
    context = z3.main_ctx()
    return z3.BoolRef(make(context.ref(), len(parts), (z3.Ast * len(parts))(*map(_ast, parts))), context)


def _ast(part: Formula) -> Any:
    return part.as_ast()


def opposite(part: Formula) -> Formula:
    """Not."""
    return (not part) if isinstance(part, bool) else z3.Not(part)


def among(value: Formula, numbers: Iterable[int]) -> Formula:
    """That a value is one of these numbers, stretch by stretch: the solver then looks at few ends."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return one_of(
        *(value == low if low == high else both(value >= low, value <= high) for low, high in found)
    )


def decided(of: Known) -> Truth:
    """A yes/no value as a condition."""
    return Truth(both(of.known, of.value), both(of.known, opposite(of.value)))


def bounded(of: Known) -> Known:
    """A cell, an answer about members or a product as arithmetic takes it."""
    inside = z3.And(of.value >= -meaning.LARGEST, of.value <= meaning.LARGEST)
    return Known(both(of.known, inside), of.value)
