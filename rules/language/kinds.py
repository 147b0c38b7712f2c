"""The types of the rule language: five kinds of value, and the code list behind a code.

Deliberately not here: how a type looks in Polars or JavaScript; each target decides that for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a value is; the same five words as the data dictionary."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    BOOL = "bool"
    CODE = "code"


@dataclass(frozen=True)
class Codes:
    """A code list as rules see it: slugs in file order, named groups, and whether the order means levels."""

    name: str
    slugs: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    is_ordered: bool = False


@dataclass(frozen=True)
class Type:
    """The type of an expression. ``codes`` is set for codes; ``is_whole`` is false for coordinates."""

    kind: Kind
    codes: Codes | None = None
    is_whole: bool = True

    @property
    def th(self) -> str:
        """The type's name for a Thai sentence."""
        names = {"number": "ตัวเลข", "text": "ข้อความ", "date": "วันที่", "bool": "ใช่/ไม่ใช่", "code": "รหัส"}
        return names[self.kind] + (f" {self.codes.name}" if self.codes else "")

    @property
    def en(self) -> str:
        """The type's name for an English sentence."""
        return ("yes/no" if self.kind is Kind.BOOL else str(self.kind)) + (
            f" of {self.codes.name}" if self.codes else ""
        )


NUMBER = Type(Kind.NUMBER)
DECIMAL = Type(Kind.NUMBER, is_whole=False)
TEXT = Type(Kind.TEXT)
DATE = Type(Kind.DATE)
BOOL = Type(Kind.BOOL)
