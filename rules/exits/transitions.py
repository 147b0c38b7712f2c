"""What became of each household between two rounds, for any number of lists at once.

A household that changed sides exited or fell; one that only one round has is new or gone; and one that cannot
be told in either round keeps a state of its own, so that nobody is dropped without a word. Where a district
is in one round only, its households are out of sight in the other and neither new nor gone. Deliberately not
here: adding up (tallies.py), and whether an exit is to be believed (marks.py).
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from rules.exits.wording import STANDINGS, Wording

PLACE = ("district_code", "tambon_code")
KEYS = {
    "household_id": pl.String(),
    "household_id_before": pl.String(),
    "linked_by": pl.String(),
    **{name: pl.String() for name in PLACE},
    **{f"{name}_before": pl.String() for name in PLACE},
    "members": pl.Int64(),
    "members_before": pl.Int64(),
    "is_here": pl.Boolean(),
    "was_here": pl.Boolean(),
    "is_compared": pl.Boolean(),
}


def judge(
    before: pl.DataFrame, now: pl.DataFrame, links: pl.DataFrame, lists: Iterable[str], wording: Wording
) -> pl.DataFrame:
    """A row per household of either round: KEYS, then for each of ``lists`` its transition (wording.dtype).

    ``before`` and ``now``: household_id, district_code, tambon_code, members, and a column of states for each
    list. ``links``: of linking.link, over at least these households. This round's come first, in its order,
    then those of last round only. A household id that comes twice comes once, as in rules.below_line; a place
    that is not known is "", null where the household is not in that round.
    """
    chosen = tuple(lists)
    beside = _side_by_side(one_each(before), one_each(now), links, chosen).with_columns(
        is_compared=pl.when(~pl.col("was_here"))
        .then(_is_read(before, "district_code"))
        .when(~pl.col("is_here"))
        .then(_is_read(now, "district_code_before"))
        .otherwise(True)
    )
    every = range(len(STANDINGS))
    table = pl.Series([wording.of(was, is_) for was in every for is_ in every], dtype=wording.dtype)
    transitions = [
        pl.lit(table)
        .gather(
            _standing(f"{name}_before", "was_here", wording) * len(STANDINGS)
            + _standing(name, "is_here", wording)
        )
        .alias(name)
        for name in chosen
    ]
    return beside.select(*(pl.col(name).cast(dtype) for name, dtype in KEYS.items()), *transitions).collect()


def one_each(frame: pl.DataFrame) -> pl.DataFrame:
    """The households, each once: of several rows with one id the first, and all without an id."""
    ids = frame.get_column("household_id")
    return frame.filter(ids.is_first_distinct() | ids.is_null())


def _side_by_side(
    before: pl.DataFrame, now: pl.DataFrame, links: pl.DataFrame, lists: tuple[str, ...]
) -> pl.LazyFrame:
    places = [pl.col(name).fill_null("") for name in PLACE]
    kept = ("household_id", "members", *lists)
    ago = before.lazy().select(*kept, *places, was_here=pl.lit(True))
    ago = ago.rename({name: f"{name}_before" for name in (*kept, *PLACE)})
    of_now = links.lazy().filter(pl.col("household_id").is_not_null(), pl.col("linked_by") != "none")
    linked = of_now.select("household_id", "household_id_before", pl.col("linked_by").cast(pl.String))
    # The link names a household that has no people on that round's list: then it is new, not linked.
    there = linked.join(ago.select("household_id_before"), on="household_id_before", how="semi")
    known = (
        now.lazy()
        .select(*kept, *places, is_here=pl.lit(True))
        .join(there, on="household_id", how="left", maintain_order="left")
        .join(ago, on="household_id_before", how="left", maintain_order="left")
    )
    gone = ago.join(known, on="household_id_before", how="anti", maintain_order="left")
    return pl.concat([known, gone], how="diagonal").with_columns(
        pl.col("linked_by").fill_null("none"), pl.col("is_here", "was_here").fill_null(False)
    )


def _is_read(other: pl.DataFrame, district: str) -> pl.Expr:
    """Whether the ``other`` round has the district at all; without it nobody knows who would be there."""
    read = other.get_column("district_code").fill_null("").unique()
    return pl.col(district).is_in(read.implode()) | (pl.col(district) == "")


def _standing(name: str, is_there: str, wording: Wording) -> pl.Expr:
    # Compared as they are: as text, the states of thirty lists would take seconds.
    state, code = pl.col(name), {name: pl.lit(code, pl.UInt8) for code, name in enumerate(STANDINGS)}
    absent = pl.when(pl.col("is_compared")).then(code["absent"]).otherwise(code["out_of_sight"])
    told = (
        pl.when(~pl.col(is_there))
        .then(absent)
        .when(state == wording.state_on)
        .then(code["on"])
        .when(state == wording.state_off)
        .then(code["off"])
    )
    if not wording.applies_always:
        told = told.when(state == "not_applicable").then(code["not_applicable"])
    return told.otherwise(code["out_of_sight"])
