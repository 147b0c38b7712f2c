from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import below_line
from rules.exits import line
from schemas import rounds
from tests.exits_rounds import same_keys

NEW = replace(rounds.load(2569), income_line_baht=40, income_passes_at=">=")
OLD = replace(NEW, income_line_baht=38)
A, B = "340101", "340102"


def judged(round_, *rows):
    """Households given as (id, tambon, members, income of the household)."""
    frame = pl.DataFrame(
        [(key, tambon[:4], tambon, 3, members, income, 0, None) for key, tambon, members, income in rows],
        schema=below_line.SCHEMA,
        orient="row",
    )
    known = frame.with_columns(
        state=pl.when(pl.col("income_baht").is_null() | pl.col("members").is_null())
        .then(pl.lit("not_assessable"))
        .otherwise(pl.lit("above"))
        .cast(pl.Enum(below_line.STATES))
    )
    return line.at(known, round_)


def taken_apart(before, now, way, area_code="34", unit="households", of=(OLD, NEW)):
    parts = line.moved(before, now, same_keys(before, now), of, "34")
    found = parts.filter(
        pl.col("way") == way, pl.col("area_code") == area_code, pl.col("unit") == unit
    ).select(line.COUNTS)
    return found.row(0)


@pytest.mark.parametrize("way", line.WAYS)
def test_a_raised_line_alone_is_told_as_the_line_alone(way):
    rows = [("a", A, 2, 78), ("b", A, 2, 90), ("c", A, 3, 3)]
    before, now = judged(OLD, *rows), judged(NEW, *rows)
    assert taken_apart(before, now, way) == (1, 2, 1, 1, 0, 0)
    assert taken_apart(before, now, way, unit="members") == (3, 5, 2, 2, 0, 0)


@pytest.mark.parametrize("way", line.WAYS)
def test_a_lowered_line_takes_households_off_the_list(way):
    rows = [("a", A, 2, 78), ("b", A, 2, 90)]
    before, now = judged(NEW, *rows), judged(OLD, *rows)
    assert taken_apart(before, now, way, of=(NEW, OLD)) == (1, 0, -1, -1, 0, 0)


def test_what_passes_exactly_on_the_line_is_part_of_the_line():
    strict = replace(NEW, income_passes_at=">")
    before, now = judged(NEW, ("a", A, 2, 80)), judged(strict, ("a", A, 2, 80))
    assert taken_apart(before, now, "at_old_line", of=(NEW, strict)) == (0, 1, 1, 1, 0, 0)


def test_the_two_ways_may_tell_the_same_change_differently():
    before, now = judged(OLD, ("a", A, 1, 39)), judged(NEW, ("a", A, 1, 37))
    assert taken_apart(before, now, "at_old_line") == (0, 1, 1, 0, 1, 0)
    assert taken_apart(before, now, "at_new_line") == (0, 1, 1, 1, 0, 0)


def test_income_the_line_and_who_is_there_are_told_apart():
    before = judged(
        OLD, ("poorer", A, 1, 50), ("richer", A, 1, 10), ("richer too", A, 1, 10), ("gone", A, 1, 1)
    )
    now = judged(
        NEW, ("poorer", A, 1, 10), ("richer", A, 1, 50), ("richer too", A, 1, 39), ("new", A, 1, 1),
        ("new too", A, 1, 39), ("newest", A, 1, 2),
    )  # fmt: skip
    # At the old line: one fell, two exited; two came, one went; two are below only because the line moved.
    assert taken_apart(before, now, "at_old_line") == (3, 5, 2, 2, -1, 1)


def test_a_larger_household_that_stayed_below_is_a_change_of_its_members():
    before, now = judged(OLD, ("a", A, 2, 10)), judged(OLD, ("a", A, 5, 10))
    assert taken_apart(before, now, "at_old_line", unit="members", of=(OLD, OLD)) == (2, 5, 3, 0, 3, 0)


def test_who_moved_changes_both_areas_and_not_the_province():
    before, now = judged(OLD, ("a", A, 2, 10)), judged(OLD, ("a", B, 2, 10))
    assert taken_apart(before, now, "at_old_line", A, of=(OLD, OLD)) == (1, 0, -1, 0, 0, -1)
    assert taken_apart(before, now, "at_old_line", B, of=(OLD, OLD)) == (0, 1, 1, 0, 0, 1)
    assert taken_apart(before, now, "at_old_line", of=(OLD, OLD)) == (1, 1, 0, 0, 0, 0)


def test_nobody_becomes_assessable_at_another_line():
    frame = judged(OLD, ("a", A, None, 10), ("b", A, 2, None), ("c", A, 2, 77))
    assert line.at(frame, NEW)["state"].to_list() == ["not_assessable", "not_assessable", "below"]


HOUSEHOLDS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.sampled_from([A, B]), st.integers(1, 3) | st.none(), st.integers(30, 130) | st.none()),
    max_size=6,
)
LINES = st.tuples(st.integers(36, 42), st.sampled_from([">=", ">"]))


@settings(max_examples=80, deadline=None)
@given(HOUSEHOLDS, HOUSEHOLDS, LINES, LINES)
def test_the_parts_are_the_change_exactly_and_the_line_is_who_it_alone_decides(before, now, old, new):
    of = tuple(
        replace(NEW, income_line_baht=baht, income_passes_at=passes_at) for baht, passes_at in (old, new)
    )
    frames = [
        judged(round_, *((key, *rest) for key, rest in rows.items()))
        for rows, round_ in zip((before, now), of, strict=True)
    ]
    parts = line.moved(*frames, same_keys(*frames), of, "34")
    together = pl.col("by_line") + pl.col("by_income") + pl.col("by_list")
    assert parts.filter(pl.col("change") != together).is_empty()
    assert parts.filter(pl.col("change") != pl.col("below_now") - pl.col("below_before")).is_empty()
    for way, rows in (("at_old_line", now), ("at_new_line", before)):
        told = parts.filter(
            pl.col("way") == way, pl.col("level") == "province", pl.col("unit") == "households"
        )
        assert told["by_line"].sum() == _below(rows, of[1]) - _below(rows, of[0])


def _below(rows, round_):
    whole = [(members, income) for _, members, income in rows.values() if members and income is not None]
    lines = [(income, members * round_.income_line_baht) for members, income in whole]
    if round_.income_passes_at == ">=":
        return sum(income < needed for income, needed in lines)
    return sum(income <= needed for income, needed in lines)
