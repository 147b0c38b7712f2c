"""Marks of an .xlsx workbook, from the XML of its worksheets.

Patterns over the bytes and not a parsed tree: a district's worksheet is a few hundred megabytes of XML, and
merged areas, hidden rows and formulas without a value are rare in it.
"""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from flows.intake.sheet_marks import NOT_CALCULATED, Area, Marks

BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
HIDDEN = rb'(?=[^>]*\shidden="(?:1|true)")'
HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b" + HIDDEN + rb'[^>]*?\sr="([0-9]+)"')
HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col\b" + HIDDEN + rb"([^>]*)>")
# A formula followed by no value, or by an empty one; an empty text (t="str") is a value.
UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\st="str")[^>]*?\sr="([A-Z]+)([0-9]+)"[^>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
LARGEST_COLUMN = 16_384


def xlsx_marks(path: Path) -> dict[str, Marks]:
    """Marks by name of worksheet; none where the parts lie in unusual places."""
    with zipfile.ZipFile(path) as archive:
        parts = set(archive.namelist())
        if not {BOOK, LINKS} <= parts:
            return {}
        targets = {
            link.get("Id"): "xl/" + link.get("Target", "").removeprefix("/xl/")
            for link in ElementTree.fromstring(archive.read(LINKS))
        }
        marks = {}
        for sheet in ElementTree.fromstring(archive.read(BOOK)).iter():
            target = targets.get(sheet.get(RELATION), "")
            if sheet.tag.endswith("}sheet") and target in parts:
                marks[sheet.get("name", "")] = _marks(archive.read(target))
        return marks


def _marks(xml: bytes) -> Marks:
    cells = [(int(row) - 1, _column(column)) for column, row in UNCALCULATED.findall(xml)]
    return Marks(
        tuple(_area(found) for found in MERGED.findall(xml)),
        frozenset(int(row) - 1 for row in HIDDEN_ROW.findall(xml)),
        frozenset(column for found in HIDDEN_COLUMNS.findall(xml) for column in _columns(found)),
        dict.fromkeys(cells, NOT_CALCULATED),
    )


def _columns(attributes: bytes) -> range:
    first, last = (re.search(rb"\s" + name + rb'="([0-9]+)"', attributes) for name in (b"min", b"max"))
    if first is None or last is None:
        return range(0)
    return range(int(first[1]) - 1, min(int(last[1]), LARGEST_COLUMN))


def _area(found: tuple[bytes, bytes, bytes, bytes]) -> Area:
    left, top, right, bottom = found
    return int(top) - 1, _column(left), int(bottom) - 1, _column(right)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
