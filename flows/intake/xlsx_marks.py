"""Marks of an .xlsx workbook, from the XML of its worksheets.

Patterns over the bytes and not a parsed tree: a district's worksheet is a few hundred megabytes of XML, and
merged areas, hidden rows and formulas without a value are rare in it. The XML is known to be well-formed
(workbook_parts): no tag has a ``<`` inside, so that each pattern ends with its tag.
"""

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from flows.intake.sheet_marks import NOT_CALCULATED, Area, Marks

BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
HIDDEN = rb'(?=[^<>]*\shidden="(?:1|true)")'
HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b" + HIDDEN + rb'[^<>]*?\sr="([0-9]{1,9})"')
HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col\b" + HIDDEN + rb"([^<>]*)>")
# A formula followed by no value, or by an empty one; an empty text (t="str") is a value.
UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\b(?![^<>]*\st="str")[^<>]*?\sr="([A-Z]{1,3})([0-9]{1,7})"[^<>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
LARGEST_COLUMN = 16_384


def xlsx_marks(path: Path) -> dict[str, Marks]:
    """Marks by name of worksheet; none where the parts lie in unusual places."""
    with zipfile.ZipFile(path) as archive:
        return {name: _marks(archive.read(part)) for part, name in worksheets(archive).items()}


def worksheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of the worksheet in each part; none where the parts lie in unusual places."""
    parts = set(archive.namelist())
    if not {BOOK, LINKS} <= parts:
        return {}
    targets = {
        link.get("Id"): "xl/" + link.get("Target", "").removeprefix("/xl/")
        for link in ElementTree.fromstring(archive.read(LINKS))
    }
    named = {
        targets.get(sheet.get(RELATION), ""): sheet.get("name", "")
        for sheet in ElementTree.fromstring(archive.read(BOOK)).iter()
        if sheet.tag.endswith("}sheet")
    }
    return {part: name for part, name in named.items() if part in parts}


def _marks(xml: bytes) -> Marks:
    cells = [(int(row) - 1, column_number(column)) for column, row in UNCALCULATED.findall(xml)]
    return Marks(
        tuple(_area(found) for found in MERGED.findall(xml)),
        frozenset(int(row) - 1 for row in HIDDEN_ROW.findall(xml)),
        _hidden_columns(HIDDEN_COLUMNS.findall(xml)),
        dict.fromkeys(cells, NOT_CALCULATED),
    )


def _hidden_columns(found: Sequence[bytes]) -> frozenset[int]:
    """However many say it of however many columns."""
    is_hidden = bytearray(LARGEST_COLUMN)
    for columns in {_columns(attributes) for attributes in found}:
        is_hidden[columns.start : columns.stop] = b"\x01" * len(columns)
    return frozenset(column for column, hidden in enumerate(is_hidden) if hidden)


def _columns(attributes: bytes) -> range:
    first, last = (re.search(rb"\s" + name + rb'="([0-9]{1,9})"', attributes) for name in (b"min", b"max"))
    if first is None or last is None:
        return range(0)
    return range(max(int(first[1]), 1) - 1, min(int(last[1]), LARGEST_COLUMN))


def _area(found: tuple[bytes, bytes, bytes, bytes]) -> Area:
    left, top, right, bottom = found
    return int(top) - 1, column_number(left), int(bottom) - 1, column_number(right)


def column_number(letters: bytes) -> int:
    """``A`` is 0; letters beyond the last column are all alike."""
    if len(letters) > len("XFD"):
        return LARGEST_COLUMN
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
