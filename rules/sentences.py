"""A rule's sentences filled with the values found, in Thai and English, a column at a time.

Each distinct value is put into words once. In Python's own texts, not in Polars: most rules find a handful of
records, for which the fixed cost of a dozen Polars expressions is a hundred times that of the texts.
schemas.masking decides what of a personal value is shown. Deliberately not here: the texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from rules.compiled import HOLE
from rules.language import Expr, Kind, Table
from rules.language.ast import Aggregate, Column
from rules.rule import Lang
from schemas import dictionary, masking
from schemas.household import Household
from schemas.person import Person

MODELS = {"household": Household, "person": Person}


@dataclass(frozen=True)
class Cells:
    """What was found: a value per row, and the column of the data dictionary that says how to show it."""

    values: pl.Series
    column: dictionary.Column


def filled(template: str, cells: Mapping[str, Cells], lang: Lang, rows: int) -> list[str]:
    """The template once per row, each ``{hole}`` replaced by the row's value in words.

    ``cells`` is by hole as written. Raises KeyError for a hole without cells.
    """
    texts = HOLE.split(template)
    if len(texts) == 1:
        return [template] * rows
    return _joined(texts[::2], [in_words(cells[hole], lang) for hole in texts[1::2]])


def in_words(cells: Cells, lang: Lang) -> list[str]:
    """Each value as a person reads it, masked if personal; missing is said in words."""
    return _mapped(cells.values.to_list(), lambda value: masking.shown(cells.column, value, lang))


def as_json(cells: Mapping[str, Cells], rows: int) -> list[str]:
    """Per row a JSON object of name to shown Thai text."""
    if not cells:
        return ["{}"] * rows
    names = [f"{json.dumps(name)}: " for name in cells]
    texts = [_mapped(in_words(found, "th"), _json_text) for found in cells.values()]
    return _joined(["{" + names[0], *(f", {name}" for name in names[1:]), "}"], texts)


def shown_as(expression: Expr, table: Table) -> dictionary.Column:
    """How values of an expression are shown: as the column they come from, else by their type."""
    if isinstance(expression, Column):
        return dictionary.columns(MODELS[expression.table(table)])[expression.name]
    if isinstance(expression, Aggregate) and expression.column is not None:
        return dictionary.columns(Person)[expression.column.name]
    # What is computed is an amount or a count (with thousands commas, as baht are), a day, or yes or no.
    alike = {Kind.NUMBER: "income_total_baht", Kind.DATE: "interview_date"}
    return dictionary.columns(Household)[alike.get(expression.type.kind, "drinking_water_enough")]


def _mapped(values: Sequence[Any], put: Callable[[Any], str]) -> list[str]:
    known = {value: put(value) for value in set(values)}
    return [known[value] for value in values]


def _joined(around: Sequence[str], texts: Sequence[Sequence[str]]) -> list[str]:
    """Row by row the texts with what stands before, between and after them."""
    pattern = "%s".join(part.replace("%", "%%") for part in around)
    return [pattern % row for row in zip(*texts, strict=True)]


def _json_text(text: Any) -> str:
    return json.dumps(text, ensure_ascii=False)
