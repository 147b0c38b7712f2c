"""The catalogue as Markdown pages, Thai and English: every rule, and every candidate with what became of it.

`python -m rules.pages` writes them, with --check it only says whether they are current. Every word about a
rule comes from the rule's file, the data dictionary and the newest round. Deliberately not here: those words
(pages/entries.py), the candidates (pages/candidates.py) and the web page (reports/rules_page.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from rules import catalogue
from rules.in_force import LeftOut
from rules.pages import candidates
from rules.pages.entries import Entry, by_column, entries
from rules.pages.labels import outcomes, words
from rules.pages.markdown import table
from rules.rule import Lang, Rule
from schemas import generated, rounds
from schemas.thai import thai_date

LAST = ("across", "structure")
FILES: dict[Lang, str] = {"th": "CATALOGUE.th.md", "en": "CATALOGUE.md"}


def page(lang: Lang, rules: Sequence[Rule]) -> str:
    """The whole catalogue in one language, as Markdown."""
    newest = rounds.load(rounds.years()[-1])
    said, listed = words(lang), entries(rules, newest)
    resting = sum(bool(entry.recalled) for entry in listed)
    intro = said["intro"].format(rules=len(rules), year=newest.year_be)
    lines = [f"<!-- {said['made']} -->", f"# {said['title']}", "", said["made"], "", intro, ""]
    lines += [said["candidates_at"].format(file=candidates.FILES[lang]), ""]
    lines += [said["resting"].format(recalled=resting, rules=len(rules)), ""]
    lines += [f"## {said['outcomes']}", "", *table(said["outcome_heads"], outcomes(lang))]
    lines += [f"## {said['index']}", "", *_index(listed, lang)]
    lines += [f"## {said['by_column']}", "", *_by_column(listed, lang)]
    for family, members in families(listed):
        lines += [f"## {family_name(family, lang)}", ""]
        lines += [line for entry in members for line in _entry(entry, lang)]
    return "\n".join(lines)


def family_name(family: str, lang: Lang) -> str:
    """What a family of rules is called; a folder without a name yet by the folder's name."""
    return str(words(lang)["families"].get(family, family))


def families(listed: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Families by name; last those about several records and about files."""
    ordered = sorted(listed, key=lambda entry: (*_place(entry.family), entry.rule.id))
    for family, members in groupby(ordered, key=lambda entry: entry.family):
        yield family, list(members)


def _place(family: str) -> tuple[int, str]:
    return (LAST.index(family) if family in LAST else -1, family)


def _index(listed: Sequence[Entry], lang: Lang) -> Iterator[str]:
    said = words(lang)
    for family, members in families(listed):
        yield f"### {family_name(family, lang)} ({len(members)})"
        yield ""
        rows = (
            [_link(entry), entry.rule.title[lang], said["severities"][entry.rule.severity]]
            for entry in members
        )
        yield from table(said["heads"], rows)


def _by_column(listed: Sequence[Entry], lang: Lang) -> Iterator[str]:
    said, found = words(lang), by_column(listed)
    for of, group in groupby(found.items(), key=lambda item: item[0][0]):
        yield f"### {said['tables'][of]}"
        yield ""
        rows = (
            [f"`{column.name}`", column.label(lang), ", ".join(map(_link, touching))]
            for (_, column), touching in group
        )
        yield from table(said["column_heads"], rows)


def _link(entry: Entry) -> str:
    return f"[{entry.rule.id}](#{entry.rule.id.lower()})"


def _entry(entry: Entry, lang: Lang) -> Iterator[str]:
    said, rule = words(lang), entry.rule
    # The anchor is written out: what a title becomes in a link differs between viewers, in Thai most of all.
    yield f'### <a id="{rule.id.lower()}"></a>{rule.id} {rule.title[lang]}'
    yield ""
    status = "" if rule.status == "active" else f" · **{said['trial']}**"
    level = said["levels"].get(rule.level, rule.level)
    yield f"`{rule.name}` · {said['severities'][rule.severity]} · {level}{status}"
    yield ""
    conditions = {"asked": rule.applies, "holds": rule.must}
    for key in ("sentence", "asked", "holds", "fix"):
        yield f"* **{said[key]}:** {_plain(getattr(entry, key)[lang])}{_code(conditions.get(key))}"
    yield f"* **{said['why']}:** {rule.why[lang]}"
    yield f"* **{said['since']}:** {rule.since}"
    if entry.off is not None:
        yield f"* **{said['not_checked']}:** {why_off(entry.off, lang)}"
    if entry.recalled:
        yield f"* **{said['recalled']}:** {'; '.join(one.words[lang] for one in entry.recalled)}"
    yield f"* **{said['basis']}:** {rule.basis}"
    if entry.columns:
        names = (f"`{column.name}` {column.label(lang)}" for _, column in entry.columns)
        yield f"* **{said['columns']}:** {', '.join(names)}"
    yield f"* **{said['file']}:** [{rule.path.name}]({rule.path.as_posix()})"
    yield ""
    yield from _examples(entry, lang)


def why_off(off: LeftOut, lang: Lang) -> str:
    """Why the round leaves a rule out, who decided, and until when."""
    said = words(lang)
    until = off.until and (thai_date(off.until) if lang == "th" else off.until.isoformat())
    parts = [off.reason[lang]]
    parts += [said["decided_by"].format(a=off.who)] if off.who else []
    parts += [said["until"].format(a=until)] if until else []
    return " · ".join(parts)


def _plain(text: str) -> str:
    return text.replace("*", "\\*").replace("|", "\\|")


def _code(text: str | None) -> str:
    return f"<br>`{' '.join(text.split())}`" if text else ""


def _examples(entry: Entry, lang: Lang) -> Iterator[str]:
    said = words(lang)
    if not any(entry.examples.values()):
        return
    yield "```yaml"
    for kind, rows in entry.examples.items():
        if rows:
            yield f"{kind}:  # {said['kinds'][kind]}"
            yield from (f"  - {row}" for row in rows)
    yield "```"
    yield ""


def written(folder: Path = catalogue.FOLDER) -> generated.Pages:
    """The catalogue's pages in ``folder``: what each file must hold."""
    rules = catalogue.load()
    pages = {name: page(lang, rules) for lang, name in FILES.items()}
    pages |= {name: candidates.page(lang, rules) for lang, name in candidates.FILES.items()}
    return {folder / name: text.encode() for name, text in pages.items()}
