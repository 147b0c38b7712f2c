"""Villages of last year's list whose households are missing, many or all, once a district is nearly done.

Before that, what is missing is simply still to be visited. A household counts as missing when neither its id
nor any of its people is in this year's records: one that was numbered anew or moved is not. Told by village,
which is how a district sends somebody out. Deliberately not here: how many households a district owes.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rules.across.before import Before
from rules.across.found import LISTED, Found, listed
from rules.across.houses import MORE, VILLAGE
from rules.across.years import numbered
from rules.language import Outcome
from schemas.areas import tambon_name

RULES = ("YR103", "YR104")


def villages(
    households: pl.DataFrame,
    persons: pl.DataFrame,
    before: Before,
    parameters: Mapping[str, int],
    is_whole: bool,
) -> dict[str, Found]:
    """The two checks by rule id; a record is a village, and only those to be told are listed.

    ``is_whole``: every district is among this year's records. If not, nobody can tell who has moved.
    """
    homes = _last_homes(households, persons, before).with_columns(pl.lit(is_whole).alias("is_whole"))
    reached = pl.col("is_there").sum() * 100 >= parameters["district_reached_percent"] * pl.len()
    done = homes.group_by("district_code").agg(is_done=reached).filter("is_done")
    lacking = (
        homes.join(done, on="district_code", how="semi")
        .group_by("district_code", *VILLAGE)
        .agg(
            households=pl.len().cast(pl.Int64),
            missing=pl.col("household_id").filter("is_missing").sort(),
            is_whole=pl.col("is_whole").all(),
        )
        .with_columns(count=pl.col("missing").list.len().cast(pl.Int64))
        .filter(
            pl.col("is_whole"),
            pl.col("count") >= parameters["village_missing_least"],
            pl.col("count") * 100 > parameters["village_missing_percent"] * pl.col("households"),
        )
        .sort(*VILLAGE)
    )
    begun = households.select(VILLAGE).unique()
    return {
        "YR103": _found(lacking.join(begun, on=VILLAGE, how="semi", maintain_order="left")),
        "YR104": _found(lacking.join(begun, on=VILLAGE, how="anti", maintain_order="left")),
    }


def _last_homes(households: pl.DataFrame, persons: pl.DataFrame, before: Before) -> pl.DataFrame:
    """Last year's households with people, of districts read this year: still there, or missing altogether."""
    now = numbered(persons).select("id").drop_nulls().unique().with_columns(is_seen=pl.lit(True))
    rosters = (
        numbered(before.persons)
        .join(now, on="id", how="left")
        .group_by("household_id")
        .agg(is_lost=(pl.col("id").is_not_null() & pl.col("is_seen").is_null()).all())
    )
    ids = households.get_column("household_id").drop_nulls().unique()
    here = households.get_column("district_code").drop_nulls().unique()
    is_there = pl.col("household_id").is_in(ids.implode())
    return (
        before.households.filter(
            pl.col("district_code").is_in(here.implode()), pl.all_horizontal(pl.col(VILLAGE).is_not_null())
        )
        .unique("household_id", keep="none")
        .join(rosters, on="household_id")
        .with_columns(is_there=is_there, is_missing=~is_there & pl.col("is_lost"))
    )


def _found(villages: pl.DataFrame) -> Found:
    nothing = {
        "household_id": pl.String,
        "member_no": pl.Int64,
        "delivery_id": pl.String,
        "source_row": pl.Int64,
    }
    codes = villages.get_column("tambon_code").unique()
    names = {code: tambon_name(code) for code in codes}, {code: tambon_name(code, "en") for code in codes}
    tambon = [pl.col("tambon_code").replace_strict(one, return_dtype=pl.String) for one in names]
    return Found(
        table="household",
        codes=pl.repeat(int(Outcome.VIOLATED), villages.height, dtype=pl.UInt8, eager=True),
        fields=("village_no",),
        words=villages.select(
            tambon[0].alias("tambon"),
            tambon[1].alias("tambon_en"),
            pl.col("households").cast(pl.String),
            pl.col("count").cast(pl.String),
            listed(pl.col("missing").list.head(LISTED), pl.col("count"), MORE["th"]).alias("missing"),
            listed(pl.col("missing").list.head(LISTED), pl.col("count"), MORE["en"]).alias("missing_en"),
        ),
        records=villages.select(
            "district_code", *VILLAGE, *(pl.lit(None, dtype).alias(name) for name, dtype in nothing.items())
        ),
    )
