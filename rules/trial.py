"""Rules on trial over the records of a night: run as every rule is, kept in tables of their own.

Because their outcomes and findings never stand in the tables of the others, no gate, verdict, work list or
count of what is open can see them. Deliberately not here: a rule that is in no catalogue yet (`jpt rules
try`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from rules import engine
from rules.engine import Checked
from rules.in_force import on_trial
from rules.language.last_year import LastYear
from rules.rule import Rule
from schemas.finding import Finding
from schemas.frames import empty
from schemas.outcome import Outcome

if TYPE_CHECKING:
    from schemas.rounds import Round


def check(
    households: pl.DataFrame,
    persons: pl.DataFrame,
    rules: Iterable[Rule],
    round_: Round,
    last: LastYear | None = None,
) -> Checked:
    """Run those of ``rules`` that are on trial; tables as engine.check gives them, empty for none."""
    tried = [replace(rule, status="active") for rule in on_trial(rules, round_)]
    if not tried:
        return Checked(empty(Outcome), empty(Finding))
    return engine.check(households, persons, tried, round_, last=last)
