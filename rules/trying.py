"""What a rule would change before anybody approves it: who newly fails, who is cleared, which gates move.

The rule is run over a night's records exactly as the night would run it; a rule of the same id is taken to be
replaced by it. Deliberately not here: where a night's tables lie, and telling it (flows/rule_try_command.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from rules import acceptance, engine, quality
from rules.acceptance import Gate, State
from rules.engine import Checked
from rules.language import LastYear
from rules.quality import Evidence
from rules.rule import Rule

if TYPE_CHECKING:
    from schemas.rounds import Round

Frames = tuple[pl.DataFrame, pl.DataFrame]
KEYS = ("district_code", "household_id", "member_no")
NEWLY, CLEARED = "newly_fails", "cleared"


@dataclass(frozen=True)
class Effect:
    """Two rules compared over the same records: ``cases`` are KEYS and ``change``, sorted.

    ``counts``: of the new rule, as in the outcome table. ``error``: the kind of failure, empty when it ran.
    """

    cases: pl.DataFrame
    counts: Mapping[str, int]
    error: str

    def households(self, change: str) -> int:
        return self._of(change).get_column("household_id").n_unique()

    def districts(self, change: str) -> int:
        return self._of(change).get_column("district_code").n_unique()

    def people(self, change: str) -> int:
        """Persons, for a rule about persons; 0 for one about households."""
        return self._of(change).get_column("member_no").count()

    def _of(self, change: str) -> pl.DataFrame:
        return self.cases.filter(pl.col("change") == change)


@dataclass(frozen=True)
class Move:
    """A gate of a district that comes out otherwise with the rule; values as measured, None: not measured."""

    district_code: str
    gate: Gate
    before: tuple[State, float | None]
    after: tuple[State, float | None]


def run(
    rule: Rule, districts: Iterable[Frames], round_: Round, last: LastYear | None = None
) -> tuple[Checked, ...]:
    """The rule over each district's households and persons, as a night runs it, whatever its status or year.

    One district at a time, because that is how the night does it: a household's members are its district's.
    """
    running = replace(rule, status="active", since=0)
    round_ = replace(round_, rules_off={})
    return tuple(engine.check(*frames, [running], round_, last=last) for frames in districts)


def effect(new: Sequence[Checked], old: Sequence[Checked]) -> Effect:
    """Who fails by ``new`` and not by ``old``, and the reverse; ``old`` is empty when nothing is replaced."""
    fails, failed = (_keys(checked) for checked in (new, old))
    cases = [
        fails.join(failed, on=KEYS, how="anti", nulls_equal=True).with_columns(change=pl.lit(NEWLY)),
        failed.join(fails, on=KEYS, how="anti", nulls_equal=True).with_columns(change=pl.lit(CLEARED)),
    ]
    counted = pl.concat(one.outcomes for one in new).drop("rule_id", "district_code").sum()
    errors = [kind for one in new for kind in one.errors.values()]
    return Effect(
        pl.concat(cases).sort("change", *KEYS, descending=[True, False, False, False], nulls_last=True),
        counted.row(0, named=True),
        errors[0] if errors else "",
    )


def _keys(checked: Sequence[Checked]) -> pl.DataFrame:
    nothing = pl.DataFrame(schema={KEYS[0]: pl.String, KEYS[1]: pl.String, KEYS[2]: pl.Int64})
    found = (one.findings.select(pl.col(name).cast(nothing.schema[name]) for name in KEYS) for one in checked)
    return pl.concat([nothing, *found]).unique()


def moved_gates(
    rule_id: str, new: Sequence[Checked], evidence: Evidence, measured: pl.DataFrame
) -> tuple[Move, ...]:
    """The gates that would come out otherwise: ``measured`` is the night's quality table, of ``evidence``."""
    others = pl.col("rule_id") != rule_id
    with_it = replace(
        evidence,
        findings=pl.concat([evidence.findings.filter(others), *(one.findings for one in new)]),
        outcomes=pl.concat([evidence.outcomes.filter(others), *(one.outcomes for one in new)]),
    )
    rows = measured.to_dicts()
    targets = {row["district_code"]: row["target_households"] for row in rows}
    readable = {row["district_code"] for row in rows if row["is_readable"]}
    stale = {row["district_code"] for row in rows if row["is_current"] is False}
    again = quality.measure(targets, readable, with_it, stale)
    after = {row["district_code"]: row for row in again.to_dicts()}
    return tuple(
        move
        for row in rows
        for gate in acceptance.gates()
        if (move := _move(gate, row, after[row["district_code"]])).before[0] != move.after[0]
    )


def _move(gate: Gate, before: Mapping[str, float | None], after: Mapping[str, float | None]) -> Move:
    states = [(acceptance.state_of(gate, row[gate.measure]), row[gate.measure]) for row in (before, after)]
    return Move(str(before["district_code"]), gate, *states)
