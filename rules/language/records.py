"""The frame compiled expressions run over: a table's rows, their household's cells, answers about members.

Row order is the table's own, so results can be put back beside it. A record is tied to a household only when
its household_id is there and only one household row has it: of two households with one id nobody knows whose
members are whose, so both answers and ``hh.`` cells are missing. Deliberately not here: the expressions.
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from rules.language import ast
from rules.language.aggregates import Aggregates
from rules.language.last_cells import with_last_cells
from rules.language.last_year import LastYear
from rules.language.scope import Table
from rules.language.to_polars import HOUSEHOLD_PREFIX
from rules.language.typed import refuse_untyped


def lazy_records(
    table: Table,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    cells: Collection[ast.Column],
    aggregates: Aggregates,
    last: LastYear | None = None,
) -> pl.LazyFrame:
    """The rows of ``table`` in order, with all that compiled expressions read.

    ``cells`` are theirs, ``aggregates`` the one they were compiled with, ``last`` last round's records (None:
    there are none). Raises TypeError when the frames are not typed as the expressions need.
    """
    refuse_untyped(table, households, persons, cells, last)
    shared = shared_ids(households)
    of_household = sorted({cell.name for cell in cells if cell.place == "household"})
    members = _with_household_cells(households, persons, of_household, shared)
    ago: dict[Table, set[ast.Column]] = {"person": set(), "household": set()}
    for cell in cells:
        if cell.is_last:
            ago[cell.table(table)].add(cell)
    members = with_last_cells(members, "person", persons, ago["person"], last)
    rows = members
    if table == "household":
        rows = with_last_cells(households.lazy(), "household", households, ago["household"], last)
    if not aggregates:
        return rows
    ids = (persons if table == "person" else households).get_column("household_id")
    answers = aggregates.per_household(members)
    joined = rows.join(answers, on="household_id", how="left", maintain_order="left")
    return joined.with_columns(aggregates.filled(_is_known(ids, shared)))


def shared_ids(households: pl.DataFrame) -> list[str]:
    """The household_ids that more than one household row has, sorted; usually none."""
    ids = households.get_column("household_id").drop_nulls()
    if ids.n_unique() == ids.len():
        return []
    return sorted(ids.filter(ids.is_duplicated()).unique().to_list())


def _with_household_cells(
    households: pl.DataFrame, persons: pl.DataFrame, cells: list[str], shared: list[str]
) -> pl.LazyFrame:
    if not cells:
        return persons.lazy()
    right = households.lazy().select(
        pl.col("household_id"), *(pl.col(cell).alias(HOUSEHOLD_PREFIX + cell) for cell in cells)
    )
    if shared:
        right = right.filter(~pl.col("household_id").is_in(shared))
    return persons.lazy().join(right, on="household_id", how="left", maintain_order="left")


def _is_known(ids: pl.Series, shared: list[str]) -> pl.Expr | None:
    if not shared and ids.null_count() == 0:
        return None
    return pl.col("household_id").is_not_null() & ~pl.col("household_id").is_in(shared)
