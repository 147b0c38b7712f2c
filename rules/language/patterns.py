"""Which patterns ``matches`` takes: the part of regular expressions that means the same in every engine.

Literal characters, ``[…]`` classes, groups, ``|``, and ``? * + {m} {m,} {m,n}``. Deliberately not here:
``. \\d \\w \\s`` (engines disagree about Thai digits and line breaks), ``^ $`` (the whole text must fit
anyway), lazy and possessive repeats, look-around, back references, letters that JavaScript takes for two.
"""

from __future__ import annotations

import re

LARGEST_REPEAT = 100
# Of a repeat within a repeat the counts multiply; DuckDB's engine refuses more.
LARGEST_NEST = 1000
# Beyond it come the halves by which JavaScript writes rarer letters; a range must not run into them.
LAST_LETTER = "\ud7ff"

_TOKEN = re.compile(
    r"""(?P<escape>\\.)
      | (?P<cls>\[\^?(?:\\.|[^\]\\\[])+\])
      | (?P<repeat>[?*+]|\{[0-9]+(?:,[0-9]*)?\})
      | (?P<open>\((?!\?))
      | (?P<close>\))
      | (?P<bar>\|)
      | (?P<plain>[^.^$\\\[\](){}?*+|])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPABLE = set(r".^$\[](){}?*+|-")


def tokens(pattern: str) -> list[str]:
    """The signs of an allowed pattern, a class as one."""
    return [token.group() for token in _TOKEN.finditer(pattern)]


def objection(pattern: str) -> tuple[int, str, str] | None:
    """What is wrong with a pattern: offset in it, Thai and English sentence; None when it is fine."""
    position, before, depth = 0, "start", 0
    while position < len(pattern):
        token = _TOKEN.match(pattern, position)
        if token is None:
            return position, *_forbidden(pattern[position:])
        if max(token.group()) > LAST_LETTER:
            return position, *_too_rare(max(token.group()))
        kind, text = str(token.lastgroup), token.group()
        wrong = _wrong_token(kind, text, before)
        if wrong:
            return position, *wrong
        depth += (kind == "open") - (kind == "close")
        if depth < 0:
            return position, "วงเล็บปิดเกินมา", "this bracket closes nothing"
        position, before = token.end(), kind
    return _wrong_whole(pattern, depth)


def _wrong_whole(pattern: str, depth: int) -> tuple[int, str, str] | None:
    if depth or not pattern:
        return 0, "รูปแบบว่างหรือวงเล็บไม่ครบคู่", "the pattern is empty or a bracket is not closed"
    if _nest(pattern) > LARGEST_NEST:
        return (
            0,
            f"จำนวนซ้ำที่ซ้อนกันคูณแล้วต้องไม่เกิน {LARGEST_NEST}",
            (f"repeat counts within each other multiply to more than {LARGEST_NEST}"),
        )
    return None


def _nest(pattern: str) -> int:
    """How often its most repeated part is repeated."""
    groups, last = [1], 1
    for token in _TOKEN.finditer(pattern):
        if token.lastgroup == "open":
            groups.append(1)
            last = 1
        elif token.lastgroup == "close":
            last = groups.pop()
        elif token.lastgroup == "repeat":
            last *= max([1, *(int(number) for number in re.findall("[0-9]+", token.group()))])
        else:
            last = 1
        groups[-1] = max(groups[-1], last)
    return groups[0]


def _wrong_token(kind: str, text: str, before: str) -> tuple[str, str] | None:
    if kind == "escape" and text[1] not in _ESCAPABLE:
        return _forbidden(text)
    if kind == "cls":
        return _wrong_class(text)
    if kind == "repeat":
        if before in {"start", "open", "bar", "repeat"}:
            return "ตัวบอกจำนวนซ้ำไม่มีอะไรให้ซ้ำ", "this repeat has nothing to repeat"
        bounds = [int(number) for number in re.findall("[0-9]+", text)]
        if any(bound > LARGEST_REPEAT for bound in bounds) or bounds != sorted(bounds):
            return f"จำนวนซ้ำต้องเรียงน้อยไปมากและไม่เกิน {LARGEST_REPEAT}", (
                f"repeat counts go from small to large, at most {LARGEST_REPEAT}"
            )
    return None


def _wrong_class(text: str) -> tuple[str, str] | None:
    # Rust reads && -- ~~ inside a class as set operations, Python as letters.
    if any(pair in text for pair in ("&&", "--", "~~", "||")):
        return "ห้ามใช้ && -- ~~ || ใน […]", "&& -- ~~ || inside […] mean different things in different engines"
    for escape in re.findall(r"\\(.)", text, re.DOTALL):
        if escape not in _ESCAPABLE:
            return _forbidden("\\" + escape)
    try:
        re.compile(text)
    except re.error:
        return "ช่วงตัวอักษรใน […] ไม่ถูกต้อง", "the range inside […] is not valid"
    return None


def _forbidden(rest: str) -> tuple[str, str]:
    shown = rest[:2] if rest.startswith("\\") else rest[0]
    if shown in {"\\d", "."}:
        return f"ห้ามใช้ {shown} ในรูปแบบ ตัวเลขให้เขียน [0-9]", (
            f"{shown} is not allowed in a pattern: engines disagree about it; write digits as [0-9]"
        )
    return f"ห้ามใช้ {shown} ในรูปแบบ ให้เขียนชุดตัวอักษรเป็น […] ตรง ๆ", (
        f"{shown} is not allowed in a pattern: write the characters meant as […]"
    )


def _too_rare(letter: str) -> tuple[str, str]:
    return f"ห้ามใช้ตัวอักษร {letter} ในรูปแบบ เครื่องบางระบบนับเป็นสองตัว", (
        f"{letter} is not allowed in a pattern: some engines take it for two letters"
    )
