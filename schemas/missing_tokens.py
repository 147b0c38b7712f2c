"""Tokens that mean "no answer" in a file, from `codes/missing_tokens.csv`, by kind of column.

A code list is asked first: "ไม่มี" is an occupation, and zero baht, before it is anything else. Missing stays
apart from 0 and from "no".
"""

import csv
from functools import cache
from typing import Literal, cast, get_args

from schemas.code_lists import FOLDER
from schemas.fields import Kind
from schemas.thai import arabic_digits, normalise_text

Meaning = Literal["missing", "zero"]


def is_missing(text: str, kind: Kind) -> bool:
    """Whether a cell says "no answer" in a column of that kind."""
    return _tokens()[kind].get(token_key(text)) == "missing"


def is_zero(text: str, kind: Kind) -> bool:
    """Whether a cell says "none of it", such as ไม่มี for an amount, in a column of that kind."""
    return _tokens()[kind].get(token_key(text)) == "zero"


def tokens(kind: Kind) -> frozenset[str]:
    """The token keys that say "no answer" in a column of that kind."""
    return frozenset(key for key, meaning in _tokens()[kind].items() if meaning == "missing")


def token_key(text: str) -> str:
    """The form in which tokens are compared: one spelling, Arabic digits, lower case."""
    return arabic_digits(normalise_text(text)).lower()


@cache
def _tokens() -> dict[Kind, dict[str, Meaning]]:
    known: dict[Kind, dict[str, Meaning]] = {kind: {} for kind in get_args(Kind)}
    with (FOLDER / "missing_tokens.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            means: Meaning = "zero" if row["means"] == "zero" else "missing"
            for kind in row["kinds"].split("|"):
                known[cast(Kind, kind)][token_key(row["token"])] = means
    return known
