"""Last year's cells beside this year's records for the Polars target, as columns ``last.<name>``.

A record finds last year's by its key (last_year.py), unless another record of this year has the same key:
whose last year it is nobody knows. Deliberately not here: which expressions read them.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from rules.language import ast
from rules.language.last_year import KEYS, LastYear, known_again
from rules.language.scope import Table
from rules.language.to_polars import LAST_PREFIX
from rules.language.typed import dtype

# So many times more of last year than of this: then it pays to look first who can be found at all.
FEW = 2


def with_last_cells(
    rows: pl.LazyFrame,
    table: Table,
    records: pl.DataFrame,
    cells: Iterable[ast.Column],
    last: LastYear | None,
) -> pl.LazyFrame:
    """``rows``, which are those of ``records`` in their order, with last year's ``cells`` of ``table``.

    ``last`` None: no record of last year is known, so all are missing.
    """
    types = {cell.name: cell.type for cell in cells}
    if not types:
        return rows
    if last is None:
        return rows.with_columns(
            pl.lit(None, dtype(type_)).alias(LAST_PREFIX + name) for name, type_ in types.items()
        )
    key = KEYS[table]
    found = known_again(last.of(table), key, records)
    right = found.lazy().select(key, *(pl.col(name).alias(LAST_PREFIX + name) for name in sorted(types)))
    if records.height * FEW < found.height:
        # A district against a province: what is looked up in is built of those it can find.
        right = right.join(records.lazy().select(key), on=key, how="semi")
    return rows.join(right, on=key, how="left", maintain_order="left")
