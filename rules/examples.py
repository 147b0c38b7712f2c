"""A rule's own good, bad and unknown examples, run through both targets of the language.

Each example becomes a household of its own in typed frames, so an unknown column, a wrong type or a code that
is not in its list is an error, never dropped. Deliberately not here: what to do about an example that fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from rules.compiled import Compiled, compiled, round_params
from rules.language import Outcome, evaluate, outcome
from rules.rule import Example, Rule
from rules.verdicts import PREFIX, verdicts
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

if TYPE_CHECKING:
    from schemas.rounds import Round

Kind = Literal["good", "bad", "unknown"]
EXPECTED: Mapping[Kind, frozenset[Outcome]] = {
    # A good example may also show to whom the rule does not apply.
    "good": frozenset({Outcome.HOLDS, Outcome.NOT_APPLICABLE}),
    "bad": frozenset({Outcome.VIOLATED}),
    "unknown": frozenset({Outcome.CANNOT_TELL}),
}


class ExampleError(Exception):
    """An example that does not fit the tables; says the rule, the kind, its number from 1 and what to do."""

    def __init__(self, rule: Rule, kind: Kind, number: int, reason: str) -> None:
        super().__init__(
            f"{rule.path.as_posix()}: {kind} {number}\n"
            f"ตัวอย่างไม่ตรงกับตาราง ตรวจชื่อช่อง ชนิดข้อมูล และรหัส: {reason}\n"
            f"the example does not fit the tables; look at names, types and codes: {reason}"
        )


@dataclass(frozen=True)
class Tried:
    """What both targets say of one example; ``number`` counts from 1 within its kind."""

    kind: Kind
    number: int
    by_polars: Outcome
    by_python: Outcome

    @property
    def is_as_said(self) -> bool:
        """Both targets agree, with each other and with the rule's author."""
        return self.by_polars == self.by_python and self.by_polars in EXPECTED[self.kind]


@dataclass(frozen=True)
class Placed:
    """One example as rows: a household and its members, of whom the first is a person rule's record."""

    kind: Kind
    number: int
    household: Mapping[str, Any]
    members: tuple[Mapping[str, Any], ...]


def run(rule: Rule, round_: Round) -> tuple[Tried, ...]:
    """Every example of a rule with the round's parameters. Raises ExampleError or TextError."""
    ready = compiled(rule, round_params(round_))
    placed = tuple(_placed(rule))
    households, persons = frames(rule)
    found = verdicts(ready.table, households, persons, [ready])
    if found.errors:
        raise RuntimeError(f"{rule.id} could not run: {found.errors[rule.id]}")
    codes = found.codes.get_column(PREFIX + rule.id).to_list()
    if ready.table == "person":
        # The record of an example is its first person; the others are only there to be asked about.
        codes = [code for code, no in zip(codes, _positions(placed), strict=True) if no == 0]
    return tuple(
        Tried(each.kind, each.number, Outcome(code), outcome_by_python(ready, each))
        for each, code in zip(placed, codes, strict=True)
    )


def frames(rule: Rule) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The households and persons of a rule's examples as typed frames. Raises ExampleError."""
    placed = tuple(_placed(rule))
    for each in placed:
        try:
            from_rows(Household, [each.household])
            from_rows(Person, each.members)
        except (KeyError, TypeError, ValueError, pl.exceptions.PolarsError) as error:
            raise ExampleError(rule, each.kind, each.number, str(error)) from None
    return (
        from_rows(Household, [each.household for each in placed]),
        from_rows(Person, [member for each in placed for member in each.members]),
    )


def _placed(rule: Rule) -> Iterator[Placed]:
    for kind in EXPECTED:
        examples: tuple[Example, ...] = getattr(rule, kind)
        for number, example in enumerate(examples, 1):
            try:
                yield place(rule, kind, number, example)
            except TypeError:
                reason = "hh: {…}, members: [{…}]"
                raise ExampleError(rule, kind, number, reason) from None


def place(rule: Rule, kind: Kind, number: int, example: Example) -> Placed:
    """One example as rows. Raises TypeError where hh or members are not laid out as such."""
    key = {"household_id": f"{kind}-{number}"}
    own = dict(example)
    members = list(own.pop("members", []))
    household = own
    if rule.level == "person":
        household = own.pop("hh", {})
        members = [own, *members]
    rows = tuple({"member_no": n, **member, **key} for n, member in enumerate(members, 1))
    return Placed(kind, number, {**household, **key}, rows)


def _positions(placed: tuple[Placed, ...]) -> list[int]:
    return [position for each in placed for position in range(len(each.members))]


def outcome_by_python(rule: Compiled, placed: Placed) -> Outcome:
    """What the reference target says of an example."""
    record = placed.household if rule.table == "household" else placed.members[0]
    around = (record, placed.household, placed.members)
    applies = True if rule.applies is None else evaluate(rule.applies, *around)
    return outcome(applies, evaluate(rule.must, *around))
