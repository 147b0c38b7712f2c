"""The life of findings against a plain account of it, over random nights."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ledger import Ledger, Listing
from tests.ledgers import listed, run

RULES = ("WK001", "WK002")
IDS = st.sets(st.sampled_from("abcdef"))
NIGHTS = st.lists(
    st.fixed_dictionaries(
        {
            "listed": IDS,
            "waived": IDS,
            "checked": st.sets(st.sampled_from(RULES)),
            "in_force": st.sets(st.sampled_from(RULES)),
            "is_again": st.booleans(),
        }
    ),
    min_size=1,
    max_size=6,
)
OPEN = {"new", "open", "reopened"}


def rule_of(finding_id: str) -> str:
    return RULES[ord(finding_id) % 2]


def after(states: dict[str, str], night: dict[str, set[str]]) -> dict[str, str]:
    """The states after a night, said once more in the plainest way."""
    told = {one: "open" if state in OPEN else state for one, state in states.items()}
    for one in "abcdef":
        if one in night["waived"]:
            told[one] = "waived"
        elif one in night["listed"]:
            told[one] = {None: "new", "open": "open"}.get(told.get(one), "reopened")
        elif told.get(one) in ("open", "waived"):
            if rule_of(one) in night["checked"]:
                told[one] = "fixed"
            elif rule_of(one) not in night["in_force"]:
                told[one] = "gone"
    return told


def tonight(night: dict[str, set[str]]) -> Listing:
    rows = [
        listed(one, rule_id=rule_of(one), is_waived=one in night["waived"])
        for one in sorted(night["listed"] | night["waived"])
    ]
    return Listing(pl.concat([listed(), *rows]), {"3401": night["checked"]}, night["in_force"])


@pytest.fixture(scope="module")
def kept() -> Iterator[Ledger]:
    with Ledger("sqlite://") as ledger:
        yield ledger


ROUNDS = count(1)


@given(NIGHTS)
@settings(max_examples=100, deadline=None)
def test_every_life_is_told_right_and_every_night_reconciles(
    kept: Ledger, nights: list[dict[str, set[str]]]
) -> None:
    states: dict[str, str] = {}
    round_ = next(ROUNDS)
    for number, night in enumerate(nights):
        run_id = f"{round_}-{number}"
        about = {**run(run_id, date(2026, 11, 1) + timedelta(number)), "round_year_be": round_}
        # A night recorded once more, first with other findings, ends as if it had been recorded once.
        other = [{**night, "listed": {"a"}, "waived": set()}] if night["is_again"] else []
        for attempt in [*other, night]:
            kept.record(about, [], [], listing=tonight(attempt))
        before, states = states, after(states, night)
        assert dict(kept.finding_lives(round_).select("finding_id", "state").iter_rows()) == states
        (moved,) = kept.moved(run_id)
        assert moved.open_before == sum(state in OPEN for state in before.values())
        assert moved.open_after == sum(state in OPEN for state in states.values())
        assert moved.open_after == (
            moved.open_before + moved.new + moved.reopened - moved.fixed - moved.waived - moved.gone
        )
        assert moved.open_after - moved.unchecked == len(night["listed"] - night["waived"])
