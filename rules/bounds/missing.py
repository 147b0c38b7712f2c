"""The least and the most that unknown amounts of income can be: all that the rules leave possible.

Several unknown amounts of one household are searched by their sum, with the rules that look at nothing else
of them; a rule that looks closer is left out, which can only widen the range. A rule's answer changes only at
the roots of its comparisons, so the ends of all that is possible are among these and the ends of the range.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from rules.bounds.evidence import ROW, Asked
from rules.bounds.linear import NotLinearError, Turn, turns
from rules.compiled import Compiled

LOW, HIGH, MOST = "low", "high", "most"
_SUM = "sum"


@dataclass(frozen=True)
class Search:
    """How unknown amounts are searched by their sum: the rules that are asked, and where these can turn."""

    unknown: tuple[str, ...]
    rules: tuple[Compiled, ...]
    turns: tuple[Turn, ...]


def search(rules: Sequence[Compiled], unknown: Sequence[str]) -> Search:
    """By the rules that depend, of several unknown amounts, on nothing but their sum, or on none of them."""
    chosen: list[Compiled] = []
    where: dict[Turn, None] = {}
    for rule in rules:
        try:
            own = [turn for part in rule.expressions for turn in turns(part, unknown)]
        except NotLinearError:
            continue
        if all(_is_of_sum(turn, unknown) for turn in own):
            chosen.append(rule)
            where |= dict.fromkeys(own)
    return Search(tuple(unknown), tuple(chosen), tuple(where))


def _is_of_sum(turn: Turn, unknown: Sequence[str]) -> bool:
    weights = dict(turn.weights)
    return set(weights) == set(unknown) and len(set(weights.values())) == 1


def ranges(asked: Asked, rows: pl.DataFrame, by: Search) -> pl.DataFrame:
    """Of each row (ROW, MOST in baht) the least and most that the sum of the unknown amounts can be.

    Returns ROW, LOW, HIGH; null where the rules leave nothing possible between 0 and MOST.
    """
    tried = _sums(asked, rows, by)
    is_possible = asked.is_possible(_amounts(tried, by.unknown), by.rules)
    found = tried.filter(is_possible).group_by(ROW).agg(LOW=pl.col(_SUM).min(), HIGH=pl.col(_SUM).max())
    named = found.rename({"LOW": LOW, "HIGH": HIGH})
    return rows.select(ROW).join(named, on=ROW, how="left", maintain_order="left")


def _amounts(sums: pl.DataFrame, unknown: Sequence[str]) -> pl.DataFrame:
    """The whole sum in the first of the columns, nothing in the others: the rules see only the sum."""
    nothing = [pl.lit(0, pl.Int64).alias(name) for name in unknown[1:]]
    return sums.select(ROW, pl.col(_SUM).alias(unknown[0]), *nothing)


def _sums(asked: Asked, rows: pl.DataFrame, by: Search) -> pl.DataFrame:
    """Every sum to be tried, once each: the ends of the range, and each root with its neighbours."""
    ends = [rows.select(ROW, pl.lit(0, pl.Int64).alias(_SUM)), rows.select(ROW, pl.col(MOST).alias(_SUM))]
    tried = pl.concat([*ends, *_roots(asked, rows, by)])
    limits = rows.select(ROW, MOST)
    return (
        tried.join(limits, on=ROW, how="left")
        .filter((pl.col(_SUM) >= 0) & (pl.col(_SUM) <= pl.col(MOST)))
        .select(ROW, _SUM)
        .unique()
        .sort(ROW, _SUM)
    )


def _roots(asked: Asked, rows: pl.DataFrame, by: Search) -> Iterator[pl.DataFrame]:
    if not by.turns:
        return
    nothing = rows.select(ROW, *(pl.lit(0, pl.Int64).alias(name) for name in by.unknown))
    numbers = [asked.numbers[turn.number].alias(str(place)) for place, turn in enumerate(by.turns)]
    values = asked.with_amounts(nothing).select(ROW, *numbers).collect(engine="streaming")
    for place, turn in enumerate(by.turns):
        weight = turn.weights[0][1]
        for target in turn.at:
            root = (target - pl.col(str(place))) // weight
            for step in (-1, 0, 1, 2):
                yield values.select(ROW, (root + step).alias(_SUM)).drop_nulls()
