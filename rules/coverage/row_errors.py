"""Mistakes with whole rows: somebody twice, somebody forgotten, one household's answers in another's row.

Each takes the tables as text and the rows it happens to, and gives the tables as they would be sent.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from rules.coverage.groups import group_of
from schemas.layouts import Table

Tables = dict[Table, pl.DataFrame]
ROW = "(row)"
"""Stands in the place of a column."""


@dataclass(frozen=True, slots=True)
class RowError:
    """A mistake with rows of a table; `rows` are row numbers of that table, each of another household."""

    name: str
    table: Table
    th: str
    en: str
    wrong: Callable[[Tables, list[int]], Tables]


def _person_twice(tables: Tables, rows: list[int]) -> Tables:
    """Once more at the end of the roster, with the next number."""
    persons = tables["person"]
    number = pl.col("member_no").cast(pl.Int64, strict=False)
    last = persons.group_by("household_id").agg(number.max().alias("last"))
    twins = persons[rows].join(last, on="household_id", maintain_order="left")
    twins = twins.with_columns((pl.col("last") + 1).cast(pl.String).alias("member_no")).drop("last")
    return {**tables, "person": pl.concat([persons, twins])}


def _left_out(table: Table) -> Callable[[Tables, list[int]], Tables]:
    def wrong(tables: Tables, rows: list[int]) -> Tables:
        kept = tables[table].with_row_index("row").filter(~pl.col("row").is_in(rows))
        return {**tables, table: kept.drop("row")}

    return wrong


def _household_twice(tables: Tables, rows: list[int]) -> Tables:
    homes = tables["household"]
    return {**tables, "household": pl.concat([homes, homes[rows]])}


def _answers_copied(tables: Tables, rows: list[int]) -> Tables:
    """Every answer is that of the household before; place, ids and dates are the household's own."""
    homes = tables["household"]
    answers = [name for name in homes.columns if group_of("household", name) != "place"]
    before = homes[[row - 1 for row in rows]]
    copied = homes.with_columns(homes[name].scatter(rows, before[name]) for name in answers)
    return {**tables, "household": copied}


ROW_ERRORS = (
    RowError("answers_copied", "household", "คัดลอกคำตอบทั้งชุด", "all answers copied", _answers_copied),
    RowError("person_twice", "person", "กรอกคนเดียวกันสองครั้ง", "a person twice", _person_twice),
    RowError("household_twice", "household", "ส่งครัวเรือนซ้ำ", "a household twice", _household_twice),
    RowError("person_left_out", "person", "สมาชิกตกหล่น", "a person forgotten", _left_out("person")),
    RowError(
        "household_left_out", "household", "ครัวเรือนตกหล่น", "a household forgotten", _left_out("household")
    ),
)
"""In the order they are done: rows are taken away last, while row numbers still hold."""

ROWS_BY_NAME = {error.name: error for error in ROW_ERRORS}
