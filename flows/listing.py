"""Tonight's list of findings as the ledger takes it: which findings, and what was checked where.

A finding that is no longer listed counts as fixed only where its rule could be checked; here is said where.
"""

from collections.abc import Collection
from pathlib import Path

import polars as pl

from flows.ledger import Listing
from rules import across, catalogue
from rules.in_force import in_force
from schemas.rounds import Round

COLUMNS = ("finding_id", "district_code", "tambon_code", "rule_id", "level", "severity")


def listing(tables: Path, district_codes: Collection[str], round_: Round) -> Listing:
    """Of the districts that were read tonight; `tables`: where findings.parquet and outcomes.parquet lie.

    The findings are read only for the districts whose list is not the ledger's already.
    """
    outcomes = pl.read_parquet(tables / "outcomes.parquet")
    return Listing(
        findings=pl.scan_parquet(tables / "findings.parquet").select(COLUMNS),
        checked={code: _checked(outcomes, code) for code in district_codes},
        in_force=frozenset(rule.id for rule in in_force(catalogue.load(), round_) if rule.status == "active"),
        across=frozenset(across.RULES),
    )


def _checked(outcomes: pl.DataFrame, district_code: str) -> frozenset[str]:
    """The rules that said something of the district's records: neither broken, nor without all they ask of
    (of last year's records, say, when those could not be read).
    """
    decided = pl.col("holds") + pl.col("violated") + pl.col("waived")
    is_mute = (decided == 0) & (pl.col("cannot_tell") > 0)
    own = outcomes.filter(pl.col("district_code") == district_code, pl.col("error") == 0, ~is_mute)
    return frozenset(own.get_column("rule_id"))
