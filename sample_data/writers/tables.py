"""From a district's records to the two tables an office exports: columns in order, cells, odd rows.

What is common to every kind of file. How the file itself looks is in `csv_files`, `workbook` and `parquet`.
"""

from dataclasses import dataclass, field

import polars as pl

from sample_data.planting.sow import Cell, Sown
from sample_data.writers.typing_style import Style, typed
from schemas.dictionary import columns
from schemas.household import Household
from schemas.layouts import MODELS, Table
from schemas.person import Person

NEVER_SENT = {"delivery_id", "source_row", "reference_date"}
"""Made by intake or derived there; no office sends them."""

EXTRA_COLUMN = "หมายเหตุของอำเภอ"


@dataclass
class Extract:
    """What one office sends of one round: both tables with the schema's types, and what was planted."""

    district_code: str
    year: int
    homes: pl.DataFrame
    people: pl.DataFrame
    cells: list[Cell] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)


def extract(sown: Sown, ids: pl.DataFrame, district_code: str, year: int) -> Extract:
    """`ids`: household id by `hh`, of every household before any was left out."""
    people = sown.people.join(ids, on="hh", how="left", maintain_order="left").with_columns(
        district_code=pl.lit(district_code)
    )
    return Extract(
        district_code,
        year,
        sown.homes.select(name for name in columns(Household) if _is_sent(name, sown.homes)),
        people.select(name for name in columns(Person) if _is_sent(name, people)),
        sown.cells,
        sown.extras,
    )


def _is_sent(name: str, frame: pl.DataFrame) -> bool:
    return name in frame.columns and name not in NEVER_SENT


def texts(part: pl.DataFrame, table: Table, style: Style, cells: list[Cell]) -> pl.DataFrame:
    """Rows of one table as text, with the planted cells as they were typed."""
    text = typed(part, MODELS[table], style)
    own = [cell for cell in cells if cell.table == table and (table == "person" or cell.member_no is None)]
    return overwritten(text, own, "member_no")


def overwritten(text: pl.DataFrame, cells: list[Cell], member_no: str) -> pl.DataFrame:
    """The rows with these cells as they were typed; `member_no` is the column that tells members apart."""
    for cell in cells:
        here = pl.col("household_id") == cell.household_id
        if cell.member_no is not None:
            here &= pl.col(member_no) == str(cell.member_no)
        text = text.with_columns(
            pl.when(here).then(pl.lit(cell.text)).otherwise(pl.col(cell.field)).alias(cell.field)
        )
    return text


def odd_rows(part: pl.DataFrame, table: Table, extras: dict[str, str]) -> pl.DataFrame:
    """A total row or a row without key put among the rows of text, after the household it was planned for."""
    width = part.columns
    if table == "household" and "total_row" in extras:
        row = {
            **dict.fromkeys(width),
            "household_id": "รวม",
            "member_count": part["member_count"].cast(pl.Int64).sum(),
        }
        part = _after(part, extras["total_row"], {name: _as_text(value) for name, value in row.items()})
    if table == "person" and "row_without_key" in extras:
        like = part.row(0, named=True)
        keep = ("member_no", "title", "sex", "relation", "religion", "education")
        part = _after(
            part, extras["row_without_key"], {name: like[name] if name in keep else None for name in width}
        )
    if table == "household" and "extra_column" in extras:
        part = part.with_columns(pl.lit("ตรวจแล้ว").alias(EXTRA_COLUMN))
    return part


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)


def _after(part: pl.DataFrame, household_id: str, row: dict[str, str | None]) -> pl.DataFrame:
    rows = (part["household_id"] == household_id).arg_true()
    if rows.is_empty():
        return part
    at = int(rows[-1]) + 1
    return pl.concat([part[:at], pl.DataFrame([row], schema=part.schema), part[at:]])
