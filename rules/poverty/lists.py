"""The three lists of the meeting and their sizes: below the income line, fails an indicator, poor.

They answer three questions, overlap, and are never added up: every size stands in a row that names its list,
and every list can say its definition, unit and denominator (lists.toml). Deliberately not here: who is on a
list (rules/below_line.py, rules/indicators, poor.py).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn, cast, get_args

from rules.poverty.refusal import PovertyError
from rules.rule import Sentence
from schemas.code_lists import Lang, Status

if TYPE_CHECKING:
    from rules.poverty.dimensions import Dimensions
    from schemas.rounds import Round

FILE = Path(__file__).with_suffix(".toml")
ListName = Literal["below_line", "fails_indicator", "poor"]
Unit = Literal["household", "person"]
LISTS: tuple[ListName, ...] = get_args(ListName)
UNITS: tuple[Unit, ...] = get_args(Unit)
HOLES: Mapping[ListName, frozenset[str]] = {
    "below_line": frozenset({"line"}),
    "fails_indicator": frozenset({"number", "name"}),
    "poor": frozenset({"k", "dimensions"}),
}
PARTS = ("name", "definition", "unit", "denominator")


@dataclass(frozen=True)
class Told:
    """A list as a reader meets it, every hole filled: what must stand wherever one of its numbers stands."""

    name: str
    definition: str
    unit: str
    denominator: str


@dataclass(frozen=True)
class ListTexts:
    """The texts of one list. ``definition_at_line`` is for rounds where income of exactly the line fails."""

    name: Sentence
    definition: Sentence
    definition_at_line: Sentence | None
    units: Mapping[Unit, Sentence]
    denominator: Sentence
    status: Status
    source: str

    def sentences(self) -> tuple[Sentence, ...]:
        """Every text of the list."""
        at_line = (self.definition_at_line,) if self.definition_at_line else ()
        return (self.name, self.definition, *at_line, *self.units.values(), self.denominator)


def below_line(round_: Round, unit: Unit, lang: Lang) -> Told:
    """The list of households below the round's income line."""
    texts = load()["below_line"]
    at_line = texts.definition_at_line if round_.income_passes_at == ">" else None
    return _told(texts, at_line or texts.definition, unit, lang, {"line": f"{round_.income_line_baht:,}"})


def fails_indicator(number: int | None, name: Sentence, unit: Unit, lang: Lang) -> Told:
    """The list of households that fail one indicator; its number is "–" where no official one is known."""
    texts = load()["fails_indicator"]
    values = {"number": "–" if number is None else str(number), "name": name[lang]}
    return _told(texts, texts.definition, unit, lang, values)


def poor(set_: Dimensions, unit: Unit, lang: Lang, k: int | None = None) -> Told:
    """The list of the multidimensionally poor by ``k`` (default: the set's)."""
    texts = load()["poor"]
    values = {"k": str(set_.k if k is None else k), "dimensions": str(len(set_.weights))}
    return _told(texts, texts.definition, unit, lang, values)


@cache
def load() -> Mapping[ListName, ListTexts]:
    """The texts of the three lists. Raises PovertyError."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> Mapping[ListName, ListTexts]:
    """The lists from the text of such a file. Raises PovertyError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PovertyError(FILE.name, f"อ่าน TOML ไม่ได้: {error}", f"this is not TOML: {error}") from error
    if set(data) != set(LISTS):
        names = ", ".join(LISTS)
        _refuse(f"ต้องมีบัญชีสามบัญชี คือ {names}", f"there are three lists: {names}")
    return {name: _list(name, data[name]) for name in LISTS}


def faults(path: Path | None = None) -> list[str]:
    """What is wrong with the file, for `jpt rules check`; empty when it can be used."""
    try:
        parse((path or FILE).read_text(encoding="utf-8"))
    except PovertyError as error:
        return [str(error)]
    return []


def _list(name: ListName, entry: Mapping[str, Any]) -> ListTexts:
    known = {*PARTS, "definition_at_line", "status", "source"}
    if unknown := sorted(set(entry) - known):
        _refuse(f"{name} ไม่รู้จักคีย์ {', '.join(unknown)}", f"{name}: unknown key {', '.join(unknown)}")
    if entry.get("status") not in get_args(Status) or not entry.get("source"):
        _refuse(f"{name} ต้องมี status และ source", f"{name} needs a status and a source")
    units = entry.get("unit")
    if not isinstance(units, dict) or set(units) != set(UNITS):
        _refuse(f"{name}.unit ต้องมี household และ person", f"{name}.unit needs household and person")
    at_line = entry.get("definition_at_line")
    return ListTexts(
        name=_sentence(name, "name", entry.get("name")),
        definition=_sentence(name, "definition", entry.get("definition")),
        definition_at_line=_sentence(name, "definition_at_line", at_line) if at_line else None,
        units={unit: _sentence(name, f"unit.{unit}", units[unit]) for unit in UNITS},
        denominator=_sentence(name, "denominator", entry.get("denominator")),
        status=cast(Status, entry["status"]),
        source=entry["source"],
    )


def _sentence(name: ListName, part: str, texts: Any) -> Sentence:
    where = f"{name}.{part}"
    if not isinstance(texts, dict) or set(texts) != {"th", "en"} or not all(texts.values()):
        _refuse(f"{where} ต้องมีทั้ง th และ en", f"{where} needs both th and en")
    found = {lang: set(re.findall(r"\{([^{}]*)\}", text)) for lang, text in texts.items()}
    if found["th"] != found["en"]:
        _refuse(f"{where} ต้องมีช่องเติมเหมือนกันทั้งสองภาษา", f"{where} needs the same holes in both languages")
    if unknown := sorted(found["th"] - HOLES[name]):
        holes = ", ".join(sorted(HOLES[name]))
        _refuse(
            f"{where} เติม {', '.join(unknown)} ไม่ได้ มีแต่ {holes}",
            f"{where} cannot fill {', '.join(unknown)}; there are {holes}",
        )
    return Sentence(texts["th"], texts["en"])


def _told(texts: ListTexts, definition: Sentence, unit: Unit, lang: Lang, values: Mapping[str, str]) -> Told:
    parts = (texts.name, definition, texts.units[unit], texts.denominator)
    return Told(*(part[lang].format(**values) for part in parts))


def _refuse(th: str, en: str) -> NoReturn:
    raise PovertyError(FILE.name, th, en)
