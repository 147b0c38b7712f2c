"""Last round's records for the rules of this round: which columns they read, and what to hand the engine.

``last_year`` makes a LastYear of last round's typed frames, and ``engine.check(…, last=…)`` takes it; without
one every ``last.`` is missing. Deliberately not here: reading last year's deliveries, and what ``last.``
means (rules/language/MEANING.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rules.compiled import Compiled, TextError, compiled, round_params
from rules.in_force import in_force
from rules.language import Table, columns
from rules.language.last_year import KEYS, LastYear, last_year
from rules.rule import Rule
from schemas.frames import empty
from schemas.household import Household
from schemas.person import Person

if TYPE_CHECKING:
    from schemas.rounds import Round

__all__ = ["KEYS", "NOTHING", "LastYear", "columns_needed", "last_year"]

# No record of last year is known: every ``last.`` is missing.
NOTHING = LastYear(empty(Household), empty(Person))


def columns_needed(rules: Iterable[Rule], round_: Round) -> dict[Table, tuple[str, ...]]:
    """The columns of last year's tables that the rules of a round look at or show, sorted, and its key.

    A table nothing is read of has no columns, and need not be loaded. Rules whose text is wrong are left out.
    """
    needed: dict[Table, set[str]] = {"household": set(), "person": set()}
    for rule in in_force(rules, round_):
        if rule.structural or (ready := _typed(rule, round_)) is None:
            continue
        for expression in (*ready.expressions, *ready.holes.values()):
            for cell in columns(expression):
                if cell.is_last:
                    table = cell.table(ready.table)
                    needed[table] |= {KEYS[table], cell.name}
    return {table: tuple(sorted(names)) for table, names in needed.items()}


def _typed(rule: Rule, round_: Round) -> Compiled | None:
    try:
        return compiled(rule, round_params(round_))
    except TextError:
        # The engine says so, as an error of that rule.
        return None
