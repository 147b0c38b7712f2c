"""Answers that count more people than the household has: one finding per cell, whatever the column.

Held against the larger of the number stated and the roster's rows, so that a wrong number of members is not
told again in every count. Columns that a rule already holds to the roster or to another count are left to
that rule: an officer is told of a cell once.
"""

from collections.abc import Iterator
from functools import cache

import polars as pl

from flows.intake import structure
from flows.intake.address import problem
from flows.intake.part import PROBLEM
from rules import catalogue, compiled
from rules.language.ast import Aggregate, Arithmetic, Column, Compare, Expr, walk
from schemas.dictionary import columns
from schemas.household import Household

MEMBERS = "member_count"
# Operator to the side that is held down by the other.
HELD = {"=": ("left", "right"), "<=": ("left",), "<": ("left",), ">=": ("right",), ">": ("right",)}


def too_many_people(households: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Problems (PROBLEM) of the count cells above the size of their household; the text is "7 > 5"."""
    roster = persons.group_by("household_id").agg(on_roster=pl.len().cast(pl.Int64))
    sized = households.join(roster, on="household_id", how="left", maintain_order="left").with_columns(
        most=pl.max_horizontal(MEMBERS, "on_roster")
    )
    found = [pl.DataFrame(schema=PROBLEM)]
    for name in _counts():
        rows = sized.filter(pl.col(name) > pl.col("most"))
        found.append(
            problem(rows, name, structure.TOO_MANY_PEOPLE, pl.format("{} > {}", pl.col(name), "most"))
        )
    return pl.concat(found)


@cache
def _counts() -> tuple[str, ...]:
    """Columns counting people of the household that no rule holds down."""
    counts = {column.name for column in columns(Household).values() if column.unit == "persons"} - {MEMBERS}
    held = set()
    for rule in catalogue.load():
        if rule.level == "household" and rule.must and rule.status == "active":
            held |= set(_held(compiled.compiled(rule, compiled.known_params()).must, counts))
    return tuple(name for name in columns(Household) if name in counts - held)


def _held(must: Expr, counts: set[str]) -> Iterator[str]:
    for node in walk(must):
        for side in HELD.get(node.operator, ()) if isinstance(node, Compare) else ():
            small, large = getattr(node, side), getattr(node, "right" if side == "left" else "left")
            if any(_counts_people(part) for part in walk(large)):
                yield from (name for name in _summands(small) if name in counts)


def _summands(side: Expr) -> Iterator[str]:
    """The columns whose sum that side is: none of them can exceed what the sum may not."""
    if isinstance(side, Arithmetic) and side.operator == "+":
        yield from (*_summands(side.left), *_summands(side.right))
    if isinstance(side, Column):
        yield side.name


def _counts_people(part: Expr) -> bool:
    if isinstance(part, Aggregate):
        return part.name == "count"
    return (
        isinstance(part, Column)
        and part.place == "record"
        and columns(Household)[part.name].unit == "persons"
    )
