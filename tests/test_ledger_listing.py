from pathlib import Path

import polars as pl
import pytest

from flows.listing import listing
from schemas.outcome import COUNTS
from schemas.rounds import load


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    rows = [
        ("decided", "3401", {"holds": 5}),
        ("broke", "3401", {"error": 5}),
        ("without_last_year", "3401", {"cannot_tell": 5, "not_applicable": 2}),
        ("nobody_asked", "3401", {"not_applicable": 5}),
        ("told_while_reading", "3401", {}),
        ("decided_elsewhere", "3402", {"violated": 1}),
    ]
    none = dict.fromkeys(COUNTS, 0)
    outcomes = [{"rule_id": rule, "district_code": code, **none, **counts} for rule, code, counts in rows]
    pl.DataFrame(outcomes).write_parquet(tmp_path / "outcomes.parquet")
    columns = ("finding_id", "district_code", "tambon_code", "rule_id", "level", "severity", "household_id")
    pl.DataFrame([dict.fromkeys(columns, "x")]).write_parquet(tmp_path / "findings.parquet")
    return tmp_path


def test_a_rule_counts_as_checked_where_it_said_something(tables: Path) -> None:
    checked = listing(tables, ["3401"], load(2569)).checked
    assert checked == {"3401": {"decided", "nobody_asked", "told_while_reading"}}


def test_the_rules_that_should_run_are_those_of_the_catalogue_in_force(tables: Path) -> None:
    tonight = listing(tables, [], load(2569))
    assert "WK003" in tonight.in_force
    assert "DU003" in tonight.across
    assert "WK003" not in tonight.across


def test_nothing_that_says_whose_a_finding_is_goes_to_the_ledger(tables: Path) -> None:
    assert "household_id" not in listing(tables, [], load(2569)).findings.lazy().collect_schema().names()
