"""The official table: per area and indicator surveyed, passed and failed, in persons or households.

Groups and numbers are the round's. Percentages are whole hundredths of a per cent, as the national report
rounds them; ``share_text`` prints them so that nobody who fails is hidden by the rounding.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from rules.indicators.assessment import slugs
from rules.indicators.by_area import by_slug, summed
from rules.indicators.counting import RATES, counts
from rules.indicators.reading import Indicator
from schemas.areas import LEVELS

if TYPE_CHECKING:
    from schemas.rounds import Round

COUNTS = ("passed", "failed", "not_applicable", "unanswered", "inconsistent")
SCHEMA = {
    "level": pl.Enum(LEVELS),
    "area_code": pl.String(),
    "group": pl.Int64(),
    "dimension": pl.String(),
    "number": pl.Int64(),
    "slug": pl.String(),
    "unit": pl.String(),
    "surveyed": pl.Int64(),
    **dict.fromkeys(COUNTS, pl.Int64()),
    "passed_percent": pl.Int64(),
    "failed_percent": pl.Int64(),
}
UNIT_TH = {"person": "คน", "household": "คร."}
WHOLE = 10_000


def official_table(
    assessed: pl.DataFrame, indicators: Iterable[Indicator], round_: Round, province: str
) -> pl.DataFrame:
    """A row per area and indicator in SCHEMA; areas as in by_area.summed, indicators by group, then slot.

    Counts are in ``unit``; surveyed = passed + failed. People outside the group asked about are in no count,
    so not_applicable is 0 for persons; those of a household that fails without a number are unanswered.
    group: 1 for the dimension the round names first. Percentages are null where nobody was surveyed.
    """
    units: dict[str, str] = {each.slug: each.unit for each in indicators}
    names = slugs(assessed)
    table = summed(assessed, [count for name in names for count in counts(name, units[name])], province)
    every = by_slug(table, list(RATES)[3:], names)
    of_people = pl.col("unit") == "person"
    counted = [
        pl.when(of_people)
        .then(pl.lit(0) if name == "not_applicable" else pl.col(f"persons_{name}"))
        .otherwise(pl.col(name))
        .alias(name)
        for name in COUNTS
    ]
    surveyed = pl.col("passed") + pl.col("failed")
    failed = pl.when(surveyed > 0).then((2 * WHOLE * pl.col("failed") + surveyed) // (2 * surveyed))
    return (
        every.join(_places(names, units, round_), on="slug", how="left")
        .with_columns(counted)
        .with_columns(
            surveyed.alias("surveyed"),
            (WHOLE - failed).alias("passed_percent"),
            failed.alias("failed_percent"),
        )
        .sort("level", "area_code", "group", "slot")
        .select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
    )


def share_text(hundredths: int | None, count: int, surveyed: int, unit: str) -> str:
    """A percentage as printed: "99.78"; with the number where the two decimals would hide people.

    ``count`` of ``surveyed`` is what the percentage is of: 38 of a million reads "0.00 (38 คน)", and all but
    38 of them "100.00 (ขาด 38 คน)". "–" where nobody was surveyed.
    """
    if hundredths is None:
        return "–"
    text = f"{hundredths // 100}.{hundredths % 100:02d}"
    if count and not hundredths:
        return f"{text} ({count:,} {UNIT_TH[unit]})"
    if count < surveyed and hundredths == WHOLE:
        return f"{text} (ขาด {surveyed - count:,} {UNIT_TH[unit]})"
    return text


def _places(names: list[str], units: dict[str, str], round_: Round) -> pl.DataFrame:
    entries = sorted((round_.indicators[name].slot, name) for name in names)
    dimensions = list(dict.fromkeys(round_.indicators[name].dimension for _, name in entries))
    rows = [
        (
            name,
            units[name],
            round_.indicators[name].dimension,
            dimensions.index(round_.indicators[name].dimension) + 1,
            round_.indicators[name].number,
            slot,
        )
        for slot, name in entries
    ]
    schema = {
        "slug": pl.String,
        "unit": pl.String,
        "dimension": pl.String,
        "group": pl.Int64,
        "number": pl.Int64,
        "slot": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
