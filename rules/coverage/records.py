"""Clean records, typed and as text: what mistakes are typed into.

The text of a cell is what an export to text holds: ISO dates, slugs, true and false. Deliberately not here:
where the records come from.
"""

from dataclasses import dataclass

import polars as pl

from schemas.dictionary import columns
from schemas.layouts import MODELS, Table

NEVER_SENT = frozenset({"delivery_id", "source_row", "reference_date"})
"""Made by the program or derived; nobody types them."""

SENDER = "sender"
"""The district whose file a row is in, whatever the row's own cells say."""

OWNER = "owner"
"""The household a row belongs to in truth. Neither of the two is typed: the judge does not send them."""


@dataclass(frozen=True)
class Records:
    """Both tables in the same order of rows, typed (`schemas`) and as text (`as_text`)."""

    typed: dict[Table, pl.DataFrame]
    text: dict[Table, pl.DataFrame]


def records(households: pl.DataFrame, persons: pl.DataFrame) -> Records:
    """Of typed frames. ValueError when a household id is missing or comes twice."""
    ids = households.get_column("household_id")
    if ids.null_count() or ids.n_unique() < ids.len():
        raise ValueError("every clean household needs an id of its own")
    typed: dict[Table, pl.DataFrame] = {"household": households, "person": persons}
    return Records(typed, {table: as_text(frame, table) for table, frame in typed.items()})


def as_text(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The frame's sent columns as text, null where nothing is typed, SENDER and OWNER."""
    names = [name for name in columns(MODELS[table]) if name in frame.columns and name not in NEVER_SENT]
    return frame.select(
        *(pl.col(name).cast(pl.String) for name in names),
        pl.col("district_code").alias(SENDER),
        pl.col("household_id").alias(OWNER),
    )
