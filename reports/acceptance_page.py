"""The acceptance page: every expectation of the round, what it demands, what was found, and where.

Made from the result that `rules.acceptance` keeps as JSON, so an auditor can read offline what Great
Expectations was asked and what it answered. Its states never run together: met, not met, not measured, not
applicable. Only the first is a pass; a district the result does not speak of was not measured. Kept out: the
thresholds themselves, which are data (rules/acceptance.toml), and personal data.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reports import not_counted
from reports.contents import DistrictRow, ProvinceReport
from reports.page_templates import render as render_page
from reports.standing import stale_word, worst_first
from reports.words import VERDICTS, measure_text
from schemas.thai import thai_date

# Sign and word of a state, in the order they are told.
STATES = {
    "not_met": ("✗", "ไม่ผ่าน"),
    "not_measured": ("?", "วัดไม่ได้"),
    "not_applicable": ("–", "ไม่เข้าข่าย"),
    "met": ("✓", "ผ่าน"),
}
# The colour a district gets from a gate of that severity, and what the severity is called.
SEVERITIES = {
    "critical": ("red", "ขาดไม่ได้"),
    "warning": ("orange", "ต้องเร่งแก้"),
    "info": ("yellow", "ควรปรับปรุง"),
}
UNMEASURED: Mapping[str, Any] = {"state": "not_measured", "found": None}


def render(province: ProvinceReport, result: Mapping[str, Any]) -> str:
    """The whole page as text.

    `result` is `rules.acceptance.Verdicts.result`: under "gates" one mapping per expectation with key,
    measure, least, most, severity, th, en, reason_th, reason, decided_by, decided_on, status and, under
    "districts", state and found by district code; under "engine" what judged.
    """
    rows = worst_first(province.districts)
    gates = list(result["gates"])
    told = [_answer(gate, row)["state"] for gate in gates for row in rows]
    return render_page(
        "acceptance.html.jinja",
        province=province,
        night=thai_date(province.night),
        ready=sum(row.verdict.colour == "green" for row in rows),
        total=len(rows),
        states=[(name, sign, word, told.count(name)) for name, (sign, word) in STATES.items()],
        gates=[_gate(number, gate, rows) for number, gate in enumerate(gates, start=1)],
        matrix=[_matrix_row(row, gates) for row in rows],
        engine=result.get("engine", ""),
        beside=not_counted.of(province),
    )


def _answer(gate: Mapping[str, Any], row: DistrictRow) -> Mapping[str, Any]:
    answer = gate["districts"].get(row.code, UNMEASURED)
    return answer if answer["state"] in STATES else UNMEASURED


def _gate(number: int, gate: Mapping[str, Any], rows: Sequence[DistrictRow]) -> dict[str, Any]:
    where: dict[str, list[tuple[str, str]]] = {state: [] for state in STATES}
    for row in rows:
        answer = _answer(gate, row)
        found = _value(gate, answer["found"])
        where[answer["state"]].append((row.name, found))
    colour, word = SEVERITIES[gate["severity"]]
    return {
        "number": number,
        "key": gate["key"],
        "th": gate["th"],
        "en": gate["en"],
        "colour": colour,
        "severity": word,
        "demand": _demand(gate),
        "reason_th": gate["reason_th"],
        "reason": gate["reason"],
        "decided_by": gate["decided_by"],
        "decided_on": thai_date(date.fromisoformat(gate["decided_on"])),
        "is_confirmed": gate["status"] == "confirmed",
        "where": [
            (state, *STATES[state], named) for state, named in where.items() if named and state != "met"
        ],
        "met": [name for name, _ in where["met"]],
        "measured": len(rows) - len(where["not_measured"]) - len(where["not_applicable"]),
    }


def _demand(gate: Mapping[str, Any]) -> str:
    if gate["measure"].startswith("is_"):
        return "ต้องตอบ “ใช่”"
    bounds = (("ไม่น้อยกว่า", gate["least"]), ("ไม่เกิน", gate["most"]))
    said = [f"{word} {measure_text(gate['measure'], limit)}" for word, limit in bounds if limit is not None]
    return f"ต้อง{' และ'.join(said)}"


def _value(gate: Mapping[str, Any], found: float | None) -> str:
    if found is not None and gate["measure"].startswith("is_"):
        return "ใช่" if found else "ไม่ใช่"
    # Rounded away from the bound, so that what fails never looks as if it met it.
    return measure_text(gate["measure"], found, "floor" if gate["most"] is None else "ceil")


def _matrix_row(row: DistrictRow, gates: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    states = [_answer(gate, row)["state"] for gate in gates]
    return {
        "name": row.name,
        "stale": stale_word(row.stale_since) if row.stale_since else "",
        "colour": row.verdict.colour,
        "label": VERDICTS[row.verdict.colour].label,
        "cells": [(state, *STATES[state]) for state in states],
    }
