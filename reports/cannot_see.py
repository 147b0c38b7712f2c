"""“What these rules cannot see”, for paper and page: the kept measure of rules/coverage as ready text.

A short list of sentences, a row per part of the form, and the mistakes that change a decision unnoticed.
Deliberately not here: the measuring, and the sentences themselves (rules/coverage).
"""

from pathlib import Path
from typing import Any

from reports.words import count_text
from rules import catalogue
from rules.coverage import table
from rules.coverage.statement import GroupRow, Statement, WorstRow, statement
from schemas import rounds
from schemas.code_lists import Lang

TITLE: dict[Lang, str] = {"th": "สิ่งที่กฎชุดนี้มองไม่เห็น", "en": "What these rules cannot see"}
NOT_MEASURED: dict[Lang, str] = {
    "th": "ยังไม่ได้วัดว่ากฎชุดนี้มองไม่เห็นอะไร ให้รัน jpt rules coverage",
    "en": "Nobody has measured yet what these rules cannot see: run jpt rules coverage.",
}
CHANGES: dict[str, dict[Lang, str]] = {
    "line": {"th": "สลับข้างเส้นรายได้", "en": "the side of the income line"},
    "results": {"th": "ผลตัวชี้วัดเปลี่ยน", "en": "an indicator's result"},
}
HEADS: dict[str, dict[Lang, list[str]]] = {
    "groups": {
        "th": [
            "หมวดคำถาม", "เห็น\nใน 100", "ช่วง 95 %", "ช่อง\nทั้งหมด", "เห็นไม่ถึง\n20 ใน 100",
            "ผลตัวชี้วัด\nเปลี่ยน (ครั้ง)", "ไม่มีกฎ\nเห็น (ครั้ง)",
        ],
        "en": [
            "Part of the form", "Noticed\nin 100", "95 %\ninterval", "Fields", "Below\n20 in 100",
            "Indicator\nchanged", "Unnoticed",
        ],
    },
    "worst": {
        "th": ["ช่องที่กรอกผิดแล้วไม่มีกฎเห็น", "ผิดแบบ", "ทำให้", "ไม่เห็น / ลอง"],
        "en": ["Field", "Mistake", "Changes", "Unnoticed / tried"],
    },
}  # fmt: skip


def measured(year_be: int, folder: Path = catalogue.FOLDER) -> Statement | None:
    """What is known of the rules of that round; None when nobody has measured."""
    kept = table.read(folder)
    if kept is None:
        return None
    return statement(kept, table.rule_set_hash(catalogue.load(), rounds.load(year_be)))


def section(year_be: int, lang: Lang = "th", folder: Path = catalogue.FOLDER) -> dict[str, Any]:
    """The section as text: title, sentences, and rows: `groups` (parts of the form), `worst` (mistakes).

    Both are empty when nobody has measured. Shares are whole numbers in a hundred, with a 95 % interval.
    """
    said = measured(year_be, folder)
    if said is None:
        return {"title": TITLE[lang], "sentences": [NOT_MEASURED[lang]], "groups": [], "worst": []}
    return {
        "title": TITLE[lang],
        "heads": {name: heads[lang] for name, heads in HEADS.items()},
        "sentences": list(said.sentences[lang]),
        "groups": [_group(row, lang) for row in said.groups],
        "worst": [_worst(row, lang) for row in said.worst],
    }


def _group(row: GroupRow, lang: Lang) -> dict[str, str]:
    return {
        "name": row.name[lang],
        "noticed": _in_hundred(row.detected, row.planted),
        "interval": f"{100 * row.low:.0f}–{100 * row.high:.0f}",
        "fields": count_text(row.fields),
        "blind": count_text(row.blind),
        "changed": count_text(row.changed),
        "unseen": count_text(row.unseen),
    }


def _worst(row: WorstRow, lang: Lang) -> dict[str, str]:
    return {
        "field": row.field[lang],
        "error": row.error[lang],
        "changes": CHANGES[row.changes][lang],
        "unseen": f"{count_text(row.unseen)} / {count_text(row.planted)}",
    }


def _in_hundred(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "–"
