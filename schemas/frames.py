"""Typed frames: empty ones, frames from literal rows, completing what an extract lacks, structural failures.

A typed frame has every column of its model, in order, with its type. Casting text is intake's work
(`flows/intake`): here a value that does not fit raises.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import pandera.errors
import pandera.polars as pa
import polars as pl

from schemas.dictionary import columns
from schemas.fields import REQUIRED_CELL_EMPTY

FAILURES = {"row": pl.Int64(), "field": pl.String(), "rule_id": pl.String()}
# What Pandera calls a null where none is allowed.
_NULL_KEY = "not_nullable"
# Pandera's built-in checks of one column, by its names and arguments, as one asks Polars.
_HOLDS: Mapping[str, Callable[..., pl.Expr]] = {
    "greater_than_or_equal_to": lambda column, min_value: column >= min_value,
    "less_than_or_equal_to": lambda column, max_value: column <= max_value,
    "str_matches": lambda column, pattern: column.str.contains(pattern),
}


def schema_of(model: type[pa.DataFrameModel]) -> dict[str, pl.DataType]:
    """Column names and Polars types of `model`, in frame order."""
    return {name: column.dtype for name, column in columns(model).items()}


def empty(model: type[pa.DataFrameModel]) -> pl.DataFrame:
    """A typed frame without rows."""
    return _empty(model).clone()


@cache
def _empty(model: type[pa.DataFrameModel]) -> pl.DataFrame:
    return pl.DataFrame(schema=schema_of(model))


def from_rows(model: type[pa.DataFrameModel], rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """A typed frame of literal rows; what a row leaves out is null. KeyError on a name the model lacks."""
    schema = schema_of(model)
    # pl.DataFrame(rows, schema=…) would drop an unknown key without a word.
    given = {name for row in rows for name in row}
    if unknown := sorted(given - set(schema)):
        raise KeyError(f"{model.__name__} has no column {', '.join(unknown)}")
    if not given:
        return _empty(model).clear(len(rows))
    # Columns nobody names are added by Polars, all null: some 150 lists of None a frame cost milliseconds.
    data = {name: [row.get(name) for row in rows] for name in schema if name in given}
    named = pl.DataFrame(data, schema={name: schema[name] for name in data}, strict=True)
    return pl.concat([_empty(model), named], how="diagonal")


def complete(df: pl.DataFrame, model: type[pa.DataFrameModel]) -> pl.DataFrame:
    """`df` as a typed frame of `model`: absent columns added as null, the rest cast, all in order.

    Raises KeyError on a column the model lacks and polars.exceptions.InvalidOperationError on a value that
    does not fit: nothing is dropped or nulled silently.
    """
    schema = schema_of(model)
    unknown = sorted(set(df.columns) - set(schema))
    if unknown:
        raise KeyError(f"{model.__name__} has no column {', '.join(unknown)}")
    return df.select(
        pl.col(name).cast(dtype, strict=True) if name in df.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in schema.items()
    )


def structural_failures(df: pl.DataFrame, model: type[pa.DataFrameModel]) -> pl.DataFrame:
    """Cells that break a single-column check of `model`: row (0-based), field, rule_id; no values.

    Raises TypeError on a LazyFrame, whose data Pandera would not look at, and SchemaErrors if the frame does
    not have the columns and types of the model at all (use `complete` first).
    """
    if not isinstance(df, pl.DataFrame):
        raise TypeError("collect the frame first: Pandera checks no data of a LazyFrame")
    try:
        _validate_suspects(df, model)
    except pandera.errors.SchemaErrors as errors:
        cases: pl.DataFrame = errors.failure_cases
        if cases.get_column("index").null_count():
            raise
        return cases.select(
            row=pl.col("index").cast(pl.Int64),
            field=pl.col("column"),
            rule_id=pl.col("check").replace({_NULL_KEY: REQUIRED_CELL_EMPTY}),
        ).sort("row", "field", "rule_id")
    return pl.DataFrame(schema=FAILURES)


def _validate_suspects(df: pl.DataFrame, model: type[pa.DataFrameModel]) -> None:
    """Have Pandera look at the columns in which some check fails, or at all of a frame of another shape.

    Pandera asks Polars several times a column, which is a second for 286 columns however few the rows; most
    have nothing to tell, and one question about all of them says which.
    """
    if dict(df.schema) != schema_of(model):
        model.validate(df, lazy=True)
        return
    asked = df.select(_fails(model)).row(0, named=True)
    suspects = [name for name, fails in asked.items() if fails]
    model.to_schema().select_columns(suspects).validate(df.select(suspects), lazy=True)


@cache
def _fails(model: type[pa.DataFrameModel]) -> list[pl.Expr]:
    """For each column that has something to fail: whether it does. An unknown kind of check always may."""
    expressions = []
    for name, column in model.to_schema().columns.items():
        value = pl.col(name)
        fails = [] if column.nullable else [value.is_null().any()]
        for check in column.checks:
            holds = _HOLDS.get(check.name or "")
            fails.append((~holds(value, **check.statistics)).any() if holds else pl.lit(True))
        if fails:
            expressions.append(pl.any_horizontal(fails).alias(name))
    return expressions
