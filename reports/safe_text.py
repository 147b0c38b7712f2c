"""Text of data made safe to print, on paper or page. Kept out: escaping, which each format does itself."""

import re
from typing import Any

_MOST_LETTERS = 600  # of one value or name; the whole text stays in the findings table
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def printable(text: Any) -> str:
    """Text safe to print: no control letters, none that turn the reading direction, not endless; null: ""."""
    if text is None:
        return ""
    clean = _UNPRINTABLE.sub(" ", str(text)).strip()
    return clean if len(clean) <= _MOST_LETTERS else clean[:_MOST_LETTERS].rstrip() + " …"
