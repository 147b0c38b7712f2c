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
from rules.language import Expr, Params, RuleError, parse, parse_condition
from rules.rule import Sentence
from schemas.code_lists import Status

Unit = Literal["person", "household"]
REQUIRED = ("slug", "name", "unit", "applies", "basis", "status")
OPTIONAL = (
    "passes", "persons", "who", "perhaps", "tolerated", "failing", "consistent", "judged_by", "note"
)  # fmt: skip
OF_PERSONS = ("who", "perhaps", "tolerated")
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
    """One indicator, judged per household. Texts of the rule language at household level, but for OF_PERSONS.

    ``applies``: is anybody of this household counted, by what it states; ``passes``: does it pass, None when
    ``judged_by`` names Python code. ``consistent``: what its answers must not contradict beyond their counts.

    For a person indicator ``persons`` is the number of people the household states, None when the form does
    not ask it, and ``failing`` holds the parts whose sum is how many of them fail: an empty part is 0, as the
    form skips it. Who is counted is said of a member: ``who`` surely is; ``perhaps`` others whom the roster
    does not tell, so that the household's own number decides; ``tolerated`` those who are not counted though
    forms are known to come with them, so that their number contradicts nothing. None where the roster knows
    nothing of the group.
    """

    slug: str
    name: Sentence
    unit: Unit
    applies: str
    passes: str | None
    persons: str | None
    who: str | None
    perhaps: str | None
    tolerated: str | None
    failing: tuple[str, ...]
    consistent: str | None
    judged_by: str | None
    basis: str
    status: Status
    note: str = ""

    def expressions(self, params: Params) -> dict[str, Expr]:
        """Every text of the indicator by its name in the file, typed for a round. Raises RuleError.

        Of OF_PERSONS: ``low`` members surely counted, ``high`` with those perhaps counted, ``most`` with the
        tolerated ones, numbers; and whether there are any, ``any low`` and ``any high``. A wider group that
        the file does not name is left out: it is the narrower one.
        """
        texts = {"applies": self.applies, "passes": self.passes, "persons": self.persons}
        texts |= {f"failing {number}": part for number, part in enumerate(self.failing)}
        typed = {key: parse(text, "household", None, params) for key, text in texts.items() if text}
        if self.consistent:
            typed["consistent"] = parse_condition(self.consistent, "household", None, params)
        if self.who:
            typed |= self._of_roster(params)
        return typed

    def _of_roster(self, params: Params) -> dict[str, Expr]:
        groups = {"low": [self.who]}
        if self.perhaps:
            groups["high"] = [self.who, self.perhaps]
        if self.tolerated:
            groups["most"] = [self.who, self.perhaps, self.tolerated]
        typed = {}
        for name, conditions in groups.items():
            given = [text for text in conditions if text]
            # Alone, a misspelt condition is pointed at as it stands in the file.
            parse_condition(given[-1], "person", None, params)
            anyone = " or ".join(f"({text})" for text in given)
            typed[name] = parse(f"count(members where {anyone})", "household", None, params)
            if name != "most":
                typed[f"any {name}"] = parse(f"any(members where {anyone})", "household", None, params)
        return typed


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
    counts = "failing" in data and ("persons" in data or "who" in data)
    if (data["unit"] == "person") != counts or (data["unit"] == "household" and {*OF_PERSONS} & {*data}):
        return (
            "หน่วย person ต้องมี failing กับ persons หรือ who ส่วนหน่วย household ต้องไม่มี",
            "unit person needs failing and either persons or who; unit household has none of them",
        )
    if "who" not in data and {"perhaps", "tolerated"} & {*data}:
        return "perhaps และ tolerated ต้องใช้คู่กับ who", "perhaps and tolerated go with who"
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
        who=data.get("who"),
        perhaps=data.get("perhaps"),
        tolerated=data.get("tolerated"),
        failing=(failing,) if isinstance(failing, str) else tuple(failing),
        consistent=data.get("consistent"),
        judged_by=data.get("judged_by"),
        basis=data["basis"],
        status=cast(Status, data["status"]),
        note=data.get("note", "").strip(),
    )
