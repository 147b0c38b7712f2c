"""Header synonyms: which field a column heading of an extract means, from `layouts/*.toml`.

A heading is compared in a normalised form, so one entry covers its spellings. A field's own name, its Thai
and its English label always count. Item numbers are never synonyms: the same number means different questions
in different generations of the form. Finding the header row is intake's work.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import pandera.polars as pa

from schemas.code_lists import Status, as_status, label_key, load
from schemas.dictionary import columns
from schemas.household import Household
from schemas.person import Person
from schemas.thai import arabic_digits, normalise_text

FOLDER = Path(__file__).parent / "layouts"
Table = Literal["household", "person"]
MODELS: Mapping[Table, type[pa.DataFrameModel]] = MappingProxyType({"household": Household, "person": Person})

_UNIT = re.compile(
    r"[(\[]\s*(คน|บาท|บาท */ *ปี|บาท */ *คน *(/ *ปี)?|บาทต่อปี|ปี|ปีเต็ม|พ\.ศ\.|กรัม|ครั้ง|ครั้ง */ *เดือน|ชั่วโมง"
    r"|ชม\.|ชั่วโมง */ *สัปดาห์|องศา|ใช่ */ *ไม่ใช่|มี */ *ไม่มี|persons?|baht|years?)\s*[)\]]",
    re.IGNORECASE,
)
# "22.1(1) รายได้…", "ข้อ 4.1 …", "1) ชื่อ": an item number in front of a Thai heading. A bare number stays,
# it may be an age ("1 ปี 6 เดือน").
_ITEM = re.compile(
    r"^(ข้อ(ที่)? *)?[0-9]+(\.[0-9]+)*(\.|\)|\([0-9]+\)|(?<=\.[0-9])|(?<=\.[0-9][0-9])) *(?=[ก-ฮเ-ไ])"
)
_STRAY = re.compile(r"[()\[\]\s,;?+&#]")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading as written in a file, the field it means, and how sure that is."""

    text: str
    field: str
    file: str
    status: Status


def normalise_header(text: str) -> str:
    """A heading in the form in which headings are compared.

    One Thai spelling, Arabic digits, lower case; without spaces, line breaks, points, units in brackets and a
    leading item number. Empty if nothing is left.
    """
    text = arabic_digits(normalise_text(text))
    return _STRAY.sub("", label_key(_ITEM.sub("", _UNIT.sub("", text))))


def headings(table: Table) -> tuple[Heading, ...]:
    """Every heading known for `table`: the dictionary's own names and labels first, then the layout files."""
    own = [
        Heading(text, name, "dictionary", column.status)
        for name, column in columns(MODELS[table]).items()
        for text in (name, column.th, column.en)
    ]
    return tuple(own) + tuple(
        heading for source in sorted(FOLDER.glob("*.toml")) for heading in _read(source, table)
    )


@cache
def value_synonyms(code_list: str) -> Mapping[str, str]:
    """How layouts write the answers of a code list: key of the text (label_key) -> slug.

    From the tables ``[values.<code list>]`` of the layout files. ValueError for an answer the list does not
    have, or a text that means two.
    """
    known: dict[str, str] = {}
    slugs = load(code_list).slugs
    for source in sorted(FOLDER.glob("*.toml")):
        told = tomllib.loads(source.read_text(encoding="utf-8")).get("values", {}).get(code_list, {})
        for text, slug in told.items():
            if slug not in slugs or known.setdefault(label_key(text), slug) != slug:
                raise ValueError(f"{source.name}: {text!r} as {slug} is no single answer of {code_list}")
    return MappingProxyType(known)


def with_file(source: Path, table: Table) -> Mapping[str, str]:
    """``synonyms`` and those of one more file. ValueError for a field that is none, or two meanings."""
    known = dict(synonyms(table))
    for heading in _read(source, table):
        if known.setdefault(normalise_header(heading.text), heading.field) != heading.field:
            meant = known[normalise_header(heading.text)]
            raise ValueError(f"{source.name}: {heading.text!r} already means {meant}, not {heading.field}")
    return MappingProxyType(known)


@cache
def synonyms(table: Table) -> Mapping[str, str]:
    """Normalised heading -> field of `table`. ValueError if a heading means two fields."""
    known: dict[str, str] = {}
    for heading in headings(table):
        key = normalise_header(heading.text)
        if known.setdefault(key, heading.field) != heading.field:
            raise ValueError(
                f"{heading.file}: {heading.text!r} means both {known[key]} and {heading.field}; remove one"
            )
    return MappingProxyType(known)


@cache
def flat_synonyms() -> Mapping[str, tuple[Table, str]]:
    """For a file with a row per member and the household's columns repeated: heading -> (table, field).

    A field both tables have (household_id, district_code) is given as the household's.
    """
    person: dict[str, tuple[Table, str]] = {
        key: ("person", field) for key, field in synonyms("person").items()
    }
    household: dict[str, tuple[Table, str]] = {
        key: ("household", field) for key, field in synonyms("household").items()
    }
    clashes = sorted(key for key in person.keys() & household.keys() if person[key][1] != household[key][1])
    if clashes:
        raise ValueError(f"headings that mean one thing of a person and another of a household: {clashes}")
    return MappingProxyType(person | household)


def _read(source: Path, table: Table) -> list[Heading]:
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    status = as_status(data["status"])
    known = columns(MODELS[table])
    unknown = sorted(set(data.get(table, {})) - set(known))
    if unknown:
        raise ValueError(f"{source.name}: the {table} table has no field {', '.join(unknown)}")
    return [
        Heading(text, field, source.name, status)
        for field, texts in data.get(table, {}).items()
        for text in texts
    ]
