"""Ages that were not sent but follow from the birth date: full years at the household's reference date.

Age is a derived field in the official app, and several exports leave it out. Only what was left empty is
filled (the column absent, or the cell); an age that was sent stays as sent, and a cell that could not be read
stays empty, for it says something that nobody knows. What is not here: whether a stated age fits the birth
date (rules AG001, AG002).
"""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from flows.intake.part import SHEET, Part
from schemas.dictionary import columns
from schemas.person import Person
from schemas.rounds import Round


def with_ages(person: Part, households: pl.DataFrame, round_: Round) -> tuple[Part, Mapping[int, int]]:
    """Members with their ages completed, and how many were derived by number of their sheet."""
    rows = person.frame
    homes = households.unique("household_id", keep="first").select("household_id", "reference_date")
    end = rows.join(homes, on="household_id", how="left", maintain_order="left")["reference_date"]
    age = columns(Person)["age"]
    unread = person.problems.filter((pl.col("field") == "age") & ~pl.col("is_taken"))["row"]
    years = _full_years(pl.col("birth_date"), end.fill_null(round_.reference_date))
    is_left_out = pl.col("age").is_null() & ~pl.col("row").is_in(unread.implode())
    derived = rows.select(pl.when(is_left_out & years.is_between(age.low, age.high)).then(years)).to_series()
    if not derived.count():
        return person, {}
    frame = rows.with_columns(pl.coalesce("age", derived).alias("age"))
    sheets = rows.filter(derived.is_not_null()).select(pl.col("row") // SHEET).to_series()
    return replace(person, frame=frame), dict(sheets.value_counts().iter_rows())


def _full_years(start: pl.Expr, end: pl.Series) -> pl.Expr:
    """As the rules count them: born on 29 February, a year older on 1 March."""
    day = pl.lit(end)
    birthday_is_to_come = day.dt.month().cast(pl.Int64) * 100 + day.dt.day() < (
        start.dt.month().cast(pl.Int64) * 100 + start.dt.day()
    )
    years = day.dt.year().cast(pl.Int64) - start.dt.year()
    return years - birthday_is_to_come.cast(pl.Int64)
