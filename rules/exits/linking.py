"""Which household of last round a household of this round is: by its key, else by the people in it.

A key that both rounds have once is believed, unless the rosters refute it: most people of both are known by
their national id and nobody is in both. Where no key tells, a household is the one from which most of its
people came, if that is more than half of those found and that one's people went nowhere else in a greater
number. Each household is linked at most once. Deliberately not here: what became of it (transitions.py).
"""

from __future__ import annotations

import polars as pl

from rules.across.years import numbered
from rules.language.polars_ids import thai_id_ok

LINKED_BY = ("key", "members", "none")
SCHEMA = {
    "household_id": pl.String(),
    "household_id_before": pl.String(),
    "linked_by": pl.Enum(LINKED_BY),
    "is_key_reused": pl.Boolean(),
}


def link(
    households_before: pl.DataFrame,
    persons_before: pl.DataFrame,
    households: pl.DataFrame,
    persons: pl.DataFrame,
) -> pl.DataFrame:
    """A row per household id of either round, in SCHEMA: this round's first, then those of last round only.

    Households need household_id, persons household_id and national_id. household_id is null for one that is
    gone, household_id_before for one that is new. A household without an id is in no row: it cannot be known
    again. An id given twice is no key, but its people may tell. is_key_reused: the id is in both rounds, once
    each, and is not the same household's.
    """
    ids_before, ids = _ids(households_before), _ids(households)
    people_before, people = _people(persons_before), _people(persons)
    met = _met(people_before, people)
    # Each is used several times, and would be made again each time.
    in_both = _once(ids).join(_once(ids_before), on="household_id", how="semi").collect().lazy()
    reused = _refuted(in_both, met, people_before, people).collect().lazy()
    by_key = in_both.join(reused, on="household_id", how="anti").with_columns(
        household_id_before="household_id", linked_by=pl.lit("key")
    )
    by_key = by_key.collect().lazy()
    by_members = _by_members(ids_before, ids, met, by_key).with_columns(linked_by=pl.lit("members"))
    linked = pl.concat([by_key, by_members])
    return _told(ids_before, ids, linked, reused)


def _told(
    ids_before: pl.LazyFrame, ids: pl.LazyFrame, linked: pl.LazyFrame, reused: pl.LazyFrame
) -> pl.DataFrame:
    known = ids.unique(maintain_order=True).join(linked, on="household_id", how="left", maintain_order="left")
    gone = (
        ids_before.unique(maintain_order=True)
        .rename({"household_id": "household_id_before"})
        .join(linked, on="household_id_before", how="anti", maintain_order="left")
    )
    again = pl.coalesce("household_id", "household_id_before")
    every = pl.concat([known, gone], how="diagonal").with_columns(
        pl.col("linked_by").fill_null("none"), key=again
    )
    marked = every.join(
        reused.select(key="household_id", is_key_reused=pl.lit(True)),
        on="key",
        how="left",
        maintain_order="left",
    ).with_columns(pl.col("is_key_reused").fill_null(False))
    return marked.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items()).collect()


def _ids(households: pl.DataFrame) -> pl.LazyFrame:
    return households.lazy().select("household_id").drop_nulls()


def _once(ids: pl.LazyFrame) -> pl.LazyFrame:
    return ids.filter(pl.col("household_id").is_unique())


def _people(persons: pl.DataFrame) -> pl.DataFrame:
    """household_id, id as a number of 13 digits or null, and whether its check digit is right."""
    is_valid = persons.select(is_valid=thai_id_ok(pl.col("national_id")).fill_null(False))
    return pl.concat([numbered(persons), is_valid], how="horizontal")


def _met(people_before: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Everybody whose valid id each round has once: household_id, and household_id_before."""
    both = [_told_apart(each) for each in (people, people_before)]
    return both[0].join(both[1], on="id", suffix="_before").drop("id").collect()


def _told_apart(people: pl.DataFrame) -> pl.LazyFrame:
    """People in a household with a valid id that nobody else in the round has, in any household or none."""
    once = people.lazy().filter("is_valid").filter(pl.col("id").is_unique())
    return once.filter(pl.col("household_id").is_not_null()).select("household_id", "id")


def _refuted(
    in_both: pl.LazyFrame, met: pl.DataFrame, people_before: pl.DataFrame, people: pl.DataFrame
) -> pl.LazyFrame:
    """Keys of both rounds whose people are others: most of either roster has a valid id, none is in both."""
    confirmed = met.lazy().filter(pl.col("household_id") == pl.col("household_id_before"))
    doubtful = in_both.join(confirmed, on="household_id", how="anti").collect().lazy()
    now, ago = (
        each.lazy().join(doubtful, on="household_id", how="semi").collect().lazy()
        for each in (people, people_before)
    )
    # A mistyped number that is the same mistake in both rounds is the same person's.
    shared = now.join(ago, on=["household_id", "id"], how="semi").select("household_id")
    is_known = pl.col("is_valid").sum() * 2 > pl.len()
    mostly = [each.group_by("household_id").agg(is_known=is_known).filter("is_known") for each in (now, ago)]
    return (
        mostly[0]
        .join(mostly[1], on="household_id", how="semi")
        .join(shared, on="household_id", how="anti")
        .select("household_id")
    )


def _by_members(
    ids_before: pl.LazyFrame, ids: pl.LazyFrame, met: pl.DataFrame, by_key: pl.LazyFrame
) -> pl.LazyFrame:
    """household_id and household_id_before of those that only their people link, mutual and unlinked yet."""
    of_now, of_before = ["household_id"], ["household_id_before"]
    before = ids_before.rename({"household_id": "household_id_before"}).unique()
    # Whoever stayed with a key says nothing about the others; a handful is left of a province.
    is_same = pl.col("household_id") == pl.col("household_id_before")
    moved, stayed = met.lazy().filter(~is_same), met.lazy().filter(is_same)
    free = ids.unique().join(by_key, on=of_now, how="anti")
    free_before = before.join(by_key, on=of_before, how="anti")
    met_free = pl.concat([moved, stayed.join(by_key, on=of_now, how="anti")])
    pairs = met_free.group_by(*of_now, *of_before).agg(shared=pl.len()).collect().lazy()
    most = pairs.group_by(of_now).agg(pl.col("shared").sum().alias("found"))
    from_one = (
        pairs.join(most, on=of_now)
        .filter(pl.col("shared") * 2 > pl.col("found"))
        .select(*of_now, *of_before, "shared")
    )
    # The greatest number went there; of equals, to the smallest id.
    to_one = (
        pairs.sort("shared", "household_id", descending=[True, False])
        .unique(of_before, keep="first", maintain_order=True)
        .select(*of_now, *of_before)
    )
    return (
        from_one.join(to_one, on=[*of_now, *of_before], how="semi")
        .join(free, on=of_now, how="semi")
        .join(free_before, on=of_before, how="semi")
        .select(*of_now, *of_before)
    )
