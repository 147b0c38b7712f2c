"""Rounds: what is in force in a survey year, from `rounds/<year>.toml`.

Form generation, income line and its boundary, dates, indicators by slug, and the thresholds rules name as
@name. Texts and conditions of the indicators are not here: they are the same in every round
(`rules/indicators`).
"""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from schemas import code_lists
from schemas.code_lists import Status

FOLDER = Path(__file__).parent / "rounds"
Boundary = Literal[">=", ">"]
# A placeholder keeps a slot of the list whose indicator nobody has seen; it must not be enabled.
IndicatorStatus = Literal[Status, "placeholder"]


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """An indicator's place in the round. `number` is official or None where unseen; `slot` only orders."""

    number: int | None
    slot: int
    dimension: str
    status: IndicatorStatus
    enabled: bool
    number_2560: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold, or a day that divides, with what it means and how sure it is."""

    value: int | date
    th: str
    en: str
    unit: str
    status: Status


@dataclass(frozen=True, slots=True)
class RuleOff:
    """Why a rule is not run in the round, who said so, and the last day of it (None: the whole round)."""

    th: str
    en: str
    who: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Round:
    """One survey year. `parameters` holds plain numbers and days by name; `parameter_texts` what they mean.

    `rules_off` is by rule id; whether there is such a rule is not known here (rules/in_force.py asks).
    `rules_of`: the year whose rules check it: its own, or a later one for a round looked at afterwards.
    """

    year_be: int
    form: str
    income_line_baht: int
    income_passes_at: Boundary
    reference_date: date
    window_start: date
    window_end: date
    indicators: Mapping[str, IndicatorEntry]
    parameters: Mapping[str, int | date]
    parameter_texts: Mapping[str, Parameter]
    rules_off: Mapping[str, RuleOff] = field(default_factory=dict)
    later_rules_of: int | None = None

    @property
    def rules_of(self) -> int:
        return self.year_be if self.later_rules_of is None else self.later_rules_of

    @property
    def enabled_indicators(self) -> tuple[str, ...]:
        """Slugs of the indicators in force, in slot order."""
        enabled = [slug for slug, entry in self.indicators.items() if entry.enabled]
        return tuple(sorted(enabled, key=lambda slug: self.indicators[slug].slot))

    def on(self, day: date) -> "Round":
        """The round as it is on a day: rules switched off until an earlier day run again."""
        still = {rule: off for rule, off in self.rules_off.items() if off.until is None or day <= off.until}
        return replace(self, rules_off=MappingProxyType(still))


def years() -> tuple[int, ...]:
    """Every survey year there is a file for, oldest first."""
    return tuple(sorted(int(source.stem) for source in FOLDER.glob("*.toml")))


@cache
def load(year_be: int) -> Round:
    """The round of that year. FileNotFoundError names the years there are; ValueError the line to correct."""
    source = FOLDER / f"{year_be}.toml"
    if not source.is_file():
        raise FileNotFoundError(f"no round {year_be}; there are: {', '.join(map(str, years()))}")
    return parse(source.read_text(encoding="utf-8"), source.name)


def parse(text: str, name: str = "round") -> Round:
    """A round from the text of its file; `name` is used in error messages only."""
    data = tomllib.loads(text)
    boundary = data["income"]["passes_at"]
    if boundary not in get_args(Boundary):
        raise ValueError(f'{name}: income.passes_at is {boundary!r}, write ">=" or ">"')
    texts = {key: _parameter(name, key, entry) for key, entry in data["parameters"].items()}
    income_line = texts["income_line"].value if "income_line" in texts else None
    if not isinstance(income_line, int):
        raise ValueError(f"{name}: the parameter income_line is missing, or is no amount")
    return Round(
        year_be=data["year_be"],
        form=data["form"],
        income_line_baht=income_line,
        income_passes_at=cast(Boundary, boundary),
        reference_date=data["dates"]["reference"],
        window_start=data["dates"]["window_start"],
        window_end=data["dates"]["window_end"],
        indicators=MappingProxyType({s: _indicator(name, s, e) for s, e in data["indicators"].items()}),
        parameters=MappingProxyType({key: parameter.value for key, parameter in texts.items()}),
        parameter_texts=MappingProxyType(texts),
        rules_off=MappingProxyType({key: _off(name, key, e) for key, e in data.get("rules_off", {}).items()}),
        later_rules_of=data.get("rules_of"),
    )


def income_line_of(year_be: int) -> int | None:
    """The income line in baht of any year since 2550, also of years without a round file; None if unknown."""
    with (FOLDER / "income_lines.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if int(row["first_year_be"]) <= year_be <= int(row["last_year_be"]):
                return int(row["baht"])
    return None


def _parameter(name: str, key: str, entry: dict[str, Any]) -> Parameter:
    # Not isinstance: a truth value is an int to Python, and a time of day a date.
    if type(entry["value"]) not in (int, date):
        raise ValueError(f"{name}: parameters.{key}.value must be a whole number or a date without quotes")
    return Parameter(
        entry["value"], entry["th"], entry["en"], entry["unit"], code_lists.as_status(entry["status"])
    )


def _off(name: str, rule_id: str, entry: dict[str, Any]) -> RuleOff:
    texts = {key: entry.get(key) for key in ("reason_th", "reason_en", "who")}
    for key, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise ValueError(
                f"{name}: rules_off.{rule_id}.{key} is needed: a rule is not switched off unsaid"
            )
    until = entry.get("until")
    if unknown := set(entry) - set(texts) - {"until"}:
        raise ValueError(f"{name}: rules_off.{rule_id} does not know {', '.join(sorted(unknown))}")
    if until is not None and type(until) is not date:
        raise ValueError(f"{name}: rules_off.{rule_id}.until is a date without quotes, such as 2026-04-30")
    return RuleOff(entry["reason_th"], entry["reason_en"], entry["who"], until)


def _indicator(name: str, slug: str, entry: dict[str, Any]) -> IndicatorEntry:
    dimensions = code_lists.load("dimension").slugs
    if entry["dimension"] not in dimensions:
        raise ValueError(f"{name}: indicators.{slug}.dimension must be one of {', '.join(dimensions)}")
    return IndicatorEntry(
        number=entry.get("number"),
        slot=entry["slot"],
        dimension=entry["dimension"],
        status="placeholder" if entry["status"] == "placeholder" else code_lists.as_status(entry["status"]),
        enabled=entry["enabled"],
        number_2560=entry.get("number_2560"),
        note=entry.get("note", ""),
    )
