"""The words the catalogue's pages are built from: sentences of pages/words.toml and labels of columns.

Deliberately not here: putting them together (pages/words.py).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rules.rule import Lang
from schemas.dictionary import Column


@cache
def words(lang: Lang) -> Mapping[str, Any]:
    """The sentences of pages/words.toml in one language."""
    both: dict[str, Mapping[str, Any]] = tomllib.loads(
        Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    )
    return both[lang]


@cache
def outcomes(lang: Lang) -> tuple[tuple[str, ...], ...]:
    """The rows of pages/outcomes.toml in one language: outcome, meaning, in tables and reports, in gates."""
    text = Path(__file__).with_name("outcomes.toml").read_text(encoding="utf-8")
    return tuple(tuple(row[lang]) for row in tomllib.loads(text).values())


def label(column: Column, lang: Lang) -> str:
    """A column's label within a sentence: English without its capital and without what is in brackets."""
    if lang == "th":
        return column.th
    text = column.en.partition(" (")[0]
    text = text.partition(":")[0] if column.unit == "baht" else text
    return text if text[1:2].isupper() or text[1:2] == "." else text[0].lower() + text[1:]
