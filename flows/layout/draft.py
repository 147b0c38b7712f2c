"""A proposal as a TOML file that an officer can read and correct, and the finished layout file.

The same form as every file of `schemas/layouts`: a table per kind of record, a field and the headings that
mean it. What is not settled stands there as a comment with its candidates. Values of code lists that nobody
knows stand under ``[values.<list>]``, with the answer they seem to mean. No cell of a person is in it.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from flows.layout.names import alike_texts, spellings
from flows.layout.proposal import Candidate, Proposed
from schemas import code_lists
from schemas.code_lists import label_key
from schemas.dictionary import Column, columns
from schemas.layouts import MODELS, normalise_header, synonyms, value_synonyms
from schemas.missing_tokens import is_missing

MOST_VALUES = 60  # a column with more different unknown texts is no code list
CLOSE = 0.5


def toml(proposals: Sequence[Proposed], name: str, on: date, with_likely: bool = True) -> str:
    """The file's text. ``with_likely``: also what is likely but not sure is active, not only a comment."""
    states = ("sure", "likely") if with_likely else ("sure",)
    active = [one for one in proposals if one.best and one.state in states]
    asked = [one for one in proposals if one not in active]
    lines = [
        f"# {name}: หัวคอลัมน์ที่เสนอเมื่อ {on.isoformat()} ตรวจแล้วลบ # หน้าบรรทัดที่ถูก หรือลบบรรทัดที่ผิด",
        "# Headings as proposed. Uncomment what is right, delete what is wrong.",
        "",
        'status = "recalled"',
    ]
    for table, model in MODELS.items():
        lines += ["", f"[{table}]"]
        lines += _lines([one for one in active if one.best and one.best.field in columns(model)])
        for one in asked:
            lines += _asked(one, [each for each in _candidates(one) if each.field in columns(model)])
    nowhere = [one for one in asked if not _candidates(one)]
    lines += ["", "# ไม่เหมือนช่องใด จะเก็บไว้เป็นข้อความและรายงาน · like no field: kept as text and reported"]
    lines += [f"#   {json.dumps(one.column.heading, ensure_ascii=False)}" for one in nowhere]
    return "\n".join([*lines, *_values(active), ""])


def _lines(active: Sequence[Proposed]) -> list[str]:
    """A line a field with all its new headings: two sheets of a file may each have it."""
    named: dict[str, list[Proposed]] = {}
    for one in active:
        if one.best and _is_new(one, one.best):
            named.setdefault(one.best.field, []).append(one)
    return [_line(field, every) for field, every in named.items()]


def _is_new(one: Proposed, best: Candidate) -> bool:
    """Whether the heading is not known already: what is known is not written again."""
    keys = {normalise_header(text) for text in spellings(one.column.parts)}
    return not any(synonyms(table).get(key) == best.field for table in MODELS for key in keys)


def _candidates(one: Proposed) -> list[Candidate]:
    return [each for each in (one.best, *one.others) if each is not None]


def _line(field: str, every: Sequence[Proposed]) -> str:
    texts = list(dict.fromkeys(one.column.heading for one in every))
    best = every[0].best
    sure = f"{best.confidence:.2f} " if best and best.field == field else ""
    return f"{field} = {json.dumps(texts, ensure_ascii=False)}  # {sure}{every[0].why}"


def _asked(one: Proposed, candidates: Iterable[Candidate]) -> list[str]:
    return [f"# ? {_line(each.field, [one])}" for each in candidates]


def _values(active: Sequence[Proposed]) -> list[str]:
    lines: list[str] = []
    told: dict[str, dict[str, tuple[str, float]]] = {}
    for one in active:
        code_list = next((c.code_list for c in _columns_of(one.best) if c.code_list), None)
        if code_list and one.best:
            told.setdefault(code_list, {}).update(unknown_values(one.column.cells, code_list))
    for code_list, found in told.items():
        if found:
            lines += ["", f"[values.{code_list}]"]
        for text, (slug, score) in sorted(found.items()):
            mark = "" if score >= CLOSE else "# ? "
            lines.append(f"{mark}{json.dumps(text, ensure_ascii=False)} = {json.dumps(slug)}  # {score:.2f}")
    return lines


def _columns_of(best: Candidate | None) -> list[Column]:
    return [columns(model)[best.field] for model in MODELS.values() if best and best.field in columns(model)]


def unknown_values(cells: Sequence[str], code_list: str) -> dict[str, tuple[str, float]]:
    """Texts that the list does not know, each with the answer it is most like and how much (0 to 1)."""
    known, learned = code_lists.load(code_list), value_synonyms(code_list)
    distinct = sorted({" ".join(text.split()) for text in cells if text.strip()})
    strange = [
        text
        for text in distinct
        if not known.slug_of(text)
        and label_key(text) not in learned
        and not is_missing(text, "code")
        and not text.replace(".", "").isdecimal()
    ]
    if len(strange) > MOST_VALUES:
        return {}
    return {text: best for text in strange if (best := _nearest(text, known))}


def _nearest(text: str, known: code_lists.CodeList) -> tuple[str, float] | None:
    scored = [
        (max(alike_texts(text, spelling) for spelling in texts), entry.slug)
        for entry in known.entries
        if (texts := (entry.label_th, entry.label_en, *entry.synonyms))
    ]
    score, slug = max(scored, default=(0.0, ""))
    return (slug, score) if slug else None
