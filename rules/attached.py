"""The catalogue's rules as Pandera checks: a frame validated by its schema alone shows what the engine finds.

For a notebook or a program that knows Pandera and nothing of this one. Rules that look at the household or
the other members need both tables, so the other one is given when the rules are attached. Deliberately not
here: findings and outcomes; the night uses the engine, which runs all in one pass and counts cannot tell.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from rules.compiled import Compiled, compiled, round_params
from rules.in_force import in_force
from rules.language import LastYear, Outcome, Table
from rules.rule import Rule
from rules.verdicts import PREFIX, verdicts
from schemas.household import Household
from schemas.person import Person

if TYPE_CHECKING:
    from schemas.rounds import Round


def persons_with_rules(
    rules: Iterable[Rule], round_: Round, households: pl.DataFrame, last: LastYear | None = None
) -> pa.DataFrameSchema:
    """The Person schema with a check per active person rule; a failing row is one whose outcome is violated.

    ``households`` (typed) are those of the persons to come; a person whose household is not among them fails
    no rule that reads it. ``last``: see rules/last_year.py; without it nobody fails a rule that reads it.
    Validate with ``lazy=True`` to see every rule's rows.
    """
    return _schema(Person, "person", rules, round_, lambda rule, own: _codes(rule, households, own, last))


def households_with_rules(
    rules: Iterable[Rule], round_: Round, persons: pl.DataFrame, last: LastYear | None = None
) -> pa.DataFrameSchema:
    """The Household schema with a check per active household rule. ``persons`` (typed) are the rosters.

    ``last`` as for persons.
    """
    return _schema(Household, "household", rules, round_, lambda rule, own: _codes(rule, own, persons, last))


def _schema(
    model: type[pa.DataFrameModel],
    table: Table,
    rules: Iterable[Rule],
    round_: Round,
    codes: Callable[[Compiled, pl.DataFrame], pl.Series],
) -> pa.DataFrameSchema:
    params = round_params(round_)
    own = (rule for rule in in_force(rules, round_) if rule.level == table and not rule.structural)
    running = [rule for rule in own if rule.status == "active"]
    # The model keeps and shares its schema: what is attached must not stay on it.
    schema = copy.copy(model.to_schema())
    schema.checks = [*schema.checks, *(_check(compiled(rule, params), codes) for rule in running)]
    return schema


def _check(rule: Compiled, codes: Callable[[Compiled, pl.DataFrame], pl.Series]) -> pa.Check:
    def is_not_violated(data: PolarsData) -> pl.LazyFrame:
        frame = data.lazyframe.collect()
        return pl.LazyFrame({rule.rule.id: codes(rule, frame) != int(Outcome.VIOLATED)})

    return pa.Check(is_not_violated, name=rule.rule.id, error=rule.rule.id)


def _codes(
    rule: Compiled, households: pl.DataFrame, persons: pl.DataFrame, last: LastYear | None
) -> pl.Series:
    verdict = verdicts(rule.table, households, persons, [rule], last)
    if verdict.errors:
        raise RuntimeError(f"{rule.rule.id} could not run: {verdict.errors[rule.rule.id]}")
    return verdict.codes.get_column(PREFIX + rule.rule.id)
