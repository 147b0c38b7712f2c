"""Rates beside those of the provinces in 2561: what lies outside their spread is pointed out, not judged.

The reference counts members of failing households among members of households to which the indicator
applies, so ours are counted the same way and not as the official table does. Definitions have changed since
2561: a rate outside is a question to ask, not an error.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl

from rules.indicators.assessment import slugs
from rules.indicators.by_area import by_slug, summed
from rules.rule import Sentence
from schemas.areas import LEVELS

FILE = Path(__file__).parent / "reference_2561.csv"
STANDINGS = ("below", "within", "above")
COLUMNS = {
    "level": pl.Enum(LEVELS),
    "area_code": pl.String(),
    "slug": pl.String(),
    "failing_members": pl.Int64(),
    "members": pl.Int64(),
    "province_min": pl.Int64(),
    "province_max": pl.Int64(),
    "standing": pl.Enum(STANDINGS),
}


@dataclass(frozen=True)
class Reference:
    """An indicator in 2561: Ubon's members, and shares of failing members in hundredths of a per cent."""

    number: int
    slug: str
    ubon_failing: int
    ubon_all: int
    thailand: int
    province_min: int
    province_median: int
    province_p90: int
    province_max: int


@cache
def load() -> tuple[Reference, ...]:
    """The 31 indicators of 2561 by their number then."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Reference(
                int(row["number"]),
                row["slug"],
                int(row["ubon_failing"]),
                int(row["ubon_all"]),
                *(
                    int(Decimal(row[name]) * 100)
                    for name in (
                        "thailand", "province_min", "province_median", "province_p90", "province_max"
                    )
                ),
            )
            for row in csv.DictReader(lines)
        )  # fmt: skip


def compared(assessed: pl.DataFrame, below_line: pl.DataFrame, province: str) -> pl.DataFrame:
    """A row per area and indicator that the reference has, in COLUMNS; ``below_line`` gives the members.

    Members are of households that pass or fail. standing is null where there are none. The reference has two
    decimals, so a rate is outside only beyond what they may have been rounded from.
    """
    known = {each.slug: each for each in load()}
    names = [name for name in slugs(assessed) if name in known]
    of_home = below_line.select("household_id", "members").unique("household_id", keep="none")
    counts = [
        pl.col("members").filter(pl.col(name).cast(pl.String).is_in(states)).sum().alias(f"{name} {label}")
        for name in names
        for label, states in (("failing_members", ["fail"]), ("members", ["pass", "fail"]))
    ]
    table = summed(assessed.join(of_home, on="household_id", how="left"), counts, province)
    limits = pl.DataFrame(
        [(each.slug, each.province_min, each.province_max) for each in load()],
        schema={"slug": pl.String, "province_min": pl.Int64, "province_max": pl.Int64},
        orient="row",
    )
    part, whole = 20_000 * pl.col("failing_members"), pl.col("members")
    standing = (
        pl.when(whole == 0)
        .then(None)
        .when(part > (2 * pl.col("province_max") + 1) * whole)
        .then(pl.lit("above"))
        .when(part < (2 * pl.col("province_min") - 1) * whole)
        .then(pl.lit("below"))
        .otherwise(pl.lit("within"))
    )
    return (
        by_slug(table, ("failing_members", "members"), names)
        .join(limits, on="slug", how="left", maintain_order="left")
        .with_columns(standing.alias("standing"))
        .select(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items())
    )


def pointed_out(row: dict[str, object], name: Sentence) -> Sentence | None:
    """What to say of a row of ``compared`` outside the spread, the indicator called ``name``; None within."""
    if row["standing"] not in {"above", "below"}:
        return None
    failing, members = int(str(row["failing_members"])), int(str(row["members"]))
    low, high = int(str(row["province_min"])), int(str(row["province_max"]))
    is_above = row["standing"] == "above"
    spread = f"{low / 100:.2f}–{high / 100:.2f}"
    return Sentence(
        f"ตัวชี้วัด “{name.th}” สมาชิกของครัวเรือนที่ไม่ผ่าน {failing:,} จาก {members:,} คน "
        f"{'สูง' if is_above else 'ต่ำ'}กว่าทุกจังหวัดปี 2561 ({spread}%) "
        "โปรดตรวจว่าเข้าใจคำถามตรงกัน",
        f"Indicator “{name.en}”: {failing:,} of {members:,} members live in households that fail, "
        f"{'above' if is_above else 'below'} every province in 2561 ({spread} per cent); check how the "
        "question was understood.",
    )
