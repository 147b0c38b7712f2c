"""What one house has, given to several: a house id, a house number in a village, a point on the map.

Rows that share their household id are one household sent twice (DU007) and are left out here. Deliberately
not here: whether an id or a position is right in itself, which single records show.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from rules.across.found import LISTED, Found, found, listed
from schemas.code_lists import Lang

RULES = ("DU008", "DU009", "DU010", "DU011")
COLUMNS = ("house_id", "house_no", "latitude", "longitude")
MORE: Mapping[Lang, str] = {"th": " และอีก {n} ครัวเรือน", "en": " and {n} more"}
VILLAGE = ("tambon_code", "village_no")


def houses(
    households: pl.DataFrame, shared: Collection[str], parameters: Mapping[str, int]
) -> dict[str, Found]:
    """The four checks by rule id; ``shared`` are the household ids of more than one household."""
    homes = households.select("household_id", "district_code", *VILLAGE, *COLUMNS).with_columns(
        row=pl.int_range(pl.len()), is_known=~pl.col("household_id").is_in(list(shared)).fill_null(True)
    )
    in_one, in_several = _same_house_id(homes)
    return {
        "DU008": found("household", _known(homes, "house_id", *VILLAGE), in_several, "house_id"),
        "DU009": found("household", _known(homes, "house_id", *VILLAGE), in_one, "house_id"),
        "DU010": _same_number(homes),
        "DU011": _same_point(homes, parameters["point_households"]),
    }


def _known(homes: pl.DataFrame, *names: str) -> pl.Series:
    return homes.select(pl.col("is_known") & pl.all_horizontal(pl.col(names).is_not_null())).to_series()


def _groups(homes: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """The known households whose ``keys`` another one has too, with the ids of all of them."""
    known = homes.filter(_known(homes, *keys))
    several = known.group_by(keys).agg(ids=pl.col("household_id").unique().sort())
    return known.join(several.filter(pl.col("ids").list.len() > 1), on=keys)


def _others(rows: pl.DataFrame) -> pl.DataFrame:
    """For the sentences: the other households, by row."""
    rest = pl.col("ids").list.set_difference(pl.concat_list("household_id")).list.sort()
    total = pl.col("ids").list.len() - 1
    return rows.select(
        "row",
        other_households=listed(rest.list.head(LISTED), total, MORE["th"]),
        other_households_en=listed(rest.list.head(LISTED), total, MORE["en"]),
    )


def _same_house_id(homes: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One house id in one village only, and in several villages: a house stands in one."""
    rows = _groups(homes.filter(_known(homes, *VILLAGE)), "house_id")
    places = rows.group_by("house_id").agg(villages=pl.struct(VILLAGE).n_unique())
    placed = rows.join(places, on="house_id")
    is_one = pl.col("villages") == 1
    return _others(placed.filter(is_one)), _others(placed.filter(~is_one))


def _same_number(homes: pl.DataFrame) -> Found:
    """A house number of a village under two house ids. Without the ids they may be families of one house."""
    # The district is named too: a tambon code of another district is told on its own.
    keys: Sequence[str] = ("district_code", *VILLAGE, "house_no")
    named = homes.filter(_known(homes, "house_id", *keys))
    rows = _groups(named, *keys)
    houses_of = rows.group_by(keys).agg(houses=pl.col("house_id").n_unique())
    told = rows.join(houses_of.filter(pl.col("houses") > 1), on=keys)
    return found("household", _known(homes, "house_id", *keys), _others(told), "house_no", "house_id")


def _same_point(homes: pl.DataFrame, most: int) -> Found:
    """More households on one point than live in one house: told once, at the first of them."""
    point = ("latitude", "longitude")
    rows = _groups(homes, *point).filter(pl.col("ids").list.len() > most)
    is_first = pl.col("household_id") == pl.col("ids").list.first()
    told = rows.filter(is_first).select("row", households=pl.col("ids").list.len().cast(pl.String))
    told_elsewhere = rows.filter(~is_first).get_column("row")
    applies = ~homes.get_column("row").is_in(told_elsewhere.implode())
    return found("household", _known(homes, *point), told, *point, applies=applies)
