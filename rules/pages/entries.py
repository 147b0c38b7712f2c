"""What is said about each rule, in both languages, for every page that lists the rules.

Deliberately not here: layout; the package makes Markdown of it, reports/rules_page.py a web page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.boundaries.rows import row_text
from rules.compiled import HOLE, Compiled, cells, compiled, known_params, round_params
from rules.examples import EXPECTED, Kind
from rules.in_force import LeftOut, left_out
from rules.language import Params, Table
from rules.pages.labels import label, words
from rules.pages.words import Words
from rules.recalled import Recalled, recalled
from rules.rule import Lang, Rule, Sentence
from schemas.dictionary import Column, columns
from schemas.person import Person
from schemas.rounds import Round


@dataclass(frozen=True)
class Entry:
    """One rule in words. ``asked`` says who is counted, ``holds`` what must be true of them; ``columns`` are
    those the rule reads, by table; ``examples`` are rows as the rule's file has them; ``recalled`` is what it
    rests on that is not confirmed, ``off`` why the round leaves it out, None when it runs."""

    rule: Rule
    family: str
    sentence: Sentence
    fix: Sentence
    asked: Sentence
    holds: Sentence
    columns: tuple[tuple[Table, Column], ...]
    examples: Mapping[Kind, tuple[str, ...]]
    recalled: tuple[Recalled, ...] = ()
    off: LeftOut | None = None


def entries(rules: Iterable[Rule], round_: Round) -> tuple[Entry, ...]:
    """The entries of all rules, with the round's values, in the order of the rules."""
    rules = tuple(rules)
    params = {**known_params(), **round_params(round_)}
    off = {left.rule.id: left for left in left_out(rules, round_)}
    return tuple(_entry(rule, params, recalled(rule, round_), off.get(rule.id)) for rule in rules)


def by_column(entries_: Sequence[Entry]) -> dict[tuple[Table, Column], list[Entry]]:
    """The rules that read each column, columns in the order of the dictionary's tables."""
    found: dict[tuple[Table, Column], list[Entry]] = {}
    for entry in entries_:
        for column in entry.columns:
            found.setdefault(column, []).append(entry)
    return dict(sorted(found.items(), key=lambda item: (item[0][0] == "person", item[0][1].name)))


def _entry(rule: Rule, params: Params, rests_on: tuple[Recalled, ...], off: LeftOut | None) -> Entry:
    ready = None if rule.structural else compiled(rule, params)
    both = {lang: _texts(rule, ready, lang) for lang in ("th", "en")}
    sentence, fix, asked, holds = (Sentence(th, en) for th, en in zip(both["th"], both["en"], strict=True))
    return Entry(
        rule,
        rule.path.parts[0],
        sentence,
        fix,
        asked,
        holds,
        _columns(ready) if ready else (),
        {kind: tuple(map(row_text, getattr(rule, kind))) for kind in EXPECTED},
        rests_on,
        off,
    )


def _texts(rule: Rule, ready: Compiled | None, lang: Lang) -> tuple[str, str, str, str]:
    """Sentence, what to do, who is asked and what must hold, in one language."""
    said = words(lang)
    named = rule.message[lang], rule.fix[lang]
    sentence, fix = (HOLE.sub(lambda hole: f"[{_hole(hole[1], ready, lang)}]", text) for text in named)
    everyone = str(said["everyone"][rule.level])
    if ready is None:
        is_reading = rule.path.parts[0] == "structure"
        asked = said["while_reading"] if is_reading else said["by_program"].format(a=everyone)
        return sentence, fix, asked, said["found_by_program"]
    speaker = Words(ready.table, lang)
    asked = said["those"][rule.level].format(a=speaker.of(ready.applies)) if ready.applies else everyone
    return sentence, fix, asked, speaker.of(ready.must)


def _hole(text: str, ready: Compiled | None, lang: Lang) -> str:
    """What a hole of a sentence will be filled with, in words."""
    if ready is not None:
        return Words(ready.table, lang).of_value(ready.holes[text])
    known = columns(Person)
    return label(known[text], lang) if text in known else str(words(lang)["hole"].get(text, text))


def _columns(ready: Compiled) -> tuple[tuple[Table, Column], ...]:
    found: dict[tuple[Table, Column], None] = {}
    for cell in cells(ready.table, ready.expressions).values():
        found[Words(ready.table, "en").home(cell)] = None
    return tuple(found)
