"""Which findings matter: whose correction can flip the household's flag or open its district's gate.

Work at the door is scarce, so lists begin with these. A finding can flip a flag when the household is open
and the finding is about an amount of its income, or doubts its people. It counts in a gate when it is one of
those that the failed gate counts. Deliberately not here: what is wrong and where (rules/findings.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from rules.bounds.doubts import NAMED, disbelieves
from rules.bounds.settings import Settings, load

MATTERS = {"finding_id": pl.String(), "can_flip_line": pl.Boolean(), "can_open_gate": pl.Boolean()}
# The measures of the quality table that count findings, with the severity they count.
COUNTED: Mapping[str, str] = {
    "must_fix_open": "must_fix",
    "households_with_must_fix": "must_fix",
    "must_fix_share": "must_fix",
    "must_explain_open": "must_explain",
    "households_with_must_explain": "must_explain",
    "must_explain_share": "must_explain",
    "watch_open": "watch",
}
# Households that say nothing of income close this gate; a finding about their amounts opens it again.
NOT_ASSESSABLE = "not_assessable_share"


class Failed(NamedTuple):
    """A gate that a district did not pass: code of the district and measure of the quality table."""

    district_code: str
    measure: str


def matters(
    findings: pl.DataFrame,
    bounded: pl.DataFrame,
    failed: list[Failed],
    settings: Settings | None = None,
) -> pl.DataFrame:
    """A row in MATTERS per finding, in their order.

    ``findings``: schemas.finding.Finding; ``bounded``: certainty.BOUNDS of the same night. A finding that is
    only to be watched flips no flag: nobody is asked to correct it.
    """
    chosen = settings or load()
    flags = (
        bounded.filter(pl.col("flag") == "open")
        .select("household_id", "state", is_open=pl.lit(True))
        .unique("household_id")
    )
    gates = pl.DataFrame(failed, schema={"district_code": pl.String, "measure": pl.String}, orient="row")
    severity = pl.col("severity").cast(pl.String)
    fields = pl.col("fields").str.split("|")
    of_income = pl.any_horizontal(fields.list.contains(name) for name in NAMED) & ~disbelieves(chosen)
    of_roster = pl.col("rule_id").is_in(list(chosen.roster))
    is_open = pl.col("is_open").fill_null(False)
    is_silent = (pl.col("state") == "not_assessable").fill_null(False)
    counted = [
        (severity == counts) & pl.col("district_code").is_in(_districts(gates, measure))
        for measure, counts in COUNTED.items()
    ]
    counted.append(is_silent & of_income & pl.col("district_code").is_in(_districts(gates, NOT_ASSESSABLE)))
    return findings.join(flags, on="household_id", how="left", maintain_order="left").select(
        "finding_id",
        can_flip_line=is_open & (of_income | of_roster) & (severity != "watch"),
        can_open_gate=pl.any_horizontal(counted),
    )


def _districts(gates: pl.DataFrame, measure: str) -> list[str]:
    return gates.filter(pl.col("measure") == measure).get_column("district_code").to_list()
