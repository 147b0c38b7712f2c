"""Which amounts a condition depends on, and where its answer can change: symbolic, on the typed tree.

A comparison whose difference is a weighted sum of the unknown amounts changes its answer only at the roots of
that difference, so a range is searched by looking at these alone. Deliberately not here: any number of a
record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from rules.language.ast import (
    Aggregate,
    And,
    Arithmetic,
    Column,
    Compare,
    Expr,
    In,
    Literal,
    Missing,
    Not,
    Or,
    walk,
)

Weights = Mapping[str, int]


@dataclass(frozen=True)
class Turn:
    """Where a comparison can change its answer: where ``number`` reaches one of ``at``.

    ``weights``: how often each unknown counts in ``number``, none of them 0.
    """

    number: Expr
    weights: tuple[tuple[str, int], ...]
    at: tuple[int, ...]


class NotLinearError(Exception):
    """The condition depends on an unknown amount in a way that no root tells."""


def turns(condition: Expr, unknown: Collection[str]) -> tuple[Turn, ...]:
    """Every comparison of the condition that depends on the unknown amounts. Raises NotLinearError."""
    return tuple(_turns(condition, unknown))


def reads(condition: Expr, unknown: Collection[str]) -> bool:
    """Whether the condition depends on one of the amounts of the record itself."""
    return any(_is_unknown(node, unknown) for node in walk(condition))


def _is_unknown(node: Expr, unknown: Collection[str]) -> bool:
    # The record of a household rule is called record, or household where it is named inside (members …).
    return isinstance(node, Column) and node.place in {"record", "household"} and node.name in unknown


def _turns(node: Expr, unknown: Collection[str]) -> Iterator[Turn]:
    if not reads(node, unknown):
        return
    if isinstance(node, And | Or):
        yield from _turns(node.left, unknown)
        yield from _turns(node.right, unknown)
    elif isinstance(node, Not):
        yield from _turns(node.condition, unknown)
    elif isinstance(node, Compare):
        difference = Arithmetic("-", node.left, node.right)
        yield from _turn(difference, (0,), unknown)
    elif isinstance(node, In):
        yield from _turn(node.value, tuple(one for one in node.choices if isinstance(one, int)), unknown)
    elif not isinstance(node, Missing):
        raise NotLinearError


def _turn(number: Expr, at: tuple[int, ...], unknown: Collection[str]) -> Iterator[Turn]:
    weights = {name: weight for name, weight in _weights(number, unknown).items() if weight}
    if weights:
        yield Turn(number, tuple(sorted(weights.items())), at)


def _weights(number: Expr, unknown: Collection[str]) -> Weights:
    if not reads(number, unknown):
        return {}
    if isinstance(number, Column):
        return {number.name: 1}
    if isinstance(number, Aggregate) or not isinstance(number, Arithmetic):
        raise NotLinearError
    if number.operator == "*":
        return _times(number, unknown)
    sign = 1 if number.operator == "+" else -1
    total = Counter(_weights(number.left, unknown))
    for name, weight in _weights(number.right, unknown).items():
        total[name] += sign * weight
    return total


def _times(product: Arithmetic, unknown: Collection[str]) -> Weights:
    for factor, other in ((product.left, product.right), (product.right, product.left)):
        if isinstance(factor, Literal) and type(factor.value) is int:
            times = factor.value
            return {name: times * weight for name, weight in _weights(other, unknown).items()}
    raise NotLinearError
