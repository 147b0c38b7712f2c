"""What must stay on one line, in PDF and HTML alike: a count with its unit, a date, a bracket, some words.

Thai writes no blanks between words, so both typst and browsers guess; they guess wrong in a few words that
stand in every report (protected_words.txt), and in names of places. The text itself is never changed: a
search for it in a page or a PDF must succeed.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from schemas.thai import MONTHS

UNITS = "รายการ|อำเภอ|ครัวเรือน|คน|บาท|ข้อ|ไฟล์|หลัก|นาที|ลิตร|กรัม|วัน|ปี"
BRACKET = r"\([^()]{1,24}\)"
DATE = f"[0-9๐-๙]{{1,2}} (?:{'|'.join(MONTHS)}) [0-9๐-๙]{{4}}"
COUNT = f"[0-9๐-๙][0-9๐-๙,.]* (?:{UNITS})"


@cache
def protected_words() -> tuple[str, ...]:
    """The words of protected_words.txt; # starts a comment."""
    lines = (files("reports") / "protected_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if (word := line.partition("#")[0].strip()))


def pattern(names: Iterable[str] = ()) -> str:
    """One regular expression, read alike by Python and typst, for all that must stay whole, `names` too."""
    words = {word for word in (*protected_words(), *names) if word}
    # Longest first: เมืองอุบลราชธานี must not be taken for อุบลราชธานี with something before it.
    ordered = sorted(words, key=lambda word: (-len(word), word))
    escaped = [re.sub(r"[.^$*+?()\[\]{}|\\]", r"\\\g<0>", word) for word in ordered]
    return "|".join([BRACKET, DATE, COUNT, *escaped])
