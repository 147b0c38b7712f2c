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
from functools import cache, reduce
from itertools import islice

from rules.language import meaning
from rules.language.to_solver_patterns import Regex, after, alphabet, may_end, read

LARGEST_SEARCH = 400_000
THAI_ID = "thai_id_ok"
_DIGITS = "0123456789"


class TooManyTextsError(Exception):
    """So many patterns on one column that its texts cannot be told apart in reasonable time."""


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
    found = dict.fromkeys(named)
    for others in _told_apart(tuple(sorted(set(questions))), of_each + len(found)):
        new = [text for text in others if text not in found]
        found.update(dict.fromkeys(new[:of_each]))
    return Texts(tuple(found))


def _answer(question: str, text: str) -> bool:
    answer = meaning.thai_id_ok(text) if question == THAI_ID else meaning.matched(text, question)
    return answer is True


@cache
def _told_apart(questions: tuple[str, ...], of_each: int) -> tuple[tuple[str, ...], ...]:
    """Texts by the answers they give, the shortest first, up to ``of_each`` of every combination."""
    patterns = [read(question) for question in questions if question != THAI_ID]
    letters = alphabet(patterns, _DIGITS if THAI_ID in questions else "")
    tables = [_table(pattern, letters) for pattern in patterns]
    if THAI_ID in questions:
        tables.append(_id_table(letters))
    # The small ones first: what they have in common is then followed once.
    nothing_asked: Table = [([0] * len(letters), ())]
    rows = reduce(_both, sorted(tables, key=len), nothing_asked)
    found: dict[Answers, list[str]] = {}
    visits = [1] + [0] * (len(rows) - 1)
    waiting = deque([(0, "")])
    while waiting:
        state, text = waiting.popleft()
        following, answers = rows[state]
        same = found.setdefault(answers, [])
        if len(same) < of_each:
            same.append(text)
        for next_state, letter in zip(following, letters, strict=True):
            # Each state is entered as often as texts are wanted: then no longer text can add a combination.
            if visits[next_state] < of_each:
                visits[next_state] += 1
                waiting.append((next_state, text + letter))
    return tuple(tuple(same) for same in found.values())


def _both(left: Table, right: Table) -> Table:
    """The automaton that runs two at once."""
    width = len(right)
    places = {0: 0}
    rows: Table = []
    waiting = deque([0])
    while waiting:
        (left_next, left_answers), (right_next, right_answers) = (
            table[place] for table, place in zip((left, right), divmod(waiting.popleft(), width), strict=True)
        )
        row = []
        for one, other in zip(left_next, right_next, strict=True):
            pair = one * width + other
            if pair not in places:
                places[pair] = len(places)
                waiting.append(pair)
            row.append(places[pair])
        rows.append((row, left_answers + right_answers))
        if len(places) > LARGEST_SEARCH:
            raise TooManyTextsError
    return rows


Answers = tuple[bool, ...]
Table = list[tuple[list[int], Answers]]


def _table(pattern: Regex, letters: Sequence[str]) -> Table:
    """The pattern's automaton: for each state the next state by letter, and whether the text fits here."""
    places: dict[Regex, int] = {pattern: 0}
    waiting = deque([pattern])
    rows: Table = []
    while waiting:
        known = len(places)
        rows.append(_row(waiting.popleft(), places, letters))
        waiting.extend(islice(places, known, None))
        if len(places) > LARGEST_SEARCH:
            raise TooManyTextsError
    return rows


def _row(state: Regex, places: dict[Regex, int], letters: Sequence[str]) -> tuple[list[int], Answers]:
    following = [places.setdefault(after(state, letter), len(places)) for letter in letters]
    return following, (may_end(state),)


def _id_table(letters: Sequence[str]) -> Table:
    """Thirteen digits, of which the last follows from the others: a state is how many were read, and their
    weighted sum; the last two states are a whole id and anything else."""
    whole, other = 13 * 11, 13 * 11 + 1
    rows: Table = []
    for read_so_far in range(13):
        for total in range(11):
            rows.append(([_next(read_so_far, total, letter, whole, other) for letter in letters], (False,)))
    return [*rows, ([other] * len(letters), (True,)), ([other] * len(letters), (False,))]


def _next(read_so_far: int, total: int, letter: str, whole: int, other: int) -> int:
    if letter not in _DIGITS:
        return other
    if read_so_far == 12:
        return whole if int(letter) == (11 - total) % 10 else other
    return (read_so_far + 1) * 11 + (total + (13 - read_so_far) * int(letter)) % 11
