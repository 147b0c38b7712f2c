"""Readers of answers: yes or no, and codes of a code list.

Words about a thing being there (มี, ไม่มี) are not read in a column that states an absence, where they could
mean either answer. The tablet app writes ``1,n``: an answer with the number of people; the answer is read
here, the number is what the columns beside it hold.
"""

import re

import polars as pl

from flows.intake import structure
from flows.intake.read_text import ZERO_DECIMALS, tidy
from flows.intake.reading import Reader, Reading
from flows.intake.words import words
from schemas.code_lists import CodeList, label_key, load
from schemas.layouts import value_synonyms
from schemas.missing_tokens import is_missing

WITH_NUMBER = re.compile("([01])(?:,[0-9]+)+")
NUMBER = re.compile("([0-9]+)(?:[.]0*)?")
CODE_AND_LABEL = re.compile("[(]?([0-9]+)[)]?[ .:=-]+(.+)")
ABSENCE = ("no_", "nobody_")


def answer_reader(column: str) -> Reader:
    """Yes or no as Boolean. ``column`` decides whether words of presence can be read."""
    known = dict(words().answers)
    if not column.startswith(ABSENCE):
        known |= words().answers_of_presence

    def slow(text: str) -> Reading:
        text = tidy(text).lower()
        if is_missing(text, "bool"):
            return Reading()
        if whole := ZERO_DECIMALS.fullmatch(text) or WITH_NUMBER.fullmatch(text):
            text = whole[1]
        answer = known.get(text)
        return Reading(rule=structure.NOT_IN_LIST) if answer is None else Reading(answer)

    return Reader(pl.Boolean(), _one_or_zero, slow)


def code_reader(code_list: str) -> Reader:
    """A code list's answers as an Enum of slugs: label first, then number, then slug, then synonyms."""
    known = load(code_list)
    dtype = pl.Enum(known.slugs)

    def slow(text: str) -> Reading:
        text = tidy(text)
        slug = _slug(text, known) or value_synonyms(code_list).get(label_key(text))
        if slug is None and is_missing(text, "code"):
            return Reading()
        return Reading(rule=structure.NOT_IN_LIST) if slug is None else Reading(slug)

    return Reader(dtype, lambda cell: cell.cast(dtype, strict=False), slow)


def _slug(text: str, known: CodeList) -> str | None:
    """``2``, ``02``, ``2.0``, ``หญิง``, ``2 หญิง`` and ``2. หญิง`` all mean the same; of two, the label
    decides.
    """
    if slug := known.slug_of(text):
        return slug
    if number := NUMBER.fullmatch(text):
        return known.slug_of(number[1]) or known.slug_of(number[1].lstrip("0") or "0")
    if both := CODE_AND_LABEL.fullmatch(text):
        return known.slug_of(both[2])
    return None


def _one_or_zero(cell: pl.Expr) -> pl.Expr:
    return pl.when(cell == "1").then(True).when(cell == "0").then(False)
