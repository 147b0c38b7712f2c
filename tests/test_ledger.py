from datetime import date

import pytest

from flows.ledger import DistrictCounts, Ledger
from tests.ledgers import run

FIRST, SECOND = date(2026, 11, 23), date(2026, 11, 24)


def counts(code: str, must_fix: int) -> DistrictCounts:
    return DistrictCounts(code, "red", 60, 190, must_fix, 2, 5, 1)


def delivery(code: str) -> dict[str, object]:
    return {"sha256": "b" * 64, "district_code": code, "name": "ครัวเรือน.csv", "bytes": 2_500_000_000}


def test_the_counts_of_the_night_before_are_remembered_by_district(ledger: Ledger) -> None:
    ledger.record(run("n1", FIRST), [counts("3401", 9), counts("3402", 4)], [])
    ledger.record(run("n2", SECOND), [counts("3401", 7)], [])
    before = ledger.counts_before(date(2026, 11, 25), 2569)
    assert {code: one.must_fix for code, one in before.items()} == {"3401": 7, "3402": 4}
    assert before["3401"].left == 9


def test_a_night_is_not_compared_with_itself_or_with_a_later_one(ledger: Ledger) -> None:
    ledger.record(run("n2", SECOND), [counts("3401", 7)], [])
    assert ledger.counts_before(SECOND, 2569) == {}
    assert ledger.counts_before(FIRST, 2569) == {}


def test_another_round_is_never_last_night(ledger: Ledger) -> None:
    ledger.record(run("n1", FIRST), [counts("3401", 7)], [])
    assert ledger.counts_before(SECOND, 2568) == {}


def test_the_same_run_again_replaces_its_counts(ledger: Ledger) -> None:
    ledger.record(run("n1", FIRST), [counts("3401", 9), counts("3402", 1)], [])
    ledger.record(run("n1", FIRST), [counts("3401", 3)], [])
    assert {code: one.must_fix for code, one in ledger.counts_before(SECOND, 2569).items()} == {"3401": 3}
    assert [night for _, night, _ in ledger.nights(2569)] == [FIRST]


def test_a_delivery_keeps_the_night_that_saw_it_first(ledger: Ledger) -> None:
    ledger.record(run("n1", FIRST), [], [delivery("3401")])
    ledger.record(run("n2", SECOND), [], [delivery("3401"), delivery("3402")])
    assert ledger.first_seen() == {("b" * 64, "3401"): FIRST, ("b" * 64, "3402"): SECOND}


def test_a_run_is_recorded_whole_or_not_at_all(ledger: Ledger) -> None:
    with pytest.raises(KeyError):
        ledger.record(run("n1", FIRST), [counts("3401", 9)], [{"name": "no hash"}])
    assert ledger.nights(2569) == []
