"""A column that a district's file does not have was left empty by nobody: no household is accused of it.

Rules may demand that a cell be filled in. Where every record of a district lacks the cell, the export lacks
the column, and asking each household again would help nobody: there such a demand is *cannot tell*, while
whatever else the rule holds against a record stands. Deliberately not here: telling the district what it did
not send (intake), and the meaning of rules, which stays the same for every target; this is about deliveries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from rules.compiled import Compiled
from rules.language import Expr, LastYear, Outcome, Table, columns
from rules.language.ast import And, Column, Compare, Missing, Not, Or
from rules.verdicts import PREFIX, verdicts

VIOLATED = int(Outcome.VIOLATED)
# Of fewer records a rarely asked cell may be empty in all of them by chance.
LEAST_RECORDS = 200

Cell = tuple[Table, str]
# Whether a condition makes a rule hold (True) or breaks it (False) when it is true; None: it may do either.
Wanted = bool | None


def excused(
    table: Table,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    rules: Sequence[Compiled],
    codes: pl.DataFrame,
    last: LastYear | None = None,
) -> pl.DataFrame:
    """Outcome ``codes`` (verdicts.py) of ``rules`` of ``table``, nobody accused of a column not delivered."""
    demanding = {rule: demands for rule in rules if (demands := _demanded(rule)) and _ran(rule, codes)}
    absent = _absent({"household": households, "person": persons}, set().union(*demanding.values()))
    district = (persons if table == "person" else households).get_column("district_code")
    for gone in set(absent.values()):
        inside = district.is_in([code for code, cells in absent.items() if cells == gone]).fill_null(False)
        softer = [
            replace(rule, must=_softened(rule.must, gone, table, wanted=True))
            for rule, demands in demanding.items()
            if demands & gone and ((codes.get_column(PREFIX + rule.rule.id) == VIOLATED) & inside).any()
        ]
        again = verdicts(table, households, persons, softer, last).codes
        codes = codes.with_columns(
            pl.when(inside & (pl.col(name) == VIOLATED))
            .then(again.get_column(name))
            .otherwise(pl.col(name))
            .alias(name)
            for name in again.columns
        )
    return codes


def _ran(rule: Compiled, codes: pl.DataFrame) -> bool:
    return PREFIX + rule.rule.id in codes.columns


def _demanded(rule: Compiled) -> frozenset[Cell]:
    """The cells that `must` demands to be filled in."""
    values = _values(rule.must, wanted=True)
    return frozenset(cell for value in values for cell in _cells(value, rule.table))


def _values(condition: Expr, *, wanted: Wanted) -> Iterable[Expr]:
    match condition:
        case Missing(value) if wanted is not True:
            yield value
        case Not(inner):
            yield from _values(inner, wanted=_opposite(wanted))
        case And(left, right) | Or(left, right):
            yield from _values(left, wanted=wanted)
            yield from _values(right, wanted=wanted)
        case Compare(_, left, right):
            # An answer compared with whether a cell is filled in may demand either.
            yield from _values(left, wanted=None)
            yield from _values(right, wanted=None)


def _opposite(wanted: Wanted) -> Wanted:
    return None if wanted is None else not wanted


def _cells(value: Expr, table: Table) -> Iterable[Cell]:
    return (
        (cell.table(table), cell.name)
        for cell in columns(value)
        if isinstance(cell, Column) and not cell.is_of_member and not cell.is_last
    )


def _absent(frames: Mapping[Table, pl.DataFrame], cells: set[Cell]) -> dict[str, frozenset[Cell]]:
    """The cells nobody of a district filled in, by district; only of districts with enough records."""
    absent: dict[str, set[Cell]] = {}
    for table, frame in frames.items():
        names = sorted(name for of, name in cells if of == table)
        empty = (
            frame.lazy()
            .filter(pl.col("district_code").is_not_null())
            .group_by("district_code")
            .agg(pl.len().alias("records"), *(pl.col(name).is_null().all() for name in names))
            .filter(pl.col("records") >= LEAST_RECORDS)
            .collect()
        )
        for row in empty.iter_rows(named=True):
            gone = {(table, name) for name in names if row[name]}
            absent.setdefault(row["district_code"], set()).update(gone)
    return {code: frozenset(gone) for code, gone in absent.items() if gone}


def _softened(condition: Expr, gone: frozenset[Cell], table: Table, *, wanted: Wanted) -> Expr:
    """The condition with every demand for a cell of ``gone`` turned into *cannot tell*."""

    def soft(part: Expr, wanted: Wanted) -> Expr:
        return _softened(part, gone, table, wanted=wanted)

    match condition:
        case Missing(value) if wanted is not True and gone.intersection(_cells(value, table)):
            # Unlike itself is false of what is there, and cannot be told of what is not.
            return Compare("!=", value, value)
        case Not(inner):
            return Not(soft(inner, _opposite(wanted)))
        case And(left, right):
            return And(soft(left, wanted), soft(right, wanted))
        case Or(left, right):
            return Or(soft(left, wanted), soft(right, wanted))
        case Compare(sign, left, right):
            return Compare(sign, soft(left, None), soft(right, None))
        case _:
            return condition
