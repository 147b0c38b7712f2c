"""Questions about a household's members as XPath over the form's repeat of persons.

Every answer is guarded: engines differ over sum(), min() and max() of nobody and of unanswered questions, so
these are only looked at when each member counted has answered. Deliberately not here: what is asked of one
member (to_xpath.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from rules.language.xpath_words import (
    FALSE,
    TRUE,
    Truth,
    Value,
    all_of,
    any_of,
    bounded,
    negated,
)

EVERYBODY = Truth(TRUE, FALSE)


@dataclass(frozen=True)
class Members:
    """The members at path ``repeat`` and, of each, whether it ``fits``."""

    repeat: str
    fits: Truth = EVERYBODY

    @property
    def nobody_in_doubt(self) -> str:
        """Of each member it can be told whether it fits."""
        return self._none(negated(self.fits.known))

    def any(self) -> Truth:
        """Somebody fits."""
        return Truth(self._some(self.fits.true), self._none(negated(self.fits.false)))

    def all(self, have: Truth) -> Truth:
        """Nobody fits without having it."""
        return Truth(
            self._none(negated(any_of(self.fits.false, have.true))),
            self._some(all_of(self.fits.true, have.false)),
        )

    def count(self) -> Value:
        """How many fit."""
        return Value(self.nobody_in_doubt, self._count(self.fits.true))

    def sum(self, cell: Value) -> Value:
        """Their sum; the cell as seen from a member."""
        there = self._all_answered(bounded(cell).there)
        # Of nobody the sum is not asked for.
        return Value(there, f"if({self._some(self.fits.true)}, sum({self._cells(cell)}), 0)")

    def extreme(self, name: str, cell: Value) -> Value:
        """``min`` or ``max`` of numbers."""
        there = all_of(self._some(self.fits.true), self._all_answered(cell.there))
        return Value(there, f"{name}({self._cells(cell)})")

    def only_number(self, cell: Value) -> Value:
        """The number of the one who fits; the sum of one is that one."""
        return Value(self._only(cell.there), f"sum({self._cells(cell)})")

    def only_text(self, cell: Value) -> Value:
        """The text, code or date of the one who fits; one joined with nobody is that one."""
        return Value(self._only(cell.there), f"join('', {self._cells(cell)})")

    def only_truth(self, cell: Truth) -> Truth:
        """Yes or no of the one who fits."""
        return Truth(self._only(cell.true), self._only(cell.false))

    def _only(self, answered: str) -> str:
        is_one = f"({self._count(self.fits.true)} = 1)"
        return all_of(self.nobody_in_doubt, is_one, self._some(all_of(self.fits.true, answered)))

    def _all_answered(self, answered: str) -> str:
        return all_of(self.nobody_in_doubt, self._none(all_of(self.fits.true, negated(answered))))

    def _cells(self, cell: Value) -> str:
        return f"{self._those(self.fits.true)}/{cell.text.removeprefix('./')}"

    def _those(self, condition: str) -> str:
        # With a condition even where none is needed: from within the repeat, JavaRosa takes the bare path for
        # the one member that asks.
        return f"{self.repeat}[{condition}]"

    def _count(self, condition: str) -> str:
        return "0" if condition == FALSE else f"count({self._those(condition)})"

    def _some(self, condition: str) -> str:
        return FALSE if condition == FALSE else f"({self._count(condition)} > 0)"

    def _none(self, condition: str) -> str:
        return TRUE if condition == FALSE else f"({self._count(condition)} = 0)"
