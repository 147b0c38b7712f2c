"""How far the worksheets of an .xlsx reach, from the XML of their cells, and what its lists say of
themselves.

Patterns over the bytes, as in xlsx_marks. A cell without a value, formatted as it may be, reaches nowhere.
"""

import re
import zipfile
from pathlib import Path, PurePosixPath

from flows.intake.extent import ROWS, Extent, refuse_stray_cells
from flows.intake.xlsx_marks import column_number, worksheets

PREFIX = rb"(?:[^\s<>/:]+:)?"
# A cell that has content; its place in letters and digits.
PLACED = re.compile(rb"<" + PREFIX + rb"c\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Za-z]*)([0-9]*)[\"'][^<>]*(?<!/)>")
CELLS = re.compile(rb"<" + PREFIX + rb"c(?:\s[^<>]*)?(?<!/)>")
ROW = re.compile(rb"<" + PREFIX + rb"row(?=[\s/>])")
ROW_NUMBER = re.compile(rb"<" + PREFIX + rb"row\s(?:[^<>]*?\s)?r\s*=\s*[\"'][A-Za-z]*([0-9]+)")
# Legal, never written, and would hide what follows from the patterns above.
HIDING = re.compile(rb"<" + PREFIX + rb"(?:c|row)\s[^<>]*=\s*(?:\"[^\"<>]*>|'[^'<>]*>)")
# Nor does any program write such a tag; looking for attributes in it would take its length squared.
LONG_TAG = re.compile(rb"<" + PREFIX + rb"(?:c|row|col|mergeCell)\s[^<>]{5000}")
UNIQUE = re.compile(rb"<" + PREFIX + rb"sst\s[^<>]*?uniqueCount\s*=\s*[\"']\s*([0-9]+)")
LEAST_OF_A_TEXT = len("<si/>")


def refuse_stray_cells_of_xlsx(path: Path) -> None:
    """Raises ``StrayCell``, or ``zipfile.BadZipFile`` for parts that no program writes."""
    with zipfile.ZipFile(path) as archive:
        named = worksheets(archive)
        for name in archive.namelist():
            if not name.endswith(".xml"):
                continue
            xml = archive.read(name)
            if b"sheetData" in xml:
                if LONG_TAG.search(xml) or HIDING.search(xml):
                    raise zipfile.BadZipFile
                refuse_stray_cells(_extent(xml), named.get(name, PurePosixPath(name).stem))
            # room is made for as many texts as are announced
            if (announced := UNIQUE.search(xml)) and _number(announced[1]) > len(xml) // LEAST_OF_A_TEXT:
                raise zipfile.BadZipFile


def _extent(xml: bytes) -> Extent:
    places = PLACED.findall(xml)
    columns = max((column_number(letters) + 1 for letters in {place[0] for place in places}), default=0)
    rows = max(map(_number, {place[1] for place in places} | set(ROW_NUMBER.findall(xml))), default=0)
    cells = len(places)
    unplaced = len(CELLS.findall(xml)) - cells
    if unplaced:
        # cells and rows without a place follow one another
        widths = [len(CELLS.findall(line)) for line in ROW.split(xml)]
        columns, rows, cells = columns + max(widths), rows + len(widths), cells + unplaced
    return Extent(rows, columns, cells)


def _number(digits: bytes) -> int:
    """Beyond the last row all are alike."""
    return int(digits) if len(digits) < len(str(ROWS)) + 1 else ROWS + 1 if digits else 0
