"""Who was there last year and is nowhere now, and who is there now and was nowhere last year.

Told only where it is most of a household: people come and go, and a single number mistyped looks the same. A
household that changed both ways is told once, as one of new people. Deliberately not here: the same person or
household compared with last year, which the rule language says itself (``last.``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from rules.across.before import Before
from rules.across.found import Found, found

RULES = ("YR101", "YR102")


@dataclass(frozen=True)
class _Change:
    """Per household: are most of its people surely not in the other year, and can that be told at all."""

    is_most: pl.Series
    is_sure: pl.Series
    counts: pl.DataFrame


def years(
    households: pl.DataFrame,
    persons: pl.DataFrame,
    before: Before,
    shared: Collection[str],
    parameters: Mapping[str, int],
    is_whole: bool,
) -> dict[str, Found]:
    """The two checks by rule id; ``persons`` with ``age``.

    ``is_whole``: every district of the province is among this year's records; otherwise who is not found may
    be in one that was not read.
    """
    homes = households.select("household_id", district=pl.col("district_code").fill_null(""))
    ago, now = numbered(before.persons), numbered(persons)
    not_newborn = now.filter((persons.get_column("age") > parameters["newborn_age"]).fill_null(True))
    gone = _change(homes, ago, now, parameters)
    new = _change(homes, not_newborn, ago, parameters)
    is_one = ~homes.get_column("household_id").is_in([*shared, *_twice(before)]).fill_null(True)
    was_read = homes.get_column("district").is_in(
        before.households.get_column("district_code").unique().implode()
    )
    in_both = (gone.counts.get_column("people") > 0) & _has(homes, now)
    knowable = is_one & was_read
    tells_new = knowable & new.is_sure & before.is_whole
    tells_gone = knowable & gone.is_sure & is_whole
    is_new = tells_new & new.is_most & in_both
    is_gone = tells_gone & gone.is_most & in_both & ~is_new
    applies = in_both | ~knowable
    return {
        "YR101": found(
            "household", tells_gone, _told(gone, is_gone), "household_id", applies=applies & ~is_new
        ),
        "YR102": found("household", tells_new, _told(new, is_new), "household_id", applies=applies),
    }


def numbered(persons: pl.DataFrame) -> pl.DataFrame:
    """Household and national id as a number, null where it has not 13 digits."""
    is_id = pl.col("national_id").str.contains("^[0-9]{13}$")
    number = pl.when(is_id).then(pl.col("national_id")).cast(pl.Int64, strict=False)
    return persons.select("household_id", id=number)


def _twice(before: Before) -> list[str]:
    ids = before.households.get_column("household_id").drop_nulls()
    return ids.filter(ids.is_duplicated()).unique().to_list()


def _has(homes: pl.DataFrame, people: pl.DataFrame) -> pl.Series:
    return (
        homes.get_column("household_id")
        .is_in(people.get_column("household_id").unique().implode())
        .fill_null(False)
    )


def _change(
    homes: pl.DataFrame, people: pl.DataFrame, others: pl.DataFrame, parameters: Mapping[str, int]
) -> _Change:
    """How many of each household's ``people`` are nowhere among ``others``, the other year's.

    Somebody without a readable id may be anybody of the household, in either year.
    """
    elsewhere = others.select("id").drop_nulls().unique().with_columns(is_found=pl.lit(True))
    of_home = (
        people.join(elsewhere, on="id", how="left")
        .group_by("household_id")
        .agg(
            people=pl.len().cast(pl.Int64),
            unknown=pl.col("id").null_count().cast(pl.Int64),
            lost=(pl.col("id").is_not_null() & pl.col("is_found").is_null()).sum().cast(pl.Int64),
        )
    )
    unknown = (
        others.filter(pl.col("id").is_null()).group_by("household_id").agg(other=pl.len().cast(pl.Int64))
    )
    counts = (
        homes.join(of_home, on="household_id", how="left", maintain_order="left")
        .join(unknown, on="household_id", how="left", maintain_order="left")
        .select(pl.col("people", "unknown", "lost", "other").fill_null(0))
    )
    surely, perhaps = pl.col("lost") - pl.col("other"), pl.col("lost") + pl.col("unknown")
    told = counts.select(surely=_is_most(surely, parameters), perhaps=_is_most(perhaps, parameters))
    return _Change(told["surely"], told["surely"] | ~told["perhaps"], counts)


def _is_most(lost: pl.Expr, parameters: Mapping[str, int]) -> pl.Expr:
    share = lost * 100 > parameters["changed_members_percent"] * pl.col("people")
    return share & (lost >= parameters["changed_members_least"])


def _told(change: _Change, is_violated: pl.Series) -> pl.DataFrame:
    words = change.counts.select(
        pl.int_range(pl.len()).alias("row"),
        people=pl.col("people").cast(pl.String),
        lost=pl.col("lost").cast(pl.String),
    )
    return words.filter(is_violated)
