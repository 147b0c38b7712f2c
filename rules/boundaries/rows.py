"""Examples worth adding to a rule, as rows of its YAML file.

``boundaries`` are for reading and choosing: each place where the rule turns, with what it gives there.
``telling`` are the few that notice what the examples so far do not. Nothing is written unasked; ``append``
puts rows of one kind at the end of that kind's list and leaves the rest of the file as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rules.boundaries import Case, case, nearby, own_examples
from rules.compiled import Compiled
from rules.examples import EXPECTED, Kind
from rules.language import Outcome
from rules.mutation import Trial
from rules.rule import Example


@dataclass(frozen=True)
class Row:
    """A proposed example, what it gives, and the cell it is about with its value."""

    example: Example
    kind: Kind
    outcome: Outcome
    about: str = ""

    @property
    def text(self) -> str:
        """The row as the catalogue's files write it."""
        return row_text(self.example)


def boundaries(ready: Compiled) -> tuple[Row, ...]:
    """Per cell and value one record where the rule turns, beside the example that shows it best.

    Best is the example around which that cell's values give the most kinds, then outcomes. Records that are
    examples already are left out.
    """
    known = {row_text(example) for example in own_examples(ready)}
    best: dict[str, list[Row]] = {}
    for example in own_examples(ready):
        for cell, rows in _by_cell(ready, example).items():
            if _variety(rows) > _variety(best.get(cell, [])):
                best[cell] = rows
    chosen = {row.text: row for rows in best.values() if _variety(rows)[1] > 1 for row in rows}
    return tuple(row for text, row in chosen.items() if text not in known)


def _by_cell(ready: Compiled, example: Example) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for one in nearby(ready, example):
        tried = case(ready, one.example)
        about = f"{one.cell} {'missing' if one.value is None else one.value}"
        rows.setdefault(one.cell, []).append(Row(one.example, tried.kind, tried.as_written, about))
    return rows


def _variety(rows: Iterable[Row]) -> tuple[int, int]:
    rows = tuple(rows)
    return len({row.kind for row in rows}), len({row.outcome for row in rows})


def telling(trial: Trial) -> tuple[Row, ...]:
    """The fewest records found that notice every mistake the rule's examples do not."""
    unnoticed = trial.unnoticed()
    if not unnoticed:
        return ()
    told = [(one, {n for n, mutant in enumerate(unnoticed) if mutant.is_told_by(one)}) for one in trial.near]
    chosen: list[Case] = []
    left = set().union(*(numbers for _, numbers in told))
    while left:
        one, numbers = max(told, key=lambda pair: (len(pair[1] & left), _plainness(pair[0])))
        chosen.append(one)
        left -= numbers
    return tuple(Row(_shortened(one), one.kind, one.as_written) for one in chosen)


def _plainness(one: Case) -> tuple[int, int]:
    """Of records as good as each other the one with fewest missing cells, then the shortest, is read best."""
    text = row_text(one.example)
    return -text.count("null"), -len(text)


def _shortened(one: Case) -> Example:
    """Without the record's missing cells, unless they are the point."""
    if one.kind == "unknown":
        return one.example
    return {name: value for name, value in one.example.items() if value is not None}


class _Flow(yaml.SafeDumper):
    """Rows in one line, with texts that look like numbers or dates in double quotes."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (the name is PyYAML's)
        return True


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    is_plain = re.fullmatch("[A-Za-z\u0e00-\u0e7f][A-Za-z0-9_\u0e00-\u0e7f]*", text) and text not in {
        "null", "true", "false", "yes", "no", "on", "off",
    }  # fmt: skip
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_plain else '"')


_Flow.add_representer(str, _quoted)


def row_text(example: Example) -> str:
    """An example on one line: ``{age: 40, hh: {reference_date: 2026-03-01}}``."""
    text = yaml.dump(
        dict(example),
        Dumper=_Flow,
        default_flow_style=True,
        sort_keys=False,
        allow_unicode=True,
        width=float("inf"),
    )
    return text.strip()


def append(path: Path, kind: Kind, rows: Sequence[Row]) -> int:
    """Add the rows of that kind to the rule file at ``path``; returns how many were added."""
    new = [f"  - {row.text}" for row in rows if row.kind == kind]
    if not new:
        return 0
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith(f"{kind}:")), None)
    if start is None:
        lines += [f"{kind}:", *new]
    else:
        end = start + 1
        while end < len(lines) and (lines[end].startswith((" ", "-", "#")) or not lines[end].strip()):
            end += 1
        if lines[start].removeprefix(f"{kind}:").strip():
            # A list written on the key's own line cannot be continued below it.
            there = yaml.safe_load("\n".join(lines[start:end]))[kind] or []
            lines[start:end] = [f"{kind}:", *(f"  - {row_text(row)}" for row in there), *new]
        else:
            lines[end:end] = new
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return len(new)


KINDS_IN_ORDER: tuple[Kind, ...] = tuple(EXPECTED)
