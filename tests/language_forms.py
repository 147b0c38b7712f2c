"""The XPath target run: a world as filled-in forms, and each condition evaluated in them by libxml2.

libxml2 is XPath 1.0; the few functions that ODK adds are here as ODK documents them. A form holds one
household whose id is certain, and no empty text; of records in no form no verdict is given.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from rules.language.to_xpath import Carried, NotCarried, to_xpath
from tests.language_engines import Batch
from tests.language_worlds import World

Row = dict[str, Any]
# XPath counts in the numbers of JavaScript; ODK Collect takes nine digits.
LARGEST = 2**53 - 1


class FilledIn(NamedTuple):
    """A form: its household and its members, with the places of their rows in the world."""

    place: int
    household: Row
    places: list[int]
    people: list[Row]


# Which of the rules to ask of a form: some that follow each other.
AskedOf = Callable[[FilledIn, list[str]], list[str]]


def everything(_form: FilledIn, rule_ids: list[str]) -> list[str]:
    """All rules of all forms."""
    return rule_ids


def carried(batch: Batch) -> tuple[dict[str, Carried], dict[str, NotCarried]]:
    """The rules of a batch as conditions, and why the others are not."""
    made, left_out = {}, {}
    for rule_id, rule in batch.rules.items():
        try:
            made[rule_id] = to_xpath(rule, batch.table)
        except NotCarried as reason:
            left_out[rule_id] = reason
    return made, left_out


def askable(world: World) -> World:
    """The same without what is no answer in a form: an empty text, NaN, whole numbers that lose digits."""

    def without(rows: list[Row]) -> list[Row]:
        return [{name: cell if _can_be_typed(cell) else None for name, cell in row.items()} for row in rows]

    return World(without(world.households), without(world.people))


def _can_be_typed(cell: Any) -> bool:
    if isinstance(cell, float) and math.isnan(cell):
        return False
    return cell != "" and not (isinstance(cell, int) and abs(cell) > LARGEST)


def forms(world: World) -> Iterator[FilledIn]:
    """The forms of a world: of each household that is certain and whose every cell can be typed."""
    count = Counter(row.get("household_id") for row in world.households)
    for place, household in enumerate(world.households):
        home = household.get("household_id")
        places = [n for n, row in enumerate(world.people) if row.get("household_id") == home]
        people = [world.people[n] for n in places]
        cells = [cell for row in (household, *people) for cell in row.values()]
        if home is not None and count[home] == 1 and all(map(_can_be_typed, cells)):
            yield FilledIn(place, household, places, people)


def typed(cell: Any) -> str:
    """An answer as a form keeps it; no answer is nothing."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)


def by_libxml2(batch: Batch, asked_of: AskedOf = everything) -> dict[str, list[int | None]]:
    """Outcome codes of the rules that are carried; None for a record that is in no form, or not asked."""
    ready = {
        rule_id: [etree.XPath(each, extensions=FUNCTIONS) for each in conditions(rule)]
        for rule_id, rule in carried(batch)[0].items()
    }
    records = batch.world[batch.table == "person"]
    found: dict[str, list[int | None]] = {rule_id: [None] * len(records) for rule_id in ready}
    for form in forms(batch.world):
        root = document(form, batch.tables)
        asked = root.findall("person") if batch.table == "person" else [root]
        places = form.places if batch.table == "person" else [form.place]
        for place, record in zip(places, asked, strict=True):
            for rule_id in asked_of(form, list(ready)):
                # From a question of the record, as a constraint is.
                found[rule_id][place] = outcome_of([each(record[0]) for each in ready[rule_id]])
    return found


def conditions(rule: Carried) -> list[str]:
    """Those of a rule in the order of their outcomes: holds, violated, not applicable."""
    return [rule.holds, rule.violated, rule.not_applicable]


def outcome_of(three: list[bool]) -> int:
    """The outcome that the conditions tell; they must not contradict each other."""
    assert sum(three) <= 1, three
    return {0: 0, 1: 1, 2: 3}[three.index(True)] if any(three) else 2


def document(form: FilledIn, tables: Any) -> Any:
    """A filled-in form as it is saved."""
    root = etree.Element("data")
    for name in tables["household"]:
        etree.SubElement(root, name).text = typed(form.household.get(name))
    for member in form.people:
        person = etree.SubElement(root, "person")
        for name in tables["person"]:
            etree.SubElement(person, name).text = typed(member.get(name))
    return root


def _string(value: Any) -> str:
    if isinstance(value, list):
        return (value[0].text or "") if value else ""
    return str(value)


def _number(value: Any) -> float:
    try:
        return float(_string(value))
    except ValueError:
        return math.nan


def _regex(_context: Any, text: Any, pattern: str) -> bool:
    # Anywhere in the text, as Enketo has it; ODK Collect asks for the whole text. Its $ is the end only.
    return re.search(pattern.removesuffix("$") + r"\Z", _string(text)) is not None


FUNCTIONS = {
    (None, name): function
    for name, function in {
        "regex": _regex,
        "substr": lambda _context, text, start, end: _string(text)[int(start) : int(end)],
        "join": lambda _context, sign, nodes: sign.join(node.text or "" for node in nodes),
        "if": lambda _context, condition, then, otherwise: then if condition else otherwise,
        "min": lambda _context, nodes: min((_number([node]) for node in nodes), default=math.nan),
        "max": lambda _context, nodes: max((_number([node]) for node in nodes), default=math.nan),
    }.items()
}
