"""Reader of numbers: thousands commas, Thai digits, units before and after, ``.0`` and ``.-``; whole numbers
only.

``ไม่มี`` is an answer, zero; ``-`` is no answer. Decimals are not rounded: half a person or half a baht is
reported. A number shown with an exponent has lost digits. Map positions are the only measured (Float64)
values.
"""

import re
from math import isfinite

import polars as pl

from flows.intake import structure
from flows.intake.read_text import EXPONENT, tidy, whole_digits
from flows.intake.reading import Reader, Reading
from flows.intake.words import words
from schemas.missing_tokens import is_missing, is_zero

NUMBER = re.compile("([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:[.]([0-9]*))?")
# A measured value close to zero, as spreadsheets and databases write it: 4.6E-05.
TINY = re.compile("[+-]?[0-9](?:[.][0-9]+)?e-[0-9]+")
LARGEST = 2**63 - 1


def number_reader(is_measured: bool) -> Reader:
    """Whole numbers as Int64, or measured ones as Float64."""
    if is_measured:
        return Reader(pl.Float64(), _finite, lambda text: _read(text, is_measured=True))
    return Reader(pl.Int64(), lambda cell: cell.cast(pl.Int64, strict=False), _read)


def _finite(cell: pl.Expr) -> pl.Expr:
    # the cast also takes "inf" and "nan"
    return pl.when(cell.str.contains("^-?[0-9]+([.][0-9]+)?$")).then(cell.cast(pl.Float64, strict=False))


def _read(text: str, is_measured: bool = False) -> Reading:
    text = tidy(text)
    if is_missing(text, "number"):
        return Reading()
    if is_zero(text, "number"):
        return Reading(0)
    bare = without_units(text)
    if is_measured and TINY.fullmatch(bare):
        return Reading(float(bare))
    if EXPONENT.fullmatch(bare):
        digits = whole_digits(bare)
        return _whole("", digits) if digits else Reading(rule=structure.LOST_DIGITS)
    found = NUMBER.fullmatch(bare)
    if found is None or not (found[2] or found[3]):
        return Reading(rule=structure.NOT_READABLE)
    return _value(found[1], (found[2] or "0").replace(",", ""), found[3] or "", is_measured)


def _value(sign: str, whole: str, decimals: str, is_measured: bool) -> Reading:
    if is_measured:
        value = float(f"{sign}{whole}.{decimals or 0}")
        return Reading(value) if isfinite(value) else Reading(rule=structure.NUMBER_IMPOSSIBLE)
    if decimals.strip("0"):
        return Reading(rule=structure.NUMBER_IMPOSSIBLE)
    return _whole(sign, whole)


def _whole(sign: str, digits: str) -> Reading:
    digits = digits.lstrip("0") or "0"
    # Python refuses to read thousands of digits, and the columns hold no more than these
    if len(digits) > len(str(LARGEST)) or int(digits) > LARGEST:
        return Reading(rule=structure.NUMBER_IMPOSSIBLE)
    return Reading(int(sign + digits))


def without_units(text: str) -> str:
    """``text`` without one unit word before it and one after it: ``ปี 2569``, ``1,500 บาท``."""
    text = text.lower()
    for word in words().before_number:
        if text.startswith(word):
            text = text.removeprefix(word)
            break
    for word in words().after_number:
        if text.endswith(word):
            text = text.removesuffix(word)
            break
    return text.strip()
