"""The same national id on more than one person: in a household, in two of a district, in two districts.

Each pair of records belongs to one of the three, so none is told twice. Ids are compared as numbers, which is
several times faster than as text, and only those of 13 digits; a wrong check digit does not matter, since the
same mistake twice is still the same number. Deliberately not here: the same person under different ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from rules.across.found import LISTED, Found, found, listed
from rules.compiled import compiled
from rules.language import values
from rules.rule import Rule
from schemas.areas import district_name
from schemas.code_lists import Lang

RULES = ("DU001", "DU002", "DU003")
MORE: Mapping[Lang, str] = {"th": " และอีก {n} ครัวเรือน", "en": " and {n} more"}
PLACED: Mapping[Lang, str] = {"th": "{} (อำเภอ{})", "en": "{} ({} district)"}


def identities(persons: pl.DataFrame, shared: Collection[str], real: Rule | None) -> dict[str, Found]:
    """The three checks by rule id, over persons (district_code, household_id, member_no, national_id).

    ``shared``: household ids of more than one household; nobody knows whose members theirs are. ``real``: the
    rule that tells made-up numbers (ID003), which are its findings and not duplicates.
    """
    people = _numbered(persons)
    copies = _copies(people)
    made_up = _made_up(copies, real)
    copies = copies.join(made_up, on="id", how="anti", maintain_order="left")
    homes = copies.group_by("id", "district", "household_id").agg(
        members=pl.col("member_no").drop_nulls().unique().sort(),
        # Two rows of one member number are one person entered twice: that is DU006's.
        places=pl.col("member_no").drop_nulls().n_unique() + pl.col("member_no").null_count(),
    )
    districts = homes.group_by("id", "district").agg(
        homes=pl.col("household_id").sort().head(LISTED + 1), total=pl.len()
    )
    ids = people.get_column("id")
    knowable = ids.is_not_null() & ~ids.is_in(made_up.get_column("id").implode()).fill_null(False)
    is_shared = people.get_column("household_id").is_in(list(shared)).fill_null(False)
    return {
        "DU001": found("person", knowable & ~is_shared, _in_household(copies, homes, shared), "national_id"),
        "DU002": found("person", knowable, _in_district(copies, districts), "national_id"),
        "DU003": found("person", knowable, _in_province(copies, districts), "national_id"),
    }


def _numbered(persons: pl.DataFrame) -> pl.DataFrame:
    is_id = pl.col("national_id").str.contains("^[0-9]{13}$") & pl.col("household_id").is_not_null()
    return persons.select(
        pl.int_range(pl.len()).alias("row"),
        pl.col("district_code").fill_null("").alias("district"),
        "household_id",
        "member_no",
        # Without the guard all missing ids would be copies of each other.
        pl.when(is_id).then(pl.col("national_id")).cast(pl.Int64, strict=False).alias("id"),
    )


def _copies(people: pl.DataFrame) -> pl.DataFrame:
    """The persons whose id another person has, too: few, so what follows may be careful rather than fast."""
    known = people.lazy().filter(pl.col("id").is_not_null())
    repeated = known.group_by("id").len().filter(pl.col("len") > 1)
    return known.join(repeated, on="id", how="semi", maintain_order="left").collect()


def _made_up(copies: pl.DataFrame, real: Rule | None) -> pl.DataFrame:
    ids = copies.select(pl.col("id").unique().sort())
    if real is None or real.must is None:
        return ids.clear()
    written = ids.select(
        pl.lit(None, pl.String).alias("household_id"),
        pl.col("id").cast(pl.String).str.zfill(13).alias("national_id"),
    )
    no_household = written.select("household_id").clear()
    is_real = values({"is_real": compiled(real, {}).must}, "person", no_household, written).to_series()
    return ids.filter(~is_real)


def _in_household(copies: pl.DataFrame, homes: pl.DataFrame, shared: Collection[str]) -> pl.DataFrame:
    crowded = homes.filter((pl.col("places") > 1) & ~pl.col("household_id").is_in(list(shared)))
    others = pl.col("members").list.set_difference(pl.concat_list("member_no")).list.sort()
    return copies.join(crowded, on=["id", "district", "household_id"], how="inner").select(
        "row", other_members=others.cast(pl.List(pl.String)).list.join(", ").replace("", "–")
    )


def _in_district(copies: pl.DataFrame, districts: pl.DataFrame) -> pl.DataFrame:
    several = districts.filter(pl.col("total") > 1)
    others = pl.col("homes").list.set_difference(pl.concat_list("household_id")).list.sort().list.head(LISTED)
    return copies.join(several, on=["id", "district"], how="inner").select(
        "row",
        other_households=listed(others, pl.col("total") - 1, MORE["th"]),
        other_households_en=listed(others, pl.col("total") - 1, MORE["en"]),
    )


def _in_province(copies: pl.DataFrame, districts: pl.DataFrame) -> pl.DataFrame:
    elsewhere = districts.join(districts, on="id", suffix="_other").filter(
        pl.col("district") != pl.col("district_other")
    )
    totals = elsewhere.group_by("id", "district").agg(pl.col("total_other").sum().alias("total"))
    homes = elsewhere.explode("homes_other").sort("district_other", "homes_other")
    codes = districts.get_column("district").unique().to_list()
    placed = homes.group_by("id", "district", maintain_order=True).agg(
        *(_placed(lang, codes).head(LISTED).alias(lang) for lang in MORE)
    )
    told = copies.join(placed.join(totals, on=["id", "district"]), on=["id", "district"], how="inner")
    return told.select(
        "row",
        other_households=listed(pl.col("th"), pl.col("total"), MORE["th"]),
        other_households_en=listed(pl.col("en"), pl.col("total"), MORE["en"]),
    )


def _placed(lang: Lang, codes: Iterable[str]) -> pl.Expr:
    names = {code: district_name(code, lang) for code in codes}
    name = pl.col("district_other").replace_strict(names, return_dtype=pl.String)
    return pl.format(PLACED[lang], pl.col("homes_other"), name)
