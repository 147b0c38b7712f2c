"""Are the frames what the expressions were typed for? Asked once per pass, before anything is computed.

Polars would go on without a word: an Int8 column wraps, and the places of an Enum with other categories mean
other codes. Deliberately not here: what a cell may hold (the schemas' work).
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from rules.language import ast
from rules.language.kinds import Kind, Type
from rules.language.last_year import LastYear
from rules.language.scope import Table

_DTYPES: dict[Kind, pl.DataType] = {
    Kind.NUMBER: pl.Int64(),
    Kind.TEXT: pl.String(),
    Kind.DATE: pl.Date(),
    Kind.BOOL: pl.Boolean(),
}


def refuse_untyped(
    table: Table,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    cells: Iterable[ast.Column],
    last: LastYear | None = None,
) -> None:
    """Raises TypeError unless all are DataFrames whose ``cells`` have the type the rules know."""
    frames = {"household": households, "person": persons}
    if last is not None:
        frames |= {"last household": last.households, "last person": last.persons}
    for name, frame in frames.items():
        if not isinstance(frame, pl.DataFrame):
            raise TypeError(f"the {name} frame must be a typed DataFrame, not a {type(frame).__name__}")
    schemas = {name: frame.schema for name, frame in frames.items()}
    for cell in cells:
        if cell.is_last and last is None:
            continue
        home = f"last {cell.table(table)}" if cell.is_last else cell.table(table)
        found = schemas[home].get(cell.name)
        if found != dtype(cell.type):
            raise TypeError(f"{home}.{cell.name} is {found}, rules need {dtype(cell.type)}")


def dtype(type_: Type) -> pl.DataType:
    """The Polars type of a typed frame's column."""
    if type_.codes:
        return pl.Enum(type_.codes.slugs)
    return _DTYPES[type_.kind] if type_.is_whole else pl.Float64()
