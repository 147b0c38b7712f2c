"""Below the income line or not: for certain, or open until somebody has asked again.

The recorded income and roster of a household are what is known best; what is missing, what open findings
doubt and what rules that must hold contradict widens them to a range. A household is certain when the line
divides nothing of that range. Ranges never leave out what the rules allow; where they cannot be searched
exactly they are wider, so a household may be called open that is not, never the other way round. Source: the
bounds of partially identified data (Manski 2003), with the catalogue's rules as the restrictions.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING

import polars as pl

from rules import below_line
from rules.below_line import COMPONENTS
from rules.bounds import doubts
from rules.bounds.evidence import ROW, Asked, ask, binding
from rules.bounds.missing import HIGH, LOW, MOST, Search, ranges, search
from rules.bounds.settings import Settings, load
from rules.bounds.slips import guesses
from rules.language import Expr, LastYear
from rules.rule import Rule

if TYPE_CHECKING:
    from schemas.rounds import Round

FLAGS = ("certain_below", "certain_above", "open")
REASONS = ("is_missing", "is_slip", "is_contradicted", "is_roster")
BOUNDS = {
    "household_id": pl.String(),
    "district_code": pl.String(),
    "tambon_code": pl.String(),
    "state": pl.Enum(below_line.STATES),
    "members": pl.Int64(),
    "members_low": pl.Int64(),
    "members_high": pl.Int64(),
    "income_baht": pl.Int64(),
    "income_low_baht": pl.Int64(),
    "income_high_baht": pl.Int64(),
    "flag": pl.Enum(FLAGS),
    **dict.fromkeys(REASONS, pl.Boolean()),
}


def bounds(
    judged: pl.DataFrame,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    findings: pl.DataFrame,
    rules: Iterable[Rule],
    round_: Round,
    last: LastYear | None = None,
    settings: Settings | None = None,
) -> pl.DataFrame:
    """A row in BOUNDS per row of ``judged`` (rules.below_line.judge), in its order.

    ``households`` and ``persons``: typed records of at least ``doubts.doubtful``, with all who live there.
    ``findings``: the open ones (schemas.finding.Finding). members_low and members_high: people; null where
    nobody knows who lives there, which leaves the flag open. income_*_baht: of all the household, a year.
    """
    chosen = settings or load()
    known = doubts.of_rosters(judged, households, findings, chosen)
    known = known.join(
        doubts.of_amounts(findings, chosen), on="household_id", how="left", maintain_order="left"
    )
    known = known.with_columns(pl.col("^(doubt|broken)\\..*$").fill_null(False))
    incomes = _incomes(known, households, persons, list(rules), round_, last, chosen)
    return _flagged(known.join(incomes, on="household_id", how="left", maintain_order="left"), round_)


def _incomes(
    known: pl.DataFrame,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    rules: list[Rule],
    round_: Round,
    last: LastYear | None,
    settings: Settings,
) -> pl.DataFrame:
    """household_id, income_low_baht, income_high_baht and the reasons, of households with a doubt."""
    doubted = _doubted(known, households, round_.parameters[settings.most_per_person])
    ids = doubted.get_column("household_id").implode()
    own = households.filter(pl.col("household_id").is_in(ids)).unique("household_id", keep="none")
    theirs = persons.filter(pl.col("household_id").is_in(own.get_column("household_id").implode()))
    must, explain = (
        binding(rules, round_, name, settings.not_evidence) for name in ("must_fix", "must_explain")
    )
    searches = [search(must, unknown) for unknown in _patterns()]
    numbers: list[Expr] = [turn.number for one in searches for turn in one.turns]
    asked = ask(own, theirs, [*must, *explain], numbers, last)
    rows = asked.frame.select(ROW, "household_id").join(doubted, on="household_id", how="left")
    lacking = _lacking(asked, rows, searches)
    repaired = _repaired(asked, rows, searches)
    slipped = (
        guesses(asked, rows, settings.slips, [*must, *explain])
        .group_by(ROW)
        .agg(slip_low=pl.col("guessed").min(), slip_high=pl.col("guessed").max())
    )
    together = rows
    for part in (lacking, repaired, slipped):
        together = together.join(part, on=ROW, how="left")
    return _widened(together)


def _patterns() -> list[tuple[str, ...]]:
    return [some for size in range(1, len(COMPONENTS) + 1) for some in combinations(COMPONENTS, size)]


def _doubted(known: pl.DataFrame, households: pl.DataFrame, most_per_person: object) -> pl.DataFrame:
    """Households whose income is missing in part or doubted, with their amounts and the most it can be."""
    amounts = households.select("household_id", *COMPONENTS).unique("household_id", keep="none")
    recorded = pl.sum_horizontal(pl.col(name).fill_null(0) for name in COMPONENTS)
    is_doubted = pl.any_horizontal(pl.col("^(doubt|broken)\\..*$"))
    people = pl.max_horizontal(pl.col("members_high"), pl.lit(1))
    return (
        known.filter((pl.col("missing_components") > 0) | is_doubted)
        .join(amounts, on="household_id", how="inner")
        .with_columns(recorded=recorded, most=people * pl.lit(most_per_person, pl.Int64))
        .with_columns(pl.max_horizontal("most", "recorded").alias(MOST))
    )


def _lacking(asked: Asked, rows: pl.DataFrame, searches: list[Search]) -> pl.DataFrame:
    """Of households with amounts missing: ROW, missing_low, missing_high, what these can come to.

    Where the rules leave nothing possible they prove nothing, and anything may be missing; where one that
    must hold is broken by amounts that are there, these may be anything as well.
    """
    found = [pl.DataFrame(schema={ROW: rows.schema[ROW], "missing_low": pl.Int64, "missing_high": pl.Int64})]
    for by in searches:
        is_pattern = pl.all_horizontal(
            pl.col(name).is_null() if name in by.unknown else pl.col(name).is_not_null()
            for name in COMPONENTS
        )
        some = rows.filter(is_pattern).select(
            ROW, (pl.col(MOST) - pl.col("recorded")).alias(MOST), _broken().alias("broken")
        )
        if some.is_empty():
            continue
        told = ranges(asked, some, by).join(some, on=ROW)
        is_broken = pl.col("broken") > 0
        found.append(
            told.select(
                ROW,
                missing_low=pl.when(is_broken).then(-pl.col("broken")).otherwise(pl.col(LOW).fill_null(0)),
                missing_high=pl.when(is_broken).then(MOST).otherwise(pl.coalesce(HIGH, MOST)),
            )
        )
    return pl.concat(found)


def _broken() -> pl.Expr:
    """What the amounts come to that a rule names which must hold and does not."""
    return pl.sum_horizontal(pl.when(pl.col(f"broken.{name}")).then(name) for name in COMPONENTS)


def _repaired(asked: Asked, rows: pl.DataFrame, searches: list[Search]) -> pl.DataFrame:
    """Where a rule that must hold is broken: ROW, repair_low, repair_high, income with one amount righted.

    The fewest errors are the likeliest (Fellegi and Holt 1976). Where righting one does not do, all that are
    named may be anything.
    """
    is_whole = pl.col("missing_components") == 0
    wrong = rows.filter(is_whole & pl.any_horizontal(f"broken.{name}" for name in COMPONENTS))
    found = [wrong.select(ROW, repair_low=pl.lit(None, pl.Int64), repair_high=pl.lit(None, pl.Int64))]
    for by in searches:
        if len(by.unknown) > 1:
            continue
        others = pl.col("recorded") - pl.col(by.unknown[0])
        some = wrong.filter(f"broken.{by.unknown[0]}").select(
            ROW, others.alias("others"), (pl.col(MOST) - others).alias(MOST)
        )
        told = ranges(asked, some, by).drop_nulls().join(some, on=ROW)
        righted = {
            "repair_low": pl.col(LOW) + pl.col("others"),
            "repair_high": pl.col(HIGH) + pl.col("others"),
        }
        found.append(told.select(ROW, **righted))
    every = pl.concat(found).group_by(ROW).agg(pl.col("repair_low").min(), pl.col("repair_high").max())
    return every.join(wrong.select(ROW, "recorded", MOST, _broken().alias("broken")), on=ROW).select(
        ROW,
        repair_low=pl.coalesce("repair_low", pl.col("recorded") - pl.col("broken")),
        repair_high=pl.coalesce("repair_high", MOST),
    )


def _widened(rows: pl.DataFrame) -> pl.DataFrame:
    least = pl.min_horizontal("recorded", "slip_low") + pl.col("missing_low").fill_null(0)
    most = pl.max_horizontal("recorded", "slip_high") + pl.col("missing_high").fill_null(0)
    return rows.select(
        "household_id",
        income_low_baht=pl.min_horizontal(least, "repair_low"),
        income_high_baht=pl.max_horizontal(most, "repair_high"),
        is_missing=pl.col("missing_low").is_not_null(),
        is_slip=pl.col("slip_low").is_not_null(),
        is_contradicted=pl.col("repair_low").is_not_null(),
    )


def _flagged(known: pl.DataFrame, round_: Round) -> pl.DataFrame:
    line = pl.lit(round_.income_line_baht, pl.Int64)

    def passes(income: str, members: str) -> pl.Expr:
        needed = line * pl.col(members)
        return pl.col(income) >= needed if round_.income_passes_at == ">=" else pl.col(income) > needed

    flag = (
        pl.when(passes("income_low_baht", "members_high"))
        .then(pl.lit("certain_above"))
        .when(~passes("income_high_baht", "members_low"))
        .then(pl.lit("certain_below"))
        .otherwise(pl.lit("open"))
    )
    return (
        known.with_columns(
            pl.coalesce("income_low_baht", "income_baht").alias("income_low_baht"),
            pl.coalesce("income_high_baht", "income_baht").alias("income_high_baht"),
            *(pl.col(name).fill_null(False) for name in REASONS if name != "is_roster"),
        )
        .with_columns(flag=flag, is_roster=(pl.col("members_low") != pl.col("members_high")).fill_null(True))
        .select(pl.col(name).cast(dtype) for name, dtype in BOUNDS.items())
    )
