"""Who notices: mistakes typed in, the records judged, and counted per field and error type.

The judge is whoever reads and checks a night's files; it is handed in, because reading files is not the work
of this room. False alarms are what it finds in the clean records themselves.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import polars as pl

from rules.coverage.chosen import Trial, chosen, in_batches
from rules.coverage.records import Records
from rules.coverage.row_errors import Tables
from rules.coverage.tally import tallied
from rules.coverage.typed_in import typed_in


@dataclass(frozen=True)
class Judged:
    """What is known of records after a check.

    `findings`: household_id, rule_id, severity, fields, is_among (found by comparing households). `states`:
    household_id, `line` (below_line.STATES) and `results` (a text of all indicators' states), one row per
    household that was read.
    """

    findings: pl.DataFrame
    states: pl.DataFrame


Judge = Callable[[Tables], Judged]
Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Measured:
    """`table`: a row per field and error type (tally.SCHEMA). `false_alarms`: rule_id, findings, in `clean`
    households. `bystanders`: rule_id, findings about households nothing was done to, while `planted`
    mistakes were.
    """

    table: pl.DataFrame
    false_alarms: pl.DataFrame
    clean: int
    bystanders: pl.DataFrame
    planted: int


def measure(
    clean: Records,
    judge: Judge,
    *,
    each: int,
    seed: int,
    fields: Collection[str] | None = None,
    progress: Progress | None = None,
) -> Measured:
    """Up to `each` mistakes per field and error type; `fields` ("table.field"): only these.

    `progress` is told how many mistakes were judged, and of how many.
    """
    before = judge(clean.text)
    trials = chosen(clean, each, seed, fields)
    batches = in_batches(trials)
    seen, others, done = [], [], 0
    for batch in batches:
        after = judge(typed_in(clean, batch))
        noticed, bystanders = _compared(batch, before, after)
        seen.append(noticed)
        others.append(bystanders)
        done += len(batch)
        if progress:
            progress(done, len(trials))
    return Measured(
        tallied(seen),
        _by_rule(before.findings),
        clean.text["household"].height,
        _by_rule(pl.concat(others)) if others else _by_rule(before.findings.clear()),
        len(trials),
    )


def _compared(batch: Sequence[Trial], before: Judged, after: Judged) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The batch's trials with what was newly found in their households, and what was found in others."""
    trials = pl.DataFrame(
        [(t.table, t.field, t.error, t.household_id, t.new_id) for t in batch],
        schema=["table", "field", "error", "household_id", "new_id"],
        orient="row",
    ).with_row_index("trial")
    new = after.findings.join(before.findings, on=["household_id", "rule_id"], how="anti")
    ids = pl.concat(
        [trials.select("trial", "household_id"), trials.select("trial", household_id="new_id")]
    ).unique()
    # Who lives under an id is told by the household table alone.
    is_moved = (pl.col("table") == "household") & (pl.col("field") == "household_id")
    now = pl.when(is_moved).then("new_id").otherwise("household_id")
    found = (
        new.join(ids, on="household_id", how="inner")
        .group_by("trial")
        .agg(pl.struct("rule_id", "severity", "fields", "is_among").alias("found"))
    )
    states = (
        trials.with_columns(now.alias("now"))
        .join(before.states, on="household_id", how="left")
        .join(after.states.rename({"household_id": "now"}), on="now", how="left", suffix="_after")
    )
    noticed = states.join(found, on="trial", how="left", maintain_order="left")
    return noticed, new.join(ids, on="household_id", how="anti").drop_nulls("household_id")


def _by_rule(findings: pl.DataFrame) -> pl.DataFrame:
    return findings.group_by("rule_id").agg(pl.len().cast(pl.Int64).alias("findings")).sort("rule_id")
