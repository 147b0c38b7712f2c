"""Which codes stand beside a code, and which stand at the edge of a set: where a list is read a line off."""

from __future__ import annotations

from rules.language import ast
from rules.language.kinds import Codes

# In a longer set only the codes at its edge are left out or let in: those a line off in the printed list.
FEW_CODES = 4


def beside(codes: Codes, slug: str) -> tuple[str, ...]:
    """The codes just before and just after one in its list."""
    at = codes.slugs.index(slug)
    return codes.slugs[max(0, at - 1) : at] + codes.slugs[at + 1 : at + 2]


def edges(choices: tuple[ast.Value, ...], codes: Codes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes inside a set and those outside it that stand at its edge; all of them when they are few."""
    inside = tuple(slug for slug in codes.slugs if slug in choices)
    outside = tuple(slug for slug in codes.slugs if slug not in choices)
    near_out = tuple(slug for slug in inside if set(beside(codes, slug)) & set(outside))
    near_in = tuple(slug for slug in outside if set(beside(codes, slug)) & set(inside))
    return (
        inside if len(inside) <= FEW_CODES else near_out,
        outside if len(outside) <= FEW_CODES else near_in,
    )
