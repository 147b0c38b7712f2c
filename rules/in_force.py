"""Which rules run in a round: those that the round has reached; on trial ones too, apart from the others.

One place, so that the engine, the checks across records, proof and pages agree on it. Deliberately not here:
running them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rules.rule import Rule

if TYPE_CHECKING:
    from schemas.rounds import Round


def in_force(rules: Iterable[Rule], round_: Round) -> tuple[Rule, ...]:
    """The rules that run in the round, on trial or not: not retired, and ``since`` this year or earlier."""
    return tuple(rule for rule in rules if rule.status != "retired" and rule.since <= round_.year_be)
