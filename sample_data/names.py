"""Invented Thai names: given names by sex and generation, surnames and villages put together from syllables.

The pools are in names.toml. Surnames belong to households, not to streets of real families.
"""

import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sample_data.draw import Bools, Floats, Ints, pick

GENERATIONS = ("old", "mid", "young")
MID_FROM_YEAR_CE, YOUNG_FROM_YEAR_CE = 1967, 1997


@lru_cache
def pools() -> dict[str, dict[str, list[str]]]:
    text = (Path(__file__).parent / "names.toml").read_text(encoding="utf-8")
    return {
        group: {name: words.split() for name, words in entries.items()}
        for group, entries in tomllib.loads(text).items()
    }


def given_names(is_male: Bools, birth_year: Ints, uniform: Floats) -> NDArray[np.object_]:
    """One given name per person from the pool of that sex and generation."""
    generation = (birth_year >= MID_FROM_YEAR_CE).astype(int) + (birth_year >= YOUNG_FROM_YEAR_CE)
    names = np.empty(len(is_male), dtype=object)
    for sex, chosen_sex in (("male", is_male), ("female", ~is_male)):
        for number, word in enumerate(GENERATIONS):
            pool = np.array(pools()[sex][word], dtype=object)
            chosen = chosen_sex & (generation == number)
            names[chosen] = pool[pick(uniform[chosen], [1.0] * len(pool))]
    return names


def surnames(uniform: Floats) -> NDArray[np.object_]:
    """One surname per number: two syllables, or three for a third of them."""
    parts = pools()["surname"]
    first, middle, last = (np.array(parts[key], dtype=object) for key in ("first", "middle", "last"))
    whole = np.floor(uniform * 9_973 * 613).astype(np.int64)
    head = first[whole % len(first)]
    tail = last[(whole // len(first)) % len(last)]
    with_middle = (whole // (len(first) * len(last))) % 3 == 0
    link = np.where(with_middle, middle[(whole // 7) % len(middle)], "")
    return np.where(head == tail, head + "เจริญ", head + link + tail)


def village_names(numbers: Ints) -> NDArray[np.object_]:
    """A village name per number; the same number always has the same name."""
    parts = pools()["village"]
    first, last = (np.array(parts[key], dtype=object) for key in ("first", "last"))
    return "บ้าน" + first[numbers % len(first)] + last[(numbers // len(first)) % len(last)]
