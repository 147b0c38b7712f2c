"""The schema pages of all exports, Thai and English, made from exports.toml.

`python -m reports.partners.pages` writes them, with --check it only says whether they are current.
"""

from collections.abc import Mapping
from pathlib import Path

from reports.partners.exports import NAMES, Column, Export, load
from schemas import generated
from schemas.code_lists import Lang

FILES: Mapping[Lang, str] = {"th": "SCHEMA.th.md", "en": "SCHEMA.md"}
_WORDS: Mapping[Lang, Mapping[str, str]] = {
    "th": {
        "title": "ไฟล์สำหรับหน่วยงานภายนอก",
        "intro": "สร้างจาก exports.toml ด้วย `python -m reports.partners.pages` อย่าแก้ไฟล์นี้ด้วยมือ "
        "สั่ง `jpt export targets`, `jpt export profile`, `jpt export help-plan` "
        "ไฟล์ JSON ข้างไฟล์ส่งออกบอกรอบ คืน และชุดกฎด้วย",
        "row": "แถวละ",
        "sorted": "เรียงตาม",
        "head": "คอลัมน์ | ชนิด | หน่วย | คำอธิบาย | ค่าที่มี | ข้อมูลส่วนบุคคล | สถานะ | ที่มา",
        "yes": "ใช่",
        "number": "จำนวนเต็ม",
        "ordinal": "จำนวนเต็ม (ลำดับหรือปี)",
        "flag": "1 0 หรือว่าง",
        "id": "ข้อความ (รหัส)",
        "text": "ข้อความ",
        "choice": "ข้อความ (ตัวเลือก)",
        "confirmed": "ยืนยันแล้ว",
        "derived": "คำนวณ",
        "recalled": "รอยืนยัน",
    },
    "en": {
        "title": "Exports for partners",
        "intro": "Made from exports.toml by `python -m reports.partners.pages`; do not edit by hand. The "
        "commands are `jpt export targets`, `jpt export profile` and `jpt export help-plan`; the JSON beside "
        "each export also tells round, night and rule set.",
        "row": "A row is",
        "sorted": "Sorted by",
        "head": "column | type | unit | description | values | personal | status | source",
        "yes": "yes",
        "number": "integer",
        "ordinal": "integer (place or year)",
        "flag": "1, 0 or empty",
        "id": "text (code)",
        "text": "text",
        "choice": "text (choice)",
        "confirmed": "confirmed",
        "derived": "derived",
        "recalled": "recalled",
    },
}


def page(lang: Lang) -> str:
    """The whole page in one language, as Markdown."""
    words, exports = _WORDS[lang], load()
    lines = [f"# {words['title']}", "", words["intro"], ""]
    for name in NAMES:
        lines += _export(exports[name], lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def pages(folder: Path = Path(__file__).parent) -> generated.Pages:
    """What each file must hold."""
    return {folder / name: page(lang).encode() for lang, name in FILES.items()}


def _export(export: Export, lang: Lang) -> list[str]:
    words = _WORDS[lang]
    lines = [f"## `{export.name}` {export.title[lang]}", ""]
    sort = ", ".join(f"`{name}`" for name in export.sort)
    lines += [f"{words['row']} {export.row[lang]} · {words['sorted']} {sort}", ""]
    lines += [*(f"* {note[lang]}" for note in export.notes), ""]
    rows = [words["head"], " | ".join(["---"] * 8), *(_column(column, lang) for column in export.columns)]
    return [*lines, *(f"| {row} |" for row in rows), ""]


def _column(column: Column, lang: Lang) -> str:
    words = _WORDS[lang]
    cells = (
        f"`{column.name}`",
        words[column.kind],
        column.unit[lang] if column.unit else "",
        column.text[lang].replace("|", "\\|"),
        ", ".join(f"`{value}`" for value in column.values),
        words["yes"] if column.is_personal else "",
        words[column.status],
        column.source,
    )
    return " | ".join(cells)


if __name__ == "__main__":
    raise SystemExit(generated.command("reports.partners.pages", __doc__, pages))
