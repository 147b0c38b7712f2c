"""The district's page: one HTML file that opens from a link, a chat or a USB stick, on a slow line.

It asks the network for nothing, and its policy forbids it to: style and script are inside, allowed by their
hashes alone. The first 200 findings are readable without JavaScript; with it all of them filter and search.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports import district_texts as texts
from reports.contents import DistrictReport, FailedGate
from reports.district_counts import rule_outcomes, three_lists
from reports.district_page_data import packed
from reports.district_rows import ListRow, list_rows, villages
from reports.safe_text import printable
from reports.words import SEVERITIES, SEVERITY_ORDER, VERDICTS, Look, due_text
from schemas.thai import thai_date

FIRST_FINDINGS = 200  # written out for readers without JavaScript


def render(
    report: DistrictReport, *, workbook_href: str | None = None, province_href: str = "../../index.html"
) -> str:
    """The page as HTML text. The two addresses are relative to where the page will lie."""
    content = _quarantine(report) if report.quarantine is not None else _findings(report)
    name = "district_page_quarantine" if report.quarantine is not None else "district_page_findings"
    style, script = _style(), _part("district_page.js")
    return (
        _environment()
        .get_template(f"{name}.html.jinja")
        .render(
            report=report,
            style=Markup(style),
            script=Markup(script),
            policy=_policy(style, script),
            night=thai_date(report.night),
            due=due_text(report.deadline),
            due_word="ส่งคืนภายใน" if texts.asks_for_answers(report) else "วันสุดท้ายของรอบนี้",
            workbook_word="เปิดไฟล์ Excel สำหรับกรอกผล" if texts.asks_for_answers(report) else "เปิดไฟล์ Excel",
            workbook_href=workbook_href or f"{report.district_code}.xlsx",
            province_href=province_href,
            files=texts.files_received(report),
            private=texts.PRIVATE,
            **content,
        )
    )


def _findings(report: DistrictReport) -> dict[str, Any]:
    rows = list_rows(report)
    first = _first(rows)
    found = Counter(row.severity for row in rows)
    seen = {row.rule_id for row in rows}
    titles = {id: text.title_th for id, text in sorted(report.rule_texts.items())}
    return {
        "rows": rows,
        "first": first,
        "packed": packed(rows),
        "visits": [list(group) for _, group in groupby(first, key=lambda row: row.visit)],
        "houses": len({row.household_id for row in rows if row.household_id}),
        "looks": SEVERITIES,
        "severities": [(name, look, found[name]) for name, look in SEVERITIES.items()],
        "verdict": VERDICTS[report.verdict.colour],
        "stale": texts.stale_lines(report),
        "gates": [_gate(gate) for gate in report.verdict.failed_gates],
        "villages": [(village, _counts(members)) for village, members in villages(rows).items()],
        "three_lists": three_lists(report),
        "checked": texts.checked(report),
        "rules": rule_outcomes(report),
        "rule_choices": [(id, titles.get(id, "")) for id in sorted(seen)],
        "all_gates_met": texts.ALL_GATES_MET,
        "no_findings": texts.NO_FINDINGS,
        "never_mixed": texts.NEVER_MIXED,
    }


def _quarantine(report: DistrictReport) -> dict[str, Any]:
    trouble = report.quarantine
    assert trouble is not None  # only called with one
    return {
        "facts": texts.quarantine_facts(trouble),
        "steps": [step for step in texts.quarantine_steps(report, trouble) if step],
        "english": printable(trouble.en),
        "unreadable": texts.UNREADABLE,
    }


def _first(rows: Sequence[ListRow]) -> list[ListRow]:
    """The first findings, never cutting a house in two."""
    end = min(FIRST_FINDINGS, len(rows))
    while 0 < end < len(rows) and rows[end].visit == rows[end - 1].visit:
        end += 1
    return list(rows[:end])


def _gate(gate: FailedGate) -> tuple[str, Look, str]:
    colour = texts.GATE_COLOURS[gate.severity]
    return colour, VERDICTS[colour], texts.gate_sentence(gate)


def _counts(rows: Sequence[ListRow]) -> list[int]:
    found = Counter(row.severity for row in rows)
    return [found[severity] for severity in SEVERITY_ORDER]


def _policy(style: str, script: str) -> str:
    allowed = f"style-src {_fingerprint(style)}; script-src {_fingerprint(script)}; img-src data:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _fingerprint(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"


@cache
def _style() -> str:
    looks = {**VERDICTS, **SEVERITIES}
    colours = (
        f"--{name}:{look.fill};--{name}-ink:{look.ink};--{name}-tint:{look.tint};--{name}-deep:{look.deep};"
        for name, look in looks.items()
    )
    return f":root{{{''.join(colours)}}}\n{_part('district_page.css')}"


@cache
def _part(name: str) -> str:
    return (files("reports") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
