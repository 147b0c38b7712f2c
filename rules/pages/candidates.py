"""Every rule somebody thought of, and what became of it: which rules answer it, or why none does.

`candidates.csv` names the candidates; which rules answer one is read from the rules' own ``basis``, so the
page cannot drift from the catalogue. Deliberately not here: writing the pages (the package).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from rules import catalogue
from rules.pages.labels import words
from rules.pages.markdown import table
from rules.rule import Lang, Rule, Sentence, Severity

FILES: dict[Lang, str] = {"th": "CANDIDATES.th.md", "en": "CANDIDATES.md"}
ID = re.compile(r"\b(?:STR|DOM|PER|HH|INC|IND|XHH|YR|INT|REG|AGG|CER)-[0-9]{2}\b")
# What can be asked of a record, its household and last year's: each of these is a rule or has a reason.
ASKED = ("STR", "DOM", "PER", "HH", "INC", "IND")


@dataclass(frozen=True)
class Candidate:
    """One candidate. ``basis`` is its mark: Confirmed, Literature, Derived, Recalled. ``reason`` says why no
    rule answers it, or what is left to another stage; ``measure`` names the quality measure that does."""

    id: str
    finds: Sentence
    severity: Severity
    basis: str
    reason: Sentence
    measure: str

    @property
    def family(self) -> str:
        return self.id.partition("-")[0]


def load(path: Path | None = None) -> tuple[Candidate, ...]:
    """The candidates in the order of the file. Raises ValueError naming an id that is there twice."""
    found: dict[str, Candidate] = {}
    with (path or catalogue.FOLDER / "candidates.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["id"] in found:
                raise ValueError(f"candidates.csv: {row['id']} is there twice")
            found[row["id"]] = Candidate(
                row["id"],
                Sentence(row["finds_th"], row["finds_en"]),
                row["severity"],  # type: ignore[arg-type]
                row["basis"],
                Sentence(row["reason_th"], row["reason_en"]),
                row["measure"],
            )
    return tuple(found.values())


def answered_by(rules: Sequence[Rule]) -> Mapping[str, tuple[Rule, ...]]:
    """The rules that name each candidate in their basis, by candidate."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for candidate in dict.fromkeys(ID.findall(rule.basis)):
            found.setdefault(candidate, []).append(rule)
    return {candidate: tuple(named) for candidate, named in found.items()}


def without_answer(rules: Sequence[Rule], families: Sequence[str] = ASKED) -> tuple[str, ...]:
    """Candidates of the families that have neither a rule nor a reason."""
    answers = answered_by(rules)
    asked = [one for one in load() if one.family in families]
    return tuple(one.id for one in asked if one.id not in answers and not (one.reason.th and one.reason.en))


def page(lang: Lang, rules: Sequence[Rule]) -> str:
    """All candidates in one language, as Markdown."""
    said, listed, answers = words(lang), load(), answered_by(rules)
    taken = sum(one.id in answers for one in listed)
    counts = said["candidates_counted"].format(
        all=len(listed), taken=taken, rules=len(rules), left=len(listed) - taken
    )
    lines = [f"<!-- {said['made']} -->", f"# {said['candidates']}", "", said["made"], "", counts, ""]
    for family, group in groupby(listed, key=lambda one: one.family):
        members = list(group)
        lines += [f"## {said['candidate_families'][family]} ({family}, {len(members)})", ""]
        lines += table(said["candidate_heads"], (_row(one, answers, lang) for one in members))
    return "\n".join(lines)


def _row(one: Candidate, answers: Mapping[str, Sequence[Rule]], lang: Lang) -> list[str]:
    severity = words(lang)["severities"][one.severity]
    what = "<br>".join(_answer(one, answers.get(one.id, ()), lang))
    return [one.id, one.finds[lang], severity, words(lang)["marks"][one.basis], what]


def _answer(one: Candidate, rules: Sequence[Rule], lang: Lang) -> Iterator[str]:
    page_of_rules = "CATALOGUE.th.md" if lang == "th" else "CATALOGUE.md"
    if rules:
        yield ", ".join(f"[{rule.id}]({page_of_rules}#{rule.id.lower()})" for rule in rules)
    if one.reason[lang]:
        yield one.reason[lang]
    elif not rules:
        yield f"**{words(lang)['undecided']}**"
