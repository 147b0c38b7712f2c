"""Code lists: the closed answers of a column, read from `codes/<name>.csv`, one list a file.

The slug is what frames, rules and indicators use; the numeric code is what one export happens to write. File
order is level order, so an ordered list (education) compares with < and >=. Districts and tambons are in
`schemas.areas`; tokens that mean "no answer" are in `schemas.missing_tokens`.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from schemas.thai import arabic_digits, normalise_text

Status = Literal["confirmed", "derived", "recalled"]
Lang = Literal["th", "en"]

FOLDER = Path(__file__).parent / "codes"

_NOT_LISTS = {"areas", "missing_tokens", "sources"}
_IGNORED = re.compile(r"[ ._/*:'\"’–—-]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer. `code_status` is apart from `status`: labels are known where numbers are not."""

    slug: str
    code: str
    label_th: str
    label_en: str
    groups: tuple[str, ...]
    min_age: int | None
    synonyms: tuple[str, ...]
    status: Status
    code_status: Status


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list: slugs in level order, labels, codes, groups, every known spelling of an answer."""

    name: str
    entries: tuple[Entry, ...]
    slugs: tuple[str, ...]
    label_th: dict[str, str]
    label_en: dict[str, str]
    codes: dict[str, str]
    groups: dict[str, tuple[str, ...]]
    synonyms: dict[str, str]

    def label(self, slug: str, lang: Lang) -> str:
        return (self.label_th if lang == "th" else self.label_en)[slug]

    def slug_of(self, text: str) -> str | None:
        """The slug meant by a label, short form, code or slug as typed in a file; None if not in the list."""
        return self.synonyms.get(label_key(text))


def label_key(text: str) -> str:
    """The form in which labels are compared: one spelling, Arabic digits, lower case, no spaces."""
    return _IGNORED.sub("", arabic_digits(normalise_text(text)).lower())


def names() -> tuple[str, ...]:
    """Every list there is, by file name, sorted."""
    found = (item.stem for item in FOLDER.glob("*.csv"))
    return tuple(sorted(set(found) - _NOT_LISTS))


@cache
def load(name: str) -> CodeList:
    """The list called `name`. Raises FileNotFoundError naming the lists there are, ValueError on a clash."""
    source = FOLDER / f"{name}.csv"
    if not source.is_file():
        raise FileNotFoundError(f"no code list {name!r}; there are: {', '.join(names())}")
    with source.open(encoding="utf-8-sig", newline="") as lines:
        entries = tuple(_entry(row) for row in csv.DictReader(lines))
    return CodeList(
        name=name,
        entries=entries,
        slugs=tuple(entry.slug for entry in entries),
        label_th={entry.slug: entry.label_th for entry in entries},
        label_en={entry.slug: entry.label_en for entry in entries},
        codes={entry.code: entry.slug for entry in entries if entry.code},
        groups=_groups(entries),
        synonyms=_synonyms(name, entries),
    )


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        slug=row["slug"],
        code=row["code"],
        label_th=row["label_th"],
        label_en=row["label_en"],
        groups=_parts(row["groups"]),
        min_age=int(row["min_age"]) if row["min_age"] else None,
        synonyms=_parts(row["synonyms"]),
        status=as_status(row["status"]),
        code_status=as_status(row["code_status"]),
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def as_status(text: str) -> Status:
    """`text` if it is one of the three; ValueError otherwise."""
    if text not in get_args(Status):
        raise ValueError(f"status {text!r} is none of {', '.join(get_args(Status))}")
    return cast(Status, text)


def _groups(entries: tuple[Entry, ...]) -> dict[str, tuple[str, ...]]:
    group_names = dict.fromkeys(group for entry in entries for group in entry.groups)
    return {name: tuple(e.slug for e in entries if name in e.groups) for name in group_names}


def _synonyms(name: str, entries: tuple[Entry, ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for entry in entries:
        # A number cell loses leading zeros: 0110 arrives as 110.
        bare_code = entry.code.lstrip("0")
        for text in (entry.slug, entry.code, bare_code, entry.label_th, entry.label_en, *entry.synonyms):
            key = label_key(text)
            if key and known.setdefault(key, entry.slug) != entry.slug:
                raise ValueError(f"codes/{name}.csv: {text!r} means both {known[key]} and {entry.slug}")
    return known
