"""What a check across records gives back, whatever it looks for.

The same three-valued outcomes as rules have, so that counts and findings are made by the same code
(rules/counts.py, rules/findings.py). Deliberately not here: looking for anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rules.language import Outcome, Table

# More keys than this in one sentence are counted, not listed; each of them has a finding of its own.
LISTED = 10


@dataclass(frozen=True)
class Found:
    """The result of one check.

    ``codes``: an ``Outcome`` (UInt8) per record of ``table``, in its row order. ``words``: a row per violated
    record, in row order, with a text column for every hole that is no column of the record. ``fields``: the
    columns concerned. ``records``: what the codes are of when it is no table of this year; it has the columns
    findings.KEYS.
    """

    table: Table
    codes: pl.Series
    fields: tuple[str, ...]
    words: pl.DataFrame
    records: pl.DataFrame | None = None


def found(
    table: Table, knowable: pl.Series, violated: pl.DataFrame, *fields: str, applies: pl.Series | None = None
) -> Found:
    """A result from who can be told at all (Boolean per record) and the violated rows.

    ``violated``: column ``row`` (record number from 0) and the text columns of the sentences. ``applies``:
    records the check is about; default all. A record that cannot be told is never violated.
    """
    codes = knowable.replace_strict(
        {True: int(Outcome.HOLDS), False: int(Outcome.CANNOT_TELL)}, return_dtype=pl.UInt8
    )
    rows = violated.sort("row")
    codes = codes.scatter(rows.get_column("row"), int(Outcome.VIOLATED))
    if applies is not None:
        codes = codes.scatter((~applies).arg_true(), int(Outcome.NOT_APPLICABLE))
    return Found(table, codes, fields, rows.drop("row"))


def listed(texts: pl.Expr, total: pl.Expr, more: str) -> pl.Expr:
    """A list column as "a, b, c"; what is left out is counted by ``more``, as in " and {n} more"."""
    before, after = more.split("{n}")
    rest = total - texts.list.len()
    told = pl.format("{}{}{}", pl.lit(before), rest, pl.lit(after))
    return texts.list.join(", ") + pl.when(rest > 0).then(told).otherwise(pl.lit(""))
