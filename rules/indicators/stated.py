"""What the sender states of each indicator against what is recomputed from the answers, counted per area.

The differences household by household are findings of the rules `<slug>_result_differs`; they are not made
here.
"""

from __future__ import annotations

import polars as pl

from rules.indicators.assessment import slugs
from rules.indicators.by_area import by_slug, summed

PREFIX = "result_"
COUNTS = ("agree", "stated_pass_is_fail", "stated_fail_is_pass", "not_comparable", "not_stated")


def stated_table(households: pl.DataFrame, assessed: pl.DataFrame, province: str) -> pl.DataFrame:
    """Households per area and indicator by COUNTS: level, area_code, slug, then the counts, all Int64.

    ``assessed`` is of these ``households``, row by row; ValueError when it is not. not_comparable: stated,
    but not applicable, unanswered or inconsistent by the answers. Every household is in exactly one count.
    """
    if not households["household_id"].equals(assessed["household_id"]):
        raise ValueError("the assessed rows are not those of the households")
    names = slugs(assessed)
    both = assessed.with_columns(
        households.get_column(PREFIX + name)
        if PREFIX + name in households.columns
        else pl.lit(None, pl.Boolean).alias(PREFIX + name)
        for name in names
    )
    table = summed(both, [count for name in names for count in _counts(name)], province)
    return by_slug(table, COUNTS, names)


def _counts(slug: str) -> list[pl.Expr]:
    stated, state = pl.col(PREFIX + slug), pl.col(slug).cast(pl.String)
    is_passed, is_failed = state == "pass", state == "fail"
    kinds = (
        (stated & is_passed) | (~stated & is_failed),
        stated & is_failed,
        ~stated & is_passed,
        stated.is_not_null() & ~is_passed & ~is_failed,
        stated.is_null(),
    )
    return [kind.sum().alias(f"{slug} {name}") for name, kind in zip(COUNTS, kinds, strict=True)]
