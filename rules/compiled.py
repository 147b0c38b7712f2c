"""Rules made ready for a round: both texts typed, every ``{hole}`` of their sentences too.

A hole is an expression of the rule language: usually a column, sometimes ``{count(members)}``. Deliberately
not here: running anything; engine.py does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from rules.language import Columns, Expr, Params, RuleError, Table, columns, parse, parse_condition
from rules.language.ast import Column
from rules.rule import Rule

if TYPE_CHECKING:
    from schemas.rounds import Round

HOLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, eq=False)
class Compiled:
    """A rule with typed expressions; ``holes`` by their text as written between the braces.

    Known by identity: what is made of a typed rule is kept by it, and comparing its trees would cost more.
    """

    rule: Rule
    table: Table
    applies: Expr | None
    must: Expr
    holes: Mapping[str, Expr]

    @property
    def expressions(self) -> tuple[Expr, ...]:
        """What decides the outcome: applies, if there, and must."""
        return (self.must,) if self.applies is None else (self.applies, self.must)


class TextError(Exception):
    """A RuleError with the key of the rule file it was found under."""

    def __init__(self, rule_id: str, key: str, error: RuleError) -> None:
        self.rule_id, self.key, self.error = rule_id, key, error
        super().__init__(f"{rule_id} {key}: {error}")


def compiled(rule: Rule, params: Params, columns_: Columns | None = None) -> Compiled:
    """The rule typed for a round's parameters. Raises TextError; ValueError for a structural rule."""
    if rule.must is None or rule.level == "delivery":
        raise ValueError(f"{rule.id} is structural: its cases are found by Python code")
    table: Table = rule.level

    def typed(key: str, text: str) -> Expr:
        kind = parse_condition if key in {"applies", "must"} else parse
        try:
            return kind(text, table, columns_, params)
        except RuleError as error:
            raise TextError(rule.id, key, error) from None

    return Compiled(
        rule,
        table,
        applies=typed("applies", rule.applies) if rule.applies else None,
        must=typed("must", rule.must),
        holes={hole: typed(key, hole) for key, hole in holes(rule)},
    )


def holes(rule: Rule) -> tuple[tuple[str, str], ...]:
    """The holes of a rule's sentences as written, each with the key it stands under."""
    texts = (
        ("message", rule.message.th),
        ("message", rule.message.en),
        ("fix", rule.fix.th),
        ("fix", rule.fix.en),
    )
    return tuple((key, hole) for key, text in texts for hole in HOLE.findall(text))


def cells(table: Table, expressions: Iterable[Expr]) -> dict[str, Column]:
    """The cells expressions read in the order they are named, by the names findings use (see Rule.fields).

    Those of last year are ``last.x`` and ``members.last.x``.
    """
    named = (cell for expression in expressions for cell in columns(expression))
    # A household rule that names hh.x inside (members …) means a cell of its own record.
    return {
        cell_name(table, cell): replace(cell, place="record") if cell.place == table else cell
        for cell in named
    }


def cell_name(table: Table, cell: Column) -> str:
    """The name ``cells`` gives a cell in a rule of the table."""
    prefixes = {
        "record": "",
        "household": "hh." if table == "person" else "",
        "member": "members.",
        "last": "last.",
        "last_member": "members.last.",
    }
    return prefixes[cell.place] + cell.name


def round_params(round_: Round) -> dict[str, int | dt.date]:
    """What ``@name`` can mean in a round: its parameters, its year and its dates."""
    return {
        **round_.parameters,
        "year_be": round_.year_be,
        "reference_date": round_.reference_date,
        "window_start": round_.window_start,
        "window_end": round_.window_end,
    }


@cache
def known_params() -> Mapping[str, int | dt.date]:
    """Every parameter that any round has, with the newest round's value."""
    from schemas import rounds

    every: dict[str, int | dt.date] = {}
    for year in sorted(rounds.years()):
        every.update(round_params(rounds.load(year)))
    return every
