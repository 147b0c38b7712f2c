"""What it is called to be on a list and to be off it: below and above the line, failing and passing, poor.

One arithmetic serves all lists, but their words are never mixed. Deliberately not here: how a transition is
told to people (words.toml).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import polars as pl

from rules.rule import Sentence

# Where a household stands in one round, in this order: the codes of transitions.py count in it.
STANDINGS = ("on", "off", "not_applicable", "out_of_sight", "absent")
# Of a household from a standing (row) to a standing (column); None: it is in neither round.
FROM_TO: tuple[tuple[str | None, ...], ...] = (
    ("stayed_{on}", "exited", "no_longer_applies_{on}", "lost_sight_{on}", "gone_{on}"),
    ("fell", "stayed_{off}", "no_longer_applies_{off}", "lost_sight_{off}", "gone_{off}"),
    ("now_applies_{on}", "now_applies_{off}", "stayed_outside", "stayed_outside", "gone_outside"),
    ("came_in_sight_{on}", "came_in_sight_{off}", "stayed_outside", "stayed_outside", "gone_outside"),
    ("new_{on}", "new_{off}", "new_outside", "new_outside", None),
)
# What takes households off the list, and what puts them on it.
LEAVING = ("exited", "gone_{on}", "lost_sight_{on}", "no_longer_applies_{on}")
JOINING = ("fell", "new_{on}", "came_in_sight_{on}", "now_applies_{on}")


@dataclass(frozen=True)
class Wording:
    """The states of one kind of list as its frames have them, and the words its transitions are made of.

    ``on`` and ``off``: words of the transitions; ``state_on`` and ``state_off``: values of the frame.
    ``applies_always``: nobody is outside because the question does not concern them.
    """

    on: str
    off: str
    state_on: str
    state_off: str
    applies_always: bool

    def names(self, patterns: tuple[str, ...]) -> tuple[str, ...]:
        """Transitions by their patterns, without those this kind of list cannot have."""
        possible = [each for each in patterns if not (self.applies_always and "applies" in each)]
        return tuple(each.format(on=self.on, off=self.off) for each in possible)

    @cached_property
    def transitions(self) -> tuple[str, ...]:
        """Every transition, once each, those of linked households first."""
        patterns = dict.fromkeys(each for row in FROM_TO for each in row if each is not None)
        return self.names(tuple(patterns))

    @cached_property
    def dtype(self) -> pl.Enum:
        return pl.Enum(self.transitions)

    @property
    def leaving(self) -> tuple[str, ...]:
        return self.names(LEAVING)

    @property
    def joining(self) -> tuple[str, ...]:
        return self.names(JOINING)

    @property
    def stayed(self) -> str:
        return f"stayed_{self.on}"

    def of(self, before: int, now: int) -> str | None:
        """The transition between two places in STANDINGS."""
        pattern = FROM_TO[before][now]
        if pattern is None or (self.applies_always and "applies" in pattern):
            return None
        return pattern.format(on=self.on, off=self.off)


INCOME = Wording("below", "above", "below", "above", applies_always=True)
INDICATOR = Wording("failing", "passing", "fail", "pass", applies_always=False)
POOR = Wording("poor", "not_poor", "poor", "not_poor", applies_always=True)


@cache
def texts(wording: Wording) -> Mapping[str, Sentence]:
    """What the transitions, the columns of the tallies and the marks of a list are called, by name."""
    words = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    own = words["lists"][wording.on]
    th, en = ({side: own[side][lang] for side in ("on", "off")} for lang in ("th", "en"))
    names = {"on": wording.on, "off": wording.off}
    return {
        pattern.format(**names): Sentence(text["th"].format(**th), text["en"].format(**en))
        for pattern, text in words["names"].items()
    }
