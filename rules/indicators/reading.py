"""An indicator as data: one YAML file, read, refused when misspelt, and typed in the rule language.

Deliberately not here: which indicators a round uses and under what number (schemas/rounds), and judging.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml

from rules.compiled import known_params
from rules.language import Expr, Params, RuleError, parse
from rules.rule import Sentence
from schemas.code_lists import Status

Unit = Literal["person", "household"]
REQUIRED = ("slug", "name", "unit", "applies", "basis", "status")
OPTIONAL = ("passes", "persons", "failing", "judged_by", "note")
# The one judgement that is Python: what the language cannot say of income, see rules/below_line.py.
JUDGES = ("below_line",)
CHOICES: Mapping[str, tuple[str, ...]] = {
    "unit": get_args(Unit),
    "status": get_args(Status),
    "judged_by": JUDGES,
}


class IndicatorError(Exception):
    """An indicator file that cannot be used: its ``path`` and what to do in ``th`` and ``en``."""

    def __init__(self, path: Path, th: str, en: str) -> None:
        self.path, self.th, self.en = path, th, en
        super().__init__(f"indicators/{path.as_posix()}\n{th}\n{en}")


@dataclass(frozen=True)
class Indicator:
    """One indicator, judged per household.

    ``applies``: is anybody of this household counted; ``passes``: does it pass, None when ``judged_by`` names
    Python code. For a person indicator ``persons`` says how many people are counted and ``failing`` holds the
    parts whose sum is how many of them fail: an empty part is 0, as the form skips it. Texts of the rule
    language at household level.
    """

    slug: str
    name: Sentence
    unit: Unit
    applies: str
    passes: str | None
    persons: str | None
    failing: tuple[str, ...]
    judged_by: str | None
    basis: str
    status: Status
    note: str = ""

    def expressions(self, params: Params) -> dict[str, Expr]:
        """Every text of the indicator by its name in the file, typed for a round. Raises RuleError."""
        texts = {"applies": self.applies, "passes": self.passes, "persons": self.persons}
        texts |= {f"failing {number}": part for number, part in enumerate(self.failing)}
        return {key: parse(text, "household", None, params) for key, text in texts.items() if text}


def read(path: Path) -> Indicator:
    """The indicator in the file at ``path``. Raises IndicatorError."""
    shown = Path(path.name)
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise IndicatorError(shown, "อ่าน YAML ไม่ได้", "this is not YAML") from error
    th, en = _objection(data, path.stem)
    if en:
        raise IndicatorError(shown, th, en)
    indicator = _indicator(data)
    try:
        indicator.expressions(known_params())
    except RuleError as error:
        raise IndicatorError(shown, f"{error.pointed()}\n{error.th}", error.en) from None
    return indicator


def _objection(data: Any, stem: str) -> tuple[str, str]:
    """What is wrong with the keys of the file, or two empty texts."""
    if not isinstance(data, dict):
        return "ไฟล์ตัวชี้วัดต้องเป็นรายการ คีย์: ค่า", "an indicator file is a list of key: value"
    for key in data:
        if key not in REQUIRED + OPTIONAL:
            return f"ไม่รู้จักคีย์ {key}", f"unknown key {key}"
    for key in REQUIRED:
        if not data.get(key):
            return f"ต้องมี {key}", f"{key} is needed"
    for key, choices in CHOICES.items():
        if key in data and data[key] not in choices:
            return f"{key} ต้องเป็น {' | '.join(choices)}", f"{key} must be {' | '.join(choices)}"
    return _misfit(data, stem)


def _misfit(data: Mapping[str, Any], stem: str) -> tuple[str, str]:
    if data["slug"] != stem:
        return f"ชื่อไฟล์ต้องเป็น {data['slug']}.yaml", f"the file must be called {data['slug']}.yaml"
    if not isinstance(data["name"], dict) or set(data["name"]) != {"th", "en"}:
        return "name ต้องมีทั้ง th และ en", "name needs both th and en"
    if ("passes" in data) == ("judged_by" in data):
        return "ต้องมี passes หรือ judged_by อย่างใดอย่างหนึ่ง", "give either passes or judged_by"
    if (data["unit"] == "person") != ("persons" in data and "failing" in data):
        return "persons และ failing ใช้กับหน่วย person เท่านั้น", "persons and failing belong to unit person, both"
    return "", ""


def _indicator(data: Mapping[str, Any]) -> Indicator:
    failing = data.get("failing", [])
    return Indicator(
        slug=data["slug"],
        name=Sentence(data["name"]["th"], data["name"]["en"]),
        unit=cast(Unit, data["unit"]),
        applies=data["applies"],
        passes=data.get("passes"),
        persons=data.get("persons"),
        failing=(failing,) if isinstance(failing, str) else tuple(failing),
        judged_by=data.get("judged_by"),
        basis=data["basis"],
        status=cast(Status, data["status"]),
        note=data.get("note", "").strip(),
    )
