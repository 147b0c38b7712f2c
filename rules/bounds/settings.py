"""bounds.toml: slips of the pen, the most that is believed, what doubts a roster; refused when wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from rules.rule import Sentence
from schemas.code_lists import Status

PATH = Path(__file__).parent / "bounds.toml"
Effect = Literal["stated_count", "not_here", "not_known"]


@dataclass(frozen=True)
class Slip:
    """A slip of the pen: the amount meant is the recorded one times ``times``, over ``over``."""

    name: str
    times: int
    over: int
    words: Sentence


@dataclass(frozen=True)
class Settings:
    """``most_per_person`` and ``not_evidence`` name a parameter of the round and columns; ``roster`` says by
    rule id what its findings mean for the number of people.
    """

    most_per_person: str
    not_evidence: frozenset[str]
    slips: tuple[Slip, ...]
    roster: Mapping[str, Effect]
    status: Status

    def of_roster(self, effect: Effect) -> list[str]:
        """The rules whose findings have that effect."""
        return [rule for rule, one in self.roster.items() if one == effect]


@cache
def load(path: Path = PATH) -> Settings:
    """The settings in the file. ValueError names the entry that is wrong, in Thai and English."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Settings(
        most_per_person=data["most_per_person"],
        not_evidence=frozenset(data["not_evidence"]),
        slips=tuple(_slip(path.name, one) for one in data["slip"]),
        roster={one["rule"]: _effect(path.name, one) for one in data["roster"]},
        status=cast(Status, data["status"]),
    )


def _slip(name: str, one: Mapping[str, Any]) -> Slip:
    if min(one["times"], one["over"]) < 1 or one["times"] == one["over"]:
        th = f"{name}: slip {one['name']}: times และ over ต้องเป็นจำนวนเต็มบวกที่ไม่เท่ากัน"
        raise ValueError(f"{th} · times and over are different whole numbers from 1")
    return Slip(one["name"], one["times"], one["over"], Sentence(one["th"], one["en"]))


def _effect(name: str, one: Mapping[str, Any]) -> Effect:
    effects = get_args(Effect)
    if one["effect"] not in effects:
        th = f"{name}: roster {one['rule']}: effect ต้องเป็น {' | '.join(effects)}"
        raise ValueError(f"{th} · effect must be one of these")
    return cast(Effect, one["effect"])
