"""The quality table: one wide row per district, which the acceptance gates look at.

Counts are whole numbers, shares are 0 to 1 and unrounded; a count's name says households or persons where it
could be either. What cannot be measured is null, never 0: a district whose delivery could not be read has no
findings, and that must not look like perfection. Deliberately not here: thresholds (rules/acceptance.toml).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from rules import below_line, indicators
from schemas import code_lists

COUNTS = (
    "target_households",
    "households",
    "not_collected_households",
    "persons",
    "must_fix_open",
    "must_explain_open",
    "watch_open",
    "households_with_must_fix",
    "households_with_must_explain",
    "errored_rules",
    "missing_columns",
    "below_line",
    "below_line_persons",
    "not_assessable",
    "not_assessable_persons",
    "failing_households",
    "failing_persons",
)
SHARES = (
    "completeness_share",
    "must_fix_share",
    "must_explain_share",
    "cannot_tell_share",
    "answers_missing_share",
    "not_assessable_share",
)
# A column that is not there makes a whole table's rules "cannot tell": no share of households shows it.
MISSING_COLUMN = "ST012"
SCHEMA = {
    "district_code": pl.String(),
    "is_readable": pl.Boolean(),
    "is_current": pl.Boolean(),
    **dict.fromkeys(COUNTS, pl.Int64()),
    **dict.fromkeys(SHARES, pl.Float64()),
}


@dataclass(frozen=True)
class Evidence:
    """What a night found, of one district or of many; each frame has district_code.

    households needs only household_id, district_code and household_status, persons only district_code;
    outcomes and findings are those of the engine, of rules/across and of intake together; below_line and
    assessed are the frames of rules.below_line.judge and rules.indicators.assess.
    """

    households: pl.DataFrame
    persons: pl.DataFrame
    outcomes: pl.DataFrame
    findings: pl.DataFrame
    below_line: pl.DataFrame
    assessed: pl.DataFrame


def measure(
    targets: Mapping[str, int | None],
    readable: Collection[str],
    found: Evidence,
    stale: Collection[str] = (),
) -> pl.DataFrame:
    """A row per district of ``targets`` in SCHEMA, sorted by code.

    ``targets``: households to collect, None when nobody said. ``readable``: districts whose delivery could
    be read; of all others everything but the target is null. Households with a status other than collected
    (refused, vacant, moved, demolished) count towards completeness: they are accounted for. ``stale``:
    districts for whose newest delivery an earlier one stands in; the others' data is current.
    """
    codes = sorted(targets)
    base = pl.DataFrame(
        {
            "district_code": codes,
            "is_readable": [code in readable for code in codes],
            "target_households": [targets[code] for code in codes],
        },
        schema={name: SCHEMA[name] for name in ("district_code", "is_readable", "target_households")},
    )
    table = base
    for part in (
        _records(found),
        _findings(found.findings),
        _outcomes(found.outcomes),
        _income(found.below_line),
        _indicators(found),
    ):
        table = table.join(part, on="district_code", how="left")
    counted = pl.all().exclude(*base.columns)
    table = table.with_columns(pl.when("is_readable").then(counted.fill_null(0)))
    is_current = ~pl.col("district_code").is_in(list(stale))
    table = table.with_columns(pl.when("is_readable").then(is_current).alias("is_current"))
    return table.with_columns(_shares()).select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())


def _shares() -> list[pl.Expr]:
    collected = pl.col("households")
    accounted = collected + pl.col("not_collected_households")
    told = pl.col("told") + pl.col("cannot_tell")
    answers = pl.col("answered") + pl.col("answers_missing")
    income = pl.col("assessable") + pl.col("not_assessable")
    return [
        _share(accounted, pl.col("target_households")).alias("completeness_share"),
        _share(pl.col("households_with_must_fix"), collected).alias("must_fix_share"),
        _share(pl.col("households_with_must_explain"), collected).alias("must_explain_share"),
        _share(pl.col("cannot_tell"), told).alias("cannot_tell_share"),
        _share(pl.col("answers_missing"), answers).alias("answers_missing_share"),
        _share(pl.col("not_assessable"), income).alias("not_assessable_share"),
    ]


def _share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    # Nothing of nothing is not known; it is neither 0 nor 1.
    return pl.when(whole > 0).then(part / whole)


def _of_district(frame: pl.DataFrame, *counts: pl.Expr) -> pl.DataFrame:
    return frame.group_by(pl.col("district_code").fill_null("")).agg(counts)


def _records(found: Evidence) -> pl.DataFrame:
    interviewed = code_lists.load("household_status").groups["interviewed"]
    is_collected = pl.col("household_status").cast(pl.String).is_in(interviewed).fill_null(True)
    # Ids, not rows: a household sent twice must not make the round complete.
    ids = pl.col("household_id")
    homes = _of_district(
        found.households,
        ids.filter(is_collected).n_unique().alias("households"),
        ids.filter(~is_collected).n_unique().alias("not_collected_households"),
    )
    people = _of_district(found.persons, pl.len().alias("persons"))
    return homes.join(people, on="district_code", how="full", coalesce=True)


def _findings(findings: pl.DataFrame) -> pl.DataFrame:
    severity = pl.col("severity").cast(pl.String)
    return _of_district(
        findings,
        (pl.col("rule_id") == MISSING_COLUMN).sum().alias("missing_columns"),
        *((severity == name).sum().alias(f"{name}_open") for name in ("must_fix", "must_explain", "watch")),
        *(
            pl.col("household_id")
            .filter(severity == name)
            .drop_nulls()
            .n_unique()
            .alias(f"households_with_{name}")
            for name in ("must_fix", "must_explain")
        ),
    )


def _outcomes(outcomes: pl.DataFrame) -> pl.DataFrame:
    return _of_district(
        outcomes,
        (pl.col("holds") + pl.col("violated") + pl.col("waived")).sum().alias("told"),
        pl.col("cannot_tell").sum(),
        pl.col("rule_id").filter(pl.col("error") > 0).n_unique().alias("errored_rules"),
    )


def _income(judged: pl.DataFrame) -> pl.DataFrame:
    return below_line.totals(judged).select(
        "district_code",
        pl.col("below_households").alias("below_line"),
        pl.col("below_persons").alias("below_line_persons"),
        pl.col("not_assessable_households").alias("not_assessable"),
        "not_assessable_persons",
        (pl.col("below_households") + pl.col("above_households")).alias("assessable"),
    )


def _indicators(found: Evidence) -> pl.DataFrame:
    names = indicators.slugs(found.assessed)
    members = found.below_line.select("household_id", "members").unique("household_id", keep="none")

    def times(*states: str) -> pl.Expr:
        return pl.sum_horizontal(pl.lit(0), *(pl.col(name).cast(pl.String).is_in(states) for name in names))

    fails = pl.col("fails") > 0
    counted = found.assessed.select(
        "household_id",
        "district_code",
        times("fail").alias("fails"),
        times("pass", "fail").alias("answered"),
        times("unanswered").alias("answers_missing"),
    ).join(members, on="household_id", how="left")
    return _of_district(
        counted,
        pl.col("answered").sum(),
        pl.col("answers_missing").sum(),
        fails.sum().alias("failing_households"),
        pl.col("members").filter(fails).sum().alias("failing_persons"),
    )
