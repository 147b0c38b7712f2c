"""What a tambon profile is made of, from profile.toml: fields, items, each item's answers, what is small.

Deliberately not here: counting and suppressing (profile.py, suppression.py).
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import polars as pl

from reports.partners.suppression import Rules
from rules import indicators
from rules.rule import Sentence
from schemas import code_lists
from schemas.code_lists import Status, as_status
from schemas.dictionary import Column, columns
from schemas.household import Household
from schemas.person import Person

FILE = Path(__file__).with_name("profile.toml")
Unit = Literal["household", "person"]
MODELS = {"household": Household, "person": Person}
INDICATOR = ("pass", "fail", "not_applicable", "not_told")
# Where an item is about the same people as another, this is the answer both would share.
SHARED = "not_applicable"
LISTS = ("below_line", "findings")


@dataclass(frozen=True)
class Item:
    """One table of the profile. ``name``: the column of the counted frame; ``answers``: category and label;
    ``kind`` says how the column's values become categories.
    """

    name: str
    field: str
    unit: Unit
    text: Sentence
    kind: Literal["indicator", "list", "yes_no", "some_none", "code"]
    answers: tuple[tuple[str, str], ...]

    @property
    def category(self) -> pl.Expr:
        """The category of a row of the counted frame, never null."""
        value = pl.col(self.name)
        if self.kind == "yes_no":
            told = pl.when(value).then(pl.lit("yes")).when(~value).then(pl.lit("no"))
        elif self.kind == "some_none":
            told = pl.when(value > 0).then(pl.lit("some")).when(value <= 0).then(pl.lit("none"))
        else:
            names = [name for name, _ in self.answers]
            told = pl.when(value.cast(pl.String).is_in(names)).then(value.cast(pl.String))
        return told.otherwise(pl.lit(self.answers[-1][0])).alias("category")


@dataclass(frozen=True)
class Profile:
    """The whole file. ``least_base``: households and people an area must have for rows of its own."""

    status: Status
    rules: Rules
    least_base: int
    items: tuple[Item, ...]
    all_text: str

    def columns(self, unit: Unit) -> list[str]:
        """The columns of the data dictionary that items of this unit read."""
        kinds = {"yes_no", "some_none", "code"}
        return [item.name for item in self.items if item.unit == unit and item.kind in kinds]


@cache
def load() -> Profile:
    """The profile as it is. Raises ValueError for what is misspelt."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> Profile:
    """The profile from the text of such a file. Raises ValueError, naming the place."""
    data = tomllib.loads(text)
    words, small = data["categories"], data["suppression"]
    if small["threshold"] < 2 or small["small_from"] not in {0, 1}:
        raise ValueError("suppression: threshold is 2 or more, small_from 0 or 1")
    items = tuple(
        _item(field, told, words, data["lists"])
        for field, entry in data["fields"].items()
        for told in entry["items"]
    )
    names = [item.name for item in items]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"two tables of one thing give each other's cells back: {', '.join(twice)}")
    rules = Rules(small["threshold"], small["small_from"])
    least = rules.least_base(max(len(item.answers) for item in items))
    if small["least_base"] < least:
        raise ValueError(f"suppression: least_base is at least {least} with that threshold and these answers")
    return Profile(as_status(data["status"]), rules, small["least_base"], items, words["all"]["th"])


def in_use(items: Iterable[Item], slugs: Sequence[str]) -> tuple[Item, ...]:
    """The items without indicators the round does not use."""
    return tuple(item for item in items if item.kind != "indicator" or item.name in slugs)


def _item(field: str, told: Mapping[str, str], words: Mapping[str, Any], lists: Mapping[str, Any]) -> Item:
    if name := told.get("indicator"):
        known = {each.slug: each for each in indicators.load()}
        if name not in known:
            raise ValueError(f"fields.{field}: there is no indicator {name}")
        return Item(name, field, "household", known[name].name, "indicator", _labels(INDICATOR, words))
    if name := told.get("list"):
        if name not in LISTS:
            raise ValueError(f"fields.{field}: there is no list {name}")
        text = Sentence(lists[name]["th"], lists[name]["en"])
        return Item(name, field, "household", text, "list", _labels(lists[name]["categories"], words))
    return _of_column(field, told, words)


def _of_column(field: str, told: Mapping[str, str], words: Mapping[str, Any]) -> Item:
    name, unit = told.get("column", ""), told.get("table", "")
    if unit not in MODELS or name not in columns(MODELS[unit]):
        raise ValueError(f"fields.{field}: there is no column {name} of a {unit or 'table'}")
    column = columns(MODELS[unit])[name]
    if column.personal:
        raise ValueError(f"fields.{field}: {name} is personal data")
    kind, answers = _answers(field, column, words)
    text = Sentence(column.th, column.en)
    return Item(name, field, unit, text, kind, answers)  # type: ignore[arg-type]


def _answers(field: str, column: Column, words: Mapping[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
    not_told = _labels(("not_told",), words)
    if column.kind == "bool":
        return "yes_no", _labels(("yes", "no"), words) + not_told
    if column.unit == "persons":
        return "some_none", _labels(("some", "none"), words) + not_told
    if column.code_list:
        known = code_lists.load(column.code_list)
        return "code", tuple((slug, known.label(slug, "th")) for slug in known.slugs) + not_told
    raise ValueError(f"fields.{field}: {column.name} has no answers to count")


def _labels(names: Iterable[str], words: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words[name]["th"]) for name in names)
