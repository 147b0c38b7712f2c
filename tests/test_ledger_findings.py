from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from flows.ledger import Ledger, Listing, Moved
from tests.ledgers import listed, run

NIGHT = date(2026, 11, 20)
RULES = frozenset({"WK001", "WK002"})


def record(
    ledger: Ledger,
    number: int,
    findings: pl.DataFrame,
    checked: Mapping[str, frozenset[str]] | None = None,
    in_force: frozenset[str] = RULES,
    states: Mapping[str, str] | None = None,
    across: frozenset[str] = frozenset(),
) -> list[Moved]:
    listing = Listing(findings, {"3401": RULES} if checked is None else checked, in_force, across)
    run_id = f"n{number}"
    ledger.record(run(run_id, NIGHT + timedelta(number)), [], [], states=states, listing=listing)
    return ledger.moved(run_id)


def states(ledger: Ledger) -> dict[str, str]:
    return dict(ledger.finding_lives(2569).select("finding_id", "state").iter_rows())


def test_a_finding_is_new_then_open_then_fixed_then_reopened(ledger: Ledger) -> None:
    assert record(ledger, 1, listed("a", "b")) == [Moved("3401", "must_fix", new=2, open_after=2)]
    assert states(ledger) == {"a": "new", "b": "new"}
    assert record(ledger, 2, listed("a", "b")) == [Moved("3401", "must_fix", open_before=2, open_after=2)]
    assert states(ledger) == {"a": "open", "b": "open"}
    assert record(ledger, 3, listed("b")) == [Moved("3401", "must_fix", open_before=2, fixed=1, open_after=1)]
    record(ledger, 4, listed("b"))
    back = record(ledger, 5, listed("a", "b"))
    assert back == [Moved("3401", "must_fix", open_before=1, reopened=1, open_after=2)]
    assert states(ledger) == {"a": "reopened", "b": "open"}


def test_it_is_known_since_when_and_until_when_a_finding_was_listed(ledger: Ledger) -> None:
    for number, ids in ((1, "ab"), (2, "ab"), (3, "b")):
        record(ledger, number, listed(*ids))
    known = ledger.finding_lives(2569).select(
        "finding_id", "first_seen", "last_seen", "state_since", "run_id"
    )
    first, second, third = (NIGHT + timedelta(number) for number in (1, 2, 3))
    assert known.rows() == [("a", first, second, third, "n3"), ("b", first, None, first, "n1")]


def test_what_the_rules_no_longer_ask_is_gone_not_fixed(ledger: Ledger) -> None:
    record(ledger, 1, listed("a", rule_id="WK001"))
    left = frozenset({"WK002"})
    assert record(ledger, 2, listed(), {"3401": left}, left)[0].gone == 1
    assert states(ledger) == {"a": "gone"}


def test_what_could_not_be_checked_stays_open(ledger: Ledger) -> None:
    record(ledger, 1, listed("a", rule_id="WK001"))
    kept = Moved("3401", "must_fix", open_before=1, open_after=1, unchecked=1)
    assert record(ledger, 2, listed(), {"3401": frozenset({"WK002"})}) == [kept]
    assert states(ledger) == {"a": "open"}


def test_a_district_that_was_not_read_keeps_its_findings(ledger: Ledger) -> None:
    both = pl.concat([listed("a"), listed("b", district_code="3402")])
    record(ledger, 1, both, {"3401": RULES, "3402": RULES})
    assert [one.district_code for one in record(ledger, 2, listed(), {"3401": RULES})] == ["3401"]
    assert states(ledger) == {"a": "fixed", "b": "open"} | {"b": "new"}


def test_a_rule_across_districts_is_only_checked_when_all_of_them_are_there(ledger: Ledger) -> None:
    both = pl.concat([listed("a"), listed("b", district_code="3402")])
    record(ledger, 1, both, {"3401": RULES, "3402": RULES}, across=RULES)
    assert record(ledger, 2, listed(), {"3401": RULES}, across=RULES)[0].unchecked == 1
    record(ledger, 3, listed("b", district_code="3402"), {"3401": RULES, "3402": RULES}, across=RULES)
    assert states(ledger) == {"a": "fixed", "b": "open"}


def test_a_waived_finding_is_off_the_list_until_its_waiver_ends(ledger: Ledger) -> None:
    record(ledger, 1, listed("a", "b"))
    assert record(ledger, 2, pl.concat([listed("a", is_waived=True), listed("b")]))[0].waived == 1
    assert record(ledger, 3, pl.concat([listed("a", is_waived=True), listed("b")]))[0].waived == 0
    assert record(ledger, 4, listed("a", "b"))[0].reopened == 1
    assert states(ledger) == {"a": "reopened", "b": "open"}


def test_a_finding_that_is_waived_before_it_was_ever_listed_moves_nothing(ledger: Ledger) -> None:
    moves = record(ledger, 1, listed("a", is_waived=True))
    assert [(one.new, one.waived, one.open_after) for one in moves] == [(0, 0, 0)]
    assert states(ledger) == {"a": "waived"}


def test_a_rule_that_changed_its_severity_takes_its_findings_along(ledger: Ledger) -> None:
    record(ledger, 1, listed("a", "b"))
    assert record(ledger, 2, listed("a", "c", severity="watch")) == [
        Moved("3401", "must_fix", open_before=2, fixed=1, regraded=-1),
        Moved("3401", "watch", new=1, regraded=1, open_after=2),
    ]


def test_the_same_run_again_moves_what_it_moved_the_first_time(ledger: Ledger) -> None:
    record(ledger, 1, listed("a", "b", "c"))
    record(ledger, 2, listed("b", "c"))
    first = record(ledger, 3, listed("a", "c", "d"))
    lives = ledger.finding_lives(2569)
    assert record(ledger, 3, listed("a", "c", "d")) == first
    assert ledger.finding_lives(2569).equals(lives)
    assert first == [Moved("3401", "must_fix", open_before=2, new=1, reopened=1, fixed=1, open_after=3)]
    # A correction that came between the two attempts counts as if it had come before.
    assert record(ledger, 3, listed("b", "c")) == [Moved("3401", "must_fix", open_before=2, open_after=2)]
    assert states(ledger) == {"a": "fixed", "b": "open", "c": "open"}


def test_a_night_of_the_past_changes_no_life(ledger: Ledger) -> None:
    record(ledger, 2, listed("a", "b"))
    assert record(ledger, 1, listed("c")) == []
    assert states(ledger) == {"a": "new", "b": "new"}


def test_a_list_that_hangs_on_the_same_content_is_not_asked_for(ledger: Ledger) -> None:
    record(ledger, 1, listed("a", "b"), states={"3401": "k" * 64})
    again = record(ledger, 2, listed(), states={"3401": "k" * 64})
    assert again == [Moved("3401", "must_fix", open_before=2, open_after=2)]
    assert states(ledger) == {"a": "open", "b": "open"}
    assert record(ledger, 2, listed(), states={"3401": "k" * 64}) == again
    assert record(ledger, 3, listed(), states={"3401": "l" * 64})[0].fixed == 2


def test_what_was_left_unchecked_is_compared_though_the_content_is_the_same(ledger: Ledger) -> None:
    record(ledger, 1, listed("a", rule_id="WK001"), states={"3401": "k" * 64})
    record(ledger, 2, listed(), {"3401": frozenset({"WK002"})}, states={"3401": "l" * 64})
    assert record(ledger, 3, listed(), states={"3401": "l" * 64})[0].fixed == 1


def test_a_district_without_findings_is_compared_all_the_same(ledger: Ledger) -> None:
    assert record(ledger, 1, listed()) == [Moved("3401", "must_fix")]


def test_rounds_and_districts_have_lists_of_their_own(ledger: Ledger) -> None:
    record(
        ledger,
        1,
        pl.concat([listed("a"), listed("a", district_code="3402")]),
        dict.fromkeys(("3401", "3402"), RULES),
    )
    record(ledger, 2, listed("a"), dict.fromkeys(("3401", "3402"), RULES))
    lives = ledger.finding_lives(2569)
    assert lives.select("district_code", "state").rows() == [("3401", "open"), ("3402", "fixed")]
    assert ledger.finding_lives(2569, ["3402"]).height == 1
    assert ledger.finding_lives(2568).height == 0


def test_nothing_but_a_code_is_kept_of_where_a_finding_is(ledger: Ledger) -> None:
    record(ledger, 1, listed("a", tambon_code="บ้านนายดำ"))
    assert ledger.finding_lives(2569).get_column("tambon_code").to_list() == [None]
