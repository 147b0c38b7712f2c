"""Acceptance: which districts meet what certification demands, judged by Great Expectations.

The suite is built from rules/acceptance.toml and validates the quality table only, one wide row per district;
no record of a person or a household comes near it. Every gate is two expectations, because `between` skips
nulls silently: the measure is there, and it is within its bound. Deliberately not here: measuring
(rules/quality.py) and running the suite (rules/expectations.py).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

import polars as pl

from rules import expectations
from rules.expectations import KEY, Answer
from rules.quality import SCHEMA
from schemas.code_lists import Status

FILE = Path(__file__).with_suffix(".toml")
Colour = Literal["red", "orange", "yellow", "green"]
Severity = Literal["critical", "warning", "info"]
State = Literal["met", "not_met", "not_measured"]
COLOURS: Mapping[Severity, Colour] = {"critical": "red", "warning": "orange", "info": "yellow"}
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True)
class Gate:
    """One demand on one measure of the quality table; ``bound`` says which end ``threshold`` is."""

    measure: str
    bound: Literal["min", "max"]
    threshold: float
    severity: Severity
    th: str
    en: str
    reason_th: str
    reason: str
    decided_by: str
    decided_on: date
    status: Status

    @property
    def key(self) -> str:
        """Name of the gate, unique among gates."""
        return f"{self.measure} {self.bound} {self.threshold:g}"


@dataclass(frozen=True)
class FailedGate:
    """A gate that a district does not meet. ``found`` is None when the measure could not be taken."""

    measure: str
    th: str
    en: str
    found: float | None
    threshold: float
    bound: Literal["min", "max"]
    severity: Severity


@dataclass(frozen=True)
class Verdict:
    """Colour of a district and what made it so: one failed gate per measure, the severest, worst first."""

    colour: Colour
    failed_gates: tuple[FailedGate, ...] = ()


@dataclass(frozen=True)
class Verdicts:
    """``districts``: verdict by code. ``result``: the whole validation as plain data, ready for JSON."""

    districts: Mapping[str, Verdict]
    result: Mapping[str, Any]


@cache
def gates() -> tuple[Gate, ...]:
    """The gates of rules/acceptance.toml in file order. Raises ValueError that says what to correct."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> tuple[Gate, ...]:
    """Gates from the text of such a file."""
    found = tuple(_gate(entry) for entry in tomllib.loads(text).get("gate", []))
    keys = [gate.key for gate in found]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"acceptance.toml: the gate {key} is there twice; delete one")
    return found


def judge(quality: pl.DataFrame, demands: Sequence[Gate] | None = None) -> Verdicts:
    """A verdict for every row of the quality table (rules.quality.SCHEMA).

    A district is as good as its worst gate: critical makes it red, warning orange, info yellow; green means
    that every gate is met. A measure that is null, or not in the table at all, fails its gates.
    """
    demands = gates() if demands is None else tuple(demands)
    answers = expectations.validate(quality, [_expected(gate) for gate in demands])
    codes = quality.get_column(KEY).to_list()
    states = [_states(answer, codes) for answer in answers]
    verdicts = {code: _verdict(code, demands, answers, states) for code in codes}
    told = [_told(*each) for each in zip(demands, answers, states, strict=True)]
    return Verdicts(
        verdicts, {"engine": expectations.engine(), "gates": told, "districts": _summary(verdicts)}
    )


def state_of(gate: Gate, found: float | None) -> State:
    """How a value comes out at a gate, as ``judge`` says it; to ask what would be, without the library."""
    if found is None:
        return "not_measured"
    is_met = found >= gate.threshold if gate.bound == "min" else found <= gate.threshold
    return "met" if is_met else "not_met"


def _gate(entry: Mapping[str, Any]) -> Gate:
    name = f"acceptance.toml, gate on {entry.get('measure', '?')}"
    bounds = [bound for bound in ("min", "max") if bound in entry]
    if len(bounds) != 1:
        raise ValueError(f"{name}: give either min or max")
    if entry["measure"] not in SCHEMA:
        raise ValueError(f"{name}: no such measure; there are {', '.join(list(SCHEMA)[1:])}")
    if entry["severity"] not in SEVERITIES:
        raise ValueError(f"{name}: severity must be one of {', '.join(SEVERITIES)}")
    if entry["status"] not in get_args(Status):
        raise ValueError(f"{name}: status must be one of {', '.join(get_args(Status))}")
    bound = cast(Literal["min", "max"], bounds[0])
    return Gate(
        measure=entry["measure"],
        bound=bound,
        threshold=entry[bound],
        severity=entry["severity"],
        th=entry["th"],
        en=entry["en"],
        reason_th=entry["reason_th"],
        reason=entry["reason"],
        decided_by=entry["decided_by"],
        decided_on=entry["decided_on"],
        status=entry["status"],
    )


def _expected(gate: Gate) -> expectations.Expected:
    least, most = (gate.threshold, None) if gate.bound == "min" else (None, gate.threshold)
    return expectations.Expected(gate.measure, least, most, gate.severity, gate.key)


def _states(answer: Answer, codes: Sequence[str]) -> dict[str, State]:
    return {
        code: "not_measured" if code in answer.missing else "not_met" if code in answer.outside else "met"
        for code in codes
    }


def _verdict(
    code: str, demands: Sequence[Gate], answers: Sequence[Answer], states: Sequence[Mapping[str, State]]
) -> Verdict:
    failed: dict[str, FailedGate] = {}
    by_severity = sorted(
        zip(demands, answers, states, strict=True), key=lambda each: SEVERITIES.index(each[0].severity)
    )
    for gate, answer, state in by_severity:
        if state[code] != "met":
            # The severest gate of a measure speaks for the milder ones, which come later.
            failed.setdefault(gate.measure, _failed(gate, answer.found.get(code)))
    worst = next(iter(failed.values()), None)
    return Verdict(COLOURS[worst.severity] if worst else "green", tuple(failed.values()))


def _failed(gate: Gate, found: float | None) -> FailedGate:
    return FailedGate(gate.measure, gate.th, gate.en, found, gate.threshold, gate.bound, gate.severity)


def _told(gate: Gate, answer: Answer, states: Mapping[str, State]) -> dict[str, Any]:
    return {
        "key": gate.key,
        "measure": gate.measure,
        "least": gate.threshold if gate.bound == "min" else None,
        "most": gate.threshold if gate.bound == "max" else None,
        "severity": gate.severity,
        "th": gate.th,
        "en": gate.en,
        "reason_th": gate.reason_th,
        "reason": gate.reason,
        "decided_by": gate.decided_by,
        "decided_on": gate.decided_on.isoformat(),
        "status": gate.status,
        "districts": {
            code: {"state": state, "found": answer.found.get(code)} for code, state in states.items()
        },
        "expectations": list(answer.raw),
    }


def _summary(verdicts: Mapping[str, Verdict]) -> dict[str, Any]:
    return {
        code: {"colour": verdict.colour, "failed": [gate.measure for gate in verdict.failed_gates]}
        for code, verdict in verdicts.items()
    }
