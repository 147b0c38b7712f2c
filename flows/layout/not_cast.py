"""What a night could not read of a sheet's cells with the names given: per column how many, and where.

Read by the intake itself, all rows, so that the first look at a new export says what the night would say. A
column most of whose cells cannot be read is a column that was given the wrong name. No cell is handed on.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.intake import structure
from flows.intake.header import Names
from flows.intake.layout import recognise_layout
from flows.intake.part import SHEET
from flows.intake.sheet import Sheet
from flows.intake.sheet_table import read_sheet
from schemas import code_lists
from schemas.code_lists import label_key
from schemas.dictionary import columns
from schemas.layouts import MODELS, Table

SHOWN_ROWS = 3
# Texts of answers that a draft names, by code list: they are read once the draft is saved.
Answers = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class NotCast:
    """A column of which cells could not be read as its field: how many of those that say something, and the
    file's rows of the first.
    """

    heading: str
    field: str
    table: Table
    count: int
    of: int
    rows: tuple[int, ...]


def not_cast(sheet: Sheet, names: Names, answers: Answers, year_be: int) -> list[NotCast] | None:
    """The columns with cells that could not be read, the worst first; None when the sheet has no header.
    Raises ``Quarantined`` for what would set the file aside.
    """
    layout = recognise_layout(sheet, names)
    if layout is None:
        return None
    read = read_sheet(sheet, layout, 0, year_be)
    found: dict[str, NotCast] = {}
    for table, fields in layout.fields.items():
        part = read.parts[table]
        lost = part.problems.filter(~pl.col("is_taken"))
        for field, cell in fields.items():
            of_field = lost.filter(pl.col("field") == field)
            rows = _rows(of_field, _known_answers(field, table, answers))
            # A column that both tables have (the household's id) is told once.
            if rows and cell not in found:
                of = of_field.height + part.frame[field].count()
                heading = layout.header.headings[cell]
                found[cell] = NotCast(heading, field, table, len(rows), of, tuple(rows[:SHOWN_ROWS]))
    return sorted(found.values(), key=lambda one: -one.count / one.of)


def answers_of(source: Path) -> Answers:
    """The answers that a layout file names. ValueError for one that its list does not have."""
    told = tomllib.loads(source.read_text(encoding="utf-8")).get("values", {})
    for code_list, texts in told.items():
        strange = sorted(set(texts.values()) - set(code_lists.load(code_list).slugs))
        if strange:
            raise ValueError(f"{source.name}: {code_list} has no answer {', '.join(strange)}")
    return {code_list: frozenset(map(label_key, texts)) for code_list, texts in told.items()}


def _known_answers(field: str, table: Table, answers: Answers) -> frozenset[str]:
    return answers.get(columns(MODELS[table])[field].code_list or "", frozenset())


def _rows(lost: pl.DataFrame, known: Iterable[str]) -> list[int]:
    """The file's rows of the cells, without those whose answer the draft knows."""
    strange = [
        row % SHEET
        for row, text, rule_id in lost.select("row", "text", "rule_id").iter_rows()
        if rule_id != structure.NOT_IN_LIST or label_key(text) not in known
    ]
    return sorted(strange)
