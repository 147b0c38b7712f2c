"""Outcomes counted: a row per rule and district, zero counts included.

Deliberately not here: shares and verdicts about a district (quality.py, acceptance.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    totals = (
        pl.LazyFrame({"district_code": districts})
        .with_columns(found.codes)
        .group_by("district_code")
        .agg(pl.len().alias("records"), *(_times(rule_id, code) for rule_id in ran for code in Outcome))
        .collect()
    )
    by_district = {row["district_code"]: row for row in totals.iter_rows(named=True)}
    rows = [
        (rule.id, district, *_counts(rule.id, by_district.get(district, {}), has_run=rule.id in ran))
        for rule in rules
        for district in every
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _times(rule_id: str, code: Outcome) -> pl.Expr:
    return (pl.col(PREFIX + rule_id) == int(code)).sum().alias(f"{rule_id}:{code.name.lower()}")


def _counts(rule_id: str, totals: Mapping[str, int], *, has_run: bool) -> list[int]:
    """The counts of one rule in one district, in the order of COUNTS; all zero without records."""
    if has_run:
        return [totals.get(f"{rule_id}:{name}", 0) for name in COUNTS]
    return [totals.get("records", 0) if name == "error" else 0 for name in COUNTS]
