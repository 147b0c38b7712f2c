"""What a rule rests on that nobody has confirmed yet: thresholds, answers, code numbers, indicators.

Derived from what the rule reads and from the status the data carry (the round's file, the code lists), so it
cannot drift from either: when a value is confirmed there, the rule is free of it here. Deliberately not here:
switching such a rule off, which is the round's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rules import indicators
from rules.compiled import Compiled, TextError, compiled, known_params, round_params
from rules.language import ast
from rules.language.kinds import Codes
from rules.rule import Rule, Sentence
from schemas import code_lists, dictionary
from schemas.dictionary import Column
from schemas.household import Household
from schemas.person import Person

if TYPE_CHECKING:
    from schemas.rounds import Round

RECALLED = "recalled"
# More answers than these are told as the whole list.
FEW = 4
Kind = Literal["parameter", "answers", "numbers", "indicator"]


@dataclass(frozen=True)
class Recalled:
    """One thing that is not confirmed: ``name`` as the data have it, and what to call it in words."""

    kind: Kind
    name: str
    words: Sentence


class _Asked(dict[str, object]):
    """The round's values by name, remembering which of them were asked for."""

    def __init__(self, values: dict[str, object]) -> None:
        super().__init__(values)
        self.names: dict[str, None] = {}

    def __getitem__(self, name: str) -> object:
        self.names[name] = None
        return super().__getitem__(name)


def recalled(rule: Rule, round_: Round) -> tuple[Recalled, ...]:
    """What the rule rests on in the round that is only recalled; empty for structural rules.

    ``numbers`` matter only where a file writes an answer as its code number, ``answers`` always.
    """
    if rule.structural:
        return ()
    asked = _Asked({**known_params(), **round_params(round_)})
    try:
        ready = compiled(rule, asked)  # type: ignore[arg-type]
    except TextError:
        return ()
    return (*_parameters(asked, round_), *_lists(ready), *_indicators(ready, round_))


def count(rules: Iterable[Rule], round_: Round) -> int:
    """How many of the rules rest on something that is only recalled."""
    return sum(bool(recalled(rule, round_)) for rule in rules)


def _parameters(asked: _Asked, round_: Round) -> Iterator[Recalled]:
    for name in asked.names:
        said = round_.parameter_texts.get(name)
        if said is not None and said.status == RECALLED:
            yield Recalled("parameter", name, Sentence(f"เกณฑ์ “{said.th}”", f"threshold “{said.en}”"))


def _lists(ready: Compiled) -> Iterator[Recalled]:
    used: dict[str, set[str]] = {}
    for expression in ready.expressions:
        for codes, slugs in _answers(expression):
            used.setdefault(codes.name, set()).update(slugs)
    for name, slugs in used.items():
        entries = [entry for entry in code_lists.load(name).entries if entry.slug in slugs]
        unsure = [entry for entry in entries if entry.status == RECALLED]
        title = _title(name)
        if unsure:
            few = len(unsure) <= FEW
            th, en = (
                ", ".join(getattr(entry, f"label_{lang}") for entry in unsure) if few else title[lang]
                for lang in ("th", "en")
            )
            yield Recalled("answers", name, Sentence(f"คำตอบ “{th}”", f"answers “{en}”"))
        elif any(entry.code_status == RECALLED for entry in entries):
            words = Sentence(f"เลขรหัสของ “{title.th}”", f"code numbers of “{title.en}”")
            yield Recalled("numbers", name, words)


def _title(name: str) -> Sentence:
    """What a code list is called: the label of the first column that has it."""
    found = next(column for column in _columns() if column.code_list == name)
    return Sentence(found.th, found.en)


def _columns() -> Iterator[Column]:
    for model in (Person, Household):
        yield from dictionary.columns(model).values()


def _answers(expression: ast.Expr) -> Iterator[tuple[Codes, Iterable[str]]]:
    """The answers of code lists an expression names; an order rests on the whole list."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Compare) and node.left.type.codes and node.operator not in {"=", "!="}:
            yield node.left.type.codes, node.left.type.codes.slugs
        elif isinstance(node, ast.In) and node.value.type.codes:
            yield node.value.type.codes, map(str, node.choices)
        elif isinstance(node, ast.Literal) and node.type.codes:
            yield node.type.codes, [str(node.value)]


def _indicators(ready: Compiled, round_: Round) -> Iterator[Recalled]:
    """Indicators whose columns the rule reads."""
    asked = {cell.name for expression in ready.expressions for cell in ast.columns(expression)}
    slugs = {column.indicator for column in _columns() if column.name in asked}
    for one in indicators.load():
        entry = round_.indicators.get(one.slug)
        if one.slug in slugs and entry is not None and entry.status == RECALLED:
            words = Sentence(f"ตัวชี้วัด “{one.name.th}”", f"indicator “{one.name.en}”")
            yield Recalled("indicator", one.slug, words)
