"""dimensions.toml read: a set per generation of the questionnaire, refused in words when misspelt.

Deliberately not here: what a set is (dimensions.py).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast, get_args

from rules.poverty.dimensions import FILE, Dimensions, Member
from rules.poverty.refusal import PovertyError
from schemas import code_lists, rounds
from schemas.code_lists import Status

if TYPE_CHECKING:
    from schemas.rounds import Round

FOLDER = Path(__file__).parent
KEYS = ("forms", "k", "k_status", "k_source", "weights", "weights_status", "weights_source", "dimensions")


def load() -> tuple[Dimensions, ...]:
    """Every set of dimensions.toml. Raises PovertyError."""
    return _load(FOLDER / FILE)


@cache
def _load(path: Path) -> tuple[Dimensions, ...]:
    return parse(path.read_text(encoding="utf-8"))


def of_round(round_: Round, sets: Iterable[Dimensions] | None = None) -> Dimensions:
    """The set of the round's form, with the indicators the round uses. Raises PovertyError without one."""
    for one in load() if sets is None else sets:
        if round_.form in one.forms:
            return one.in_force(round_.enabled_indicators)
    th = f"ไม่มีมิติความยากจนของแบบสอบถามรุ่น {round_.form} ให้เพิ่ม [[set]] ใหม่"
    raise PovertyError(FILE, th, f"there are no dimensions of the form {round_.form}; add a [[set]]")


def parse(text: str) -> tuple[Dimensions, ...]:
    """The sets from the text of such a file. Raises PovertyError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PovertyError(FILE, f"อ่าน TOML ไม่ได้: {error}", f"this is not TOML: {error}") from error
    if set(data) != {"set"}:
        _refuse("ต้องมีแต่ [[set]] อย่างน้อยหนึ่งชุด", "the file consists of [[set]], at least one")
    found = tuple(_dimensions(entry) for entry in data["set"])
    forms = [form for one in found for form in one.forms]
    for form in forms:
        if forms.count(form) > 1:
            _refuse(f"แบบสอบถามรุ่น {form} อยู่ในสองชุด", f"the form {form} is in two sets")
    return found


def faults(path: Path | None = None) -> list[str]:
    """What is wrong with the file, for `jpt rules check`; empty when it can be used with every round."""
    try:
        sets = parse((path or FOLDER / FILE).read_text(encoding="utf-8"))
    except PovertyError as error:
        return [str(error)]
    return [str(error) for error in _unusable(sets)]


def _unusable(sets: Iterable[Dimensions]) -> Iterator[PovertyError]:
    """Rounds without a set, and slugs that a round of the set's form has never heard of."""
    sets = tuple(sets)
    for year in rounds.years():
        round_ = rounds.load(year)
        try:
            of_round(round_, sets)
        except PovertyError as error:
            yield PovertyError(error.file, f"รอบ {year}: {error.th}", f"round {year}: {error.en}")
        for slug in (slug for one in sets if round_.form in one.forms for slug in one.slugs):
            if slug not in round_.indicators:
                th, en = f"รอบ {year} ไม่มีตัวชี้วัดชื่อ {slug}", f"round {year} has no indicator {slug}"
                yield PovertyError(FILE, th, en)


def _dimensions(entry: Mapping[str, Any]) -> Dimensions:
    for key in entry:
        if key not in KEYS:
            _refuse(f"ไม่รู้จักคีย์ {key}", f"unknown key {key}")
    for key in KEYS:
        if not entry.get(key):
            _refuse(f"ต้องมี {key}", f"{key} is needed")
    names = code_lists.load("dimension").slugs
    if unknown := [name for name in entry["dimensions"] if name not in names]:
        _refuse(
            f"ไม่รู้จักมิติ {', '.join(unknown)} มีแต่ {', '.join(names)}",
            f"unknown dimension {', '.join(unknown)}; there are {', '.join(names)}",
        )
    if list(entry["weights"]) != list(entry["dimensions"]):
        _refuse("weights ต้องมีทุกมิติตามลำดับเดียวกัน", "weights name every dimension, in the same order")
    whole = [*entry["weights"].values(), entry["k"]]
    if any(type(number) is not int or number < 1 for number in whole) or entry["k"] > len(entry["weights"]):
        _refuse(
            "k และ weights เป็นจำนวนเต็มตั้งแต่ 1 และ k ไม่เกินจำนวนมิติ",
            "k and weights are whole numbers from 1, and k is at most the number of dimensions",
        )
    return Dimensions(
        forms=tuple(entry["forms"]),
        k=entry["k"],
        k_status=_status(entry["k_status"], "k_status"),
        weights=dict(entry["weights"]),
        weights_status=_status(entry["weights_status"], "weights_status"),
        members=_members(entry["dimensions"]),
    )


def _members(dimensions: Mapping[str, Any]) -> tuple[Member, ...]:
    found: dict[str, Member] = {}
    for dimension, lines in dimensions.items():
        if not lines:
            _refuse(f"มิติ {dimension} ไม่มีตัวชี้วัด", f"the dimension {dimension} has no indicator")
        for slug, line in lines.items():
            if slug in found:
                _refuse(f"ตัวชี้วัด {slug} อยู่ในสองมิติ", f"the indicator {slug} is in two dimensions")
            if not isinstance(line, dict) or set(line) != {"status", "source"} or not line["source"]:
                _refuse(f"{slug} ต้องมีทั้ง status และ source", f"{slug} needs both status and source")
            found[slug] = Member(slug, dimension, _status(line["status"], slug), line["source"])
    return tuple(found.values())


def _status(value: Any, where: str) -> Status:
    if value not in get_args(Status):
        choices = " | ".join(get_args(Status))
        _refuse(f"status ของ {where} ต้องเป็น {choices}", f"the status of {where} must be {choices}")
    return cast(Status, value)


def _refuse(th: str, en: str) -> NoReturn:
    raise PovertyError(FILE, th, en)
