"""The texts that matter to a set of rules: a finite list in place of all texts, for the solver target.

Rules only ask of a text whether it equals another, fits a pattern, or is a Thai id. So it is enough to know,
for every combination of answers that some text really gives, a few texts that give it, and every text the
rules name: no verdict is lost, and a number of the list can be turned back into a text. Deliberately not
here: reading patterns (to_solver_patterns.py), the solver.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from itertools import islice

import numpy as np

from rules.language import meaning, to_solver_automata
from rules.language.to_solver_automata import (
    Automaton,
    TooManyTextsError,
    nothing_asked,
    shortest,
    together,
)
from rules.language.to_solver_patterns import Regex, after, alphabet, may_end, read

THAI_ID = "thai_id_ok"
_DIGITS = "0123456789"


@dataclass(frozen=True)
class Texts:
    """The texts a cell may hold, each known by its place in the list."""

    listed: tuple[str, ...]

    def place(self, text: str) -> int:
        """The number of a text the rules name. Raises ValueError for another."""
        return self.listed.index(text)

    def fitting(self, question: str) -> tuple[int, ...]:
        """The numbers of the texts that fit: a pattern, or THAI_ID."""
        return tuple(n for n, text in enumerate(self.listed) if _answer(question, text))


def texts(questions: Iterable[str], named: Iterable[str], of_each: int) -> Texts:
    """The texts named, and of each combination of answers ``of_each`` others (fewer where fewer exist).

    Raises TooManyTextsError.
    """
    asked = tuple(sorted(set(questions)))
    found = dict.fromkeys(named)
    for others in _told_apart(asked, of_each + len(found)):
        new = [text for text in others if text not in found]
        found.update(dict.fromkeys(new[:of_each]))
    # Texts that give the same answers stand together: what fits a pattern is then a few stretches of numbers.
    return Texts(tuple(sorted(found, key=lambda text: [_answer(question, text) for question in asked])))


@lru_cache(maxsize=10_000)
def _answer(question: str, text: str) -> bool:
    answer = meaning.thai_id_ok(text) if question == THAI_ID else meaning.matched(text, question)
    return answer is True


@cache
def _told_apart(questions: tuple[str, ...], of_each: int) -> tuple[tuple[str, ...], ...]:
    """Texts by the answers they give, the shortest first, up to ``of_each`` of every combination."""
    patterns = [read(question) for question in questions if question != THAI_ID]
    letters = alphabet(patterns, _DIGITS if THAI_ID in questions else "")
    automata = [_automaton(pattern, letters) for pattern in patterns]
    if THAI_ID in questions:
        automata.append(_of_ids(letters))
    # The small ones first: what they have in common is then followed once.
    automata.sort(key=lambda one: len(one.sorts))
    whole = reduce(together, automata, nothing_asked(len(letters)))
    return tuple(map(tuple, shortest(whole, letters, of_each)))


def _automaton(pattern: Regex, letters: Sequence[str]) -> Automaton:
    """The pattern's automaton: a state is what may still follow; its texts fit (1) or not (0)."""
    places: dict[Regex, int] = {pattern: 0}
    waiting = deque([pattern])
    following, sorts = [], []
    while waiting:
        known = len(places)
        state = waiting.popleft()
        following.append([places.setdefault(after(state, letter), len(places)) for letter in letters])
        sorts.append(int(may_end(state)))
        waiting.extend(islice(places, known, None))
        if len(places) > to_solver_automata.LARGEST_SEARCH:
            raise TooManyTextsError
    return Automaton(np.array(following), np.array(sorts))


def _of_ids(letters: Sequence[str]) -> Automaton:
    """Thirteen digits, of which the last follows from the others: a state is how many were read, and their
    weighted sum; the last two states are a whole id and anything else."""
    whole, other = 13 * 11, 13 * 11 + 1
    following = [
        [_next(read_so_far, total, letter, whole, other) for letter in letters]
        for read_so_far in range(13)
        for total in range(11)
    ]
    following += [[other] * len(letters)] * 2
    return Automaton(np.array(following), (np.arange(other + 1) == whole).astype(np.int64))


def _next(read_so_far: int, total: int, letter: str, whole: int, other: int) -> int:
    if letter not in _DIGITS:
        return other
    if read_so_far == 12:
        return whole if int(letter) == (11 - total) % 10 else other
    return (read_so_far + 1) * 11 + (total + (13 - read_so_far) * int(letter)) % 11
