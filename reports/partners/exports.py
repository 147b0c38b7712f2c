"""What an export is: its columns with kind, unit, both descriptions and how sure they are, read from data.

A frame is held against its export before it is written, so no column leaves the house undescribed.
Deliberately not here: writing files (writing.py) and pages (pages.py).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl

from rules.rule import Sentence
from schemas.code_lists import Lang, Status, as_status

FILE = Path(__file__).with_name("exports.toml")
NAMES = ("targets", "profile", "help_plan")
Kind = Literal["id", "text", "choice", "number", "ordinal", "flag"]
DTYPES: Mapping[Kind, pl.DataType] = {
    "id": pl.String(),
    "text": pl.String(),
    "choice": pl.String(),
    "number": pl.Int64(),
    "ordinal": pl.Int64(),
    "flag": pl.Int64(),
}


@dataclass(frozen=True)
class Column:
    """A column. ``id`` is text even where it is digits; ``flag`` is 1, 0 or empty; ``values`` of a choice."""

    name: str
    kind: Kind
    unit: Sentence | None
    text: Sentence
    status: Status
    source: str
    is_personal: bool
    values: tuple[str, ...]


@dataclass(frozen=True)
class Export:
    """One export. ``row``: what a row is; ``sort``: the columns that order its rows; ``notes``: what must be
    known to read it.
    """

    name: str
    title: Sentence
    row: Sentence
    sort: tuple[str, ...]
    notes: tuple[Sentence, ...]
    columns: tuple[Column, ...]

    def fitted(self, frame: pl.DataFrame) -> pl.DataFrame:
        """``frame`` in the columns and order of the export. Raises ValueError for other columns."""
        names = [column.name for column in self.columns]
        if sorted(frame.columns) != sorted(names):
            odd = sorted(set(frame.columns) ^ set(names))
            raise ValueError(
                f"the export {self.name} is made of {len(names)} columns; not so: {', '.join(odd)}"
            )
        typed = frame.select(pl.col(column.name).cast(DTYPES[column.kind]) for column in self.columns)
        return typed.sort(self.sort, nulls_last=False, maintain_order=True)


@dataclass(frozen=True)
class About:
    """Of which night an export is. ``rules_sha256``: of all that decides an outcome; ``districts``: codes of
    those in it, ``missing`` of those the province has beside them.
    """

    round_year_be: int
    night: date
    run_id: str
    rules_sha256: str
    districts: tuple[str, ...]
    missing: tuple[str, ...] = ()


def as_json(export: Export, about: About) -> dict[str, Any]:
    """The schema that lies beside an export, as plain data."""
    return {
        "export": export.name,
        "title": texts(export.title),
        "row": texts(export.row),
        "round_year_be": about.round_year_be,
        "night": about.night.isoformat(),
        "run_id": about.run_id,
        "rules_sha256": about.rules_sha256,
        "districts": list(about.districts),
        "districts_missing": list(about.missing),
        "sorted_by": list(export.sort),
        "notes": [texts(note) for note in export.notes],
        "columns": [_column(column) for column in export.columns],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": "integer" if DTYPES[column.kind] == pl.Int64 else "string",
        "kind": column.kind,
        "unit": texts(column.unit) if column.unit else None,
        "values": list(column.values),
        "description": texts(column.text),
        "status": column.status,
        "source": column.source,
        "personal": column.is_personal,
    }


def texts(sentence: Sentence) -> dict[Lang, str]:
    """Both languages of a sentence by their names."""
    return {"th": sentence.th, "en": sentence.en}


@cache
def load() -> Mapping[str, Export]:
    """Every export by name."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> Mapping[str, Export]:
    """The exports from the text of such a file. Raises ValueError, naming the place, for what is misspelt."""
    data = tomllib.loads(text)
    units = {name: _sentence(f"units.{name}", entry) for name, entry in data.pop("units").items()}
    if sorted(data) != sorted(NAMES):
        raise ValueError(f"there are {len(NAMES)} exports: {', '.join(NAMES)}")
    return {name: _export(name, data[name], units) for name in NAMES}


def _export(name: str, entry: Mapping[str, Any], units: Mapping[str, Sentence]) -> Export:
    columns = tuple(_read(f"{name}.{key}", key, told, units) for key, told in entry["columns"].items())
    if unknown := set(entry["sort"]) - {column.name for column in columns}:
        raise ValueError(f"{name} is sorted by what it has not: {', '.join(sorted(unknown))}")
    return Export(
        name=name,
        title=_sentence(f"{name}.title", entry["title"]),
        row=_sentence(f"{name}.row", entry["row"]),
        sort=tuple(entry["sort"]),
        notes=tuple(_sentence(f"{name}.notes", note) for note in entry["notes"]),
        columns=columns,
    )


def _read(where: str, name: str, told: Mapping[str, Any], units: Mapping[str, Sentence]) -> Column:
    known = {"kind", "unit", "th", "en", "status", "source", "personal", "values"}
    if set(told) - known or told.get("kind") not in get_args(Kind) or not told.get("source"):
        raise ValueError(f"{where}: needs kind, th, en, status, source; may have unit, personal, values")
    if "unit" in told and told["unit"] not in units:
        raise ValueError(f"{where}: there is no unit {told['unit']}")
    return Column(
        name=name,
        kind=told["kind"],
        unit=units[told["unit"]] if "unit" in told else None,
        text=_sentence(where, {"th": told["th"], "en": told["en"]}),
        status=as_status(told["status"]),
        source=told["source"],
        is_personal=told.get("personal", False),
        values=tuple(told.get("values", ())),
    )


def _sentence(where: str, told: Mapping[str, str]) -> Sentence:
    if set(told) != {"th", "en"} or not all(told.values()):
        raise ValueError(f"{where} needs both th and en")
    return Sentence(told["th"], told["en"])
