"""Records of one table read: typed rows, and every cell that could not be taken or is worth telling.

A typed row fits its model in every cell: what is outside a range or of the wrong shape is nulled like text
that cannot be read, and told with the text as sent. What is not here: rows, headers, and what depends on the
district.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from flows.intake.readers import readers
from flows.intake.reading import Typed, read_columns
from schemas.frames import complete, empty, structural_failures
from schemas.layouts import MODELS, Table

# Rows of all sheets of a district are told apart by the number of the sheet in the upper half.
SHEET = 1 << 32
# `is_taken`: the value was read all the same (a year in C.E.); otherwise the cell is null in the typed frame.
PROBLEM = {
    "row": pl.Int64(),
    "field": pl.String(),
    "text": pl.String(),
    "rule_id": pl.String(),
    "is_taken": pl.Boolean(),
}


@dataclass(frozen=True)
class Part:
    """Rows with all columns of the model and ``row``; problems as ``PROBLEM``, joined to rows by ``row``."""

    frame: pl.DataFrame
    problems: pl.DataFrame


def empty_part(table: Table) -> Part:
    """A part without rows."""
    frame = empty(MODELS[table]).with_columns(row=pl.lit(None, pl.Int64))
    return Part(frame, pl.DataFrame(schema=PROBLEM))


def joined(table: Table, parts: Iterable[Part]) -> Part:
    """The rows of several parts of one table, in their order."""
    every = [empty_part(table), *parts]
    return Part(pl.concat(part.frame for part in every), pl.concat(part.problems for part in every))


def without_rows(part: Part, rows: pl.Series) -> Part:
    """The part without those rows and their problems."""
    return Part(part.frame.filter(~_among(rows)), part.problems.filter(~_among(rows)))


def read_part(
    records: pl.DataFrame, fields: Mapping[str, str], table: Table, delivery_id: str, sheet: int, year_be: int
) -> Part:
    """Read text cells (``fields``: field -> cell of ``records``) into typed rows of ``table``."""
    texts = records.select(pl.col(cell).alias(field) for field, cell in fields.items())
    rows = records.select(row=pl.col("source_row") + sheet * SHEET).to_series()
    known = readers(table, year_be)
    typed = read_columns(texts, {field: known[field] for field in fields})
    frame = complete(
        typed.values.with_columns(records["source_row"], delivery_id=pl.lit(delivery_id)), MODELS[table]
    ).with_columns(rows)
    problems = _problems(texts, rows, typed)
    has_key = frame["household_id"].is_not_null()
    if not has_key.all():
        keyless = rows.filter(~has_key)
        frame, texts = frame.filter(has_key), texts.filter(has_key)
        problems = problems.filter(~_among(keyless) | (pl.col("field") == "household_id"))
    return _fitting(Part(frame, problems), texts, table)


def _problems(texts: pl.DataFrame, rows: pl.Series, typed: Typed) -> pl.DataFrame:
    found = [pl.DataFrame(schema=PROBLEM)]
    for field, rules in typed.rules.items():
        cells = pl.DataFrame(
            [
                rows,
                texts[field].alias("text"),
                rules.alias("rule_id"),
                typed.values[field].is_not_null().alias("is_taken"),
            ]
        ).filter(pl.col("rule_id").is_not_null())
        found.append(cells.select("row", pl.lit(field).alias("field"), "text", "rule_id", "is_taken"))
    return pl.concat(found)


def _fitting(part: Part, texts: pl.DataFrame, table: Table) -> Part:
    """Null and tell the cells that Pandera finds outside their range or of the wrong shape."""
    failures = structural_failures(part.frame.drop("row"), MODELS[table])
    if failures.is_empty():
        return part
    frame, found = part.frame, [part.problems]
    for (field,), cells in failures.unique(["row", "field"]).group_by("field", maintain_order=True):
        places = cells["row"].sort()
        told = pl.DataFrame({"row": frame["row"].gather(places), "text": texts[field].gather(places)})
        rule_id = pl.lit(cells["rule_id"][0]).alias("rule_id")
        found.append(
            told.select("row", pl.lit(field).alias("field"), "text", rule_id, pl.lit(False).alias("is_taken"))
        )
        is_wrong = pl.int_range(pl.len()).is_in(places.implode())
        frame = frame.with_columns(pl.when(~is_wrong).then(pl.col(field)).alias(field))
    return Part(frame, pl.concat(found))


def _among(rows: pl.Series) -> pl.Expr:
    return pl.col("row").is_in(rows.implode())
