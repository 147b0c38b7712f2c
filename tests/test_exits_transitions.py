import polars as pl
import pytest

from rules import indicators
from rules.exits import INCOME, INDICATOR, POOR, texts, transitions
from rules.exits.marks import MARKS
from rules.exits.tallies import columns
from schemas.thai import foreign_letters
from tests.exits_rounds import judged, links, same_keys, states

TAMBON, OTHER = "340101", "340201"


def became(before, now):
    """The transition of one household; None: it is not in that round, though its district is."""
    witness = ("w", TAMBON, 1, "above")
    rounds = [states(witness, *([("h", TAMBON, 2, state)] if state else [])) for state in (before, now)]
    found = judged(*rounds)
    is_it = (pl.col("household_id") == "h") | (pl.col("household_id_before") == "h")
    return found.filter(is_it.fill_null(False))["income"].item()


@pytest.mark.parametrize(
    ("before", "now", "transition"),
    [
        ("below", "below", "stayed_below"),
        ("above", "above", "stayed_above"),
        ("below", "above", "exited"),
        ("above", "below", "fell"),
        (None, "below", "new_below"),
        (None, "above", "new_above"),
        ("below", None, "gone_below"),
        ("above", None, "gone_above"),
        ("below", "not_assessable", "lost_sight_below"),
        ("above", "not_assessable", "lost_sight_above"),
        ("not_assessable", "below", "came_in_sight_below"),
        ("not_assessable", "above", "came_in_sight_above"),
        ("not_assessable", "not_assessable", "stayed_outside"),
        (None, "not_assessable", "new_outside"),
        ("not_assessable", None, "gone_outside"),
    ],
)
def test_every_pair_of_states_has_a_word_of_its_own(before, now, transition):
    assert became(before, now) == transition


def of_indicator(before, now):
    frames = [
        states(("h", TAMBON, 2, state)).with_columns(pl.col("income").cast(pl.Enum(indicators.STATES)))
        for state in (before, now)
    ]
    return transitions.judge(*frames, same_keys(*frames), ["income"], INDICATOR)["income"].item()


@pytest.mark.parametrize(
    ("before", "now", "transition"),
    [
        ("fail", "pass", "exited"),
        ("pass", "fail", "fell"),
        ("fail", "fail", "stayed_failing"),
        ("fail", "not_applicable", "no_longer_applies_failing"),
        ("pass", "not_applicable", "no_longer_applies_passing"),
        ("not_applicable", "fail", "now_applies_failing"),
        ("not_applicable", "pass", "now_applies_passing"),
        ("fail", "unanswered", "lost_sight_failing"),
        ("unanswered", "fail", "came_in_sight_failing"),
        ("unanswered", "not_applicable", "stayed_outside"),
    ],
)
def test_a_household_whose_only_child_grew_up_did_not_exit(before, now, transition):
    assert of_indicator(before, now) == transition


def test_the_words_of_one_kind_of_list_are_never_those_of_another():
    words = [set(wording.transitions) for wording in (INCOME, INDICATOR, POOR)]
    same = {"exited", "fell", "stayed_outside", "new_outside", "gone_outside"}
    assert words[0] & words[1] == words[1] & words[2] == words[0] & words[2] == same


def test_the_poor_are_told_in_their_own_words():
    before, now = (states(("h", TAMBON, 2, state)) for state in ("not_poor", "poor"))
    assert transitions.judge(before, now, same_keys(before, now), ["income"], POOR)["income"].item() == "fell"
    assert "stayed_poor" in POOR.transitions


def test_households_of_a_district_that_only_one_round_has_are_neither_new_nor_gone():
    before = states(("a", TAMBON, 2, "below"), ("b", OTHER, 2, "below"))
    now = states(("a", TAMBON, 2, "below"))
    rows = judged(before, now).select("household_id_before", "income", "is_compared").rows()
    assert rows == [("a", "stayed_below", True), ("b", "lost_sight_below", False)]
    rows = judged(now, before).select("household_id", "income", "is_compared").rows()
    assert rows == [("a", "stayed_below", True), ("b", "came_in_sight_below", False)]


def test_a_household_given_twice_is_counted_once_and_those_without_an_id_each():
    before = states(("a", TAMBON, 2, "above"), (None, TAMBON, 1, "below"))
    now = states(("a", TAMBON, 2, "below"), ("a", TAMBON, 2, "above"), (None, TAMBON, 1, "below"))
    assert judged(before, now)["income"].to_list() == ["fell", "new_below", "gone_below"]


def test_a_house_that_was_empty_is_linked_and_yet_new_on_the_list():
    before, now = states(("w", TAMBON, 1, "above")), states(("h", TAMBON, 2, "below"))
    found = judged(before, now, links(("h", "h", "key"), (None, "w", "none")))
    assert found.select("household_id", "income", "linked_by").row(0) == ("h", "new_below", "none")


def test_a_renumbered_household_keeps_its_story():
    before, now = states(("a", TAMBON, 3, "below")), states(("b", OTHER, 2, "above"))
    row = judged(before, now, links(("b", "a", "members"))).row(0, named=True)
    assert row["income"] == "exited"
    assert (row["tambon_code_before"], row["tambon_code"]) == (TAMBON, OTHER)
    assert (row["members_before"], row["members"], row["linked_by"]) == (3, 2, "members")


@pytest.mark.parametrize("wording", [INCOME, INDICATOR, POOR], ids=lambda wording: wording.on)
def test_everything_counted_has_a_name_in_both_languages(wording):
    named = texts(wording)
    assert set(columns(wording)) | set(MARKS) <= set(named)
    for sentence in named.values():
        assert sentence.th
        assert sentence.en
        assert not foreign_letters(sentence.th)
        assert "{" not in sentence.th + sentence.en
