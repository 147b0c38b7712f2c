"""Interviews that look copied: the same answers and amounts, or the neighbours' ages and sexes.

Compared is what differs between households by nature: amounts of money, and everybody's age. Deliberately not
here: how alike two interviews are on the whole, which needs a limit nobody has measured yet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from rules.across.found import LISTED, Found, found, listed
from rules.across.houses import MORE, VILLAGE
from schemas import dictionary
from schemas.household import Household
from schemas.household_place import Interview, Place
from schemas.provenance import Provenance

RULES = ("DU012", "DU013")
PERSON_COLUMNS = ("age", "sex")
ANSWERS, GIVEN = "answers", "amounts_given"

_NOT_ANSWERS = {name for part in (Place, Interview, Provenance) for name in dictionary.columns(part)}
_COMPARED = [name for name in dictionary.columns(Household) if name not in _NOT_ANSWERS]
_AMOUNTS = [name for name in _COMPARED if name.endswith("_baht")]


def answers(columns: Collection[str]) -> list[pl.Expr]:
    """What stands for a household's answers: ANSWERS (UInt64) of all of them, and how many amounts it gave.

    ``columns``: those the frame has. One number, so that a province needs two columns and not three hundred.
    """
    compared = [name for name in _COMPARED if name in columns]
    amounts = [name for name in _AMOUNTS if name in columns]
    none = pl.lit(0, pl.Int64)
    given = pl.sum_horizontal(none, *((pl.col(name) > 0).fill_null(False).cast(pl.Int64) for name in amounts))
    return [pl.struct(none, *compared).hash(seed=1).alias(ANSWERS), given.alias(GIVEN)]


def copies(
    households: pl.DataFrame, persons: pl.DataFrame, shared: Collection[str], parameters: Mapping[str, int]
) -> dict[str, Found]:
    """The two checks by rule id; ``households`` with ANSWERS and GIVEN, ``persons`` with PERSON_COLUMNS."""
    homes = households.select("household_id", "tambon_code", "village_no", ANSWERS, GIVEN).with_columns(
        row=pl.int_range(pl.len()), is_known=~pl.col("household_id").is_in(list(shared)).fill_null(True)
    )
    return {
        "DU012": _same_answers(homes, parameters["identical_amounts_least"]),
        "DU013": _same_roster(homes, persons, parameters["same_roster_members"]),
    }


def _same_answers(homes: pl.DataFrame, least: int) -> Found:
    """Households with enough amounts to be told apart, whose every answer is that of another one."""
    enough = homes.get_column(GIVEN) >= least
    known = homes.filter(pl.col("is_known") & enough)
    alike = known.group_by(ANSWERS).agg(ids=pl.col("household_id").unique().sort())
    rows = known.join(alike.filter(pl.col("ids").list.len() > 1), on=ANSWERS)
    rest = pl.col("ids").list.set_difference(pl.concat_list("household_id")).list.sort()
    total = pl.col("ids").list.len() - 1
    told = rows.select(
        "row",
        other_households=listed(rest.list.head(LISTED), total, MORE["th"]),
        other_households_en=listed(rest.list.head(LISTED), total, MORE["en"]),
    )
    return found("household", homes.get_column("is_known"), told, "household_id", applies=enough)


def _same_roster(homes: pl.DataFrame, persons: pl.DataFrame, least: int) -> Found:
    """The same ages and sexes in the same order as the household before or after it in the village."""
    rosters = (
        persons.lazy()
        .filter(pl.col("household_id").is_not_null())
        .sort("household_id", "member_no", maintain_order=True)
        .group_by("household_id", maintain_order=True)
        .agg(members=pl.len(), roster=pl.struct("age", "sex").implode(), gaps=_gaps().sum())
        .collect()
    )
    known = homes.join(rosters, on="household_id", how="left", maintain_order="left")
    is_large = (pl.col("members") >= least).fill_null(False)
    in_order = known.filter(pl.col("is_known"), is_large, pl.col("gaps") == 0).sort(*VILLAGE, "household_id")
    neighbours = in_order.with_columns(
        *(
            pl.when(_is_alike(step)).then(pl.col("household_id").shift(step)).alias(name)
            for name, step in (("before", 1), ("after", -1))
        )
    )
    told = neighbours.filter(pl.any_horizontal(pl.col("before", "after").is_not_null())).select(
        "row",
        other_households=pl.concat_str("before", "after", separator=", ", ignore_nulls=True),
        members=_text(),
    )
    knowable = known.select(pl.col("is_known") & (pl.col("gaps") == 0).fill_null(False)).to_series()
    return found("household", knowable, told, "household_id", applies=known.select(is_large).to_series())


def _gaps() -> pl.Expr:
    return (pl.col("age").is_null() | pl.col("sex").is_null()).cast(pl.Int64)


def _text() -> pl.Expr:
    return pl.col("members").cast(pl.String)


def _is_alike(step: int) -> pl.Expr:
    is_next = pl.all_horizontal(pl.col(name) == pl.col(name).shift(step) for name in VILLAGE)
    return is_next & (pl.col("roster") == pl.col("roster").shift(step))
