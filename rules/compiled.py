"""Rules made ready for a round: both texts typed, every ``{hole}`` of their sentences too.

A hole is an expression of the rule language: usually a column, sometimes ``{count(members)}``. Deliberately not
here: running anything; engine.py does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rules.language import Columns, Expr, RuleError, Table, columns, parse
from rules.language.scope import Params
from rules.rule import Rule

if TYPE_CHECKING:
    from schemas.rounds import Round

HOLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Compiled:
    """A rule with typed expressions; ``holes`` by their text as written between the braces."""

    rule: Rule
    table: Table
    applies: Expr | None
    must: Expr
    holes: Mapping[str, Expr]


def compiled(rule: Rule, params: Params, columns_: Columns | None = None) -> Compiled:
    """The rule typed for a round's parameters. Raises RuleError; ValueError for a structural rule."""
    if rule.must is None or rule.level == "delivery":
        raise ValueError(f"{rule.id} is structural: its cases are found by Python code")
    table = rule.level

    def typed(text: str) -> Expr:
        return parse(text, table, columns_, params)

    return Compiled(
        rule,
        table,
        applies=typed(rule.applies) if rule.applies else None,
        must=typed(rule.must),
        holes={hole: typed(hole) for hole in holes(rule)},
    )


def holes(rule: Rule) -> tuple[str, ...]:
    """The distinct holes of a rule's four sentences, as written."""
    texts = (rule.message.th, rule.message.en, rule.fix.th, rule.fix.en)
    return tuple(dict.fromkeys(hole for text in texts for hole in HOLE.findall(text)))


def fields(table: Table, expressions: Iterable[Expr]) -> tuple[str, ...]:
    """The cells expressions read, by the names findings use (see Rule.fields)."""
    prefixes = {"record": "", "household": "hh." if table == "person" else "", "member": "members."}
    cells = (cell for expression in expressions for cell in columns(expression))
    return tuple(dict.fromkeys(prefixes[cell.place] + cell.name for cell in cells))


def round_params(round_: Round) -> dict[str, int | dt.date]:
    """What ``@name`` can mean in a round: its parameters, its year and its dates."""
    dates = {
        "reference_date": round_.reference_date,
        "window_start": round_.window_start,
        "window_end": round_.window_end,
    }
    known = {name: date for name, date in dates.items() if date is not None}
    return {**round_.parameters, "year_be": round_.year_be, **known}


@cache
def known_params() -> Mapping[str, int | dt.date]:
    """Every parameter that any round has; the newest round's value."""
    from schemas import rounds

    every: dict[str, int | dt.date] = {}
    for year in sorted(rounds.years()):
        every.update(round_params(rounds.load(year)))
    return every


__all__ = ["Compiled", "RuleError", "compiled", "fields", "holes", "known_params", "round_params"]
