"""The rules over the records of a night: how often each holds, and every finding.

Typed rules, one lazy pass per table, counts, then the broken records. Deliberately not here: structural rules
and checks across records (rules/across), which make the same two tables.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from rules import findings
from rules.absent_columns import excused
from rules.compiled import Compiled, TextError, compiled, round_params
from rules.counts import counted
from rules.in_force import in_force
from rules.language import Table
from rules.rule import Rule
from rules.verdicts import verdicts
from rules.violations import violations
from schemas.frames import empty
from schemas.outcome import SORT, Outcome

if TYPE_CHECKING:
    from rules.last_year import LastYear
    from schemas.rounds import Round

TABLES: tuple[Table, ...] = ("household", "person")


@dataclass(frozen=True)
class Checked:
    """What rules found: ``outcomes`` (schemas.outcome), ``findings`` (schemas.finding), and ``errors``.

    ``errors``: rule id to the kind of failure, for rules that could not run; never a value of a record.
    """

    outcomes: pl.DataFrame
    findings: pl.DataFrame
    errors: Mapping[str, str] = field(default_factory=dict)


def check(
    households: pl.DataFrame,
    persons: pl.DataFrame,
    rules: Iterable[Rule],
    round_: Round,
    waivers: pl.DataFrame | None = None,
    last: LastYear | None = None,
) -> Checked:
    """Run the catalogue's rules over typed frames.

    Structural rules, rules on trial and those not in force are left out. ``waivers`` (column ``finding_id``)
    are findings confirmed true: they are counted as waived and not listed. A rule that cannot run counts as
    error for all its records and stops no other. Every district of either frame gets a row per rule.
    ``last`` (last_year.py): the records ``last.`` finds; without it they are all missing.
    """
    running = [rule for rule in in_force(rules, round_) if not rule.structural and rule.status == "active"]
    ready, not_typed = _typed(tuple(running), frozenset(round_params(round_).items()))
    errors = dict(not_typed)
    districts = _districts(households, persons)
    outcomes: list[pl.DataFrame] = []
    found: list[pl.DataFrame] = []
    for table, records in zip(TABLES, (households, persons), strict=True):
        own = [rule for rule in running if rule.level == table]
        able = [rule for rule in ready if rule.table == table]
        verdict = verdicts(table, households, persons, able, last)
        errors |= verdict.errors
        verdict = replace(verdict, codes=excused(table, households, persons, able, verdict.codes, last))
        outcomes.append(counted(own, verdict, _district(records), districts))
        found += violations(table, households, persons, able, verdict.codes, round_.year_be, last)
    return waived(Checked(pl.concat([empty(Outcome), *outcomes]), findings.gathered(found), errors), waivers)


# A night asks for the same rules district by district, and every typed rule is then the same object, by which
# verdicts.py knows what it has written before. A few sets are enough: the night's, those on trial, one tried.
@lru_cache(maxsize=16)
def _typed(
    rules: tuple[Rule, ...], params: frozenset[tuple[str, int | dt.date]]
) -> tuple[tuple[Compiled, ...], Mapping[str, str]]:
    """The rules that can be typed, and what is wrong with the text of the others, by rule id."""
    ready, errors = [], {}
    for rule in rules:
        try:
            ready.append(compiled(rule, dict(params)))
        except TextError as error:
            errors[rule.id] = str(error)
    return tuple(ready), errors


def _district(records: pl.DataFrame) -> pl.Series:
    # A record whose sender is unknown must not fall out of the counts.
    return records.get_column("district_code").fill_null("")


def _districts(*frames: pl.DataFrame) -> list[str]:
    return sorted({code for frame in frames for code in _district(frame).unique().to_list()})


def waived(checked: Checked, waivers: pl.DataFrame | None) -> Checked:
    """The same with confirmed findings (column ``finding_id``) counted as waived and no longer listed."""
    outcomes, found = checked.outcomes, checked.findings
    if waivers is not None and waivers.height:
        confirmed = found.join(waivers.select("finding_id").unique(), on="finding_id", how="semi")
        found = found.join(confirmed, on="finding_id", how="anti", maintain_order="left")
        counts = confirmed.group_by("rule_id", "district_code").agg(pl.len().cast(pl.Int64).alias("n"))
        outcomes = (
            outcomes.join(counts, on=["rule_id", "district_code"], how="left")
            .with_columns(pl.col("n").fill_null(0))
            .with_columns(violated=pl.col("violated") - pl.col("n"), waived=pl.col("waived") + pl.col("n"))
            .drop("n")
        )
    return Checked(outcomes.sort(SORT), found, checked.errors)
