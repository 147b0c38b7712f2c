"""Factories of Pandera fields: what is said once about a column, in the class where the column is declared.

A field carries its Thai and English label, kind, unit, source and status as metadata, so the model classes
are the data dictionary (`schemas.dictionary`). Only single-column structure is checked here; what must hold
between columns lives in the rule catalogue. Every check names the structural rule (ST…) that reports it.
A source such as "S4 22.1(1)" is a public document and its item, as numbered in the data dictionary.
"""

from typing import Any, Literal, TypedDict, Unpack

import pandera.polars as pa

from schemas import code_lists
from schemas.code_lists import Status

Kind = Literal["number", "text", "date", "bool", "code"]

# Texts of these rules: rules/catalogue/structure.
NUMBER_OUT_OF_RANGE = "ST006"
REQUIRED_CELL_EMPTY = "ST016"
TEXT_OF_WRONG_SHAPE = "ST017"


class Options(TypedDict, total=False):
    """What most fields leave at its default.

    `stand_in` names the column that satisfies `required` in place of this one; `indicator` is the slug of the
    indicator the item belongs to; `key` forbids null.
    """

    unit: str
    required: bool
    personal: bool
    status: Status
    indicator: str
    stand_in: str
    key: bool


def number(
    th: str, en: str, source: str, *, low: int | None = None, high: int | None = None, **more: Unpack[Options]
) -> Any:
    """A whole number (Int64) between `low` and `high`, both included."""
    return _field("number", th, en, source, more, low=low, high=high)


def count(th: str, en: str, source: str, **more: Unpack[Options]) -> Any:
    """A number of people, never below zero."""
    return number(th, en, source, low=0, **_with_unit("persons", more))


def baht(th: str, en: str, source: str, **more: Unpack[Options]) -> Any:
    """An amount in whole baht over the past year unless the label says otherwise, never below zero."""
    return number(th, en, source, low=0, **_with_unit("baht", more))


def decimal(th: str, en: str, source: str, *, low: float, high: float, **more: Unpack[Options]) -> Any:
    """A measured value (Float64); only map positions are, money and counts are whole numbers."""
    return _field("number", th, en, source, more, low=low, high=high)


def yes_no(th: str, en: str, source: str, **more: Unpack[Options]) -> Any:
    """A yes/no answer; null is "not answered", never "no"."""
    return _field("bool", th, en, source, more)


def text(th: str, en: str, source: str, *, pattern: str | None = None, **more: Unpack[Options]) -> Any:
    """Free text, or text that `pattern` matches from end to end. Ids are text: numbers lose leading zeros."""
    return _field("text", th, en, source, more, pattern=pattern)


def digits(th: str, en: str, source: str, *, length: int, **more: Unpack[Options]) -> Any:
    """An id of exactly `length` Arabic digits, as text."""
    # [0-9], because the digit class of Polars takes Thai digits too.
    return text(th, en, source, pattern=f"[0-9]{{{length}}}", **more)


def day(th: str, en: str, source: str, **more: Unpack[Options]) -> Any:
    """A calendar date, C.E. inside; Buddhist era only on paper."""
    return _field("date", th, en, source, more)


def code(list_name: str, th: str, en: str, source: str, **more: Unpack[Options]) -> Any:
    """An answer of the code list `list_name`, as an Enum of its slugs in level order."""
    return _field("code", th, en, source, more, code_list=list_name)


def _with_unit(unit: str, more: Options) -> Options:
    options = more.copy()
    options.setdefault("unit", unit)
    return options


def _field(kind: Kind, th: str, en: str, source: str, more: Options, **limits: Any) -> Any:
    metadata = {
        "th": th,
        "en": en,
        "kind": kind,
        "unit": more.get("unit"),
        "personal": more.get("personal", False),
        "required": more.get("required", False),
        "stand_in": more.get("stand_in"),
        "status": more.get("status", "confirmed"),
        "source": source,
        "indicator": more.get("indicator"),
        **{name: limits.get(name) for name in ("code_list", "low", "high", "pattern")},
    }
    return pa.Field(nullable=not more.get("key", False), metadata=metadata, **_pandera(**limits))


def _pandera(
    low: float | None = None,
    high: float | None = None,
    pattern: str | None = None,
    code_list: str | None = None,
) -> dict[str, Any]:
    """The arguments of `pa.Field` that make Pandera hold a column to its limits."""
    arguments: dict[str, Any] = {}
    if low is not None:
        arguments["ge"] = {"min_value": low, "error": NUMBER_OUT_OF_RANGE}
    if high is not None:
        arguments["le"] = {"max_value": high, "error": NUMBER_OUT_OF_RANGE}
    if pattern is not None:
        arguments["str_matches"] = {"pattern": f"^{pattern}$", "error": TEXT_OF_WRONG_SHAPE}
    if code_list is not None:
        arguments["dtype_kwargs"] = {"categories": list(code_lists.load(code_list).slugs)}
    return arguments
