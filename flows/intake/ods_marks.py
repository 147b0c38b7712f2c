"""Marks of an .ods workbook (LibreOffice), from its content.xml read as a stream.

Error cells come out empty of calamine, so their texts (``#N/A``, ``Err:502``) are put back. Source:
OpenDocument 1.3 part 3, tables.
"""

import zipfile
from pathlib import Path
from xml.parsers import expat

from flows.intake.sheet_marks import Area, Marks

PIECE = 1 << 20
# Repeated beyond this are the empty rows and columns that fill a worksheet to its end.
REPEATS = 10_000
Attributes = dict[str, str]


class _Reading:
    """Where the parser stands in which worksheet, and what it has seen there."""

    def __init__(self) -> None:
        self.found: dict[str, Marks] = {}
        self.text: list[str] | None = None

    def start(self, tag: str, given: Attributes) -> None:
        if tag == "table:table":
            self.name = given.get("table:name", "")
            self.row = self.column = self.next_row = self.next_column = 0
            self.merged: list[Area] = []
            self.rows: set[int] = set()
            self.columns: set[int] = set()
            self.texts: dict[tuple[int, int], str] = {}
        elif tag == "table:table-column":
            first, self.column = self.column, self.column + _count(given, "table:number-columns-repeated")
            if _is_hidden(given):
                self.columns |= set(range(first, min(self.column, first + REPEATS)))
        elif tag == "table:table-row":
            self.row, self.next_column = self.next_row, 0
            self.next_row += _count(given, "table:number-rows-repeated")
            if _is_hidden(given):
                self.rows |= set(range(self.row, min(self.next_row, self.row + REPEATS)))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(given)

    def _cell(self, given: Attributes) -> None:
        self.column, self.next_column = (
            self.next_column,
            self.next_column + _count(given, "table:number-columns-repeated"),
        )
        down, right = (_count(given, f"table:number-{side}-spanned") for side in ("rows", "columns"))
        if down > 1 or right > 1:
            self.merged.append((self.row, self.column, self.row + down - 1, self.column + right - 1))
        if given.get("calcext:value-type") == "error":
            self.text = []

    def end(self, tag: str) -> None:
        if tag == "table:table-cell" and self.text is not None:
            self.texts[self.row, self.column] = "".join(self.text)
            self.text = None
        elif tag == "table:table":
            self.found[self.name] = Marks(
                tuple(self.merged), frozenset(self.rows), frozenset(self.columns), self.texts
            )

    def characters(self, piece: str) -> None:
        if self.text is not None:
            self.text.append(piece)


def ods_marks(path: Path) -> dict[str, Marks]:
    """Marks by name of worksheet. Raises ``expat.ExpatError`` when the content is no XML of a workbook."""
    reading, parser = _Reading(), expat.ParserCreate()
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    parser.StartDoctypeDeclHandler = _refuse
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
        while piece := content.read(PIECE):
            parser.Parse(piece, False)
    parser.Parse(b"", True)
    return reading.found


def _refuse(*_: object) -> None:
    """No workbook declares a document type; entities declared there could grow without end."""
    raise expat.ExpatError("document type declared")


def _count(given: Attributes, name: str) -> int:
    told = given.get(name, "1")
    return int(told) if told.isascii() and told.isdigit() else 1


def _is_hidden(given: Attributes) -> bool:
    return given.get("table:visibility") in ("collapse", "filter")
