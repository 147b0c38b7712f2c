"""Groups of fields for a short table: the part of the form a column was declared in, with its name.

The parts are the modules of `schemas` (household_money, …); their Thai and English names are in words.toml.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from inspect import get_annotations
from typing import Any

from schemas.code_lists import Lang
from schemas.layouts import MODELS, Table


@cache
def _groups() -> Mapping[tuple[Table, str], str]:
    found: dict[tuple[Table, str], str] = {}
    for table, model in MODELS.items():
        for part in model.__mro__:
            for name in get_annotations(part):
                module = part.__module__.rsplit(".")[-1]
                found.setdefault((table, name), module.removeprefix("household_"))
    return found


def group_of(table: Table, field: str) -> str:
    """The part of the form: place, health, living, education, money, values, results, vaccines, person."""
    return _groups().get((table, field), "person" if table == "person" else "place")


@cache
def words() -> Mapping[str, Any]:
    """The words of this package's tables and sentences, per language."""
    return tomllib.loads((files("rules") / "coverage" / "words.toml").read_text(encoding="utf-8"))


def group_name(group: str, lang: Lang) -> str:
    """A part's name for people. KeyError for a part without one: a test asks for all."""
    return str(words()["groups"][group][lang])
