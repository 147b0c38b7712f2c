"""The dimensions of multidimensional poverty: which indicators belong to which, their weights, and k.

What they are is data (dimensions.toml). Deliberately not here: reading it (reading.py), who is poor
(poor.py), and which indicators a round uses (schemas/rounds).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import lcm

from rules.poverty.refusal import PovertyError
from schemas.code_lists import Status

FILE = "dimensions.toml"


@dataclass(frozen=True)
class Member:
    """An indicator's place in a dimension, and how sure it is."""

    slug: str
    dimension: str
    status: Status
    source: str


@dataclass(frozen=True)
class Dimensions:
    """The set of a form generation: poor is who is deprived in at least ``k`` dimensions.

    ``weights``: whole numbers per dimension, in file order; ``members`` in file order.
    """

    forms: tuple[str, ...]
    k: int
    k_status: Status
    weights: Mapping[str, int]
    weights_status: Status
    members: tuple[Member, ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        """Every indicator of the set."""
        return tuple(member.slug for member in self.members)

    @property
    def by_dimension(self) -> dict[str, tuple[str, ...]]:
        """The indicators of each dimension."""
        return {
            name: tuple(member.slug for member in self.members if member.dimension == name)
            for name in self.weights
        }

    @property
    def indicator_weights(self) -> dict[str, int]:
        """Whole weight units per indicator: its equal part of the dimension's, by a common multiple."""
        sizes = {name: len(slugs) for name, slugs in self.by_dimension.items()}
        common = lcm(*sizes.values())
        return {
            member.slug: self.weights[member.dimension] * common // sizes[member.dimension]
            for member in self.members
        }

    def in_force(self, slugs: Iterable[str]) -> Dimensions:
        """The set without indicators that are not among ``slugs``; weights go to those that remain.

        Raises PovertyError when that leaves a dimension without any: k of five would be k of four unsaid.
        """
        used = set(slugs)
        left = replace(self, members=tuple(member for member in self.members if member.slug in used))
        for name, remaining in left.by_dimension.items():
            if not remaining:
                th = f"มิติ {name} ไม่มีตัวชี้วัดที่ใช้ในรอบนี้"
                raise PovertyError(FILE, th, f"no indicator of the dimension {name} is in force")
        return left
