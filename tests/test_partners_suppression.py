"""Whether suppressed counts can be had back, asked of every table that fits what is published."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.partners.suppression import NotProtectedError, Rules, Table, suppressed


def province(districts: dict[str, list[list[int]]]) -> Table:
    """Tambons' answers by district, added up; a district with one tambon is that tambon."""
    counts: dict[str, list[int]] = {}
    parents = {"P": ""}
    for code, tambons in districts.items():
        parents[code] = "P"
        counts[code] = [sum(column) for column in zip(*tambons, strict=True)]
        if len(tambons) > 1:
            for number, tambon in enumerate(tambons):
                counts[f"{code}.{number}"] = tambon
                parents[f"{code}.{number}"] = code
    counts["P"] = [sum(column) for column in zip(*(counts[code] for code in districts), strict=True)]
    return Table(counts, parents)


def rows(total: int, shown: list[int | None], least: int) -> Iterator[tuple[int, ...]]:
    """Every row with that total that agrees with what is shown; hidden answers are at least ``least``."""
    free = [place for place, value in enumerate(shown) if value is None]
    left = total - sum(value for value in shown if value is not None)
    for some in itertools.product(range(least, left + 1), repeat=max(len(free) - 1, 0)):
        last = left - sum(some)
        if not free and left == 0:
            yield tuple(value or 0 for value in shown)
        elif free and last >= least:
            filled = dict(zip(free, (*some, last), strict=True))
            yield tuple(filled.get(place, value) for place, value in enumerate(shown))  # type: ignore[misc]


def agrees(row: tuple[int, ...], shown: list[int | None], least: int) -> bool:
    return all(
        value >= least if there is None else value == there for value, there in zip(row, shown, strict=True)
    )


def possible(table: Table, hidden: frozenset[tuple[str, int]], least: int) -> dict[tuple[str, int], set[int]]:
    """Every value that each suppressed cell has in any whole table that agrees with what is published."""
    shown = {
        area: [None if (area, place) in hidden else count for place, count in enumerate(counts)]
        for area, counts in table.counts.items()
    }
    total = {area: sum(counts) for area, counts in table.counts.items()}
    found: dict[tuple[str, int], set[int]] = {cell: set() for cell in hidden}
    parts = {area: [one for one, parent in table.parents.items() if parent == area] for area in table.counts}

    def fillings(area: str) -> dict[tuple[int, ...], list[dict[str, tuple[int, ...]]]]:
        """Every row of the area, with the tables below it that add up to it."""
        if not parts[area]:
            return {row: [{area: row}] for row in rows(total[area], shown[area], least)}
        below = [fillings(part) for part in parts[area]]
        sums: dict[tuple[int, ...], list[dict[str, tuple[int, ...]]]] = {}
        for chosen in itertools.product(*below):
            row = tuple(sum(column) for column in zip(*chosen, strict=True))
            if agrees(row, shown[area], least):
                for tables in itertools.product(*(one[key] for one, key in zip(below, chosen, strict=True))):
                    merged = {area: row}
                    for each in tables:
                        merged |= each
                    sums.setdefault(row, []).append(merged)
        return sums

    for whole in itertools.chain.from_iterable(fillings("P").values()):
        for area, place in hidden:
            found[area, place].add(whole[area][place])
    return found


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, Rules]:
    answers = draw(st.integers(2, 3))
    rules = Rules(threshold=draw(st.integers(2, 3)), small_from=draw(st.integers(0, 1)))
    base = rules.least_base(answers)
    tambon = st.sampled_from(
        [
            list(counts)
            for counts in itertools.product(range(base + 2), repeat=answers)
            if base <= sum(counts) <= base + 1
        ]
    )
    shape = draw(st.sampled_from([(1,), (2,), (3,), (1, 1), (2, 1), (2, 2), (1, 1, 1)]))
    districts = {f"D{number}": [draw(tambon) for _ in range(tambons)] for number, tambons in enumerate(shape)}
    return province(districts), rules


@settings(deadline=None, max_examples=150)
@given(tables())
def test_every_suppressed_cell_can_be_as_many_values_as_the_threshold_is_wide(made: tuple[Table, Rules]):
    table, rules = made
    hidden = suppressed(table, rules)
    for values in possible(table, hidden, rules.small_from).values():
        assert max(values) - min(values) >= rules.threshold


@settings(deadline=None, max_examples=150)
@given(tables())
def test_every_small_count_is_suppressed_and_zeros_as_said(made: tuple[Table, Rules]):
    table, rules = made
    hidden = suppressed(table, rules)
    cells = {
        (area, place): count for area, counts in table.counts.items() for place, count in enumerate(counts)
    }
    assert all(cell in hidden for cell, count in cells.items() if rules.small_from <= count < rules.threshold)
    assert all(cells[cell] >= rules.small_from for cell in hidden)
    small = [count for count in cells.values() if rules.small_from <= count < rules.threshold]
    assert bool(hidden) == bool(small)


@settings(deadline=None, max_examples=60)
@given(tables())
def test_complements_are_there_because_small_cells_alone_would_be_had_back(made: tuple[Table, Rules]):
    table, rules = made
    hidden = suppressed(table, rules)
    small = frozenset(
        (area, place)
        for area, place in hidden
        if rules.small_from <= table.counts[area][place] < rules.threshold
    )
    narrow = [
        cell
        for cell, values in possible(table, small, rules.small_from).items()
        if max(values) - min(values) < rules.threshold
    ]
    assert bool(narrow) == (small != hidden)


def test_a_tambon_s_small_count_cannot_be_had_by_subtracting_from_its_district():
    table = province({"A": [[3, 30], [9, 40]], "B": [[20, 20], [30, 30]]})
    hidden = suppressed(table, Rules(threshold=5))
    assert hidden == {("A.0", 0), ("A.0", 1), ("A.1", 0), ("A.1", 1)}


def test_a_count_that_only_one_area_has_takes_the_levels_above_with_it():
    table = province({"A": [[2, 38], [0, 40]], "B": [[0, 40]]})
    hidden = suppressed(table, Rules(threshold=5))
    assert {("A.0", 0), ("A", 0), ("P", 0), ("A.0", 1), ("A", 1), ("P", 1)} <= hidden
    assert ("A.1", 0) not in hidden


def test_nothing_small_nothing_suppressed():
    assert suppressed(province({"A": [[0, 40], [5, 35]]}), Rules(threshold=5)) == frozenset()


def test_zeros_are_suppressed_too_where_they_count_as_small():
    table = province({"A": [[0, 40], [10, 30]], "B": [[10, 30]]})
    assert suppressed(table, Rules(threshold=5)) == frozenset()
    hidden = suppressed(table, Rules(threshold=5, small_from=0))
    assert ("A.0", 0) in hidden
    assert len(hidden) > 2


def test_an_area_that_counts_too_few_is_refused_not_published():
    with pytest.raises(NotProtectedError, match="area A"):
        suppressed(province({"A": [[1, 3]]}), Rules(threshold=5))


def test_least_base_is_enough_and_one_fewer_is_not_always():
    for answers in (2, 3, 4):
        rules = Rules(threshold=4)
        base = rules.least_base(answers)
        for total, is_enough in ((base, True), (base - 1, False)):
            refused = 0
            for counts in itertools.product(range(total + 1), repeat=answers):
                if sum(counts) != total:
                    continue
                try:
                    suppressed(province({"A": [list(counts)]}), rules)
                except NotProtectedError:
                    refused += 1
            assert (refused == 0) == is_enough, (answers, total)
