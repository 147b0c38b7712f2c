"""What open findings put in doubt: which amounts of a household's income, and how many people live there."""

from __future__ import annotations

import polars as pl

from rules.below_line import COMPONENTS
from rules.bounds.settings import Settings

# What the device makes of the amounts: a slip of the pen takes these along.
FOLLOWING = ("income_total_baht", "income_per_capita_baht")
# A finding about one of these is about the household's income.
NAMED = (*COMPONENTS, *FOLLOWING)


def doubtful(judged: pl.DataFrame, findings: pl.DataFrame, settings: Settings) -> pl.Series:
    """Ids of the households of ``judged`` (rules.below_line.SCHEMA) whose records must be looked at again."""
    doubting = pl.col("rule_id").is_in(list(settings.roster)) & pl.col("household_id").is_not_null()
    named = pl.concat(
        [
            of_amounts(findings, settings).select("household_id"),
            findings.filter(doubting).select("household_id"),
        ]
    )
    is_lacking = (pl.col("missing_components") > 0) | (pl.col("members").fill_null(0) == 0)
    ids = pl.concat([judged.filter(is_lacking).select("household_id"), named])
    return ids.drop_nulls().unique().sort("household_id").to_series()


def disbelieves(settings: Settings) -> pl.Expr:
    """Whether a finding is about what a device made of the amounts: it accuses only the device."""
    fields = pl.col("fields").str.split("|")
    return pl.any_horizontal(fields.list.contains(name) for name in sorted(settings.not_evidence))


def of_amounts(findings: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """household_id and, by component: ``broken.<component>``, a finding that must be fixed names it;
    ``doubt.<component>``, one to be fixed or explained does that a slip of the pen could explain.

    Where amounts and their total differ no slip is suspected: the total would have gone along with it.
    """
    severity = pl.col("severity").cast(pl.String)
    fields = pl.col("fields").str.split("|")
    is_named = {name: fields.list.contains(name) for name in COMPONENTS}
    of_total = pl.any_horizontal(fields.list.contains(name) for name in FOLLOWING)
    must = severity == "must_fix"
    open_ = findings.filter(
        severity.is_in(["must_fix", "must_explain"])
        & pl.col("household_id").is_not_null()
        & pl.any_horizontal(is_named.values())
        & ~disbelieves(settings)
    )
    return open_.group_by("household_id").agg(
        *((named & ~of_total).any().alias(f"doubt.{name}") for name, named in is_named.items()),
        *((named & must).any().alias(f"broken.{name}") for name, named in is_named.items()),
    )


def of_rosters(
    judged: pl.DataFrame, households: pl.DataFrame, findings: pl.DataFrame, settings: Settings
) -> pl.DataFrame:
    """``judged`` (rules.below_line.SCHEMA) with members_low and members_high, the people there can be.

    Null where nobody knows who belongs to the household: nobody on its roster and no number stated, or an id
    that two households share.
    """
    found = judged
    for part in (_stated(households), _told(findings, settings), _elsewhere(findings, settings)):
        found = found.join(part, on="household_id", how="left", maintain_order="left")
    roster = pl.col("members")
    is_asked = pl.col("is_stated_doubted").fill_null(False) | (roster == 0)
    stated = pl.when(is_asked & (pl.col("member_count") > 0)).then("member_count")
    # Whoever answered lives there, so a household has somebody.
    fewest = pl.max_horizontal(roster - pl.col("elsewhere").fill_null(0), 1)
    low = pl.when(roster > 0).then(pl.min_horizontal(fewest, stated)).when(roster == 0).then(stated)
    high = pl.when(roster > 0).then(pl.max_horizontal(roster, stated)).when(roster == 0).then(stated)
    return found.with_columns(members_low=low, members_high=high).drop(
        "member_count", "is_stated_doubted", "elsewhere"
    )


def _stated(households: pl.DataFrame) -> pl.DataFrame:
    return households.select("household_id", "member_count").unique("household_id", keep="none")


def _told(findings: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Households whose stated number of members differs from the roster."""
    told = findings.filter(
        pl.col("rule_id").is_in(settings.of_roster("stated_count")) & pl.col("household_id").is_not_null()
    )
    return told.select("household_id", is_stated_doubted=pl.lit(True)).unique()


def _elsewhere(findings: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """How many of a household's people may not belong to it."""
    told = findings.filter(
        pl.col("rule_id").is_in(settings.of_roster("not_here"))
        & pl.col("household_id").is_not_null()
        & pl.col("member_no").is_not_null()
    )
    return told.group_by("household_id").agg(elsewhere=pl.col("member_no").n_unique().cast(pl.Int64))
