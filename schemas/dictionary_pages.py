"""The data dictionary as two Markdown pages, Thai and English, generated from the models and code lists.

Only layout is here; every word about a column comes from the column. Use `python -m schemas.dictionary`.
"""

import csv
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandera.polars as pa

from schemas import code_lists
from schemas.code_lists import FOLDER, CodeList, Lang
from schemas.dictionary import Column, columns
from schemas.finding import Finding
from schemas.household import Household
from schemas.outcome import Outcome
from schemas.person import Person

FILES: Mapping[Lang, str] = {"th": "DICTIONARY.th.md", "en": "DICTIONARY.md"}

_MODELS: Mapping[type[pa.DataFrameModel], Mapping[Lang, str]] = {
    Household: {"th": "ครัวเรือน", "en": "Household"},
    Person: {"th": "สมาชิกในครัวเรือน", "en": "Person"},
    Outcome: {"th": "ผลการตรวจตามกฎ", "en": "Outcome"},
    Finding: {"th": "ข้อค้นพบ", "en": "Finding"},
}


def page(lang: Lang) -> str:
    """The whole dictionary in one language, as Markdown."""
    words = _words(lang)
    lines = [f"# {words['title']}", "", words["intro"], "", words["status"], ""]
    for model, names in _MODELS.items():
        found = columns(model)
        lines += [f"## {names[lang]} ({len(found)} {words['count']})", ""]
        lines += _table(words["columns"], (_column(column, lang) for column in found.values()))
    lines += [f"## {words['lists']}", ""]
    for name in code_lists.names():
        lines += [f"### {name}", "", *_table(words["codes"], _codes(code_lists.load(name), lang))]
    lines += [f"## {words['sources']}", "", *_sources(lang)]
    return "\n".join(lines) + "\n"


def _column(column: Column, lang: Lang) -> list[str]:
    words = _words(lang)
    required = words["yes"] if column.required else ""
    if column.stand_in:
        required += f" ({words['or']} {column.stand_in})"
    return [
        f"`{column.name}`",
        column.label(lang),
        f"{words.get(column.kind, column.kind)} {column.code_list or ''}".strip(),
        words.get(column.unit or "", column.unit or ""),
        _range(column),
        required,
        words["yes"] if column.personal else "",
        words.get(column.status, column.status),
        column.source,
        column.indicator or "",
    ]


def _range(column: Column) -> str:
    if column.pattern:
        return f"`{column.pattern}`"
    if column.low is None and column.high is None:
        return ""
    return f"{'' if column.low is None else column.low}–{'' if column.high is None else column.high}"


def _codes(known: CodeList, lang: Lang) -> Iterable[list[str]]:
    words = _words(lang)
    for entry in known.entries:
        statuses = [words.get(status, status) for status in (entry.status, entry.code_status)]
        yield [
            f"`{entry.slug}`",
            entry.code,
            known.label(entry.slug, lang),
            ", ".join(entry.groups),
            *statuses,
        ]


def _sources(lang: Lang) -> list[str]:
    with (FOLDER / "sources.csv").open(encoding="utf-8", newline="") as lines:
        return [f"* {row['id']}: {row['title_' + lang]}" for row in csv.DictReader(lines)]


def _table(head: Sequence[str], rows: Iterable[list[str]]) -> list[str]:
    cells = (
        " | ".join(cell.replace("|", "\\|") for cell in row) for row in (head, ["---"] * len(head), *rows)
    )
    return [*(f"| {row} |" for row in cells), ""]


@cache
def _words(lang: Lang) -> Mapping[str, Any]:
    source = Path(__file__).parent / "dictionary_words.toml"
    words: Mapping[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))[lang]
    return words
