"""Findings of the intake: every problem of a cell, a row, a column or a file in the words of its rule.

Texts live with the rules (``rules/catalogue/structure``); here the label of the column and the text as sent
are put in, masked where the column is personal or the text holds something like an id. What is not here:
deciding.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from flows.intake.explained import OF_COLUMNS, WHOLE_COLUMN, explained
from flows.intake.part import SHEET
from flows.intake.readers import readers
from flows.intake.reading import read_columns
from flows.intake.structure import CHRISTIAN_ERA, SHORT_YEAR
from flows.intake.words import words
from rules import catalogue, findings
from rules.in_force import in_force
from rules.rule import Rule, Sentence
from rules.sentences import Cells
from schemas.dictionary import Column, columns
from schemas.layouts import MODELS, Table
from schemas.masking import HIDDEN
from schemas.rounds import Round

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


# Hole of a sentence to the word of the matter that fills it.
HOLES = {
    "column": "th",
    "file": "file",
    "file_en": "file_en",
    "same_as": "same_as",
    "value": "read_as",
    "value_en": "read_as_en",
}
# How a heading that is no column of the dictionary is shown: as it is.
HEADING = replace(columns(MODELS["household"])["village_name"], name="heading")


@dataclass(frozen=True)
class Matter:
    """Something to tell about a file, a column of it or a row that is no record.

    ``field`` is a column of the dictionary, ``th`` and ``en`` its labels; a heading nobody knows is ``th``.
    ``file`` names file and worksheet, ``same_as`` the file it repeats, ``read_as`` what became of the cells.
    """

    rule_id: str
    delivery_id: str
    source_row: int | None = None
    field: str = ""
    th: str = ""
    en: str = ""
    file: str = ""
    file_en: str = ""
    same_as: str = ""
    read_as: str = ""
    read_as_en: str = ""


def told_cells(
    problems: pl.DataFrame,
    records: pl.DataFrame,
    deliveries: Sequence[str],
    table: Table,
    sender: str,
    round_: Round,
) -> Iterator[pl.DataFrame]:
    """Findings of cells. ``records``: ``row`` and RECORD; ``deliveries``: the delivery of each sheet by
    number.
    """
    year_be, rules = round_.year_be, _rules(round_)
    told = problems.filter(pl.col("rule_id").is_in(list(rules)))
    for (rule_id, field), cells in told.group_by("rule_id", "field", maintain_order=True):
        rule, column = rules[str(rule_id)], columns(MODELS[table])[str(field)]
        numbers = cells["row"] // SHEET
        if rule.severity == "watch" and cells.height > _told_each(rule, records.height):
            ids = dict.fromkeys(deliveries[number] for number in numbers)
            yield from told_matters([_of_column(rule, column, i) for i in ids], sender, round_)
            continue
        rows = cells.join(records, on="row", how="left", maintain_order="left").with_columns(
            numbers.replace_strict(
                list(range(len(deliveries))), list(deliveries), return_dtype=pl.String
            ).alias("delivery_id"),
            source_row=pl.col("row") % SHEET,
            district_code=pl.lit(sender),
        )
        shown = _shown(rule, rows["text"], table, column, year_be)
        more = explained(rule.id, rows["text"], year_be)
        holes = {name: Cells(texts, HEADING) for name, texts in more.items()}
        # In English the same value; only what stands for a whole column has words of its own.
        holes |= {column.name: shown, "value": shown, "value_en": shown}
        named = _naming(rule, column.th, column.en)
        yield findings.build(named, rows, holes, year_be, [column.name])


def told_matters(matters: Sequence[Matter], sender: str, round_: Round) -> Iterator[pl.DataFrame]:
    """Findings of files, columns and rows that are no records."""
    alike: dict[tuple[str, str], list[Matter]] = {}
    rules = _rules(round_)
    for matter in matters:
        if matter.rule_id in rules:
            alike.setdefault((matter.rule_id, matter.field), []).append(matter)
    for (rule_id, field), every in alike.items():
        rows = pl.DataFrame(
            {
                "district_code": [sender] * len(every),
                "delivery_id": [matter.delivery_id for matter in every],
                "source_row": pl.Series([matter.source_row for matter in every], dtype=pl.Int64),
            }
        ).with_columns(pl.lit(None, dtype).alias(name) for name, dtype in RECORD.items())
        rule = rules[rule_id]
        if field:
            rule = _naming(rule, every[0].th, every[0].en)
        cells = {hole: _cells([getattr(matter, name) for matter in every]) for hole, name in HOLES.items()}
        cells["row"] = Cells(rows["source_row"], HEADING)
        yield findings.build(rule, rows, cells, round_.year_be, [field] if field else [])


def _cells(texts: Sequence[str]) -> Cells:
    return Cells(pl.Series(texts, dtype=pl.String), HEADING)


def _told_each(rule: Rule, records: int) -> float:
    """Up to how many cells of a column are told one by one; more are told once for the column."""
    return 0 if rule.id in OF_COLUMNS else max(words().common_share * records, 1)


def _of_column(rule: Rule, column: Column, delivery_id: str) -> Matter:
    th, en = WHOLE_COLUMN.get(rule.id, ("", ""))
    return Matter(rule.id, delivery_id, None, column.name, column.th, column.en, read_as=th, read_as_en=en)


def _rules(round_: Round) -> dict[str, Rule]:
    """The structural rules of the round by id."""
    return {rule.id: rule for rule in in_force(catalogue.load(), round_) if rule.structural}


def _naming(rule: Rule, th: str, en: str) -> Rule:
    """The rule with the column's label in its sentences."""

    def put(sentence: Sentence) -> Sentence:
        return Sentence(sentence.th.replace("{column}", th), sentence.en.replace("{column}", en))

    return replace(rule, message=put(rule.message), fix=put(rule.fix))


def _shown(rule: Rule, texts: pl.Series, table: Table, column: Column, year_be: int) -> Cells:
    """The texts as sent; of a year written otherwise what was read, of a personal date the year only."""
    if rule.id in (CHRISTIAN_ERA, SHORT_YEAR):
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
