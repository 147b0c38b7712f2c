"""Automata that sort texts by the answers they give, for the solver target, and each sort's shortest texts.

An automaton reads letters of a short alphabet by their places; each of its states is of a sort: two texts of
one sort give the same answers. Arrays, because the automata of a few patterns together have ten thousands of
states. Deliberately not here: patterns (to_solver_patterns.py), what is asked of texts (to_solver_texts.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGEST_SEARCH = 400_000
# States times the length of the longest text looked for: half a second, and 160 MB.
LONGEST_SEARCH = 20_000_000
_AT_ONCE = 64
Numbers = NDArray[np.int64]
Marks = NDArray[np.uint64]


class TooManyTextsError(Exception):
    """So many patterns on one column that its texts cannot be told apart in reasonable time."""


@dataclass(frozen=True)
class Automaton:
    """Starts in state 0. ``following``: the next state by state and letter; ``sorts``: by state, from 0."""

    following: Numbers
    sorts: Numbers


def nothing_asked(letters: int) -> Automaton:
    """All texts are of one sort."""
    return Automaton(np.zeros((1, letters), np.int64), np.zeros(1, np.int64))


def together(left: Automaton, right: Automaton) -> Automaton:
    """The automaton that runs two at once; texts are of one sort when they are in both.

    Raises TooManyTextsError.
    """
    width = len(right.sorts)
    known = fresh = np.zeros(1, np.int64)
    rows = []
    while fresh.size:
        entered = left.following[fresh // width] * width + right.following[fresh % width]
        rows.append(entered)
        fresh = np.setdiff1d(entered, known)
        known = np.concatenate([known, fresh])
        if known.size > LARGEST_SEARCH:
            raise TooManyTextsError
    ordered = np.argsort(known)
    following = ordered[np.searchsorted(known, np.concatenate(rows), sorter=ordered)]
    pairs = left.sorts[known // width] * (int(right.sorts.max()) + 1) + right.sorts[known % width]
    return Automaton(following, np.unique(pairs, return_inverse=True)[1])


def shortest(automaton: Automaton, letters: Sequence[str], most: int) -> Iterator[list[str]]:
    """Of each sort up to ``most`` texts (fewer where fewer exist), the shortest first.

    Raises TooManyTextsError.
    """
    count = int(automaton.sorts.max()) + 1
    for first in range(0, count, _AT_ONCE):
        yield from _shortest(automaton, letters, most, range(first, min(first + _AT_ONCE, count)))


def _shortest(automaton: Automaton, letters: Sequence[str], most: int, sorts: range) -> Iterator[list[str]]:
    found: list[list[str]] = [[] for _ in sorts]
    # By length: the sorts that a text of just this length can lead to, from each state, one bit a sort.
    marks = np.zeros(len(automaton.sorts), np.uint64)
    is_asked = (automaton.sorts >= sorts.start) & (automaton.sorts < sorts.stop)
    places = (automaton.sorts[is_asked] - sorts.start).astype(np.uint64)
    marks[is_asked] = np.left_shift(np.uint64(1), places)
    by_length = [marks]
    # What no state leads to at some length, none leads to at a greater one.
    while open_ := [n for n in range(len(sorts)) if len(found[n]) < most and (marks & _bit(n)).any()]:
        for n in open_:
            spelt = _spelt(automaton.following, letters, by_length, _bit(n), 0, len(by_length) - 1)
            found[n] += islice(spelt, most - len(found[n]))
        marks = np.bitwise_or.reduce(marks[automaton.following], axis=1)
        by_length.append(marks)
        if len(by_length) * marks.size > LONGEST_SEARCH:
            raise TooManyTextsError
    yield from found


def _spelt(
    following: Numbers, letters: Sequence[str], by_length: Sequence[Marks], bit: Any, state: int, left: int
) -> Iterator[str]:
    """The texts of ``left`` letters that lead from the state to the sort."""
    if not by_length[left][state] & bit:
        return
    if not left:
        yield ""
        return
    for letter, entered in zip(letters, following[state], strict=True):
        for rest in _spelt(following, letters, by_length, bit, entered, left - 1):
            yield letter + rest


def _bit(place: int) -> Any:
    return np.uint64(1 << place)
