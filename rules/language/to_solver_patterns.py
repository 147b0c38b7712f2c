"""Patterns read letter by letter, for the solver target: what may still follow once some letters were read.

Patterns are read as far as patterns.py lets them through, into expressions whose derivatives (Brzozowski) are
the states of an automaton. Deliberately not here: which texts are looked for (to_solver_texts.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\\[])+\]|\{[0-9]+(?:,[0-9]*)?\}|.", re.DOTALL)
_RANGE = re.compile(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)
_LAST = 0x110000


@dataclass(frozen=True)
class Nothing:
    """No text at all fits."""


@dataclass(frozen=True)
class End:
    """Only the empty text fits."""


@dataclass(frozen=True)
class Letters:
    """One letter of a ``[…]`` class: of the ranges, or of all others."""

    ranges: tuple[tuple[str, str], ...]
    is_negated: bool = False

    def has(self, letter: str) -> bool:
        """Whether the class takes the letter."""
        return any(low <= letter <= high for low, high in self.ranges) is not self.is_negated


@dataclass(frozen=True)
class Then:
    """One after the other; sequences lean to the right, so that equal ones look equal."""

    first: Regex
    second: Regex


@dataclass(frozen=True)
class Either:
    """One of several."""

    ways: frozenset[Regex]


@dataclass(frozen=True)
class Repeat:
    """Between ``least`` and ``most`` times; None: without end."""

    part: Regex
    least: int
    most: int | None


Regex = Nothing | End | Letters | Then | Either | Repeat


def read(pattern: str) -> Regex:
    """The pattern as an expression; it has passed patterns.objection."""
    return _alternatives(_TOKEN.findall(pattern), 0)[0]


def _alternatives(tokens: Sequence[str], at: int) -> tuple[Regex, int]:
    found: list[Regex] = []
    while True:
        sequence, at = _sequence(tokens, at)
        found.append(sequence)
        if at >= len(tokens) or tokens[at] != "|":
            return either(found), at
        at += 1


def _sequence(tokens: Sequence[str], at: int) -> tuple[Regex, int]:
    parts: list[Regex] = []
    while at < len(tokens) and tokens[at] not in {"|", ")"}:
        part: Regex
        if tokens[at] == "(":
            part, at = _alternatives(tokens, at + 1)
        else:
            part = _letters(tokens[at])
        at += 1
        if at < len(tokens) and tokens[at][0] in "?*+{":
            part, at = repeated(part, *_bounds(tokens[at])), at + 1
        parts.append(part)
    regex: Regex = End()
    for part in reversed(parts):
        regex = then(part, regex)
    return regex, at


def _bounds(token: str) -> tuple[int, int | None]:
    if token in {"?", "*", "+"}:
        return {"?": (0, 1), "*": (0, None), "+": (1, None)}[token]
    low, comma, high = token[1:-1].partition(",")
    return int(low), int(high) if high else (None if comma else int(low))


def _letters(token: str) -> Letters:
    if token[0] != "[":
        return Letters(((token[-1], token[-1]),))
    is_negated = token[1] == "^"
    found = _RANGE.findall(token[2 if is_negated else 1 : -1])
    return Letters(tuple((low[-1], (high or low)[-1]) for low, high in found), is_negated)


def then(first: Regex, second: Regex) -> Regex:
    """One after the other."""
    if isinstance(first, Nothing) or isinstance(second, Nothing):
        return Nothing()
    if isinstance(first, End):
        return second
    if isinstance(second, End):
        return first
    return Then(first.first, then(first.second, second)) if isinstance(first, Then) else Then(first, second)


def either(ways: Iterable[Regex]) -> Regex:
    """One of them."""
    flat: set[Regex] = set()
    for way in ways:
        flat |= way.ways if isinstance(way, Either) else {way}
    flat.discard(Nothing())
    if len(flat) < 2:
        return next(iter(flat), Nothing())
    return Either(frozenset(flat))


def repeated(part: Regex, least: int, most: int | None) -> Regex:
    """Between ``least`` and ``most`` times."""
    if most == 0 or isinstance(part, End):
        return End()
    return part if (least, most) == (1, 1) else Repeat(part, least, most)


@lru_cache(maxsize=100_000)
def may_end(regex: Regex) -> bool:
    """Whether nothing more need follow."""
    match regex:
        case Then(first, second):
            return may_end(first) and may_end(second)
        case Either(ways):
            return any(may_end(way) for way in ways)
        case Repeat(part, least, _):
            return least == 0 or may_end(part)
    return isinstance(regex, End)


@lru_cache(maxsize=100_000)
def after(regex: Regex, letter: str) -> Regex:
    """What may follow once the letter was read."""
    match regex:
        case Letters():
            return End() if regex.has(letter) else Nothing()
        case Then(first, second):
            began = then(after(first, letter), second)
            return either([began, after(second, letter)]) if may_end(first) else began
        case Either(ways):
            return either(after(way, letter) for way in ways)
        case Repeat(part, least, most):
            left = repeated(part, max(0, least - 1), None if most is None else most - 1)
            return then(after(part, letter), left)
    return Nothing()


def alphabet(regexes: Iterable[Regex], more: str = "") -> tuple[str, ...]:
    """One letter for each way the expressions can treat letters, and each letter of ``more``."""
    edges = {0, *(ord(letter) + step for letter in more for step in (0, 1))}
    for regex in regexes:
        for low, high in _ranges(regex):
            edges |= {ord(low), ord(high) + 1}
    ordered = [*sorted(edges - {_LAST}), _LAST]
    return tuple(_plain(low, high) for low, high in pairwise(ordered))


def _plain(low: int, high: int) -> str:
    # A letter a person can read, where there is one between the edges.
    return next((wished for wished in "xก-!" if low <= ord(wished) < high), chr(low))


def _ranges(regex: Regex) -> Iterable[tuple[str, str]]:
    match regex:
        case Letters(ranges, _):
            yield from ranges
        case Then(first, second):
            yield from (*_ranges(first), *_ranges(second))
        case Either(ways):
            yield from (found for way in ways for found in _ranges(way))
        case Repeat(part, _, _):
            yield from _ranges(part)
