"""Values and comparisons of the XPath target: constants, days as numbers, levels, years, ids.

Only functions that mean the same in JavaRosa and XPath 1.0 are written: no floor(), no arithmetic on
dates. Deliberately not here: cells, members and the rule's tree (to_xpath.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from rules.language import ast
from rules.language.kinds import Kind, Type
from rules.language.xpath_words import FALSE, Truth, Value, all_of, negated, written_text

_OPPOSITE: dict[ast.Comparison, ast.Comparison] = {
    "=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
}  # fmt: skip


def constant(value: ast.Value, type_: Type) -> str:
    """A constant; a date is the number year, month, day, a code its slug."""
    if isinstance(value, dt.date):
        return value.strftime("%Y%m%d").lstrip("0")
    if type_.kind is Kind.NUMBER:
        # Never with an exponent, which XPath does not read.
        written = f"{Decimal(str(value)):f}"
        return f"({written})" if written.startswith("-") else written
    return written_text(str(value))


def decided(value: Value, condition: str) -> Truth:
    """A condition on a value: nobody can tell while the value is not there."""
    return Truth(all_of(value.there, condition), all_of(value.there, negated(condition)))


def signed(sign: ast.Comparison, left: Value, right: Value) -> Truth:
    """A comparison; cannot be told while a side is not there."""
    there = all_of(left.there, right.there)
    holds, fails = (f"({left.text} {each} {right.text})" for each in (sign, _OPPOSITE[sign]))
    return Truth(all_of(there, holds), all_of(there, fails))


def day(date: Value) -> Value:
    """A date as the number year, month, day: forms compare days as texts, as numbers or not at all."""
    return Value(date.there, f"number(translate({date.text}, '-', ''))")


def years(start: Value, end: Value) -> Value:
    """Full years between two days (see ``day``): less one when the end is the earlier in its year."""
    apart = f"({_year(end.text)} - {_year(start.text)}) div 10000"
    short = f"number(({end.text} mod 10000) < ({start.text} mod 10000))"
    return Value(all_of(start.there, end.there), f"({apart} - {short})")


def level(code: Value, slugs: Sequence[str]) -> Value:
    """A code of an ordered list as its place in the list."""
    places = (f"number({code.text} = '{slug}') * {n}" for n, slug in enumerate(slugs) if n)
    return Value(code.there, f"({' + '.join(places) or 0})")


def id_is_right(text: str) -> str:
    """Thirteen digits whose last is the right check digit."""
    # substr counts from 0 and leaves the end out.
    digits = [f"substr({text}, {place}, {place + 1})" for place in range(13)]
    weighted = " + ".join(f"{13 - place} * number({digit})" for place, digit in enumerate(digits[:12]))
    right = f"((11 - (({weighted}) mod 11)) mod 10 = number({digits[12]}))"
    return all_of(f"regex({text}, '^[0-9]{{13}}$')", right)


def among(value: Value, choices: Sequence[str]) -> str:
    """The value is one of the constants."""
    alike = [f"({value.text} = {choice})" for choice in choices]
    return f"({' or '.join(alike)})" if alike else FALSE


def _year(day_: str) -> str:
    return f"({day_} - {day_} mod 10000)"
