"""What to say where the grammar stops: the place, what was found, what could stand there, and known habits.

Deliberately not here: mistakes in names and types, which the checker finds once the grammar is satisfied.
"""

from __future__ import annotations

import re

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from rules.language import habits
from rules.language.errors import RuleError, Span, nearest

# Kinds of token in words; those that start a value are said as one.
_SPELLED = {
    "COMPARISON": "= != < <= > >=", "PLUS": "+", "MINUS": "-", "STAR": "*", "COMMA": ",", "DOT": ".",
    "LPAR": "(", "RPAR": ")", "NAME": "a name", "$END": "the end",
}  # fmt: skip
_VALUE = {"NAME", "NUMBER", "TEXT", "DATE", "LPAR"}


def syntax_error(text: str, error: UnexpectedInput) -> RuleError:
    """The parser's complaint as a RuleError."""
    if isinstance(error, UnexpectedCharacters):
        found, at = text[error.pos_in_stream or 0], Span(error.line, error.column)
    elif isinstance(error, UnexpectedToken) and error.token.type != "$END":
        found, at = str(error.token), Span(error.line, error.column, len(str(error.token)))
    else:
        return _unfinished(text, error)
    before = text[: error.pos_in_stream or 0].rstrip()
    th, en = _known(found, before, error) or (
        f"อ่านไม่ออกที่ {found} ตรงนี้ควรเป็น {_expected(error, 'ค่า')}",
        f"cannot read {found} here; expected {_expected(error, 'a value')}",
    )
    return RuleError(text, at, th, en)


def _known(found: str, before: str, error: UnexpectedInput) -> habits.Sentences | None:
    pair = before[-1:] + found[:1]
    if before.endswith(" is") and found == "not":
        return habits.SIGNS["is not"]
    if pair in habits.SIGNS:
        return habits.SIGNS[pair]
    word = re.search(r"[A-Za-z_]\w*$", before)
    if found == "(" and word:
        return _no_function(word.group())
    if word and (said := _of_last(before, word.group(), found)):
        return said
    if isinstance(error, UnexpectedToken) and error.token.type == "COMPARISON" and "AND" in error.accepts:
        return habits.CHAINED
    return habits.SIGNS.get(found) or habits.lower_case(found)


def _of_last(before: str, word: str, found: str) -> habits.Sentences | None:
    """What to say where ``last`` is not followed by a dot and a column, or not by a column alone."""
    if found == "." and re.search(r"\b(?:last\.\w+|(?:hh|members)\.last)$", before):
        return habits.LAST_OF
    if found == ".":
        return habits.lower_case(word)
    return habits.LAST_ALONE if word == "last" else None


def _no_function(name: str) -> habits.Sentences:
    if name.lower() in {"round", "floor", "ceil", "int"}:
        return habits.ROUND
    th, en = nearest(name, habits.FUNCTIONS)
    listed = " ".join(habits.FUNCTIONS)
    return f"ไม่มีคำสั่ง {name}(…){th} ที่มีคือ {listed}", f"there is no {name}(…){en}; there are: {listed}"


def _unfinished(text: str, error: UnexpectedInput) -> RuleError:
    lines = text.splitlines() or [""]
    th, en = f"ตรงนี้ควรเป็น {_expected(error, 'ค่า')}", f"expected {_expected(error, 'a value')}"
    if re.search(r"\blast$", text.rstrip()):
        th, en = habits.LAST_ALONE
    at = Span(len(lines), len(lines[-1]) + 1)
    return RuleError(text, at, f"ประโยคยังไม่จบ {th}", f"the sentence ends too early; {en}")


def _expected(error: UnexpectedInput, value: str) -> str:
    """What could stand here, in the language's own spelling; whatever starts a value is said as one word."""
    kinds = set(error.accepts if isinstance(error, UnexpectedToken) else ())
    if kinds >= _VALUE:
        return value
    words = sorted(_SPELLED.get(kind, kind.lower()) for kind in kinds)
    return " ".join(words) or value
