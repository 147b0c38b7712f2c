"""Ids that were rules once and are so no more: they stay in `retired.csv` and are never given again.

Reports, waivers and letters of earlier rounds name a rule by its id; an id that came back with another
meaning would make them lie. A rule is retired by deleting its file and writing its line here. Deliberately
not here: switching a rule off for a round, which is the round's to say.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rules.rule import Sentence

NAME = "retired.csv"


@dataclass(frozen=True)
class Retired:
    """A rule that was. ``in_round``: the first survey year (B.E.) without it."""

    id: str
    name: str
    in_round: int
    reason: Sentence


@cache
def load(folder: Path) -> Mapping[str, Retired]:
    """The retired rules of the catalogue in ``folder`` by id; none when it has no such list.

    Raises ValueError with the line that is incomplete, or that names an id a second time.
    """
    path = folder / NAME
    if not path.is_file():
        return {}
    found: dict[str, Retired] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        for row in reader:
            if not all(row.values()) or not row["retired_in_round"].isdigit():
                raise ValueError(f"{NAME}:{reader.line_num}: every column needs a value, the round a year")
            if row["id"] in found:
                raise ValueError(f"{NAME}:{reader.line_num}: {row['id']} is there twice")
            reason = Sentence(row["reason_th"], row["reason_en"])
            found[row["id"]] = Retired(row["id"], row["name"], int(row["retired_in_round"]), reason)
    return found
