"""Findings of the intake: every problem of a cell, a row, a column or a file in the words of its rule.

Texts live with the rules (``rules/catalogue/structure``); here the label of the column and the text as sent
are put in, masked where the column is personal or the text holds something like an id. What is not here:
deciding.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import polars as pl

from flows.intake.part import SHEET
from flows.intake.readers import readers
from flows.intake.reading import read_columns
from flows.intake.structure import CHRISTIAN_ERA, SHORT_YEAR
from flows.intake.words import words
from rules import catalogue, findings
from rules.rule import Rule, Sentence
from rules.sentences import Cells
from schemas.dictionary import Column, columns
from schemas.layouts import MODELS, Table
from schemas.masking import HIDDEN

LONG_NUMBER = "[0-9][0-9 -]{8,}[0-9]"
DAY = "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"
# Not personal themselves, but where a name lands when a row has shifted or the title is written with it.
NEXT_TO_NAMES = frozenset({"title"})
LONGEST_TEXT = 60
# What a finding says of the record itself; null where the row is no record.
RECORD = {
    "tambon_code": pl.String(),
    "village_no": pl.Int64(),
    "household_id": pl.String(),
    "member_no": pl.Int64(),
}


# How a heading that is no column of the dictionary is shown: as it is.
HEADING = replace(columns(MODELS["household"])["village_name"], name="heading")


@dataclass(frozen=True)
class Matter:
    """Something to tell about a file, a column of it or a row that is no record.

    ``field`` is a column of the dictionary, ``th`` and ``en`` its labels; a heading nobody knows is ``th``.
    """

    rule_id: str
    delivery_id: str
    source_row: int | None = None
    field: str = ""
    th: str = ""
    en: str = ""


def told_cells(
    problems: pl.DataFrame,
    records: pl.DataFrame,
    deliveries: Sequence[str],
    table: Table,
    sender: str,
    year_be: int,
) -> Iterator[pl.DataFrame]:
    """Findings of cells. ``records``: ``row`` and RECORD; ``deliveries``: the delivery of each sheet by
    number.
    """
    for (rule_id, field), cells in problems.group_by("rule_id", "field", maintain_order=True):
        rule, column = rule_texts()[str(rule_id)], columns(MODELS[table])[str(field)]
        numbers = cells["row"] // SHEET
        if rule.severity == "watch" and cells.height > max(words().common_share * records.height, 1):
            ids = dict.fromkeys(deliveries[number] for number in numbers)
            matters = [Matter(rule.id, i, None, column.name, column.th, column.en) for i in ids]
            yield from told_matters(matters, sender, year_be)
            continue
        rows = cells.join(records, on="row", how="left", maintain_order="left").with_columns(
            numbers.replace_strict(
                list(range(len(deliveries))), list(deliveries), return_dtype=pl.String
            ).alias("delivery_id"),
            source_row=pl.col("row") % SHEET,
            district_code=pl.lit(sender),
        )
        shown = _shown(rule, rows["text"], table, column, year_be)
        named = _naming(rule, column.th, column.en)
        yield findings.build(named, rows, {column.name: shown, "value": shown}, year_be, [column.name])


def told_matters(matters: Sequence[Matter], sender: str, year_be: int) -> Iterator[pl.DataFrame]:
    """Findings of files, columns and rows that are no records."""
    alike: dict[tuple[str, str], list[Matter]] = {}
    for matter in matters:
        alike.setdefault((matter.rule_id, matter.field), []).append(matter)
    for (rule_id, field), every in alike.items():
        rows = pl.DataFrame(
            {
                "district_code": [sender] * len(every),
                "delivery_id": [matter.delivery_id for matter in every],
                "source_row": pl.Series([matter.source_row for matter in every], dtype=pl.Int64),
            }
        ).with_columns(pl.lit(None, dtype).alias(name) for name, dtype in RECORD.items())
        rule, cells = rule_texts()[rule_id], {}
        if field:
            rule = _naming(rule, every[0].th, every[0].en)
        else:
            cells = {"column": Cells(pl.Series([matter.th for matter in every], dtype=pl.String), HEADING)}
        yield findings.build(rule, rows, cells, year_be, [field] if field else [])


@cache
def rule_texts() -> dict[str, Rule]:
    """The structural rules by id."""
    return {rule.id: rule for rule in catalogue.load() if rule.structural}


def _naming(rule: Rule, th: str, en: str) -> Rule:
    """The rule with the column's label in its sentences."""

    def put(sentence: Sentence) -> Sentence:
        return Sentence(sentence.th.replace("{column}", th), sentence.en.replace("{column}", en))

    return replace(rule, message=put(rule.message), fix=put(rule.fix))


def _shown(rule: Rule, texts: pl.Series, table: Table, column: Column, year_be: int) -> Cells:
    """The texts as sent; of a personal date read all the same, the day read, of which the year is shown."""
    if column.personal and column.kind == "date" and rule.id in (CHRISTIAN_ERA, SHORT_YEAR):
        reader = readers(table, year_be)[column.name]
        read = read_columns(texts.to_frame(column.name), {column.name: reader})
        return Cells(read.values[column.name], column)
    return Cells(_presentable(texts, column), replace(column, kind="text", unit=None, code_list=None))


def _presentable(texts: pl.Series, column: Column) -> pl.Series:
    """Short, and without an id, a date or a name that shifted cells may have put there."""
    if column.personal or column.name == "household_id":
        return texts
    if column.name in NEXT_TO_NAMES:
        return pl.Series([None if text is None else HIDDEN for text in texts], dtype=pl.String)
    shown = texts.str.replace_all(LONG_NUMBER, HIDDEN)
    if column.kind != "date":
        shown = shown.str.replace_all(DAY, HIDDEN)
    short = pl.when(shown.str.len_chars() > LONGEST_TEXT).then(shown.str.slice(0, LONGEST_TEXT) + "…")
    return pl.select(short.otherwise(shown)).to_series()
