"""Who lives together: the composition of each household, drawn seat by seat for a whole district at once.

Every household has the same seats (head, spouse, children, parents, …); a kind of household decides who
sits there. Only relation, sex and age in full years are decided here; names, work and health come later.
The shares are recalled and tuned so that a province has about 3.07 persons per household and 17 % aged 60+.
"""

from dataclasses import dataclass

import numpy as np

from sample_data.draw import Bools, Ints, banded, between, pick

KINDS = (
    "alone",
    "couple",
    "nuclear",
    "one_parent",
    "three_generations",
    "grandchildren_left",
    "with_parent",
    "siblings",
)
KIND_SHARES = (0.11, 0.115, 0.35, 0.07, 0.20, 0.06, 0.075, 0.02)

HEAD_AGES = {
    "alone": [(24, 39, 0.12), (40, 59, 0.37), (60, 74, 0.35), (75, 92, 0.16)],
    "couple": [(23, 39, 0.16), (40, 59, 0.40), (60, 74, 0.34), (75, 88, 0.10)],
    "nuclear": [(26, 34, 0.20), (35, 49, 0.54), (50, 64, 0.26)],
    "one_parent": [(26, 39, 0.28), (40, 60, 0.72)],
    "three_generations": [(44, 59, 0.50), (60, 72, 0.39), (73, 84, 0.11)],
    "grandchildren_left": [(45, 59, 0.45), (60, 74, 0.47), (75, 82, 0.08)],
    "with_parent": [(28, 39, 0.30), (40, 62, 0.70)],
    "siblings": [(24, 44, 0.6), (45, 70, 0.4)],
}
COUPLE_SHARE = {
    "alone": 0.0,
    "couple": 1.0,
    "nuclear": 1.0,
    "one_parent": 0.0,
    "three_generations": 0.66,
    "grandchildren_left": 0.6,
    "with_parent": 0.72,
    "siblings": 0.0,
}
MALE_HEAD_SHARE = {
    "alone": 0.42,
    "couple": 0.74,
    "nuclear": 0.80,
    "one_parent": 0.32,
    "three_generations": 0.55,
    "grandchildren_left": 0.5,
    "with_parent": 0.68,
    "siblings": 0.55,
}
YOUNGEST_ADULT, OLDEST_PERSON, OLDEST_CHILD_AT_HOME = 18, 97, 33


@dataclass
class Seat:
    """One seat in every household: who may sit there, how old, and in which households it is taken."""

    relation: str
    taken: Bools
    is_male: Bools
    age: Ints


def draw(rng: np.random.Generator, households: int) -> tuple[Ints, list[Seat]]:
    """Kind of each household (index into KINDS) and its seats, head first."""
    kind = pick(rng.random(households), KIND_SHARES)
    head = _head(rng, kind)
    spouse = _spouse(rng, kind, head)
    children = _children(rng, kind, head, spouse)
    in_law = _in_law(rng, kind, children[0])
    grandchildren = _grandchildren(rng, kind, head, children[0])
    elders = _elders(rng, kind, head, spouse)
    others = _others(rng, kind, head)
    return kind, [head, spouse, *children, in_law, *grandchildren, *elders, *others]


def _is(kind: Ints, *names: str) -> Bools:
    return np.isin(kind, [KINDS.index(name) for name in names])


def _by_kind(kind: Ints, shares: dict[str, float]) -> np.ndarray:
    return np.array([shares[name] for name in KINDS])[kind]


def _head(rng: np.random.Generator, kind: Ints) -> Seat:
    uniform = rng.random(len(kind))
    age = np.zeros(len(kind), dtype=np.int64)
    for number, name in enumerate(KINDS):
        chosen = kind == number
        age[chosen] = banded(uniform[chosen], HEAD_AGES[name])
    is_male = rng.random(len(kind)) < _by_kind(kind, MALE_HEAD_SHARE)
    return Seat("head", np.ones(len(kind), dtype=bool), is_male, age)


def _spouse(rng: np.random.Generator, kind: Ints, head: Seat) -> Seat:
    taken = rng.random(len(kind)) < _by_kind(kind, COUPLE_SHARE)
    younger_wife = between(rng.random(len(kind)), -3, 7)
    age = np.where(head.is_male, head.age - younger_wife, head.age + younger_wife)
    return Seat("spouse", taken, ~head.is_male, age.clip(20, 92))


def _children(rng: np.random.Generator, kind: Ints, head: Seat, spouse: Seat) -> list[Seat]:
    n = len(kind)
    with_children = _is(kind, "nuclear", "one_parent") | (_is(kind, "with_parent") & (rng.random(n) < 0.75))
    wanted = np.where(with_children, 1 + pick(rng.random(n), (0.46, 0.41, 0.13)), 0)
    young_parent = np.where(spouse.taken, np.minimum(head.age, spouse.age), head.age)
    gap = banded(rng.random(n), [(18, 24, 0.42), (25, 31, 0.42), (32, 38, 0.16)])
    oldest = (young_parent - gap).clip(-1, OLDEST_CHILD_AT_HOME)
    adult = _is(kind, "three_generations")
    grown = (young_parent - gap.clip(18, 26)).clip(YOUNGEST_ADULT, 52)
    seats = [
        Seat(
            "child",
            adult | ((wanted >= 1) & (oldest >= 0)),
            rng.random(n) < 0.51,
            np.where(adult, grown, oldest.clip(0)),
        )
    ]
    for number in (2, 3):
        step = between(rng.random(n), 2, 5)
        age = seats[-1].age - step
        seats.append(
            Seat(
                "child", seats[-1].taken & (wanted >= number) & (age >= 0), rng.random(n) < 0.51, age.clip(0)
            )
        )
    return seats


def _in_law(rng: np.random.Generator, kind: Ints, child: Seat) -> Seat:
    taken = _is(kind, "three_generations") & (child.age >= 20) & (rng.random(len(kind)) < 0.60)
    older_husband = between(rng.random(len(kind)), -2, 5)
    age = np.where(child.is_male, child.age - older_husband, child.age + older_husband)
    return Seat("in_law", taken, ~child.is_male, age.clip(YOUNGEST_ADULT, 58))


def _grandchildren(rng: np.random.Generator, kind: Ints, head: Seat, child: Seat) -> list[Seat]:
    n = len(kind)
    left = _is(kind, "grandchildren_left")
    wanted = np.where(
        _is(kind, "three_generations"),
        pick(rng.random(n), (0.22, 0.50, 0.28)),
        np.where(left, 1 + pick(rng.random(n), (0.62, 0.38)), 0),
    )
    gap = banded(rng.random(n), [(18, 23, 0.45), (24, 30, 0.55)])
    by_child = child.age - gap
    by_head = np.minimum(between(rng.random(n), 2, 17), head.age - 40)
    oldest = np.where(left, by_head, by_child)
    first = Seat("grandchild", (wanted >= 1) & (oldest >= 0), rng.random(n) < 0.51, oldest.clip(0, 24))
    second_age = first.age - between(rng.random(n), 2, 5)
    second = Seat(
        "grandchild",
        first.taken & (wanted >= 2) & (second_age >= 0),
        rng.random(n) < 0.51,
        second_age.clip(0),
    )
    return [first, second]


def _elders(rng: np.random.Generator, kind: Ints, head: Seat, spouse: Seat) -> list[Seat]:
    n = len(kind)
    here = _is(kind, "with_parent")
    which = pick(rng.random(n), (0.55, 0.18, 0.17, 0.10))
    gap = between(rng.random(n), 18, 36)
    mother_age = (head.age + gap).clip(0, OLDEST_PERSON)
    father_age = (mother_age + between(rng.random(n), 0, 5)).clip(0, OLDEST_PERSON)
    of_couple = np.where(spouse.taken, np.maximum(head.age, spouse.age), head.age)
    in_law_age = (of_couple + between(rng.random(n), 18, 34)).clip(0, OLDEST_PERSON)
    return [
        Seat("mother", here & ((which == 0) | (which == 2)), np.zeros(n, dtype=bool), mother_age),
        Seat("father", here & ((which == 1) | (which == 2)), np.ones(n, dtype=bool), father_age),
        Seat("parent_in_law", here & (which == 3), rng.random(n) < 0.25, in_law_age),
    ]


def _others(rng: np.random.Generator, kind: Ints, head: Seat) -> list[Seat]:
    n = len(kind)
    sibling_age = (head.age + between(rng.random(n), -9, 9)).clip(YOUNGEST_ADULT, 85)
    relative = (rng.random(n) < 0.035) & ~_is(kind, "alone")
    return [
        Seat("sibling", _is(kind, "siblings") | (rng.random(n) < 0.012), rng.random(n) < 0.5, sibling_age),
        Seat(
            "other_relative",
            relative,
            rng.random(n) < 0.5,
            banded(rng.random(n), [(6, 24, 0.4), (25, 70, 0.6)]),
        ),
        Seat("employee", rng.random(n) < 0.002, rng.random(n) < 0.6, between(rng.random(n), 19, 50)),
    ]
