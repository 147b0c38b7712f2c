"""A delivery that cannot be read at all, and the sentence that tells the sender why.

The sentences are data (``quarantine*.toml``, one entry a reason, Thai first). What is not here: findings
about single cells or rows, which never stop a district; those are rules ``ST…`` in the catalogue.
"""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypedDict

from schemas import areas

TEXTS = tuple(Path(__file__).with_name(name) for name in ("quarantine.toml", "quarantine_sources.toml"))


class ReasonText(TypedDict):
    """The four sentences of one reason, with ``{file}``-like holes."""

    th: str
    en: str
    action_th: str
    action_en: str


@cache
def reasons() -> dict[str, ReasonText]:
    """All reasons a delivery may be quarantined for, by slug."""
    return {slug: text for file in TEXTS for slug, text in tomllib.loads(file.read_text("utf-8")).items()}


class Quarantined(Exception):  # noqa: N818  (the field's word for the state, not an error of ours)
    """The delivery is kept but not read: what is wrong and what the sender should do, in both languages.

    ``row`` is 1-based as a person sees it; ``column`` is a header text or a Thai column label. Never holds
    the value of a cell.
    """

    def __init__(
        self,
        reason: str,
        file: str,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        **holes: object,
    ) -> None:
        text = reasons()[reason]
        filled = {"file": file, "sheet": sheet, "row": row, "column": column, **holes}
        self.reason = reason
        self.file, self.sheet, self.row, self.column = file, sheet, row, column
        self.th = text["th"].format(**filled)
        self.en = text["en"].format(**filled)
        self.action_th = text["action_th"].format(**filled)
        self.action_en = text["action_en"].format(**filled)
        self._made_of = (reason, filled)
        super().__init__(f"{self.th} | {self.en}")

    @property
    def sentences(self) -> tuple[str, str]:
        """What is wrong and what to do, in Thai and in English: one line each."""
        return f"{self.th} ▸ {self.action_th}", f"{self.en}. {self.action_en}"

    @property
    def facts(self) -> dict[str, object]:
        """Which reason and where, for the record of the run; what to do, for who asks in the morning."""
        where = {"file": self.file, "sheet": self.sheet, "row": self.row, "column": self.column}
        todo = {"action_th": self.action_th, "action_en": self.action_en}
        return {"reason": self.reason, **where, "th": self.th, "en": self.en, **todo}

    def __reduce__(self) -> tuple[object, ...]:
        # a worker process hands its reason back whole
        return _made_again, self._made_of


def nothing_delivered(district_code: str, places: Sequence[str]) -> Quarantined:
    """The reason of a district of which no file lies in any of the ``places`` it should."""
    names = {f"district_{lang}": areas.district_name(district_code, lang) for lang in ("th", "en")}
    return Quarantined("no_delivery", ", ".join(places), district_code=district_code, **names)


def broke(told: str) -> Quarantined:
    """The reason of a district whose check broke for no fault of its files. ``told`` holds no data."""
    return Quarantined("broke", "", told=told)


def not_opened(file: str, told: str) -> Quarantined:
    """The reason of a district one of whose files lies there but cannot be opened."""
    return Quarantined("not_opened", file, told=told)


def sent_by_two(file: str, other_district_code: str) -> Quarantined:
    """The reason of a district whose file another district sent as well, byte for byte."""
    names = {f"district_{lang}": areas.district_name(other_district_code, lang) for lang in ("th", "en")}
    return Quarantined("sent_by_two", file, district_code=other_district_code, **names)


def _made_again(reason: str, filled: dict[str, object]) -> Quarantined:
    return Quarantined(reason, **filled)  # type: ignore[arg-type]  # the same names it was made with
