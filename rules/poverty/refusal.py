"""A data file of this room that cannot be used: what is wrong and what to do, in both languages."""

from __future__ import annotations


class PovertyError(Exception):
    """A file of rules/poverty that cannot be used: its ``file`` and what to correct in ``th`` and ``en``."""

    def __init__(self, file: str, th: str, en: str) -> None:
        self.file, self.th, self.en = file, th, en
        super().__init__(f"poverty/{file}\n{th}\n{en}")
