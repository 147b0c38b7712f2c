"""Transitions added up per tambon, district and province: households and members apart, and the identity.

    on now = on before - exited - gone - lost sight - no longer applies - moved out
             + fell + new + came in sight + now applies + moved in + grown

where *on* is below, failing or poor. Every transition is counted where the household is now, or was last if
it is in this round no more, so that tambons add up to districts and these to the province. One that changed
its tambon was on the list of one and, when it exits, leaves that of the other: moved_in and moved_out say so,
and are 0 for the province. What leaves is counted with last round's members, what joins with this round's;
households that stayed and grew or shrank have a column of their own. Both sides of the identity are counted
apart: on before and on now from the rounds' own frames, the rest from the linked ones. Deliberately not here:
shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from rules.exits.transitions import PLACE, one_each
from rules.exits.wording import Wording
from schemas.areas import LEVELS

UNITS = ("households", "members")
KEYS = ("level", "area_code", "list", "unit")
_BEFORE = tuple(f"{name}_before" for name in PLACE)
_LEAVES = ("exited", "gone_", "lost_sight_", "no_longer_applies_")
_COUNTED = ("households", "members", "members_before")


def columns(wording: Wording) -> tuple[str, ...]:
    """The columns of a tally after KEYS, Int64: on the list before and now, transitions, movements."""
    on = wording.on
    return (
        f"{on}_before",
        f"{on}_now",
        *wording.transitions,
        f"moved_in_{on}",
        f"moved_out_{on}",
        f"grown_{on}",
    )


def identity(wording: Wording) -> dict[str, int]:
    """What is added to (1) and taken from (-1) the list of last round to give this round's, by column."""
    on = wording.on
    less = dict.fromkeys((*wording.leaving, f"moved_out_{on}"), -1)
    return less | dict.fromkeys((*wording.joining, f"moved_in_{on}", f"grown_{on}"), 1)


def broken(tally: pl.DataFrame, wording: Wording) -> pl.DataFrame:
    """The rows of a tally for which the identity does not hold: none, unless a household was lost or doubled.

    Held in two halves, so that one left out of both sides shows, too: who is on the list now stayed or
    joined, and who was on it stayed or left.
    """
    on, stayed = wording.on, pl.col(wording.stayed)
    moved = pl.col(f"moved_in_{on}") - pl.col(f"moved_out_{on}")
    was_here = pl.col(f"{on}_before") + moved + pl.col(f"grown_{on}")
    return tally.filter(
        (pl.col(f"{on}_now") != stayed + pl.sum_horizontal(wording.joining))
        | (was_here != stayed + pl.sum_horizontal(wording.leaving))
    )


def tally(
    judged: pl.DataFrame,
    before: pl.DataFrame,
    now: pl.DataFrame,
    lists: Iterable[str],
    wording: Wording,
    province_code: str,
) -> pl.DataFrame:
    """A row per area, list and unit: KEYS (text), then ``columns``; by level from the province down.

    ``judged``: of transitions.judge over the same frames and lists. A place that is not known has the
    area_code "", so that nobody is left out. Members of a household whose roster is not known are in no count
    of members.
    """
    chosen = tuple(lists)
    if not chosen:
        numbers = dict.fromkeys(columns(wording), pl.Int64())
        return pl.DataFrame(schema={**dict.fromkeys(KEYS, pl.String()), **numbers})
    moves = _moves(judged, chosen)
    entries = [entry for level in LEVELS for entry in _of_moves(moves, level, wording, province_code)]
    for name, frame in ((f"{wording.on}_before", before), (f"{wording.on}_now", now)):
        counts = _on_list(one_each(frame), chosen, wording)
        entries += [_entry(counts, level, area(level, province_code), name) for level in LEVELS]
    return _table(pl.concat(entries), chosen, columns(wording))


def _moves(judged: pl.DataFrame, lists: tuple[str, ...]) -> pl.LazyFrame:
    """Households and members by list, transition and both places: small, whatever the province."""
    # Four texts are one number, so that each list is grouped by two numbers only.
    where = judged.select(*PLACE, *_BEFORE, "members", "members_before", *lists).with_columns(
        place=pl.struct(*PLACE, *_BEFORE).rank("dense")
    )
    places = where.lazy().select("place", *PLACE, *_BEFORE).unique("place")
    counts = [pl.len().cast(pl.Int64).alias("households"), pl.col("members", "members_before").sum()]
    each = [
        where.lazy()
        .group_by("place", transition=pl.col(name))
        .agg(counts)
        .select("place", pl.col("transition").cast(pl.String), *_COUNTED, list=pl.lit(name))
        for name in lists
    ]
    return pl.concat(each).join(places, on="place").drop("place").collect().lazy()


def _on_list(frame: pl.DataFrame, lists: tuple[str, ...], wording: Wording) -> pl.LazyFrame:
    """Households and members on each list by place, straight from a round's frame."""
    places = [pl.col(name).fill_null("") for name in PLACE]
    members = pl.col("members").fill_null(0)
    return pl.concat(
        frame.lazy()
        .filter(pl.col(name) == wording.state_on)
        .group_by(places)
        .agg(households=pl.len().cast(pl.Int64), members=members.sum())
        .with_columns(list=pl.lit(name))
        for name in lists
    )


def area(level: str, province_code: str, suffix: str = "") -> pl.Expr:
    """The code of the area of a level that a household is in; with ``suffix`` _before, was in."""
    return pl.lit(province_code) if level == "province" else pl.col(f"{level}_code{suffix}")


def _of_moves(
    moves: pl.LazyFrame, level: str, wording: Wording, province_code: str
) -> Iterator[pl.LazyFrame]:
    here, there = area(level, province_code), area(level, province_code, "_before")
    leaves = pl.any_horizontal(pl.col("transition").str.starts_with(name) for name in _LEAVES)
    members = pl.when(leaves).then("members_before").otherwise("members")
    yield _entry(moves, level, pl.coalesce(here, there), pl.col("transition"), members)
    stayed = moves.filter(pl.col("transition") == wording.stayed)
    grown = pl.col("members") - pl.col("members_before")
    yield _entry(stayed, level, here, f"grown_{wording.on}", grown, pl.lit(0, pl.Int64))
    if level != "province":
        was_on = (*wording.leaving, wording.stayed)
        moved = moves.filter(pl.col("transition").is_in(was_on), here != there)
        yield _entry(moved, level, here, f"moved_in_{wording.on}", pl.col("members_before"))
        yield _entry(moved, level, there, f"moved_out_{wording.on}", pl.col("members_before"))


def _entry(
    counts: pl.LazyFrame,
    level: str,
    area: pl.Expr,
    column: str | pl.Expr,
    members: pl.Expr | None = None,
    households: pl.Expr | None = None,
) -> pl.LazyFrame:
    """Counts of one or more columns of the tally: a row per area, list, column, with both units."""
    named = pl.lit(column) if isinstance(column, str) else column
    return counts.select(
        level=pl.lit(level),
        area_code=area,
        list="list",
        column=named,
        households=pl.col("households") if households is None else households,
        members=pl.col("members") if members is None else members,
    )


def _table(entries: pl.LazyFrame, lists: tuple[str, ...], names: tuple[str, ...]) -> pl.DataFrame:
    by = ("level", "area_code", "list", "column")
    summed = entries.group_by(by).agg(pl.col(UNITS).sum()).collect()
    apart = summed.unpivot(UNITS, index=by, variable_name="unit", value_name="count")
    wide = apart.pivot("column", index=KEYS, values="count", aggregate_function="sum")
    whole = wide.with_columns(pl.lit(0, pl.Int64).alias(name) for name in names if name not in wide.columns)
    orders = {"level": LEVELS, "list": lists, "unit": UNITS}
    return whole.select(*KEYS, *(pl.col(name).fill_null(0).cast(pl.Int64) for name in names)).sort(
        pl.col("level").cast(pl.Enum(orders["level"])),
        "area_code",
        pl.col("list").cast(pl.Enum(orders["list"])),
        pl.col("unit").cast(pl.Enum(orders["unit"])),
    )
