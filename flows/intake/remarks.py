"""Remarks of a receipt in words: what was surprising in how a file was written (``remarks.toml``).

Deliberately not here: anything about a record, which is a finding.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).with_name("remarks.toml")


@cache
def texts() -> dict[str, dict[str, str]]:
    """The sentences of each remark by slug, in Thai (``th``) and English (``en``)."""
    return tomllib.loads(TEXTS.read_text("utf-8"))


def remark_lines(remarks: Mapping[str, Any], lang: str) -> list[str]:
    """One sentence for each of a receipt's ``remarks``, in the order of ``remarks.toml``."""
    found = ((text[lang], remarks[slug]) for slug, text in texts().items() if remarks.get(slug))
    return [
        text.format(names=", ".join(value)) if isinstance(value, list) else text.format(count=f"{value:,}")
        for text, value in found
    ]
