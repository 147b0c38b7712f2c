"""Amounts that may be slips of the pen: what income would be if they were, as far as the rules allow it.

Only where an open finding already doubts an amount (doubts.py): everybody may have slipped, and to suspect
everybody is to say nothing. A guess has to leave no rule broken, else it explains nothing. Totals that the
device made of the amounts would have followed them, so they are not asked.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rules.below_line import COMPONENTS
from rules.bounds.doubts import FOLLOWING
from rules.bounds.evidence import ROW, Asked
from rules.bounds.missing import MOST
from rules.bounds.settings import Slip
from rules.compiled import Compiled

_GUESSED = "guessed"


def guesses(
    asked: Asked, rows: pl.DataFrame, slips: Sequence[Slip], rules: Sequence[Compiled]
) -> pl.DataFrame:
    """Every possible income of a household that is a slip away from what is recorded: ROW, ``guessed`` baht.

    ``rows``: ROW, the four components, MOST (baht), and ``doubt.<component>``, whether a finding names it.
    """
    tried = [
        guess
        for slip in slips
        for guess in (*(_alone(rows, name, slip) for name in COMPONENTS), _together(rows, slip))
    ]
    every = pl.concat([rows.select(ROW, *COMPONENTS).clear(), *tried])
    income = pl.sum_horizontal(pl.col(name).fill_null(0) for name in COMPONENTS)
    every = every.join(rows.select(ROW, MOST), on=ROW, how="left").with_columns(income.alias(_GUESSED))
    every = every.filter(pl.col(_GUESSED) <= pl.col(MOST)).drop(MOST)
    nulled = [pl.lit(None, pl.Int64).alias(name) for name in FOLLOWING]
    is_possible = asked.is_possible(every.drop(_GUESSED).with_columns(nulled), rules)
    return every.filter(is_possible).select(ROW, _GUESSED).unique().sort(ROW, _GUESSED)


def _alone(rows: pl.DataFrame, name: str, slip: Slip) -> pl.DataFrame:
    """One doubted amount slipped, the others are right."""
    meant = rows.filter(pl.col(f"doubt.{name}") & _can_slip(name, slip))
    return meant.select(ROW, *(_slipped(one, slip) if one == name else pl.col(one) for one in COMPONENTS))


def _together(rows: pl.DataFrame, slip: Slip) -> pl.DataFrame:
    """Who takes months for years takes them so in every amount."""
    is_doubted = pl.any_horizontal(f"doubt.{name}" for name in COMPONENTS)
    all_can = pl.all_horizontal(
        (_can_slip(name, slip) | (pl.col(name) == 0)).fill_null(True) for name in COMPONENTS
    )
    meant = rows.filter(is_doubted & all_can)
    return meant.select(ROW, *(_slipped(name, slip) for name in COMPONENTS))


def _can_slip(name: str, slip: Slip) -> pl.Expr:
    amount = pl.col(name)
    return (amount > 0) & (amount * slip.times % slip.over == 0)


def _slipped(name: str, slip: Slip) -> pl.Expr:
    return (pl.col(name) * slip.times // slip.over).alias(name)
