"""One household's members held against each other: the same person entered twice under different ids.

Same first name, last name and birth date within one household is one person, but for a chance too small to
matter there; across a province it is not. The same id twice is DU001's, the same member number twice DU006's.
Deliberately not here: spellings that are nearly alike, which brothers and sisters often have.
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from rules.across.found import Found, found

RULES = ("DU014",)
PERSON_COLUMNS = ("first_name", "last_name", "birth_date")
SAME = ("household_id", "birth_date", "first_name", "last_name")


def members(persons: pl.DataFrame, shared: Collection[str]) -> dict[str, Found]:
    """The check by rule id; ``shared`` are the household ids of more than one household."""
    people = persons.select(
        "household_id",
        "birth_date",
        "member_no",
        "national_id",
        pl.col("first_name").str.strip_chars(),
        # People without a last name are told apart by the rest.
        pl.col("last_name").str.strip_chars().fill_null(""),
        row=pl.int_range(pl.len()),
        is_known=pl.all_horizontal(pl.col("household_id", "birth_date", "first_name").is_not_null())
        & ~pl.col("household_id").is_in(list(shared)).fill_null(True),
    )
    return {"DU014": found("person", people.get_column("is_known"), _twice(people), *PERSON_COLUMNS)}


def _twice(people: pl.DataFrame) -> pl.DataFrame:
    """The rows of people entered more than once, with the numbers of the members they are the same as."""
    # Births on one day in one household are few, so that names are compared of few.
    known = people.lazy().filter("is_known")
    born = known.group_by("household_id", "birth_date").len().filter(pl.col("len") > 1)
    few = known.join(born, on=["household_id", "birth_date"], how="semi", maintain_order="left").collect()
    id_ = pl.col("national_id").fill_null(pl.format("row {}", "row"))
    groups = few.group_by(SAME).agg(
        ids=id_.n_unique(), numbers=pl.col("member_no").drop_nulls().unique().sort(), rows=pl.len()
    )
    twice = groups.filter((pl.col("ids") == pl.col("rows")) & (pl.col("numbers").list.len() > 1))
    others = pl.col("numbers").list.set_difference(pl.concat_list("member_no")).list.sort()
    return few.join(twice, on=SAME).select(
        "row", other_members=others.cast(pl.List(pl.String)).list.join(", ")
    )
