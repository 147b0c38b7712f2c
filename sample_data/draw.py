"""Reproducible draws: one independent stream of random numbers per seed, district and topic.

Only `Generator.random` is used underneath, so the same seed gives the same province whatever other
distributions a numpy release changes. What is drawn (people, incomes, answers) is decided elsewhere.
"""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def stream(seed: int, district_code: str, topic: str) -> np.random.Generator:
    """The stream of one topic in one district: adding a topic or a district leaves the others alone."""
    return np.random.Generator(np.random.PCG64([seed, int(district_code), crc32(topic.encode())]))


def pick(uniform: Floats, shares: Sequence[float]) -> Ints:
    """Index of the class each uniform number falls in; shares need not add up to one."""
    edges = np.cumsum(np.asarray(shares, dtype=np.float64))
    return np.searchsorted(edges / edges[-1], uniform, side="right").astype(np.int64).clip(0, len(shares) - 1)


def between(uniform: Floats, low: int | Ints, high: int | Ints) -> Ints:
    """Whole numbers spread evenly over low..high, both included."""
    return np.floor(low + uniform * (np.asarray(high) - low + 1)).astype(np.int64)


def banded(uniform: Floats, bands: Sequence[tuple[int, int, float]]) -> Ints:
    """Whole numbers from (low, high, share) bands: the band by its share, evenly inside it."""
    edges = np.cumsum([0.0, *(share for _, _, share in bands)])
    edges = edges / edges[-1]
    chosen = pick(uniform, [share for _, _, share in bands])
    inside = (uniform - edges[chosen]) / (edges[chosen + 1] - edges[chosen])
    low = np.array([band[0] for band in bands])[chosen]
    high = np.array([band[1] for band in bands])[chosen]
    return between(inside.clip(0, 1 - 1e-12), low, high)


def bell(rng: np.random.Generator, n: int) -> Floats:
    """Roughly standard-normal numbers: twelve uniforms, so it depends on nothing but `random`."""
    total = np.zeros(n)
    for _ in range(12):
        total += rng.random(n)
    return total - 6.0


def some_in_each(
    group: Ints, groups: int, wanted: Bools, eligible: Bools, uniform: Floats, share: float = 0.35
) -> Bools:
    """Marks people so that every wanted household with an eligible member has at least one marked.

    `group` is each person's household number (sorted), `wanted` is per household, `eligible` and
    `uniform` per person. The eligible member with the lowest number is always marked, others by share.
    """
    candidate = eligible & wanted[group]
    number = np.where(candidate, uniform, 2.0)
    lowest = np.full(groups, 3.0)
    np.minimum.at(lowest, group, number)
    return candidate & ((number <= lowest[group]) | (number < share))
