from datetime import date

from flows.ledger import Ledger
from tests.ledgers import run

FIRST, SECOND, THIRD = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


def test_a_district_keeps_the_night_since_which_its_documents_are_the_same(ledger: Ledger) -> None:
    ledger.record(run("n1", FIRST), [], [], states={"3401": "a" * 64, "3402": "b" * 64})
    ledger.record(run("n2", SECOND), [], [], states={"3401": "a" * 64, "3402": "c" * 64})
    assert ledger.states(2569) == {"3401": ("a" * 64, FIRST, "n1"), "3402": ("c" * 64, SECOND, "n2")}


def test_districts_that_a_run_does_not_name_keep_their_state(ledger: Ledger) -> None:
    ledger.record(run("n1", FIRST), [], [], states={"3401": "a" * 64, "3402": "b" * 64})
    ledger.record(run("n2-3402", SECOND), [], [], states={"3402": "c" * 64})
    ledger.record(run("n3", THIRD), [], [])
    assert {code: state.since for code, state in ledger.states(2569).items()} == {
        "3401": FIRST,
        "3402": SECOND,
    }


def test_content_that_comes_back_counts_from_the_night_it_came_back(ledger: Ledger) -> None:
    for night, key in ((FIRST, "a" * 64), (SECOND, "b" * 64), (THIRD, "a" * 64)):
        ledger.record(run(f"n-{night}", night), [], [], states={"3401": key})
    assert ledger.states(2569) == {"3401": ("a" * 64, THIRD, f"n-{THIRD}")}


def test_the_same_run_again_replaces_a_state_of_its_own(ledger: Ledger) -> None:
    ledger.record(run("n1", FIRST), [], [], states={"3401": "a" * 64})
    ledger.record(run("n1", FIRST), [], [], states={"3401": "b" * 64})
    assert ledger.states(2569) == {"3401": ("b" * 64, FIRST, "n1")}


def test_rounds_have_states_of_their_own(ledger: Ledger) -> None:
    ledger.record(run("n1", FIRST), [], [], states={"3401": "a" * 64})
    assert ledger.states(2568) == {}
