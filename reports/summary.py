"""The certification summary: one PDF for the meeting, made by typst as PDF/A-2a and PDF/UA-1 at once.

This module writes; what is on the pages is in `reports.summary_pages`, how it looks in templates/summary.typ.
All text goes in as JSON data, never as markup, so nothing in a delivery can become a command. Fonts come from
the project's own folder, the date inside the file is the night's: same contents in, same bytes out. Kept out:
personal data, and the list of single findings (the districts' workbooks are for that).
"""

import json
import unicodedata
from datetime import UTC, datetime, time
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import typst

from reports.contents import ProvinceReport
from reports.glyphs import covered, drawable
from reports.summary_pages import Letterhead, pages
from reports.unbroken import pattern


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
            # Archival and accessible: typst refuses to write a file that breaks either.
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(datetime.combine(province.night, time(), UTC).timestamp()),
        )
    return warnings


def contents(province: ProvinceReport, letterhead: Letterhead) -> tuple[dict[str, Any], list[str]]:
    """What goes into the template, with the words that must not be broken, and the warnings of `write`."""
    with as_file(files("reports") / "fonts" / "Sarabun-Regular.ttf") as font:
        letters = covered(font)
    missing: set[str] = set()
    said = drawable(pages(province, letterhead), letters, missing)
    said["protected"] = pattern((province.province_name, *(row.name for row in province.districts)))
    warnings = [
        f"U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed')}: ไม่มีในแบบอักษร พิมพ์เป็น ? · "
        "not in the font, printed as ?"
        for letter in sorted(missing)
    ]
    return said, warnings
