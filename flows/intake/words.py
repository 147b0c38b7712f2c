"""Words and limits of reading, from ``words.toml``: what a total row, a signature, a yes or a month looks
like.

What is not here: header synonyms (``schemas/layouts``), labels of code lists and missing tokens
(``schemas/codes``).
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.layouts import normalise_header

FILE = Path(__file__).with_name("words.toml")


@dataclass(frozen=True)
class Words:
    """``words.toml`` with word lists as sets; see the file for what each is for."""

    search_rows: int
    joined_rows: int
    least_fields: int
    running_number: frozenset[str]
    answer_fields: int
    person_fields: int
    total: tuple[str, ...]
    signature: tuple[str, ...]
    note_cells: int
    quarantine_share: float
    shifted_share: float
    lost_key_share: float
    common_share: float
    full_sheet_rows: tuple[int, ...]
    sheet_cells: int
    sparse_from_cells: int
    sparse_times: int
    sheet_rows: int
    sheet_columns: int
    told_rows: int
    unpacked_bytes: int
    unpacked_ratio: int
    ratio_from_bytes: int
    archive_files: int
    archive_depth: int
    before_number: tuple[str, ...]
    after_number: tuple[str, ...]
    answers: dict[str, bool]
    answers_of_presence: dict[str, bool]
    months: dict[str, int]


@cache
def words() -> Words:
    """The words, read once."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    header, rows, limits, answer = data["header"], data["rows"], data["limits"], data["answer"]
    return Words(
        search_rows=header["search_rows"],
        joined_rows=header["joined_rows"],
        least_fields=header["least_fields"],
        running_number=frozenset(normalise_header(text) for text in header["running_number"]),
        answer_fields=header["answer_fields"],
        person_fields=header["person_fields"],
        total=tuple(rows["total"]),
        signature=tuple(rows["signature"]),
        note_cells=rows["note_cells"],
        quarantine_share=limits["quarantine_share"],
        shifted_share=limits["shifted_share"],
        lost_key_share=limits["lost_key_share"],
        common_share=limits["common_share"],
        full_sheet_rows=tuple(limits["full_sheet_rows"]),
        sheet_cells=limits["sheet_cells"],
        sparse_from_cells=limits["sparse_from_cells"],
        sparse_times=limits["sparse_times"],
        sheet_rows=limits["sheet_rows"],
        sheet_columns=limits["sheet_columns"],
        told_rows=limits["told_rows"],
        unpacked_bytes=limits["unpacked_bytes"],
        unpacked_ratio=limits["unpacked_ratio"],
        ratio_from_bytes=limits["ratio_from_bytes"],
        archive_files=limits["archive_files"],
        archive_depth=limits["archive_depth"],
        before_number=_longest_first(data["number"]["before"]),
        after_number=_longest_first(data["number"]["after"]),
        answers=_answers(answer["yes"], answer["no"]),
        answers_of_presence=_answers(answer["there"], answer["not_there"]),
        months={word: number for number, named in enumerate(data["month"]["words"], 1) for word in named},
    )


def _answers(yes: list[str], no: list[str]) -> dict[str, bool]:
    return dict.fromkeys(yes, True) | dict.fromkeys(no, False)


def _longest_first(found: list[str]) -> tuple[str, ...]:
    return tuple(sorted(found, key=len, reverse=True))
