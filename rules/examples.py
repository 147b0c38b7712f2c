"""A rule's own good, bad and unknown examples, run through both targets of the language.

Each example becomes a household of its own in typed frames, so an unknown column, a wrong type or a code that
is not in its list is an error, never dropped. Last year's record stands in an example under ``last``, of the
record and of each of its members. Deliberately not here: what to do about an example that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from rules.compiled import Compiled, compiled, round_params
from rules.language import Expr, LastYear, Outcome, evaluate, outcome
from rules.language.meaning import Truth, thai_id_ok
from rules.rule import Example, Rule
from rules.verdicts import PREFIX, verdicts
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

if TYPE_CHECKING:
    from schemas.rounds import Round

Kind = Literal["good", "bad", "unknown"]
# Of a row, what one year's record has of it: this year's, or last year's where there is one.
_Part = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]
_MISFITS = (KeyError, TypeError, ValueError, pl.exceptions.PolarsError)
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
    """One example as rows: a household and its members, of whom the first is a person rule's record.

    Whoever has a record of last year has it under ``last``, with the key it is found by.
    """

    kind: Kind
    number: int
    household: Mapping[str, Any]
    members: tuple[Mapping[str, Any], ...]


def run(rule: Rule, round_: Round) -> tuple[Tried, ...]:
    """Every example of a rule with the round's parameters. Raises ExampleError or TextError."""
    ready = compiled(rule, round_params(round_))
    placed = tuple(_placed(rule))
    households, persons = frames(rule)
    found = verdicts(ready.table, households, persons, [ready], last_frames(rule))
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
    return _typed(rule, lambda row: {name: cell for name, cell in row.items() if name != "last"})


def last_frames(rule: Rule) -> LastYear:
    """Last year's records of a rule's examples. Raises ExampleError."""
    return LastYear(*_typed(rule, lambda row: row.get("last")))


def _typed(rule: Rule, of: _Part) -> tuple[pl.DataFrame, pl.DataFrame]:
    placed = tuple(_placed(rule))
    try:
        return _as_frames(placed, of)
    except _MISFITS:
        # Which one it is, is asked only now: frames of one row cost as much as frames of many.
        for each in placed:
            _refuse_misfit(rule, each, of)
        raise


def _as_frames(placed: Sequence[Placed], of: _Part) -> tuple[pl.DataFrame, pl.DataFrame]:
    homes = (of(each.household) for each in placed)
    people = (of(member) for each in placed for member in each.members)
    return (
        from_rows(Household, [row for row in homes if row is not None]),
        from_rows(Person, [row for row in people if row is not None]),
    )


def _refuse_misfit(rule: Rule, placed: Placed, of: _Part) -> None:
    try:
        _as_frames([placed], of)
    except _MISFITS as error:
        raise ExampleError(rule, placed.kind, placed.number, str(error)) from None


def _placed(rule: Rule) -> Iterator[Placed]:
    known: set[str] = set()
    for kind in EXPECTED:
        examples: tuple[Example, ...] = getattr(rule, kind)
        for number, example in enumerate(examples, 1):
            try:
                placed = place(rule, kind, number, example)
            except (TypeError, ValueError):
                reason = "hh: {…}, members: [{…}], last: {…}"
                raise ExampleError(rule, kind, number, reason) from None
            found = {member["national_id"] for member in placed.members if "last" in member}
            if found & known:
                raise ExampleError(rule, kind, number, "national_id: another example with last has the same")
            known |= found
            yield placed


def place(rule: Rule, kind: Kind, number: int, example: Example) -> Placed:
    """One example as rows. Raises TypeError or ValueError where hh, members or last are not laid out as such.

    Keys are filled in, so that an example need not speak of them; whose national id cannot be looked up has
    no last year, whatever the example says.
    """
    key = {"household_id": f"{kind}-{number}"}
    own = dict(example)
    members = list(own.pop("members", []))
    household = own
    if rule.level == "person":
        household = own.pop("hh", {})
        members = [own, *members]
    household = {**household, **key}
    if rule.level == "household":
        household = _known_again(household, household["household_id"], "household_id")
    rows = [{"member_no": n, **_lived_there(member, key), **key} for n, member in enumerate(members, 1)]
    ids = [_national_id(row, f"{rule.id} {kind} {number} {n}") for n, row in enumerate(rows)]
    people = (
        _known_again(row, None if ids.count(one) > 1 else one, "national_id")
        for row, one in zip(rows, ids, strict=True)
    )
    return Placed(kind, number, household, tuple(people))


def _lived_there(member: Mapping[str, Any], key: Mapping[str, str]) -> Mapping[str, Any]:
    """The member, in the same household last year unless the example names another one."""
    last = member.get("last")
    return member if last is None else {**member, "last": {**key, **dict(last)}}


def _known_again(row: dict[str, Any], found_by: str | None, key: str) -> dict[str, Any]:
    """The row with last year's record found by that key; without it where it cannot be found."""
    last = row.pop("last", None)
    if last is None or found_by is None:
        return row
    return {**row, key: found_by, "last": {**dict(last), key: found_by}}


def _national_id(row: Mapping[str, Any], seed: str) -> str | None:
    """The id by which a member can be looked up: their own if it is right, else made up if none is given."""
    if "national_id" in row or row.get("last") is None:
        own = row.get("national_id")
        return own if isinstance(own, str) and thai_id_ok(own) else None
    number = int.from_bytes(blake2b(seed.encode(), digest_size=6).digest()) % 10**11
    made = (f"1{number:011d}{digit}" for digit in range(10))
    return next(one for one in made if thai_id_ok(one))


def _positions(placed: tuple[Placed, ...]) -> list[int]:
    return [position for each in placed for position in range(len(each.members))]


def outcome_by_python(rule: Compiled, placed: Placed) -> Outcome:
    """What the reference target says of an example."""
    return outcome(*(truth_by_python(rule, condition, placed) for condition in (rule.applies, rule.must)))


def truth_by_python(rule: Compiled, condition: Expr | None, placed: Placed) -> Truth:
    """What the reference target says of one condition about an example; where there is none it is met."""
    if condition is None:
        return True
    record = placed.household if rule.table == "household" else placed.members[0]
    truth: Truth = evaluate(condition, record, placed.household, placed.members)
    return truth
