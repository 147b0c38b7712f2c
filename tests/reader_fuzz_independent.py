"""Other readers of the same files, for the fuzz to hold ours against: what stands in which cell.

Python's own csv, zip and XML, xlrd for .xls and pyarrow for Parquet. They give up (None) where a file is too
broken or too large for them; then nothing is said about its cells.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree

import pyarrow.parquet as pq
import xlrd

from tests.reader_fuzz_seeds import Grid, Sent

DELIMITERS = ",;\t|"
LARGEST = 3_000_000
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Sheets = dict[str | None, Grid]
csv.field_size_limit(1 << 30)


def sheets_of(sent: Sent, file: str, encoding: str) -> Sheets | None:
    """Sheets by name (None for a file without) of a file named as the receipt names it."""
    outer, *inner = file.split(" › ")
    try:
        content = sent[outer]
        for name in inner:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if archive.namelist().count(name) > 1:
                    return None
                content = archive.read(name)
        if len(content) > LARGEST:
            return None
        return READERS[encoding](content) if encoding in READERS else _text(content, encoding)
    except Exception:
        return None


def _text(content: bytes, encoding: str) -> Sheets | None:
    text = content.decode(encoding).removeprefix("\ufeff").translate({0: None, 0x1A: None})
    best: Grid = []
    for delimiter in DELIMITERS:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if max(map(len, rows[:40]), default=0) > max(map(len, best[:40]), default=0):
            best = rows
    return {None: best}


def _xlsx(content: bytes) -> Sheets | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if len(set(archive.namelist())) < len(archive.namelist()):
            return None
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): "xl/" + link.get("Target", "").removeprefix("/xl/") for link in links}
        shared = _shared(archive)
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        sheets: Sheets = {}
        for sheet in (one for one in book.iter() if one.tag.endswith("}sheet")):
            xml = archive.read(targets[sheet.get(RELATION)])
            sheets[sheet.get("name")] = _grid(ElementTree.fromstring(xml), shared)
        return sheets


def _shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in one.iter() if text.tag.endswith("}t")) for one in root]


def _grid(root: ElementTree.Element, shared: list[str]) -> Grid:
    cells: dict[tuple[int, int], str] = {}
    row = 0
    for line in (one for one in root.iter() if one.tag.endswith("}row")):
        row, column = int(line.get("r", row + 1)), 0
        for cell in (one for one in line if one.tag.endswith("}c")):
            column += 1
            if named := re.fullmatch("([A-Z]{1,3})([0-9]{1,7})", cell.get("r", "-")):
                column, row = _number(named[1]), int(named[2])
            cells[row, column] = _value(cell, shared)
    if any(one.tag.endswith("}mergeCell") for one in root.iter()):
        raise ValueError
    return _dense(cells)


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    found = [one for one in cell if one.tag.endswith(("}v", "}is"))]
    if not found:
        return ""
    text = "".join(found[-1].itertext())
    if kind == "s":
        return shared[int(text)] if int(text) >= 0 else ""
    return {"1": "true", "0": "false"}.get(text, text) if kind == "b" else text


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _dense(cells: Mapping[tuple[int, int], str]) -> Grid:
    height, width = (max((place[side] for place in cells), default=0) for side in (0, 1))
    if height * width > LARGEST:
        raise ValueError
    return [[cells.get((row, column), "") for column in range(1, width + 1)] for row in range(1, height + 1)]


def _ods(content: bytes) -> Sheets | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.namelist().count("content.xml") > 1:
            return None
        root = ElementTree.fromstring(archive.read("content.xml"))
    return {table.get(f"{TABLE}name"): _ods_grid(table) for table in root.iter(f"{TABLE}table")}


def _ods_grid(table: ElementTree.Element) -> Grid:
    cells: dict[tuple[int, int], str] = {}
    row = 0
    for line in table.iter(f"{TABLE}table-row"):
        again, column = int(line.get(f"{TABLE}number-rows-repeated", 1)), 0
        for cell in line:
            count, text = int(cell.get(f"{TABLE}number-columns-repeated", 1)), _ods_text(cell)
            if text and again * count > LARGEST:
                raise ValueError
            for offset in range(again if text else 0):
                cells.update({(row + offset + 1, column + each + 1): text for each in range(count)})
            if any(
                side in cell.attrib
                for side in (f"{TABLE}number-rows-spanned", f"{TABLE}number-columns-spanned")
            ):
                raise ValueError
            column += count
        row += again
    return _dense(cells)


def _ods_text(cell: ElementTree.Element) -> str:
    value = cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}date-value")
    if value is not None:
        return value
    paragraphs = cell.findall(f"{TEXT}p")
    if any(len(one) for one in paragraphs):
        raise ValueError
    return "\n".join(one.text or "" for one in paragraphs)


def _xls(content: bytes) -> Sheets | None:
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    if sum(sheet.nrows * sheet.ncols for sheet in book.sheets()) > LARGEST:
        return None
    return {
        sheet.name: [
            [_plain(sheet.cell(row, column)) for column in range(sheet.ncols)] for row in range(sheet.nrows)
        ]
        for sheet in book.sheets()
    }


def _plain(cell: Any) -> str:
    if isinstance(cell.value, float):
        return str(int(cell.value)) if cell.value == int(cell.value) else repr(cell.value)
    return str(cell.value)


def _parquet(content: bytes) -> Sheets | None:
    table = pq.read_table(io.BytesIO(content))
    flat = [
        name
        for name, kind in zip(table.column_names, table.schema.types, strict=True)
        if kind.num_fields == 0
    ]
    columns = [["" if cell is None else str(cell) for cell in table[name].to_pylist()] for name in flat]
    return {None: [flat, *(list(row) for row in zip(*columns, strict=True))]}


READERS: Mapping[str, Callable[[bytes], Sheets | None]] = {
    "xlsx": _xlsx, "ods": _ods, "xls": _xls, "parquet": _parquet,
}  # fmt: skip
