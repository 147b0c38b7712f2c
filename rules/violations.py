"""From outcome codes to findings: only the records that break a rule are looked at again.

The values for the sentences are computed for those households alone, in one pass per table. Deliberately not
here: the sentences themselves (sentences.py) and ids (findings.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from rules import findings
from rules.compiled import Compiled, cells
from rules.language import Expr, LastYear, Outcome, Table, columns, values
from rules.language.ast import Column
from rules.language.kinds import NUMBER, TEXT
from rules.sentences import Cells, shown_as
from rules.verdicts import PREFIX

VIOLATED = int(Outcome.VIOLATED)


def violations(
    table: Table,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    rules: Sequence[Compiled],
    codes: pl.DataFrame,
    round_year_be: int,
    last: LastYear | None = None,
) -> Iterator[pl.DataFrame]:
    """The findings of each of the ``rules`` that somebody breaks; nothing is capped.

    ``codes``: outcome codes of the rules that ran, as verdicts.py made them, a row per record of ``table``.
    """
    records = persons if table == "person" else households
    is_broken = _is_broken(codes, records.height)
    if not is_broken.any():
        return
    ids = records.filter(is_broken).get_column("household_id").unique().implode()
    concerned = pl.col("household_id").is_in(ids, nulls_equal=True)
    codes = codes.filter(records.select(concerned).to_series())
    broken = [rule for rule in rules if _names(codes, rule)]
    if last is not None and any(
        cell.is_last for rule in broken for each in _shown(rule).values() for cell in columns(each)
    ):
        # Who has another's key is seen among all records only.
        last = last.beside(households, persons)
    yield from _findings(
        table, households.filter(concerned), persons.filter(concerned), broken, codes, round_year_be, last
    )


def _findings(
    table: Table,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    rules: Sequence[Compiled],
    codes: pl.DataFrame,
    round_year_be: int,
    last: LastYear | None,
) -> Iterator[pl.DataFrame]:
    needed = {rule.rule.id: _shown(rule) for rule in rules}
    distinct = dict.fromkeys(expression for shown in needed.values() for expression in shown.values())
    names = {expression: f"value.{n}" for n, expression in enumerate(distinct)}
    computed = values({name: each for each, name in names.items()}, table, households, persons, last)
    keys = _keys(table, households, persons)
    for rule in rules:
        is_violated = codes.get_column(PREFIX + rule.rule.id) == VIOLATED
        found = {
            name: Cells(
                computed.get_column(names[expression]).filter(is_violated), shown_as(expression, table)
            )
            for name, expression in needed[rule.rule.id].items()
        }
        yield findings.build(rule.rule, keys.filter(is_violated), found, round_year_be)


def _is_broken(codes: pl.DataFrame, rows: int) -> pl.Series:
    if not codes.width:
        return pl.repeat(False, rows, eager=True)
    return codes.select(pl.any_horizontal(pl.all() == VIOLATED)).to_series()


def _names(codes: pl.DataFrame, rule: Compiled) -> bool:
    name = PREFIX + rule.rule.id
    return name in codes.columns and bool((codes.get_column(name) == VIOLATED).any())


def _shown(rule: Compiled) -> Mapping[str, Expr]:
    """What a finding shows: the record's own and its household's cells, and the holes of the sentences."""
    own = {
        name: cell
        for name, cell in cells(rule.table, rule.expressions).items()
        # Last year's cells are nobody's to correct; a sentence that compares shows both.
        if not cell.is_of_member and not cell.is_last
    }
    return {**own, **rule.holes}


def _keys(table: Table, households: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """The columns findings.KEYS of each record; a person's place is that of the household."""
    if table == "household":
        return households.select(
            *(key for key in findings.KEYS if key != "member_no"),
            pl.lit(None, pl.Int64).alias("member_no"),
        )
    place = {
        "tambon_code": Column("household", "tambon_code", TEXT),
        "village_no": Column("household", "village_no", NUMBER),
    }
    own = persons.select(key for key in findings.KEYS if key not in place)
    return own.with_columns(values(place, table, households, persons))
