"""What the words mean: three-valued logic, dates, ids, arithmetic and members, in plain Python.

This is the reference the other targets are compared with; MEANING.md says the same in tables. ``None`` is
*missing* for a value and *cannot tell* for a condition. Deliberately not here: walking a tree (evaluator.py).
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import IntEnum
from typing import Any

Truth = bool | None

# A cell beyond this is missing in arithmetic, and so is a product: what remains can be added nine thousand
# times before any engine wraps (Int64) or loses digits (JavaScript). No household has a million million baht.
LARGEST = 10**12

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
ARITHMETIC: dict[str, Callable[[int, int], int]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


class Outcome(IntEnum):
    """What a rule says of one record."""

    HOLDS = 0
    VIOLATED = 1
    CANNOT_TELL = 2
    NOT_APPLICABLE = 3


def outcome(applies: Truth, must: Truth) -> Outcome:
    """A rule is violated only when it surely applies and is surely false."""
    if applies is False:
        return Outcome.NOT_APPLICABLE
    if applies is None or must is None:
        return Outcome.CANNOT_TELL
    return Outcome.HOLDS if must else Outcome.VIOLATED


def negation(condition: Truth) -> Truth:
    """Not."""
    return None if condition is None else not condition


def conjunction(left: Truth, right: Truth) -> Truth:
    """And: false wins over unknown."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def disjunction(left: Truth, right: Truth) -> Truth:
    """Or: true wins over unknown."""
    return negation(conjunction(negation(left), negation(right)))


def compared(sign: str, left: Any, right: Any) -> Truth:
    """A comparison with something missing cannot be told."""
    return None if left is None or right is None else COMPARISONS[sign](left, right)


def contained(value: Any, choices: Collection[Any]) -> Truth:
    """Membership; a missing value cannot be told."""
    return None if value is None else value in choices


def matched(text: str | None, pattern: str) -> Truth:
    """The whole text fits; a trailing line break is part of the text."""
    return None if text is None else re.fullmatch(pattern, text) is not None


def operand(number: int | None) -> int | None:
    """A cell, or an answer about members, as arithmetic takes it."""
    return None if number is None or abs(number) > LARGEST else number


def calculated(sign: str, left: int | None, right: int | None) -> int | None:
    """Whole-number arithmetic: missing in, missing out; a product beyond LARGEST is missing."""
    if left is None or right is None:
        return None
    result = ARITHMETIC[sign](left, right)
    return operand(result) if sign == "*" else result


def years_between(start: dt.date | None, end: dt.date | None) -> int | None:
    """Full years, rounded down: a day before the start is -1. Born 29 February, a year older on 1 March."""
    if start is None or end is None:
        return None
    return (_year_month_day(end) - _year_month_day(start)) // 10000


def _year_month_day(date: dt.date) -> int:
    return date.year * 10000 + date.month * 100 + date.day


def thai_id_ok(text: str | None) -> Truth:
    """Thirteen digits 0-9 and the right check digit; anything else is false, missing is cannot tell."""
    if text is None:
        return None
    if re.fullmatch("[0-9]{13}", text) is None:
        return False
    weighted = sum(int(digit) * (13 - place) for place, digit in enumerate(text[:12]))
    return (11 - weighted % 11) % 10 == int(text[12])


def any_true(conditions: Iterable[Truth]) -> Truth:
    """Kleene or over the members; nobody: false."""
    seen: Truth = False
    for condition in conditions:
        seen = disjunction(seen, condition)
    return seen


def all_true(conditions: Iterable[Truth]) -> Truth:
    """Kleene and over the members; nobody: true."""
    return negation(any_true(negation(condition) for condition in conditions))


def counted(conditions: Iterable[Truth]) -> int | None:
    """How many are true; missing as soon as one cannot be told."""
    conditions = list(conditions)
    return None if None in conditions else sum(condition is True for condition in conditions)


def selected(conditions: Sequence[Truth], values: Sequence[Any]) -> list[Any] | None:
    """The values whose condition is true; None as soon as one condition cannot be told."""
    if None in conditions:
        return None
    return [value for condition, value in zip(conditions, values, strict=True) if condition]


def total(values: list[Any] | None) -> int | None:
    """Sum of the selected; nobody: 0; missing when a selected value is missing or beyond LARGEST."""
    bounded = [operand(value) for value in values or ()]
    whole = [value for value in bounded if value is not None]
    return None if values is None or len(whole) < len(bounded) else sum(whole)


def least(values: list[Any] | None) -> Any:
    """Smallest of the selected; missing when nobody is selected or a selected value is missing."""
    return None if not values or None in values else min(values)


def greatest(values: list[Any] | None) -> Any:
    """Largest of the selected; missing when nobody is selected or a selected value is missing."""
    return None if not values or None in values else max(values)


def only(values: list[Any] | None) -> Any:
    """The value of the one selected member; missing when there is none or more than one."""
    return values[0] if values is not None and len(values) == 1 else None
