from collections import Counter

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.exits import linking
from tests.exits_rounds import IDS, homes, linked, people


def pairs(before, now):
    return {tuple(row) for row in linked(before, now).drop("is_key_reused").rows()}


def test_a_key_that_both_rounds_have_once_links_whoever_is_without_a_number():
    assert pairs([("a", [])], [("a", [])]) == {("a", "a", "key")}


def test_who_is_new_and_who_is_gone_stand_alone():
    assert pairs([("a", IDS[:2])], [("b", IDS[2:4])]) == {("b", None, "none"), (None, "a", "none")}


def test_a_renumbered_household_is_known_by_its_people():
    assert pairs([("a", IDS[:3])], [("b", [*IDS[1:3], IDS[9]])]) == {("b", "a", "members")}


def test_a_key_given_to_other_people_is_no_proof_and_is_marked():
    found = linked([("a", IDS[:3]), ("b", IDS[3:5])], [("a", IDS[3:5]), ("c", IDS[:3])])
    assert found.rows() == [("a", "b", "members", True), ("c", "a", "members", False)]


def test_a_reused_key_of_nobody_known_is_new_and_its_old_household_gone():
    found = linked([("a", IDS[:2])], [("a", IDS[5:7])])
    assert found.rows() == [("a", None, "none", True), (None, "a", "none", True)]


def test_a_key_stands_while_half_of_a_roster_may_still_be_the_same():
    assert pairs([("a", [IDS[0], None])], [("a", IDS[1:3])]) == {("a", "a", "key")}
    assert pairs([("a", [*IDS[:2], None])], [("a", IDS[3:5])]) == {("a", None, "none"), (None, "a", "none")}


def test_the_same_mistyped_number_in_both_rounds_is_the_same_person():
    wrong = IDS[0][:-1] + str((int(IDS[0][-1]) + 1) % 10)
    before, now = [("a", [wrong, *IDS[1:3]])], [("a", [wrong, *IDS[3:5]])]
    assert pairs(before, now) == {("a", "a", "key")}


def test_a_mistyped_number_links_no_households():
    wrong = IDS[0][:-1] + str((int(IDS[0][-1]) + 1) % 10)
    assert pairs([("a", [wrong])], [("b", [wrong])]) == {("b", None, "none"), (None, "a", "none")}


def test_a_number_that_two_people_have_tells_nothing():
    before = [("a", IDS[:1]), ("c", IDS[:1])]
    assert ("b", None, "none") in pairs(before, [("b", IDS[:1])])


def test_half_of_those_found_is_not_most_of_them():
    before = [("a", IDS[:2]), ("c", IDS[2:4])]
    assert ("b", None, "none") in pairs(before, [("b", IDS[:4])])
    assert ("b", "a", "members") in pairs(before, [("b", IDS[:3])])


def test_of_a_household_that_split_the_greater_part_goes_on():
    now = [("b", IDS[:2]), ("c", IDS[2:5])]
    assert pairs([("a", IDS[:5])], now) == {("c", "a", "members"), ("b", None, "none")}


def test_of_equal_parts_the_smallest_id_goes_on():
    now = [("c", IDS[:2]), ("b", IDS[2:4])]
    assert pairs([("a", IDS[:4])], now) == {("b", "a", "members"), ("c", None, "none")}


def test_a_part_that_left_a_household_that_is_still_there_is_new():
    now = [("a", IDS[:2]), ("b", IDS[2:5])]
    assert pairs([("a", IDS[:5])], now) == {("a", "a", "key"), ("b", None, "none")}


def test_a_household_that_moved_in_with_another_is_gone():
    before = [("a", IDS[:3]), ("b", IDS[3:5])]
    assert pairs(before, [("a", IDS[:5])]) == {("a", "a", "key"), (None, "b", "none")}


def test_a_household_most_of_which_moved_in_with_another_is_not_what_is_left_of_it():
    before = [("a", IDS[:3]), ("b", IDS[3:6])]
    now = [("a", IDS[:5]), ("c", IDS[5:6])]
    assert pairs(before, now) == {("a", "a", "key"), ("c", None, "none"), (None, "b", "none")}


def test_an_id_given_twice_is_no_key_but_its_people_tell():
    before = [("a", IDS[:2])]
    frames = [homes("a"), people(before), homes("a", "a"), people(before)]
    assert linking.link(*frames).rows() == [("a", "a", "members", False)]
    frames[3] = people([("a", [None])])
    assert linking.link(*frames).rows() == [("a", None, "none", False), (None, "a", "none", False)]


def test_households_and_people_without_an_id_are_linked_to_nobody():
    nobody = [(None, IDS[:2])]
    assert linked(nobody, nobody).is_empty()
    assert pairs([("a", [None, None])], [("b", [None, None])]) == {("b", None, "none"), (None, "a", "none")}


def by_hand(before, now):
    """The same in plain Python, for households with one row each and everybody with a valid number."""
    once = [
        {id_ for id_, times in Counter(i for _, ids in each for i in ids).items() if times == 1}
        for each in (before, now)
    ]
    ago, today = dict(before), dict(now)
    links = {
        key: (key, "key") for key in today if key in ago and not _refuted(set(ago[key]), set(today[key]))
    }
    shared = Counter()
    for key, ids in now:
        for was, others in before:
            shared[key, was] = len(set(ids) & set(others) & once[0] & once[1])
    for key in sorted(set(today) - set(links)):
        found = sum(shared[key, was] for was in ago)
        for was in sorted(set(ago) - {was for was, how in links.values() if how == "key"}):
            mine = shared[key, was]
            rivals = [(-shared[other, was], other) for other in today]
            if mine * 2 > found and min(rivals) == (-mine, key):
                links[key] = (was, "members")
    return {(key, *links.get(key, (None, "none"))) for key in today} | {
        (None, was, "none") for was in set(ago) - {was for was, _ in links.values()}
    }


def _refuted(ago, today):
    return bool(ago) and bool(today) and not ago & today


ROUND = st.dictionaries(
    st.sampled_from("abcdefg"), st.lists(st.sampled_from(IDS[:9]), max_size=5, unique=True), max_size=7
).map(lambda rosters: list(rosters.items()))


@settings(max_examples=300, deadline=None)
@given(ROUND, ROUND)
def test_links_are_those_found_by_hand_and_each_household_is_linked_once(before, now):
    before, now = ([(key, ids) for key, ids in each if ids] for each in (before, now))
    found = linked(before, now)
    assert {row[:3] for row in found.rows()} == by_hand(before, now)
    for name in ("household_id", "household_id_before"):
        assert found.get_column(name).drop_nulls().is_unique().all()
    assert found.filter(pl.col("linked_by") != "none").null_count().sum_horizontal().item() == 0
