"""Marks of an .ods workbook (LibreOffice), from its content.xml read as a stream, and how far its sheets
reach.

Error cells come out empty of calamine, so their texts (``#N/A``, ``Err:502``) are put back. A cell, a row or
a run of spaces is written once with a number of times: a few bytes may mean all memory. Source: OpenDocument
1.3 part 3, tables.
"""

import zipfile
from pathlib import Path
from xml.parsers import expat

from flows.intake.extent import COLUMNS, ROWS, Extent, refuse_stray_cells
from flows.intake.sheet_marks import Area, Marks

PIECE = 1 << 20
# Repeated beyond this are the empty rows and columns that fill a worksheet to its end.
REPEATS = 10_000
# Letters that runs of spaces and texts in repeated cells may come to.
MOST_LETTERS = 100_000_000
CELLS = ("table:table-cell", "table:covered-table-cell")
# What makes a cell hold something.
CONTENT = ("office:value-type", "office:value", "office:string-value", "table:formula")
Attributes = dict[str, str]


class _Reading:
    """Where the parser stands in which worksheet, and what it has seen there."""

    def __init__(self) -> None:
        self.found: dict[str, Marks] = {}
        self.text: list[str] | None = None
        self.is_inside = False
        self.copies, self.repeated_letters = 1, 0

    def start(self, tag: str, given: Attributes) -> None:
        if tag == "table:table":
            self._table(given)
        elif not self.is_inside:
            return
        elif tag == "table:table-column":
            first, self.column = self.column, self.column + _count(given, "table:number-columns-repeated")
            if _is_hidden(given):
                self.columns |= set(range(first, min(self.column, first + REPEATS, COLUMNS)))
        elif tag == "table:table-row":
            self.row, self.next_column = self.next_row, 0
            self.next_row += _count(given, "table:number-rows-repeated")
            if _is_hidden(given):
                self.rows |= set(range(self.row, min(self.next_row, self.row + REPEATS, ROWS)))
        elif tag in CELLS:
            self._cell(given)
        elif tag == "text:s":
            self._letters(_count(given, "text:c") * self.copies)

    def _table(self, given: Attributes) -> None:
        # the cells of a table in a cell would be read as cells of its row
        if self.is_inside:
            raise expat.ExpatError("table inside a table")
        self.is_inside = True
        self.name = given.get("table:name", "")
        self.row = self.column = self.next_row = self.next_column = 0
        self.last_row = self.last_column = self.cells = 0
        self.merged: list[Area] = []
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.texts: dict[tuple[int, int], str] = {}

    def _cell(self, given: Attributes) -> None:
        self.column, self.next_column = (
            self.next_column,
            self.next_column + _count(given, "table:number-columns-repeated"),
        )
        self.copies = (self.next_column - self.column) * (self.next_row - self.row)
        if any(name in given for name in CONTENT):
            self.cells += 1
            self.last_row = max(self.last_row, self.next_row)
            self.last_column = max(self.last_column, self.next_column)
            refuse_stray_cells(Extent(self.last_row, self.last_column, self.cells), self.name)
            self._letters(sum(map(len, given.values())) * (self.copies - 1))
        down, right = (_count(given, f"table:number-{side}-spanned") for side in ("rows", "columns"))
        if down > 1 or right > 1:
            self.merged.append((self.row, self.column, self.row + down - 1, self.column + right - 1))
        if given.get("calcext:value-type") == "error":
            self.text = []

    def end(self, tag: str) -> None:
        if tag == "table:table-cell":
            self.copies = 1
            if self.text is not None:
                self.texts[self.row, self.column] = "".join(self.text)
                self.text = None
        elif tag == "table:table":
            self.is_inside = False
            self.found[self.name] = Marks(
                tuple(self.merged), frozenset(self.rows), frozenset(self.columns), self.texts
            )

    def characters(self, piece: str) -> None:
        if self.text is not None:
            self.text.append(piece)
        if self.copies > 1:
            self._letters(len(piece) * (self.copies - 1))

    def _letters(self, more: int) -> None:
        """Letters that do not stand in the file but come of a number in it."""
        self.repeated_letters += more
        if self.repeated_letters > MOST_LETTERS:
            raise expat.ExpatError("repeated beyond all measure")


def ods_marks(path: Path) -> dict[str, Marks]:
    """Marks by name of worksheet. Raises ``StrayCell``, and ``expat.ExpatError`` when it is no XML of a
    workbook.
    """
    reading, parser = _Reading(), expat.ParserCreate()
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
        while piece := content.read(PIECE):
            parser.Parse(piece, False)
    parser.Parse(b"", True)
    return reading.found


def _count(given: Attributes, name: str) -> int:
    told = given.get(name, "1")
    return int(told) if told.isascii() and told.isdigit() else 1


def _is_hidden(given: Attributes) -> bool:
    return given.get("table:visibility") in ("collapse", "filter")
