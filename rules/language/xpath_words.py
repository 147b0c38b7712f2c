"""Small XPath pieces the XPath target is built of, and where a form keeps what the rules read.

XPath has no null: a condition is two conditions, *surely true* and *surely false*, and a value comes with the
condition that it is there. Only what JavaRosa (ODK Collect) and XPath 1.0 read alike is written; Enketo was
not run. Deliberately not here: the rule language; to_xpath.py and xpath_members.py know that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.language import meaning

TRUE, FALSE = "true()", "false()"
YES, NO = "yes", "no"


class NotCarried(Exception):  # noqa: N818 (an answer to a question, not a fault)
    """A rule that a form's XPath cannot say, with the reason in Thai and English."""

    def __init__(self, th: str, en: str) -> None:
        self.th, self.en = th, en
        super().__init__(f"{th} · {en}")


@dataclass(frozen=True)
class Form:
    """Where the answers are: the household's under ``household``, its members in the repeat ``person``.

    A condition on a person is asked from a question of the repeat, from which ``row`` leads to the member.
    ``groups``: of the household's columns those that stand in a group of questions, with the group's name.
    Each question has the name of its column; yes/no questions answer ``yes`` or ``no``, codes their slug.
    """

    household: str = "/data"
    person: str = "/data/person"
    row: str = ".."
    groups: Mapping[str, str] = field(default_factory=dict)

    def household_cell(self, name: str) -> str:
        """The path of a household's answer."""
        return "/".join(part for part in (self.household, self.groups.get(name), name) if part)


@dataclass(frozen=True)
class Truth:
    """A condition: when it is surely true, and when it is surely false."""

    true: str
    false: str

    @property
    def known(self) -> str:
        """When it can be told."""
        return any_of(self.true, self.false)


@dataclass(frozen=True)
class Value:
    """A value, and when it is there; where it is not, ``text`` may be anything."""

    there: str
    text: str


def all_of(*conditions: str) -> str:
    """And; what is always true is left out."""
    return _joined(conditions, "and", nothing=TRUE, decides=FALSE)


def any_of(*conditions: str) -> str:
    """Or; what is never true is left out."""
    return _joined(conditions, "or", nothing=FALSE, decides=TRUE)


def negated(condition: str) -> str:
    """Not."""
    return {TRUE: FALSE, FALSE: TRUE}.get(condition) or f"not({condition})"


def bounded(value: Value) -> Value:
    """A number as arithmetic takes it: not there beyond the largest number of the language."""
    largest = meaning.LARGEST
    within = all_of(f"({value.text} >= {-largest})", f"({value.text} <= {largest})")
    return Value(all_of(value.there, within), value.text)


def written_text(text: str) -> str:
    """A text constant. XPath knows no escape; a workbook's reader folds spaces and takes ``${`` for a name.

    Raises NotCarried for signs that the reader changes.
    """
    # Typographic quotes become straight ones, any white space a space.
    if re.search(r"[‘’“”]|(?! )\s", text):
        raise NotCarried(
            "ข้อความในกฎมีเครื่องหมายที่ XLSForm แปลงเป็นตัวอื่น",
            "a text in the rule has a sign that XLSForm turns into another",
        )
    pieces = re.split(r"(?<=\$)(?=\{)|(?<= )(?= )|(?<=')(?=[^'])|(?<=[^'])(?=')", text)
    quoted = [f'"{piece}"' if "'" in piece else f"'{piece}'" for piece in pieces]
    return quoted[0] if len(quoted) == 1 else f"concat({', '.join(quoted)})"


def _joined(conditions: tuple[str, ...], word: str, nothing: str, decides: str) -> str:
    if decides in conditions:
        return decides
    said = list(dict.fromkeys(each for each in conditions if each != nothing))
    if not said:
        return nothing
    return said[0] if len(said) == 1 else f"({f' {word} '.join(said)})"
