"""Outcomes counted: a row per rule and district, zero counts included.

Deliberately not here: shares and verdicts about a district (quality.py, acceptance.py).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rules.language import Outcome
from rules.rule import Rule
from rules.verdicts import PREFIX, Verdicts
from schemas.outcome import COUNTS

SCHEMA = {"rule_id": pl.String, "district_code": pl.String, **dict.fromkeys(COUNTS, pl.Int64)}


def counted(
    rules: Sequence[Rule], found: Verdicts, districts: pl.Series, every: Sequence[str]
) -> pl.DataFrame:
    """Counts of records per rule and district.

    ``districts``: the district of each record of the table; ``every``: the districts to list even without
    records. A rule that could not run counts all its records as ``error``.
    """
    ran = [rule.id for rule in rules if PREFIX + rule.id in found.codes.columns]
    per_district = (
        pl.LazyFrame({"district_code": districts})
        .with_columns(found.codes)
        .group_by("district_code")
        .agg(pl.len().alias("records"), *(_times(rule_id, code) for rule_id in ran for code in Outcome))
        .collect()
    )
    listed = pl.DataFrame({"district_code": every}, schema={"district_code": pl.String})
    totals = listed.join(per_district, on="district_code", how="left")
    parts = [_of_rule(rule.id, totals, has_run=rule.id in ran) for rule in rules]
    return pl.concat(parts) if parts else pl.DataFrame(schema=SCHEMA)


def _times(rule_id: str, code: Outcome) -> pl.Expr:
    return (pl.col(PREFIX + rule_id) == int(code)).sum().alias(f"{rule_id}:{code.name.lower()}")


def _of_rule(rule_id: str, totals: pl.DataFrame, *, has_run: bool) -> pl.DataFrame:
    counts = dict.fromkeys(COUNTS, pl.lit(0))
    if has_run:
        counts |= {code.name.lower(): pl.col(f"{rule_id}:{code.name.lower()}") for code in Outcome}
    else:
        counts["error"] = pl.col("records")
    return totals.select(
        pl.lit(rule_id).alias("rule_id"),
        "district_code",
        *(count.fill_null(0).cast(pl.Int64).alias(name) for name, count in counts.items()),
    )
