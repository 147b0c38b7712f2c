"""``keep/last_attempt.json``: what became of the last night that was started, also when it failed.

A night that fails publishes nothing, so without this a morning's reader would see only the night before. It
is written at the start and at the end; a night that was killed leaves it saying "running" while nobody holds
the folders. Type and place of a failure only, never a value.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

State = Literal["running", "done", "failed", "stopped", "too_late"]
Cause = Literal["", "full_disk", "files", "ledger", "program", "time"]
NAME = "last_attempt.json"


@dataclass(frozen=True)
class Attempt:
    """The last night started. ``started`` and ``ended`` are ISO times with their offset; ``place`` is like
    "KeyError, tables.py:40". ``notices``: channel -> "sent" or what kind of failure it met.
    """

    run_id: str
    state: State
    started: str
    ended: str = ""
    cause: Cause = ""
    place: str = ""
    notices: Mapping[str, str] = field(default_factory=dict)
    removed_nights: tuple[str, ...] = ()
    left_undone: str = ""  # place of what broke after the results were published

    @property
    def notices_not_sent(self) -> dict[str, str]:
        return {channel: told for channel, told in self.notices.items() if told != "sent"}


def write(keep: Path, attempt: Attempt) -> bool:
    """Put it in place whole; False when even this little cannot be written. Never raises OSError."""
    text = json.dumps(asdict(attempt), ensure_ascii=False, indent=1) + "\n"
    file = keep / NAME
    partial = file.with_suffix(".partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(file)
        return True
    except OSError:
        return _over(file, text)


def _over(file: Path, text: str) -> bool:
    """Over the old one: on a full disk the room that a file has already is all there is."""
    try:
        with file.open("r+", encoding="utf-8") as old:
            old.write(text)
            old.truncate()
        return True
    except OSError:
        return False


def read(keep: Path) -> Attempt | None:
    """The last attempt; None when there was none or its file cannot be understood."""
    try:
        told: dict[str, Any] = json.loads((keep / NAME).read_text(encoding="utf-8"))
        known = {each.name for each in fields(Attempt)}
        values = {name: value for name, value in told.items() if name in known}
        attempt = Attempt(**values | {"removed_nights": tuple(values.get("removed_nights", ()))})
        datetime.fromisoformat(attempt.started)
        return attempt
    except (OSError, ValueError, TypeError, AttributeError):
        return None
