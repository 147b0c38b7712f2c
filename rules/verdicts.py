"""Outcome codes of all rules of one table, one column a rule, in one lazy pass.

When the pass raises, each rule is run alone so that the culprit is found and the others still count.
Deliberately not here: counting and findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from rules.compiled import Compiled
from rules.language import Aggregates, LastYear, Outcome, Table, lazy_records, to_polars
from rules.language.ast import Column, cells_read

# A name no data column has, so a rule can never overwrite one.
PREFIX = "rule:"


@dataclass(frozen=True)
class Verdicts:
    """Outcome codes (UInt8) in a column ``rule:<id>`` per rule that ran, and why the others did not.

    ``codes`` has the rows of the table in its order; ``errors`` the kind of failure by rule id.
    """

    codes: pl.DataFrame
    errors: dict[str, str]


def verdicts(
    table: Table,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    rules: Sequence[Compiled],
    last: LastYear | None = None,
) -> Verdicts:
    """The outcome of every rule of ``table`` on every row of it, as numbers of ``Outcome``.

    ``last``: last round's records; None when there are none.
    """
    if not rules:
        return Verdicts(pl.DataFrame(), {})
    try:
        return Verdicts(_pass(table, households, persons, rules, last), {})
    except (Exception, pl.exceptions.PanicException) as error:
        if len(rules) == 1:
            # Only the kind: the text of an engine's exception may quote cells.
            return Verdicts(pl.DataFrame(), {rules[0].rule.id: type(error).__name__})
    alone = [verdicts(table, households, persons, [rule], last) for rule in rules]
    return Verdicts(
        pl.concat([one.codes for one in alone if one.codes.width] or [pl.DataFrame()], how="horizontal"),
        {rule_id: reason for one in alone for rule_id, reason in one.errors.items()},
    )


def _pass(
    table: Table,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    rules: Sequence[Compiled],
    last: LastYear | None,
) -> pl.DataFrame:
    codes, cells, aggregates = _written(tuple(rules))
    records = lazy_records(table, households, persons, cells, aggregates, last)
    return records.select(codes).collect(engine="streaming")


# Written once, not district by district: it depends on the rules alone, and a night has few sets of them.
@lru_cache(maxsize=64)
def _written(rules: tuple[Compiled, ...]) -> tuple[tuple[pl.Expr, ...], frozenset[Column], Aggregates]:
    """The codes of the rules for Polars, the cells they read and their questions about members."""
    aggregates = Aggregates()
    codes = tuple(outcome_code(rule, aggregates).alias(PREFIX + rule.rule.id) for rule in rules)
    return codes, cells_read(part for rule in rules for part in rule.expressions), aggregates


def outcome_code(rule: Compiled, aggregates: Aggregates) -> pl.Expr:
    """The number of the rule's Outcome (UInt8) over a frame made by ``lazy_records`` with ``aggregates``."""
    must = to_polars(rule.must, aggregates)
    # Not true is 0 and not false is 1, the numbers of HOLDS and VIOLATED, so no branch is needed for them.
    code = (~must).cast(pl.UInt8).fill_null(int(Outcome.CANNOT_TELL))
    if rule.applies is None:
        return code
    applies = to_polars(rule.applies, aggregates)
    not_applicable = pl.lit(int(Outcome.NOT_APPLICABLE), pl.UInt8)
    cannot_tell = pl.lit(int(Outcome.CANNOT_TELL), pl.UInt8)
    return pl.when(applies).then(code).when(~applies).then(not_applicable).otherwise(cannot_tell)
