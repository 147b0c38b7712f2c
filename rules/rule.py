"""A rule as data: what one YAML file of the catalogue says.

Loading files is in catalogue/__init__.py, typing the texts in compiled.py. Deliberately not here: any data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Level = Literal["person", "household", "delivery"]
Severity = Literal["must_fix", "must_explain", "watch"]
Status = Literal["active", "trial"]
Lang = Literal["th", "en"]
Example = Mapping[str, Any]


@dataclass(frozen=True)
class Sentence:
    """A template in Thai and English; its ``{holes}`` are filled per finding. Also ``sentence["th"]``."""

    th: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return {"th": self.th, "en": self.en}[lang]


@dataclass(frozen=True)
class Rule:
    """One rule.

    ``applies`` (None: everyone) and ``must`` are texts of the rule language; both are None when
    ``structural``: such a rule is found by Python code and only its texts live in the catalogue. ``fields``
    are the cells the rule reads in the order it names them: bare for the record's own, ``hh.x`` for a
    person's household, ``members.x`` in a question about members; none of last year, which nobody is to
    correct. ``path`` is relative to the catalogue.

    ``since`` is the survey year (B.E.) from which the rule is in force: rounds before it do not run it. A
    ``trial`` rule runs, but is told of apart and never counts in a verdict. Its hash leaves out the examples,
    which are mappings.
    """

    id: str
    name: str
    level: Level
    severity: Severity
    message: Sentence
    fix: Sentence
    why: Sentence
    basis: str
    title: Sentence
    applies: str | None = None
    must: str | None = None
    good: tuple[Example, ...] = field(default=(), hash=False)
    bad: tuple[Example, ...] = field(default=(), hash=False)
    unknown: tuple[Example, ...] = field(default=(), hash=False)
    status: Status = "active"
    structural: bool = False
    fields: tuple[str, ...] = ()
    path: Path = Path()
    since: int = 0
