"""A pattern of the language as a JavaScript regular expression over the whole text.

ES5 counts UTF-16 halves: a letter beyond U+FFFF (an emoji typed into a name) is two of them, and ``[^0-9]``
would take one half. Deliberately not here: which patterns are allowed (patterns.py, which refuses such
letters in the pattern itself).
"""

from __future__ import annotations

from rules.language.patterns import tokens

# Any letter of two halves: no class of the language names one, so each fits every [^…].
_BEYOND = r"[\uD800-\uDBFF][\uDC00-\uDFFF]"


def javascript_pattern(pattern: str) -> str:
    """The source text for ``new RegExp``."""
    written = "".join(
        rf"(?:{text[:-1]}\uD800-\uDFFF]|{_BEYOND})" if text.startswith("[^") else text
        for text in tokens(pattern)
    )
    # Without the m flag, ES5's $ is the end of the text only.
    return f"^(?:{written})$"
