import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import below_line
from rules.exits import INCOME, INDICATOR, rates, tallies, transitions
from tests.exits_rounds import judged, links, same_keys, states

A, B, FAR = "340101", "340102", "340201"


def tallied(before, now, link=None):
    found = judged(before, now, link)
    return tallies.tally(found, before, now, ["income"], INCOME, "34")


def row(tally, area_code, unit="households"):
    found = tally.filter(pl.col("area_code") == area_code, pl.col("unit") == unit).row(0, named=True)
    return {name: count for name, count in found.items() if count and name not in tallies.KEYS}


def test_a_tally_has_each_level_with_households_and_members_apart():
    before = states(("a", A, 3, "below"), ("b", B, 2, "above"))
    now = states(("a", A, 4, "above"), ("b", B, 2, "below"))
    tally = tallied(before, now)
    assert tally.select("level", "area_code").unique(maintain_order=True).rows() == [
        ("province", "34"),
        ("district", "3401"),
        ("tambon", A),
        ("tambon", B),
    ]
    assert row(tally, "34") == {"below_before": 1, "below_now": 1, "exited": 1, "fell": 1}
    assert row(tally, "34", "members") == {"below_before": 3, "below_now": 2, "exited": 3, "fell": 2}
    assert row(tally, A) == {"below_before": 1, "exited": 1}


def test_one_that_moved_within_the_province_is_neither_new_nor_gone_in_it():
    before, now = states(("a", A, 3, "below")), states(("a", FAR, 2, "below"))
    now = pl.concat([now, states(("w", A, 1, "above"))])
    before = pl.concat([before, states(("w", FAR, 1, "above"))])
    tally = tallied(before, now, links(("a", "a", "key"), ("w", "w", "key")))
    assert row(tally, "34") == {"below_before": 1, "below_now": 1, "stayed_below": 1, "stayed_above": 1}
    moved_in = {"below_now": 1, "stayed_below": 1, "moved_in_below": 1}
    assert row(tally, FAR) == row(tally, "3402") == moved_in
    left = {"below_before": 1, "moved_out_below": 1, "stayed_above": 1}
    assert row(tally, A) == row(tally, "3401") == left
    grown = {"below_now": 2, "stayed_below": 2, "moved_in_below": 3, "grown_below": -1}
    assert row(tally, FAR, "members") == grown


def test_one_that_moved_and_exited_leaves_the_list_where_it_is_now():
    before, now = states(("a", A, 3, "below")), states(("a", B, 3, "above"))
    tally = tallied(before, now)
    assert row(tally, A) == {"below_before": 1, "moved_out_below": 1}
    assert row(tally, B) == {"exited": 1, "moved_in_below": 1}
    assert row(tally, "3401") == {"below_before": 1, "exited": 1}
    assert tallies.broken(tally, INCOME).is_empty()


def test_a_place_that_is_not_known_is_an_area_without_a_code():
    before, now = states(("a", None, 3, "below")), states(("a", A, 3, "below"))
    tally = tallied(before, now)
    assert row(tally, "") == {"below_before": 1, "moved_out_below": 1}
    assert tallies.broken(tally, INCOME).is_empty()


def test_a_link_that_counts_a_household_twice_breaks_the_identity():
    before = states(("a", A, 3, "below"))
    now = states(("a", A, 3, "below"), ("b", A, 2, "above"))
    tally = tallied(before, now, links(("a", "a", "key"), ("b", "a", "members")))
    broken = tallies.broken(tally, INCOME)
    assert broken.get_column("area_code").unique().sort().to_list() == ["34", "3401", A]


def test_a_household_left_out_breaks_the_identity():
    before = states(("a", A, 3, "below"), ("b", A, 3, "below"))
    found = judged(before, before).head(1)
    tally = tallies.tally(found, before, before, ["income"], INCOME, "34")
    assert tallies.broken(tally, INCOME).height == len(tallies.LEVELS) * len(tallies.UNITS)


def test_no_list_is_no_row():
    nothing = states()
    found = transitions.judge(nothing, nothing, same_keys(nothing, nothing), [], INDICATOR)
    tally = tallies.tally(found, nothing, nothing, [], INDICATOR, "34")
    assert tally.columns == [*tallies.KEYS, *tallies.columns(INDICATOR)]
    assert tally.is_empty()


def test_rates_say_how_each_household_was_known_again():
    before = states(("a", A, 1, "below"), ("b", A, 1, "above"), ("c", A, 1, "above"), ("d", FAR, 1, "above"))
    now = states(("a", A, 1, "below"), ("x", B, 1, "above"), ("c", A, 1, "above"))
    link = links(("a", "a", "key"), ("x", "b", "members"), ("c", None, "none"), (None, "c", "none"))
    link = link.with_columns(is_key_reused=(pl.col("household_id") == "c").fill_null(False))
    link = pl.concat([link, links((None, "d", "none"))])
    counts = rates.count(judged(before, now, link), link, "34")
    named = {each.pop("area_code"): each for each in counts.drop("level").rows(named=True)}
    assert {name: count for name, count in named["34"].items() if count} == {
        "households_before": 4,
        "households_now": 3,
        "linked_by_key": 1,
        "linked_by_members": 1,
        "new": 1,
        "gone": 1,
        "not_compared_before": 1,
        "keys_reused": 1,
    }
    assert {name: count for name, count in named[B].items() if count} == {
        "households_now": 1,
        "linked_by_members": 1,
        "moved_in": 1,
    }
    assert named[A]["moved_out"] == 1


HOUSEHOLD = st.tuples(
    st.sampled_from([A, B, FAR, None]), st.integers(1, 5) | st.none(), st.sampled_from(below_line.STATES)
)
ROUND = st.dictionaries(st.sampled_from("abcdefgh"), HOUSEHOLD, max_size=8)


@settings(max_examples=150, deadline=None)
@given(ROUND, ROUND, st.randoms(use_true_random=False))
def test_the_identity_holds_at_every_level_whoever_moved_and_whoever_is_linked(before, now, random):
    before, now = (states(*((key, *rest) for key, rest in each.items())) for each in (before, now))
    ago, today = before["household_id"].to_list(), now["household_id"].to_list()
    random.shuffle(ago)
    paired = list(zip(today, ago, strict=False))[: random.randint(0, 8)]
    free = [(key, None, "none") for key in today[len(paired) :]]
    gone = [(None, key, "none") for key in ago[len(paired) :]]
    link = links(*((*pair, random.choice(["key", "members"])) for pair in paired), *free, *gone)
    found = judged(before, now, link)
    tally = tallies.tally(found, before, now, ["income"], INCOME, "34")
    assert tallies.broken(tally, INCOME).is_empty()
    assert (found["is_here"].sum(), found["was_here"].sum()) == (now.height, before.height)
    _identity_as_printed(tally)
    _sums_agree_upward(tally)
    _links_add_up(rates.count(found, link, "34"))


def _sums_agree_upward(tally):
    moves = {name for name in tally.columns if name.startswith("moved_")}
    counts = [name for name in tally.columns if name not in tallies.KEYS and name not in moves]
    levels = [
        tally.filter(pl.col("level") == level).group_by("unit").agg(pl.col(counts).sum()).sort("unit")
        for level in tallies.LEVELS
    ]
    assert levels[0].equals(levels[1])
    assert levels[1].equals(levels[2])


def _identity_as_printed(tally):
    moved = pl.sum_horizontal(pl.col(name) * sign for name, sign in tallies.identity(INCOME).items())
    assert tally.filter(pl.col("below_now") != pl.col("below_before") + moved).is_empty()


def _links_add_up(counts):
    linked = pl.col("linked_by_key") + pl.col("linked_by_members")
    is_now = linked + pl.col("new") + pl.col("not_compared_now") == pl.col("households_now")
    was = linked + pl.col("gone") + pl.col("not_compared_before") + pl.col("moved_out") - pl.col("moved_in")
    assert counts.select((is_now & (was == pl.col("households_before"))).all()).item() in {True, None}
