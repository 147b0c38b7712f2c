"""The rules that say which incomes are possible, and households asked about amounts other than the recorded.

Rules of households that look at a component of income: what must be fixed binds every amount, what must be
explained binds the guess that an amount was a slip. Answers about members and about last year are worked out
once for a household; then any number of other amounts costs one more pass. Deliberately not here: which
amounts to ask about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from rules.below_line import COMPONENTS
from rules.bounds.linear import reads
from rules.compiled import Compiled, TextError, compiled, round_params
from rules.in_force import in_force
from rules.language import Aggregates, Expr, LastYear, Outcome, lazy_records, to_polars
from rules.language.ast import Aggregate, cells_read, columns, walk
from rules.rule import Rule
from rules.verdicts import outcome_code

if TYPE_CHECKING:
    from schemas.rounds import Round

ROW = "row"
_VIOLATED = int(Outcome.VIOLATED)


def binding(
    rules: Iterable[Rule], round_: Round, severity: str, not_evidence: Collection[str]
) -> tuple[Compiled, ...]:
    """The household rules in force of that severity that look at a component, by id.

    Left out: rules on trial, rules that believe a column of ``not_evidence``, rules whose text is wrong (the
    engine tells), and rules that ask about a component inside a question about members.
    """
    found = (_binding(rule, round_, severity, not_evidence) for rule in in_force(rules, round_))
    return tuple(sorted((rule for rule in found if rule is not None), key=lambda one: one.rule.id))


def _binding(rule: Rule, round_: Round, severity: str, not_evidence: Collection[str]) -> Compiled | None:
    if rule.structural or rule.level != "household" or rule.severity != severity or rule.status == "trial":
        return None
    try:
        ready = compiled(rule, round_params(round_))
    except TextError:
        return None
    asked = {cell.name for part in ready.expressions for cell in columns(part) if cell.place == "record"}
    of_members = (node for part in ready.expressions for node in walk(part) if isinstance(node, Aggregate))
    is_binding = (
        bool(asked & set(COMPONENTS))
        and not asked & set(not_evidence)
        and not any(reads(node, COMPONENTS) for node in of_members)
    )
    return ready if is_binding else None


@dataclass(frozen=True)
class Asked:
    """Households with all that rules and numbers look at, a line of ``frame`` each, numbered in ROW."""

    frame: pl.DataFrame
    codes: Mapping[str, pl.Expr]
    numbers: Mapping[Expr, pl.Expr]

    def with_amounts(self, amounts: pl.DataFrame) -> pl.LazyFrame:
        """The households of ``amounts`` (ROW) in its order, its other columns in place of the recorded."""
        replaced = [name for name in amounts.columns if name != ROW]
        kept = self.frame.lazy().drop(replaced, strict=False)
        return amounts.lazy().join(kept, on=ROW, how="left", maintain_order="left")

    def is_possible(self, amounts: pl.DataFrame, rules: Sequence[Compiled]) -> pl.Series:
        """Whether the amounts break none of the rules, a Boolean per row. Cannot tell breaks nothing."""
        if not rules or amounts.is_empty():
            return pl.repeat(True, amounts.height, dtype=pl.Boolean(), eager=True)
        broken = [self.codes[rule.rule.id] == _VIOLATED for rule in rules]
        asked = self.with_amounts(amounts).select(~pl.any_horizontal(broken))
        return asked.collect(engine="streaming").to_series()


def ask(
    households: pl.DataFrame,
    persons: pl.DataFrame,
    rules: Sequence[Compiled],
    numbers: Iterable[Expr],
    last: LastYear | None = None,
) -> Asked:
    """Make households ready to be asked; each id once. ``numbers``: expressions whose value may be wanted."""
    wanted = tuple(dict.fromkeys(numbers))
    aggregates = Aggregates()
    codes = {rule.rule.id: outcome_code(rule, aggregates) for rule in rules}
    values = {number: to_polars(number, aggregates) for number in wanted}
    cells = cells_read([*(part for rule in rules for part in rule.expressions), *wanted])
    records = lazy_records("household", households, persons, cells, aggregates, last)
    return Asked(records.with_row_index(ROW).collect(engine="streaming"), codes, values)
