"""What a finding says beyond the cell's text: which part of a date cannot be, which code replaced an old one.

Words for the holes of structural rules that follow from the text alone. Nothing of a personal value is put
in.
"""

from collections.abc import Callable, Mapping

import polars as pl

from flows.intake import structure
from flows.intake.read_date import impossible_part
from rules.rule import Lang
from schemas import areas

PARTS: Mapping[Lang, Mapping[str, str]] = {
    "th": {"day": "วัน", "month": "เดือน", "year": "ปี"},
    "en": {"day": "day", "month": "month", "year": "year"},
}
AND: Mapping[Lang, str] = {"th": "และ", "en": " and "}
WAY_OF_WRITING: Mapping[Lang, str] = {"th": "รูปแบบการเขียน", "en": "way of writing"}
NO_SUCCESSOR: Mapping[Lang, str] = {"th": "ยังไม่ทราบรหัสใหม่ ให้สอบถามจังหวัด", "en": "not known, ask the province"}
PLACED: Mapping[Lang, str] = {"th": "{} (ตำบล{} อำเภอ{})", "en": "{} ({} tambon, {} district)"}
# Told once for the column, however few the cells: nobody has to look at them one by one.
OF_COLUMNS = frozenset({structure.ODD_CHARACTERS})
# What became of the cells of a column that is told as a whole, in Thai and English.
WHOLE_COLUMN = {
    structure.CHRISTIAN_ERA: ("พ.ศ. ที่ตรงกัน (ทั้งคอลัมน์)", "the same year (throughout the column)"),
    structure.SHORT_YEAR: (
        "ปีล่าสุดที่ไม่เกินปีของรอบนี้ (ทั้งคอลัมน์)",
        "the latest such year not after the round (throughout the column)",
    ),
}


def explained(rule_id: str, texts: pl.Series, round_year_be: int) -> Mapping[str, pl.Series]:
    """Holes to words, row for row: in Thai under the hole's name, in English under the name with _en."""
    words: Mapping[str, tuple[str, Callable[[str, Lang], str]]] = {
        structure.NO_SUCH_DATE: ("part", lambda text, lang: _part(text, lang, round_year_be)),
        structure.ABOLISHED_AREA: ("successor", _successor),
    }
    if rule_id not in words:
        return {}
    hole, word = words[rule_id]
    return {
        name: pl.Series([None if text is None else word(text, lang) for text in texts], dtype=pl.String)
        for name, lang in _named(hole)
    }


def _named(hole: str) -> tuple[tuple[str, Lang], ...]:
    return ((hole, "th"), (f"{hole}_en", "en"))


def _part(text: str, lang: Lang, round_year_be: int) -> str:
    parts = impossible_part(text, round_year_be)
    return AND[lang].join(PARTS[lang][part] for part in parts) or WAY_OF_WRITING[lang]


def _successor(code: str, lang: Lang) -> str:
    new = areas.successor(code)
    if new is None:
        return NO_SUCCESSOR[lang]
    return PLACED[lang].format(new, areas.tambon_name(new, lang), areas.district_name(new, lang))
