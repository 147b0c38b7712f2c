"""The one error of the rule language: a sentence in Thai and English, the place, and a caret under it.

Deliberately not here: which file the text came from; the catalogue loader adds that.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """A stretch of the rule's text: line and column count from 1, ``length`` in characters."""

    line: int
    column: int
    length: int = 1


class RuleError(Exception):
    """A rule's text that cannot be used.

    ``th`` and ``en`` say what is wrong and what to write instead; ``line`` and ``column`` count from 1.
    """

    def __init__(self, text: str, span: Span, th: str, en: str) -> None:
        self.text, self.span, self.th, self.en = text, span, th, en
        super().__init__(self._shown())

    @property
    def line(self) -> int:
        """Line of the mistake, from 1."""
        return self.span.line

    @property
    def column(self) -> int:
        """Column of the mistake, from 1, in characters."""
        return self.span.column

    def pointed(self) -> str:
        """The line of the rule with a caret under the mistake."""
        lines = self.text.splitlines() or [""]
        line = lines[min(self.line, len(lines)) - 1]
        # A caret must stand under the letter as seen: Thai vowels above and below take no width.
        indent = _width(line[: self.column - 1])
        marked = line[self.column - 1 : self.column - 1 + self.span.length]
        return f"  {line}\n  {' ' * indent}{'^' * max(1, _width(marked))}"

    def _shown(self) -> str:
        return f"line {self.line}, column {self.column}\n{self.pointed()}\n{self.th}\n{self.en}"


def _width(text: str) -> int:
    return sum(1 for letter in text if unicodedata.category(letter) != "Mn")


def nearest(name: str, known: Iterable[str]) -> tuple[str, str]:
    """A Thai and an English ending that names the closest known word, or two empty texts."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.55)
    if not close:
        return "", ""
    return f" ใกล้เคียงที่สุดคือ {close[0]}", f"; did you mean {close[0]}?"
