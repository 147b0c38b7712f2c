"""The tables of MEANING.md as cases: a rule, the records it is asked of, and the outcome the page says.

All cases of a table stand in one world, each in a household of its own, so that every target runs them in one
go. ``cases`` gives the record's place in that world.
"""

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import rules.language
from rules.language import parse
from tests.language_engines import Batch, a_rule, columns_read
from tests.language_worlds import World, right_id

PAGE = (Path(rules.language.__file__).parent / "MEANING.md").read_text(encoding="utf-8")
OUTCOMES = {"holds": 0, "violated": 1, "cannot tell": 2, "not applicable": 3}
QUESTIONS = {
    "count": "count(members where is_bedridden)",
    **{word: f"{word}(members.age where is_bedridden)" for word in ("sum", "min", "max", "only")},
    "any": "any(members where is_bedridden)",
    "all": "all(members where is_bedridden have age >= 15)",
}
Row = dict[str, Any]


@dataclass
class Cases:
    """Rules by id, a world, and per rule the place of its record and the outcome that is right."""

    table: str
    households: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    last_households: list[Row] = field(default_factory=list)
    last_people: list[Row] = field(default_factory=list)
    texts: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    right: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, text: str, answer: str, place: int) -> None:
        """The page's answer as outcomes of rules that ask for it."""
        if answer in ("true", "false", "?"):
            self.rule(None, text, ("true", "false", "?").index(answer), place)
        elif answer == "missing":
            self.rule(None, f"({text}) is missing", 0, place)
        else:
            self.rule(None, f"({text}) = {int(answer)}", 0, place)
            self.rule(None, f"({text}) = {int(answer) - 1}", 1, place)

    def rule(self, applies: str | None, must: str, outcome: int, place: int) -> None:
        rule_id = f"C{len(self.texts)}"
        self.texts[rule_id], self.right[rule_id] = (applies, must), (place, outcome)

    def household(self, **cells: Any) -> str:
        """A household of its own; its id."""
        household_id = f"h{len(self.households)}"
        self.households.append({"household_id": household_id, **cells})
        return household_id

    def person(self, household_id: str | None, **cells: Any) -> int:
        """A person of the household; their place."""
        self.people.append({"household_id": household_id, **cells})
        return len(self.people) - 1

    def batch(self) -> Batch:
        made = {}
        for rule_id, texts in self.texts.items():
            typed = [None if text is None else parse(text, self.table) for text in texts]
            made[rule_id] = a_rule(rule_id, self.table, *typed)
        world = World(self.households, self.people, self.last_households, self.last_people)
        return Batch(self.table, made, world, columns_read(self.table, made))


def tables() -> dict[tuple[str, ...], list[list[str]]]:
    """The rows of the page's tables by their header; tables of one header are one."""
    found: dict[tuple[str, ...], list[list[str]]] = {}
    for block in re.findall(r"(?:^\|.*\|\n)+", PAGE, re.MULTILINE):
        header, _line, *rows = [
            [cell.strip() for cell in line.strip("| ").split(" | ")] for line in block.splitlines()
        ]
        found.setdefault(tuple(cell.replace("`", "") for cell in header), []).extend(rows)
    return found


def _truth(word: str) -> bool | None:
    return {"true": True, "false": False, "?": None}[word]


def _cell(word: str) -> Any:
    if word == "missing":
        return None
    return dt.date.fromisoformat(word) if re.fullmatch(r"\d{4}-\d\d-\d\d", word) else json.loads(word)


def outcomes(header: tuple[str, ...], rows: list[list[str]]) -> Cases:
    cases = Cases("person")
    for applies, *told in rows:
        for must, outcome in zip(header[1:], told, strict=True):
            place = cases.person(
                cases.household(), is_informant=_truth(applies), is_bedridden=_truth(must.split()[-1])
            )
            cases.rule("is_informant", "is_bedridden", OUTCOMES[outcome.strip("*")], place)
    return cases


def logic(header: tuple[str, ...], rows: list[list[str]]) -> Cases:
    cases = Cases("person")
    names = {"A": "is_informant", "B": "is_bedridden"}
    inputs = [name for name in header if name in names]
    for row in rows:
        truths = {names[name]: _truth(word) for name, word in zip(inputs, row, strict=False)}
        place = cases.person(cases.household(), **truths)
        for text, answer in zip(header[len(inputs) :], row[len(inputs) :], strict=True):
            cases.add(re.sub(r"\b[AB]\b", lambda found: names[found.group()], text), answer, place)
    return cases


def examples(_header: tuple[str, ...], rows: list[list[str]]) -> Cases:
    cases = Cases("person")
    for text, around, answer in rows:
        cells = {name: _cell(word) for name, word in re.findall(r"([a-z_.]+)(?: =)? ([^,]+)", around)}
        own, home, last = (
            {name.removeprefix(place): cell for name, cell in cells.items() if _place(name) == place}
            for place in ("", "hh.", "last.")
        )
        if last:
            key = {"national_id": right_id(len(cases.people))}
            own, last = key | own, key | last
            cases.last_people.append(last)
        cases.add(text.strip("`"), answer, cases.person(cases.household(**home), **own))
    return cases


def _place(name: str) -> str:
    return next((place for place in ("hh.", "last.") if name.startswith(place)), "")


def found_again(header: tuple[str, ...], rows: list[list[str]]) -> Cases:
    table, key = ("person" if header[0] == "national_id" else "household"), header[0]
    cases = Cases(table)
    this, last = {
        "person": (cases.people, cases.last_people),
        "household": (cases.households, cases.last_households),
    }[table]
    for n, (kind, this_year, last_year, *answers) in enumerate(rows):
        right = right_id(n)
        keys = {"right": right, "wrong": right[:-1] + str((int(right[-1]) + 1) % 10), "there": f"h{n}"}
        home = {"household_id": cases.household()} if table == "person" else {}
        record = home | {key: keys.get(kind)}
        this += [dict(record) for _ in range(_number(this_year))]
        cell = re.fullmatch(r".*, (\w+) (\w+)", last_year)
        last += [record | ({cell[1]: _cell(cell[2])} if cell else {}) for _ in range(_number(last_year))]
        for text, answer in zip(header[3:], answers, strict=True):
            cases.add(text, answer, len(this) - 1)
    return cases


def _number(words: str) -> int:
    return int(words.split(maxsplit=1)[0]) if words[0].isdigit() else 0


def years(_header: tuple[str, ...], rows: list[list[str]]) -> Cases:
    cases = Cases("person")
    for start, end, answer in rows:
        place = cases.person(cases.household(reference_date=_cell(end)), birth_date=_cell(start))
        cases.add("years_between(birth_date, hh.reference_date)", answer, place)
    return cases


def members(header: tuple[str, ...], rows: list[list[str]]) -> Cases:
    cases = Cases("household")
    for described, *answers in rows:
        household_id = cases.household()
        for fits, age in re.findall(r"(true|false|\?) (\w+)", described):
            cases.person(household_id, is_bedridden=_truth(fits), age=_cell(age))
        for word, answer in zip(header[1:], answers, strict=True):
            cases.add(QUESTIONS[word], answer, len(cases.households) - 1)
    return cases


def whose(header: tuple[str, ...], rows: list[list[str]]) -> Cases:
    cases = Cases("person")
    for described, *answers in rows:
        household_id = None if described == "missing" else cases.household(member_count=5)
        if described == "of two household rows":
            cases.households.append(dict(cases.households[-1]))
        if described == "of no household row":
            cases.households.pop()
            household_id = "gone"
        place = cases.person(household_id, age=40)
        cases.person(household_id, age=3)
        for text, answer in zip(header[1:], answers, strict=True):
            cases.add(text, answer, place)
    return cases


RUN = {
    ("applies", "must true", "must false", "must ?"): outcomes,
    ("A", "B", "A and B", "A or B", "if A then B"): logic,
    ("A", "not A"): logic,
    ("example", "with", "answer"): examples,
    ("from", "to", "years"): years,
    ("members", *QUESTIONS): members,
    ("household_id", "count(members)", "any(members where age is present)", "hh.member_count"): whose,
}
AGAIN = ("this year", "last year")
RUN |= {
    ("national_id", *AGAIN, "last.age", "last.national_id is present"): found_again,
    ("household_id", *AGAIN, "last.member_count", "last.household_id is present"): found_again,
}
IN_WORDS = {
    ("type", "written", "notes"),
    ("written", "true when", "? when"),
    ("question", "answer"),
    ("target", "made by", "what it is handed", "what proves it"),
    ("left out", "why"),
}
