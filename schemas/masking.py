"""Values as text for people, with everything that names a person masked.

The only place that decides what of a personal value may be shown. Logs, exceptions and the ledger take keys,
not values, and do not come here.
"""

from datetime import date
from typing import Any

from schemas import code_lists
from schemas.code_lists import Lang
from schemas.dictionary import Column
from schemas.thai import BE_MINUS_CE, thai_date

HIDDEN = "•••"
_MISSING = {"th": "ไม่มีข้อมูล", "en": "missing"}
_YES_NO = {"th": {True: "ใช่", False: "ไม่ใช่"}, "en": {True: "yes", False: "no"}}


def shown(column: Column, value: Any, lang: Lang = "th") -> str:
    """`value` of `column` as a person reads it, masked if the column is personal.

    A code as its label, a date in Thai or ISO form, baht with thousands commas. Missing is said in words.
    """
    if value is None:
        return _MISSING[lang]
    if column.personal:
        return mask(column.name, value, lang)
    return _plain(column, value, lang)


def mask(name: str, value: Any, lang: Lang = "th") -> str:
    """A personal value with only what helps to find the mistake left visible.

    Of a national id the first digit and digits 11-12, enough to see a mistyped one; of a birth date the year;
    of everything else nothing.
    """
    if name == "birth_date":
        return _year_only(value, lang)
    if name == "national_id":
        text = str(value)
        return f"{text[0]}-xxxx-xxxxx-{text[10:12]}-x" if len(text) == 13 else f"{HIDDEN} ({len(text)})"
    return HIDDEN


def _year_only(value: Any, lang: Lang) -> str:
    # A cell that could not be cast arrives as the text typed; its year cannot be told from its day.
    if not isinstance(value, date):
        return HIDDEN
    return f"พ.ศ. {value.year + BE_MINUS_CE}" if lang == "th" else str(value.year)


def _plain(column: Column, value: Any, lang: Lang) -> str:
    if column.kind == "code":
        return code_lists.load(str(column.code_list)).label(str(value), lang)
    if column.kind == "bool":
        return _YES_NO[lang][bool(value)]
    if isinstance(value, date):
        return thai_date(value) if lang == "th" else value.isoformat()
    if column.unit is not None and column.unit.startswith("baht"):
        return f"{value:,}"
    return str(value)
