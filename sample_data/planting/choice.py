"""Who is chosen: for every plant an order of districts, households and numbers that is its own.

The order comes from a hash of the seed, the rule and the copy. No plant sees how many others there are, so a
rule that joins the catalogue moves others only where two want the same household.
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from math import log

import numpy as np
from numpy.typing import NDArray

Planned = tuple[str, int]
"""Rule id and the number of the copy among all copies of that rule."""

Numbers = NDArray[np.uint64]


def number_of(*words: str | int) -> int:
    """64 bits of the words' hash: the same on every machine and in every run."""
    text = "\x1f".join(str(word) for word in words)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def drawn(weight: float, *words: str | int) -> float:
    """A number that is the smallest of several in proportion to the weights (rendezvous hashing)."""
    return -log((number_of(*words) + 1) / (2**64 + 1)) / weight


def keys(household_ids: Sequence[str]) -> Numbers:
    """A number per household, whatever row it stands in."""
    return np.array([number_of(household_id) for household_id in household_ids], dtype=np.uint64)


def order(seed: int, planned: Planned, households: Numbers) -> list[int]:
    """Every row of `households`, in the order in which this plant looks at them."""
    mixed = households ^ np.uint64(number_of(seed, *planned))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # splitmix64
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return [int(row) for row in (mixed ^ (mixed >> np.uint64(31))).argsort(kind="stable")]


def in_turn(seed: int, planned: Sequence[Planned]) -> list[Planned]:
    """The plants in the order they choose: by hash, so that a new one pushes in front of few."""
    return sorted(planned, key=lambda one: (number_of(seed, "turn", *one), one))


def households(
    seed: int,
    planned: Sequence[Planned],
    known: Numbers,
    suits: Callable[[Planned, int], bool],
) -> dict[int, Planned]:
    """A row of `known` for every plant that can have one; each household is broken by one plant only.

    A plant takes the first household of its own order that suits it and is free. Where all that suit are
    taken, one of those who took them moves on, if it can.
    """
    taken: dict[int, Planned] = {}

    def settle(one: Planned, asked: set[int]) -> bool:
        looked = order(seed, one, known)
        free = next((row for row in looked if row not in taken and suits(one, row)), None)
        if free is not None:
            taken[free] = one
            return True
        for row in looked:
            if row in taken and row not in asked and suits(one, row):
                asked.add(row)
                if settle(taken[row], asked):
                    taken[row] = one
                    return True
        return False

    for one in in_turn(seed, planned):
        settle(one, set())
    return taken


def slots(planned: Sequence[Planned], room: int) -> dict[Planned, int]:
    """A number below `room` for every plant, no two alike: its hash, or the next free one."""
    given: dict[Planned, int] = {}
    used: set[int] = set()
    for one in in_turn(0, planned):
        slot = number_of("slot", *one) % room
        while slot in used:
            slot = (slot + 1) % room
        used.add(slot)
        given[one] = slot
    return given
