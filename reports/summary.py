"""The certification summary: one PDF for the meeting, made by typst as PDF/A-2a and PDF/UA-1 at once.

This module writes; what is on the pages is in `reports.summary_pages`, how it looks in templates/summary.typ.
All text goes in as JSON data, never as markup, so nothing in a delivery can become a command. Fonts come from
the project's own folder, the date inside the file is the night's: same contents in, same bytes out. Kept out:
personal data, and the list of single findings (the districts' workbooks are for that).
"""

import json
import re
import unicodedata
from datetime import UTC, datetime, time
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import typst

from reports.contents import ProvinceReport
from reports.glyphs import covered, drawable
from reports.summary_pages import Letterhead, pages

# Archival and accessible: typst refuses to write a file that breaks either.
STANDARDS = ["a-2a", "ua-1"]
UNITS = "รายการ|อำเภอ|ครัวเรือน|คน|บาท|ข้อ|ไฟล์|หลัก|นาที|ลิตร|กรัม|ปี"


def write(province: ProvinceReport, path: Path, letterhead: Letterhead | None = None) -> list[str]:
    """Write the summary to `path` and return warnings: one per character the font cannot draw.

    Such a character is printed as "?"; the warning names it by code point and Unicode name, never the text it
    stood in. Raises typst's error when the document would break PDF/A or PDF/UA.
    """
    said, warnings = contents(province, letterhead or Letterhead())
    with as_file(files("reports") / "fonts") as fonts, as_file(files("reports") / "templates") as templates:
        typst.compile(
            str(templates / "summary.typ"),
            output=str(path),
            root=str(templates),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(said, ensure_ascii=False)},
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int(datetime.combine(province.night, time(), UTC).timestamp()),
        )
    return warnings


def contents(province: ProvinceReport, letterhead: Letterhead) -> tuple[dict[str, Any], list[str]]:
    """What goes into the template, with the words that must not be broken, and the warnings of `write`."""
    with as_file(files("reports") / "fonts" / "Sarabun-Regular.ttf") as font:
        letters = covered(font)
    missing: set[str] = set()
    said = drawable(pages(province, letterhead), letters, missing)
    said["protected"] = protected_pattern(province)
    warnings = [
        f"U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed')}: ไม่มีในแบบอักษร พิมพ์เป็น ? · "
        "not in the font, printed as ?"
        for letter in sorted(missing)
    ]
    return said, warnings


def protected_words() -> list[str]:
    """Words the line breaker is known to split wrongly, from protected_words.txt; # starts a comment."""
    lines = (files("reports") / "protected_words.txt").read_text(encoding="utf-8").splitlines()
    return [word for line in lines if (word := line.partition("#")[0].strip())]


def protected_pattern(province: ProvinceReport) -> str:
    """One regular expression for what must stay on one line, longest first.

    A short bracket, a number with its unit, every protected word, and every place this report names. They are
    kept whole by the template and stay plain text, so that a search for them still succeeds.
    """
    words = {province.province_name, *protected_words(), *(row.name for row in province.districts)}
    # Longest first: เมืองอุบลราชธานี must not be taken for อุบลราชธานี with something before it.
    ordered = sorted((word for word in words if word), key=lambda word: (-len(word), word))
    escaped = [re.sub(r"[.^$*+?()\[\]{}|\\]", r"\\\g<0>", word) for word in ordered]
    return "|".join([r"\([^()]{1,24}\)", f"[0-9๐-๙][0-9๐-๙,.]* (?:{UNITS})", *escaped])
