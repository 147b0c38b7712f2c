"""What a target that writes programs takes: the two conditions of a rule.

Every compiled rule is one, and so is an indicator whose ``passes`` is put in the place of ``must``.
Deliberately not here: anything else about a rule; its texts and its severity mean nothing to an engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from rules.language import ast


class Judged(Protocol):
    """``applies`` None means that the rule applies to every record."""

    @property
    def applies(self) -> ast.Expr | None:
        """Who is meant."""

    @property
    def must(self) -> ast.Expr:
        """What must hold of them."""


Rules = Mapping[str, Judged]


def conditions(rules: Rules) -> list[ast.Expr]:
    """Every condition of the rules, in their order."""
    return [each for rule in rules.values() for each in (rule.applies, rule.must) if each is not None]
