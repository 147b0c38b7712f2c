"""Exits that rest on little: copied answers, an income just over the line, a smaller household, a moved line.

A mark is a reason to look, not a finding against anybody: an exit may carry several, and be true with all of
them. Thresholds are the round's, as in the rules about the same things (YR011 to YR013, DU012). Deliberately
not here: which of those rules the household broke.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from rules import indicators
from rules.across import answers
from rules.below_line import COMPONENTS
from rules.exits.frames import RoundFrames
from rules.exits.line import at
from rules.exits.tallies import UNITS, area
from rules.exits.transitions import one_each
from schemas import dictionary
from schemas.areas import LEVELS
from schemas.household import Household

INCOME_LIST = "income"
# Of every list, and of the income list only, where they are false on others.
OF_ALL = ("is_linked_by_members", "is_rest_copied")
OF_INCOME = ("is_income_copied", "is_just_over", "is_by_fewer_members", "is_by_line")
MARKS = (*OF_ALL, *OF_INCOME)
PAIR = ("household_id", "household_id_before")
SCHEMA = {
    "list": pl.String(),
    **dict.fromkeys((*PAIR, "district_code", "tambon_code"), pl.String()),
    **dict.fromkeys(("members", "members_before"), pl.Int64()),
    **dict.fromkeys((*MARKS, "is_marked"), pl.Boolean()),
}


def mark(judged: pl.DataFrame, lists: Iterable[str], before: RoundFrames, now: RoundFrames) -> pl.DataFrame:
    """A row per exit from each of ``lists``, in SCHEMA; by list as given, then as ``judged``.

    ``judged``: of transitions.judge over frames of these rounds; the income list is called INCOME_LIST.
    is_rest_copied: every answer but those the list is about is last round's, and enough amounts were given
    for that to mean anything; is_income_copied: all four components are last round's; is_just_over: by less
    than the round's margin; is_by_fewer_members: the income is no higher and would not do for last round's
    number; is_by_line: it would still be below at last round's line.
    """
    chosen = tuple(lists)
    if not chosen:
        return pl.DataFrame(schema=SCHEMA)
    exits = pl.concat(_exits(judged, name) for name in chosen)
    before = before.with_records_of(exits.get_column(PAIR[1]))
    now = now.with_records_of(exits.get_column(PAIR[0]))
    copied = _rest_copied(exits, chosen, before, now)
    income = _of_income(exits.filter(pl.col("list") == INCOME_LIST), before, now)
    marked = (
        exits.join(copied, on=["list", *PAIR], how="left", maintain_order="left")
        .join(income, on=["list", *PAIR], how="left", maintain_order="left")
        .with_columns(is_linked_by_members=pl.col("linked_by") == "members")
        .with_columns(pl.col(MARKS).fill_null(False))
        .with_columns(is_marked=pl.any_horizontal(MARKS))
    )
    return marked.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())


def counted(marked: pl.DataFrame, province_code: str) -> pl.DataFrame:
    """Exits by mark: level, area_code, list, unit, ``exited``, then a count for each mark, Int64.

    Areas and lists with an exit only. Members are last round's, as in tallies.
    """
    names = (*MARKS, "is_marked")
    parts = []
    for level in LEVELS:
        for unit in UNITS:
            weight = pl.lit(1, pl.Int64) if unit == "households" else pl.col("members_before").fill_null(0)
            by = {"level": pl.lit(level), "area_code": area(level, province_code), "list": pl.col("list")}
            weighed = marked.select(*(each.alias(name) for name, each in by.items()), *names, exited=weight)
            counts = [pl.col("exited").filter(pl.col(name)).sum().alias(name) for name in names]
            parts.append(
                weighed.group_by(*by)
                .agg(pl.col("exited").sum(), *counts)
                .with_columns(unit=pl.lit(unit))
                .select(*by, "unit", "exited", *names)
            )
    order = [pl.col("level").cast(pl.Enum(LEVELS)), pl.col("area_code"), pl.col("list"), pl.col("unit")]
    return pl.concat(parts).sort(order)


def _exits(judged: pl.DataFrame, name: str) -> pl.DataFrame:
    kept = ("linked_by", *(each for each in SCHEMA if each in judged.columns and each != "list"))
    return judged.lazy().filter(pl.col(name) == "exited").select(*kept, list=pl.lit(name)).collect()


def _of_income(exits: pl.DataFrame, before: RoundFrames, now: RoundFrames) -> pl.DataFrame:
    """The marks OF_INCOME of each exit from the income list."""
    at_old = at(now.below_line, before.round)
    components = ("household_id", *COMPONENTS)
    known = _beside(
        exits.select("list", *PAIR, "members", "members_before"),
        (before.below_line.select("household_id", "income_baht"), before.answers(components)),
        (
            at_old.select("household_id", "income_baht", state_at_old="state"),
            now.answers(components),
        ),
    )
    income, line = pl.col("income_baht"), now.round.income_line_baht
    margin = _whole_number(now, "income_risen_margin_percent")
    needed = line * pl.col("members_before")
    fails = income < needed if now.round.income_passes_at == ">=" else income <= needed
    is_smaller = pl.col("members") < pl.col("members_before")
    return known.select(
        "list",
        *PAIR,
        is_income_copied=pl.all_horizontal(_is_same(name) for name in COMPONENTS),
        is_just_over=income * 100 < line * (100 + margin) * pl.col("members"),
        is_by_fewer_members=is_smaller & (income <= pl.col("income_baht_before")) & fails,
        is_by_line=pl.col("state_at_old").cast(pl.String) == "below",
    )


def _beside(pairs: pl.DataFrame, before: Iterable[pl.DataFrame], now: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The pairs with the columns of both rounds, last round's as ``…_before``."""
    for frame in now:
        pairs = pairs.join(one_each(frame), on=PAIR[0], how="left")
    for frame in before:
        ago = one_each(frame).rename(lambda name: f"{name}_before")
        pairs = pairs.join(ago, on=PAIR[1], how="left")
    return pairs


def _rest_copied(
    exits: pl.DataFrame, lists: tuple[str, ...], before: RoundFrames, now: RoundFrames
) -> pl.DataFrame:
    """list, PAIR and is_rest_copied of the exits from forms that may be copied; those left out are not."""
    shared = [name for name in now.columns if name in before.columns]
    # The answers that DU012 compares.
    compared = answers(shared)[0].meta.root_names()
    owned = {name: _own(name) & set(compared) for name in lists}
    of_none = [name for name in compared if not any(name in own for own in owned.values())]
    is_untouched = pl.all_horizontal(pl.lit(True), *map(_is_same, of_none))
    alike = exits.select(PAIR).unique(maintain_order=True)
    # Answers no list is about: where these differ, nothing was copied, and nearly all forms end here.
    for names in (of_none, compared):
        kept = ("household_id", *names)
        answered = [before.answers(kept)], [now.answers(kept)]
        alike = _beside(alike.select(PAIR), *answered).filter(is_untouched)
    least = _whole_number(now, "identical_amounts_least")
    flags = (_is_rest_same(own, compared, least).alias(name) for name, own in owned.items())
    wide = alike.select(*PAIR, *flags)
    told = wide.unpivot(lists, index=PAIR, variable_name="list", value_name="is_rest_copied")
    return told.select("list", *PAIR, "is_rest_copied")


def _whole_number(one: RoundFrames, name: str) -> int:
    value = one.round.parameters[name]
    if not isinstance(value, int):
        raise TypeError(f"{one.round.year_be}: the parameter {name} is no whole number")
    return value


def _own(name: str) -> set[str]:
    """The answers a list is about, which have changed if its exit is more than a line moved."""
    slug = name
    if name == INCOME_LIST:
        slug = next(each.slug for each in indicators.load() if each.judged_by == "below_line")
    return {each.name for each in dictionary.columns(Household).values() if each.indicator == slug}


def _is_same(name: str) -> pl.Expr:
    return pl.col(name).eq_missing(pl.col(f"{name}_before"))


def _is_rest_same(own: set[str], compared: list[str], least: int) -> pl.Expr:
    rest = [name for name in compared if name not in own]
    given = answers(rest)[1]
    return pl.all_horizontal(pl.lit(True), *map(_is_same, rest)) & (given >= least)
