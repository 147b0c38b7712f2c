"""Records at the boundaries of a rule: an example of its author with one cell changed to where it turns.

On a bound, just below and just above it; the codes at the edge of a set; a cell missing; a member more or
fewer; last year's record there or not. Bounds that hang on other cells are worked out on the example itself.
Deliberately not here: choosing among them and writing them down (boundaries/rows.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rules import examples
from rules.boundaries.values import cell_values
from rules.compiled import Compiled, cells
from rules.examples import EXPECTED, Kind
from rules.language import Outcome, ast
from rules.language.last_year import KEYS
from rules.rule import Example

KINDS: dict[Outcome, Kind] = {outcome: kind for kind, those in EXPECTED.items() for outcome in those}


@dataclass(frozen=True)
class Nearby:
    """An example one step away from another: which cell was set (``members.1.age``; from 1) and to what."""

    example: Example
    cell: str
    value: Any


@dataclass(frozen=True)
class Case:
    """An example as the reference target takes it; ``kind`` is what the rule as written says of it."""

    ready: Compiled
    example: Example
    placed: Any
    kind: Kind

    def outcome(self, applies: Any, must: Any) -> Outcome:
        """What the rule would say of the example if these were its conditions."""
        return _outcome(replace(self.ready, applies=applies, must=must), self.placed)

    @property
    def as_written(self) -> Outcome:
        """What the rule says of it."""
        return _outcome(self.ready, self.placed)


def _outcome(ready: Compiled, placed: Any) -> Outcome:
    # How an example becomes a record, and how Python judges it, is said once: in rules.examples.
    return examples.outcome_by_python(ready, placed)


def cases(ready: Compiled) -> tuple[Case, ...]:
    """The rule's own examples, in the order of the file."""
    return tuple(case(ready, example) for example in own_examples(ready))


def case(ready: Compiled, example: Example) -> Case:
    """One example for the rule, its own or not."""
    placed = examples.place(ready.rule, "good", 1, example)
    return Case(ready, example, placed, KINDS[_outcome(ready, placed)])


def own_examples(ready: Compiled) -> tuple[Example, ...]:
    """The rule's examples of every kind, in the order of the file."""
    return tuple(example for kind in EXPECTED for example in getattr(ready.rule, kind))


def nearby(ready: Compiled, example: Example) -> Iterator[Nearby]:
    """Every example one step from this one, each once; cells in the order the rule names them."""
    seen = {_key(example)}
    steps = (
        *_cells_changed(ready, example),
        *_members_changed(ready, example),
        *_last_changed(ready, example),
    )
    for one in steps:
        if (key := _key(one.example)) not in seen:
            seen.add(key)
            yield one


def _cells_changed(ready: Compiled, example: Example) -> Iterator[Nearby]:
    values = cell_values(ready, example)
    for cell, where in addresses(ready, example):
        column = _columns(ready)[cell]
        if column.is_last and column.name == KEYS[column.table(ready.table)]:
            # It is there when a record is (see _last_changed), and then nothing else than this year's.
            continue
        for value in values.of(cell, where):
            yield Nearby(changed(example, where, value), ".".join(map(str, where)), value)


def _members_changed(ready: Compiled, example: Example) -> Iterator[Nearby]:
    if not any(column.is_of_member for column in _columns(ready).values()) and "members" not in example:
        return
    members = list(example.get("members", []))
    for at in range(len(members)):
        yield Nearby({**example, "members": members[:at] + members[at + 1 :]}, "members", len(members) - 1)
    if members:
        yield Nearby({**example, "members": [*members, members[-1]]}, "members", len(members) + 1)


def _last_changed(ready: Compiled, example: Example) -> Iterator[Nearby]:
    """Last year's record there where there was none, and gone where there was one."""
    owners = dict.fromkeys(
        where[:-1] for cell, where in addresses(ready, example) if _columns(ready)[cell].is_last
    )
    for where in owners:
        value: Any = None if at(example, where) is not None else {}
        yield Nearby(changed(example, where, value), ".".join(map(str, where)), value)


def _columns(ready: Compiled) -> Mapping[str, ast.Column]:
    return cells(ready.table, ready.expressions)


def addresses(ready: Compiled, example: Example) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Each cell the rule reads, by its name in compiled.cells, with the path to it in the example."""
    read = _columns(ready)
    for cell, column in read.items():
        place, _, name = cell.rpartition(".")
        path = tuple(part for part in (*place.split("."), name) if part)
        if not column.is_of_member:
            yield cell, path
            continue
        of_member = path[1:]
        if ready.table == "person" and ".".join(of_member) not in read:
            yield cell, of_member
        for number in range(len(example.get("members", []))):
            yield cell, ("members", number, *of_member)


def at(example: Any, where: tuple[Any, ...]) -> Any:
    """What stands at a path of an example; None where nothing does."""
    for step in where:
        example = example[step] if isinstance(step, int) else (example or {}).get(step)
    return example


def changed(example: Any, where: tuple[Any, ...], value: Any) -> Any:
    """The example with what stands at a path set; cells left out of an example are missing already."""
    if not where:
        return value
    step, rest = where[0], where[1:]
    if isinstance(step, int):
        return [changed(one, rest, value) if n == step else one for n, one in enumerate(example)]
    return {**(example or {}), step: changed((example or {}).get(step), rest, value)}


def _key(example: Example) -> str:
    """Examples that say the same, a cell left out and a missing cell alike."""
    return repr(_present(example))


def _present(part: Any) -> Any:
    if isinstance(part, dict):
        return sorted((name, _present(value)) for name, value in part.items() if value is not None)
    return [_present(one) for one in part] if isinstance(part, list) else part
