from collections import Counter
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import catalogue
from sample_data import province
from sample_data.planting import PLANTS, choice, plan
from sample_data.planting.choice import Planned
from sample_data.planting.sow import Sown, sow

YEARS = (2568, 2569)
DISTRICTS = province.districts(1500)
RULES = [rule for rule in catalogue.load() if rule.id in PLANTS]
PLANTED = sum(map(len, plan.plan(DISTRICTS).values()))
SOME = [rule.id for rule in RULES[:: max(1, len(RULES) // 8)]]

visited = cache(lambda place: province.visited(1, DISTRICTS[place], YEARS))


@cache
def sown(place: int, planned: tuple[Planned, ...]) -> Sown:
    earlier, later = (visited(place)[year] for year in YEARS)
    return sow(1, DISTRICTS[place], later, planned, earlier)


def province_without(rule_id: str) -> dict[str, Sown]:
    planned = plan.plan(DISTRICTS, [rule for rule in RULES if rule.id != rule_id])
    return {d.code: sown(place, tuple(planned.get(d.code, ()))) for place, d in enumerate(DISTRICTS)}


def different_households(one: Sown, other: Sown) -> set[str]:
    found: set[str] = set()
    for table in ("homes", "people"):
        before, after = (getattr(each, table) for each in (one, other))
        ids = one.homes.select("hh", "household_id")
        for a, b in ((before, after), (after, before)):
            rows = a.join(b, on=a.columns, how="anti", nulls_equal=True)
            found |= set(rows.select("hh").join(ids, on="hh")["household_id"])
    return found


@pytest.mark.parametrize("rule_id", SOME)
def test_a_rule_that_joins_moves_only_a_few_households(rule_id: str) -> None:
    without, together = province_without(rule_id), province_without("")
    moved = {
        household for code in together for household in different_households(without[code], together[code])
    }
    planted = [row for each in together.values() for row in each.planted if row["rule_id"] == rule_id]
    own = {row["household_id"] for row in planted}
    assert own
    # beside its own copies, a short chain of households that others wanted too
    assert len(moved - own) <= 0.05 * PLANTED


def test_on_average_little_more_than_its_own_copies_moves() -> None:
    together = province_without("")
    moved = [
        sum(len(different_households(sown_[code], together[code])) for code in together)
        for sown_ in map(province_without, SOME)
    ]
    assert np.mean(moved) <= 0.025 * PLANTED


def test_which_rule_comes_first_in_the_catalogue_does_not_matter() -> None:
    assert plan.plan(DISTRICTS, RULES) == plan.plan(DISTRICTS, RULES[::-1])


def test_districts_get_what_their_mood_allows() -> None:
    severities = {rule.id: rule.severity for rule in RULES}
    planned = plan.plan(DISTRICTS)
    for district in DISTRICTS:
        moods = {severities[rule_id] for rule_id, _ in planned.get(district.code, ())}
        assert all(district.mood in plan.ROOM[severity] for severity in moods)
        assert bool(moods) <= (district.mood != "clean")


def test_pairs_are_together_or_apart() -> None:
    where = {one: code for code, every in plan.plan(DISTRICTS).items() for one in every}
    for rule_id, plant in PLANTS.items():
        if plant.pair:
            assert (where[rule_id, 0] == where[rule_id, 1]) == (plant.pair == "together")


def test_of_a_rule_in_a_larger_province_more_households_are_broken() -> None:
    planned = plan.plan(province.districts(375_000))
    times = Counter(rule_id for every in planned.values() for rule_id, _ in every)
    assert set(times.values()) <= {9, 10} | {
        times[rule_id] for rule_id, plant in PLANTS.items() if plant.once
    }


@given(
    st.lists(st.tuples(st.sampled_from("ABCDEF"), st.integers(0, 5)), unique=True, max_size=9),
    st.lists(st.sets(st.sampled_from("ABCDEF")), min_size=9, max_size=9),
)
def test_every_plant_that_can_have_a_household_gets_one(
    planned: list[Planned], liked: list[set[str]]
) -> None:
    ids = choice.keys([f"3401-{row:04d}" for row in range(9)])
    taken = choice.households(1, planned, ids, lambda one, row: one[0] in liked[row])
    assert all(rule_id in liked[row] for row, (rule_id, _) in taken.items())
    assert len(set(taken.values())) == len(taken)
    assert len(taken) == matching([[row for row in range(9) if one[0] in liked[row]] for one in planned])


def matching(wishes: list[list[int]]) -> int:
    """The most that can be served at once, by trying: serve the first or leave it out."""

    @cache
    def best(first: int, free: frozenset[int]) -> int:
        if first == len(wishes):
            return 0
        served = [1 + best(first + 1, free - {row}) for row in wishes[first] if row in free]
        return max([*served, best(first + 1, free)])

    return best(0, frozenset(range(9)))


@given(st.lists(st.tuples(st.sampled_from("ABCDEF"), st.integers(0, 9)), unique=True, max_size=20))
def test_no_two_plants_share_a_number(planned: list[Planned]) -> None:
    numbers = choice.slots(planned, 20)
    assert len(set(numbers.values())) == len(planned)
    assert numbers == choice.slots(planned[::-1], 20)


def test_a_plant_looks_at_households_in_an_order_of_its_own() -> None:
    ids = choice.keys([f"3401-{row:04d}" for row in range(400)])
    orders = [choice.order(1, ("WK003", copy), ids) for copy in range(40)]
    assert all(sorted(order) == list(range(400)) for order in orders)
    assert len({order[0] for order in orders}) > 30
    assert 150 < np.mean([order[0] for order in orders]) < 250
