"""How alike a heading and the known names of a field are, with the reason in words.

Exact synonyms first; then the same without item numbers, tone marks and abbreviations; then pieces of words
in common, weighed by how rare they are, so that "รายได้" alone says little and "เลขประจำตัวประชาชน" much.
Thai has no blanks between words, so pieces of letters stand for words in both languages.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log, sqrt

from schemas.layouts import MODELS, headings, normalise_header
from schemas.thai import arabic_digits, normalise_text

EXACT, FOLDED, WITHOUT_BRACKETS, MOST_ALIKE = 1.0, 0.95, 0.9, 0.9
# "ข้อ 6.2", "q6_2", "6.2)", "v12_": numbers of questions change from round to round and mean nothing.
_NUMBER = re.compile(r"^(ข้อ(ที่)?|q|v|f|col|item|no)?[ ._-]*[0-9]+([._-][0-9]+)*[ ._):-]*(?=[a-zก-ฮเ-ไ])")
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_MARKS = re.compile("[\u0e47-\u0e4e]")  # tone marks, silent marks and the short vowel sign above
SHORT = {
    "จน.": "จำนวน",
    "จน ": "จำนวน",
    "ปชช.": "ประชาชน",
    "ปชช": "ประชาชน",
    "คร.": "ครัวเรือน",
    "ว/ด/ป": "วันเดือนปี",
    "ว.ด.ป.": "วันเดือนปี",
    "ด/ด/ป": "วันเดือนปี",
    "อปท": "องค์กรปกครองส่วนท้องถิ่น",
    "hh_": "household_",
    "mem_": "member_",
    "amt": "amount",
    "num_": "count_",
    "cnt": "count",
    "occup": "occupation",
    "educ": "education",
    "relig": "religion",
}


def _short_form(short: str) -> str:
    """A pattern for it; of a Latin one only where the word ends there."""
    return re.escape(short) + ("(?![a-z])" if short.isascii() and short.isalpha() else "")


_AS_SHORT = re.compile("|".join(_short_form(short) for short in sorted(SHORT, key=len, reverse=True)))


@dataclass(frozen=True)
class Alike:
    """How like a field's names a heading is, 0 to 1, and the known name it is most like."""

    score: float
    name: str


def folded(text: str) -> str:
    """A heading without what exports change: numbers of questions, units, tone marks, short forms."""
    text = arabic_digits(normalise_text(text)).lower().strip()
    text = re.sub(r"(?<=[a-z])(?=[0-9])", "_", text) if text.isascii() else text
    text = _NUMBER.sub("", text)
    text = _AS_SHORT.sub(lambda found: SHORT[found[0]], text)
    return _MARKS.sub("", normalise_header(text)).replace("ฯ", "").replace("ๆ", "")


@lru_cache(maxsize=1 << 14)
def alike(heading: str) -> Mapping[str, Alike]:
    """The fields whose names are like the heading at all, with how much."""
    exact, plain = normalise_header(heading), folded(heading)
    index = _index()
    found: dict[str, Alike] = {}
    for name, score in index.near(plain):
        for field in index.fields[name]:
            if score > found.get(field, Alike(0.0, "")).score:
                found[field] = Alike(min(score, 1.0) * MOST_ALIKE, index.texts[name])
    # What stands in brackets may be a remark, or the very thing that tells two fields apart.
    for field in index.fields.get(folded(_BRACKETS.sub("", heading)), ()):
        found[field] = Alike(WITHOUT_BRACKETS, heading)
    for field in index.fields.get(plain, ()):
        found[field] = Alike(FOLDED, index.texts[plain])
    for field in index.exact.get(exact, ()):
        found[field] = Alike(EXACT, heading)
    return found


def likeness(parts: Sequence[str]) -> float:
    """How like any field's name a heading of several rows is, whole or by its lowest parts."""
    return max((one.score for text in spellings(parts) for one in alike(text).values()), default=0.0)


def spellings(parts: Sequence[str]) -> Iterable[str]:
    """A heading of several rows whole, and without its upper rows."""
    return (" ".join(parts[start:]) for start in range(len(parts)))


def alike_texts(text: str, other: str) -> float:
    """How alike two texts are by their pieces, 0 to 1; one that begins the other is more than halfway."""
    first, second = _pieces(folded(text)), _pieces(folded(other))
    common = len(first & second)
    return common / max(min(len(first), len(second)), 1) * 0.5 + common / max(len(first | second), 1) * 0.5


class _Index:
    """Known names by the pieces of letters they are made of."""

    def __init__(self) -> None:
        self.exact: dict[str, set[str]] = defaultdict(set)
        self.fields: dict[str, set[str]] = defaultdict(set)
        self.texts: dict[str, str] = {}
        for table in MODELS:
            for heading in headings(table):
                self.exact[normalise_header(heading.text)].add(heading.field)
                name = folded(heading.text)
                if name:
                    self.fields[name].add(heading.field)
                    self.texts.setdefault(name, heading.text)
        seen: dict[str, int] = defaultdict(int)
        for name in self.fields:
            for piece in _pieces(name):
                seen[piece] += 1
        self._rare = {piece: log(1 + len(self.fields) / count) for piece, count in seen.items()}
        self._length = {name: self._norm(name) for name in self.fields}
        self._with: dict[str, list[str]] = defaultdict(list)
        for name in self.fields:
            for piece in _pieces(name):
                self._with[piece].append(name)

    def near(self, text: str) -> Iterable[tuple[str, float]]:
        """Names with pieces in common, with the cosine of their weighed pieces."""
        common: dict[str, float] = defaultdict(float)
        for piece in _pieces(text):
            for name in self._with.get(piece, ()):
                common[name] += self._rare[piece] ** 2
        norm = self._norm(text)
        return ((name, weight / (norm * self._length[name])) for name, weight in common.items())

    def _norm(self, text: str) -> float:
        most = log(1 + len(self.fields))
        return sqrt(sum(self._rare.get(piece, most) ** 2 for piece in _pieces(text))) or 1.0


@lru_cache(maxsize=1 << 14)
def _pieces(text: str) -> frozenset[str]:
    framed = f"^{text}$"
    return frozenset(framed[at : at + size] for size in (2, 3, 4) for at in range(len(framed) - size + 1))


@cache
def _index() -> _Index:
    return _Index()
