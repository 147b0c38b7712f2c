"""Folders of results kept under the key of their causes, and taken again while the key is the same.

A folder appears whole or not at all and lists the size of each of its files, so that half a result, or one
that somebody cut off, is never taken. Kept under `keep`, since typed records and documents are personal data.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows.run import replacing

ABOUT = "made_of.json"


@contextmanager
def keeping(folder: Path, key: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A fresh folder to write a result into, and what to remember of it as plain data; it takes the place of
    ``folder`` when the block ends well.
    """
    facts: dict[str, Any] = {}
    with replacing(folder) as fresh:
        yield fresh, facts
        about = {"key": key, "files": _sizes(fresh), "facts": facts}
        (fresh / ABOUT).write_text(json.dumps(about, ensure_ascii=False, default=str), "utf-8")


def taken(folder: Path, key: str) -> dict[str, Any] | None:
    """What is remembered of the result in the folder, if it is that of the key and whole; else None."""
    try:
        about = json.loads((folder / ABOUT).read_text("utf-8"))
        if about["key"] != key or about["files"] != _sizes(folder):
            return None
        facts: dict[str, Any] = about["facts"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return facts


def _sizes(folder: Path) -> dict[str, int]:
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != ABOUT)
    return {file.relative_to(folder).as_posix(): file.stat().st_size for file in sorted(files)}
