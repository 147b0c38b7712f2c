"""What the cells of a column say for or against a field: can they be read as what the field holds?

Read with the intake's own readers, so that code lists, dates in any spelling, ranges and yes-or-no count as
they will count in the night. Ids are told by their length and check digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flows.intake.readers import readers
from flows.intake.reading import Reading
from rules.language.meaning import thai_id_ok
from schemas.dictionary import Column, columns
from schemas.layouts import MODELS, Table
from schemas.missing_tokens import is_missing
from schemas.thai import arabic_digits

# Answers of a code list in words nobody knows yet: neither for the field nor wholly against it.
IN_OTHER_WORDS, MOST_ANSWERS = 0.5, 60
LEAST_CELLS = 5  # fewer filled cells than this say nothing
POINTS = str.maketrans("", "", ",.")
LONG_IDS = {"national_id": 13, "house_id": 11}


@dataclass(frozen=True)
class Evidence:
    """``fit``: share of the filled cells that can be the field's values, None where too few say anything;
    ``is_telling``: that it could hardly be another field; ``words``: the same for the officer.
    """

    fit: float | None
    is_telling: bool = False
    words: str = ""


def evidence(cells: Sequence[str], field: str, year_be: int) -> Evidence:
    """What the cells say about one field."""
    column, table = _column(field)
    filled = [text for text in cells if text.strip() and not is_missing(text, column.kind)]
    if len(filled) < LEAST_CELLS:
        return Evidence(None)
    if field in LONG_IDS:
        return _of_long_id(filled, LONG_IDS[field], field)
    if column.kind == "text":
        return _of_text(filled, column)
    reader = readers(table, year_be)[field]
    distinct = {text: _fits(reader.slow(text), column) for text in set(filled)}
    fit = sum(distinct[text] for text in filled) / len(filled)
    is_label = column.kind == "code" and not any(text.strip().isdecimal() for text in distinct)
    is_date = column.kind == "date"
    if is_label and fit < IN_OTHER_WORDS and len(distinct) <= MOST_ANSWERS:
        return Evidence(IN_OTHER_WORDS, words=f"เป็นคำอื่น {1 - fit:.0%}")
    return Evidence(fit, fit >= 0.95 and (is_label or is_date) and len(distinct) > 1, f"อ่านได้ {fit:.0%}")


def _fits(read: Reading, column: Column) -> bool:
    value, rule = read
    if value is None:
        return rule is None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return True
    return (column.low is None or value >= column.low) and (column.high is None or value <= column.high)


def _of_long_id(filled: Sequence[str], length: int, field: str) -> Evidence:
    digits = ["".join(c for c in arabic_digits(text) if c.isdigit()) for text in filled]
    fit = sum(len(text) == length for text in digits) / len(digits)
    if field == "national_id" and fit:
        right = sum(thai_id_ok(text) is True for text in digits) / len(digits)
        return Evidence(fit, right >= 0.8, f"{length} หลัก {fit:.0%} เลขตรวจสอบถูก {right:.0%}")
    return Evidence(fit, fit >= 0.95, f"{length} หลัก {fit:.0%}")


def _of_text(filled: Sequence[str], column: Column) -> Evidence:
    """Text takes anything: only numbers where words are expected, or the reverse, speak against it."""
    numbers = sum(text.strip().replace(",", "").replace(".", "", 1).isdigit() for text in filled) / len(
        filled
    )
    if column.name.endswith(("first_name", "last_name", "_name")):
        return Evidence(1 - numbers)
    if column.name.endswith("_code"):
        return Evidence(numbers)
    return Evidence(None)


@cache
def _column(field: str) -> tuple[Column, Table]:
    for table, model in MODELS.items():
        if field in columns(model):
            return columns(model)[field], table
    raise KeyError(field)
