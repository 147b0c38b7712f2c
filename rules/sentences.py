"""A rule's sentences filled with the values found, in Thai and English, a column at a time.

Each distinct value is put into words once, so a hundred thousand findings cost about as much as their
distinct values. schemas.masking decides what of a personal value is shown. Deliberately not here: the texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
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


def filled(template: str, cells: Mapping[str, Cells], lang: Lang, rows: int) -> pl.Series:
    """The template once per row, each ``{hole}`` replaced by the row's value in words.

    ``cells`` is by hole as written. Raises KeyError for a hole without cells.
    """
    parts = HOLE.split(template)
    texts = [in_words(cells[part], lang) if place % 2 else part for place, part in enumerate(parts)]
    if all(isinstance(text, str) for text in texts):
        return pl.repeat(template, rows, dtype=pl.String, eager=True)
    return pl.select(pl.concat_str(pl.lit(text) for text in texts)).to_series()


def in_words(cells: Cells, lang: Lang) -> pl.Series:
    """Each value as a person reads it, masked if personal; missing is said in words."""
    return _mapped(cells.values, lambda value: masking.shown(cells.column, value, lang))


def as_json(cells: Mapping[str, Cells], rows: int) -> pl.Series:
    """Per row a JSON object of name to shown Thai text."""
    if not cells:
        return pl.repeat("{}", rows, dtype=pl.String, eager=True)
    texts: list[pl.Expr] = []
    for name, found in cells.items():
        opening = f"{', ' if texts else '{'}{json.dumps(name)}: "
        texts += [pl.lit(opening), pl.lit(_mapped(in_words(found, "th"), _json_text))]
    return pl.select(pl.concat_str([*texts, pl.lit("}")])).to_series()


def shown_as(expression: Expr, table: Table) -> dictionary.Column:
    """How values of an expression are shown: as the column they come from, else by their type."""
    if isinstance(expression, Column):
        return dictionary.columns(MODELS[expression.table(table)])[expression.name]
    if isinstance(expression, Aggregate) and expression.column is not None:
        return dictionary.columns(Person)[expression.column.name]
    # What is computed is an amount or a count (with thousands commas, as baht are), a day, or yes or no.
    alike = {Kind.NUMBER: "income_total_baht", Kind.DATE: "interview_date"}
    return dictionary.columns(Household)[alike.get(expression.type.kind, "drinking_water_enough")]


def _mapped(values: pl.Series, put: Callable[[Any], str]) -> pl.Series:
    plain = values.cast(pl.String) if values.dtype == pl.Enum else values
    known = {value: put(value) for value in plain.drop_nulls().unique().to_list()}
    missing = put(None) if plain.null_count() else ""
    if not known:
        return pl.repeat(missing, values.len(), dtype=pl.String, eager=True)
    return plain.replace_strict(known, default=None, return_dtype=pl.String).fill_null(missing)


def _json_text(text: Any) -> str:
    return json.dumps(text, ensure_ascii=False)
