"""The files the readers' fuzz begins from: one small district in every format that is read.

Twelve households of the sample province. What is sent together stays together: a list of files is one
district's delivery. `fuzz.xls` and `fuzz.ods` were made from `book()` by LibreOffice (see tests/files).
"""

import csv
import io
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import polars as pl

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / "tests" / "files"
DISTRICT, HOMES = "3405", 12
SHEETS = {"household": "ครัวเรือน", "member": "สมาชิก"}
Sent = dict[str, bytes]
"""Name of a file to its bytes."""
Grid = list[list[str]]


@cache
def seeds() -> dict[str, Sent]:
    """Every delivery by the name of its format, the same bytes at every call."""
    plain = {
        "csv-utf8": _texts("utf-8-sig"),
        "csv-cp874": _texts("cp874"),
        "csv-utf16": _texts("utf-16"),
        "csv-tabs": _texts("utf-8", "\t"),
        "flat": {"flat.csv": _written(_flat(), "utf-8-sig", ",")},
        "xlsx": {"book.xlsx": book()},
        "xls": {"book.xls": (FILES / "fuzz.xls").read_bytes()},
        "ods": {"book.ods": (FILES / "fuzz.ods").read_bytes()},
        "parquet": _parquet(),
    }
    zipped = ("csv-utf8", "csv-cp874", "xlsx", "xls", "ods", "parquet")
    return plain | {f"zip-{name}": {"sent.zip": zip_of(plain[name])} for name in zipped}


@cache
def grids() -> dict[str, Grid]:
    """The district's two tables as texts, headings first."""
    folder = ROOT / "sample_data" / "2569" / DISTRICT
    tables = {}
    for name in SHEETS:
        text = (folder / f"jpt2569_{DISTRICT}_{name}.csv").read_text("utf-8-sig")
        tables[name] = list(csv.reader(io.StringIO(text, newline="")))
    ids = {row[0] for row in tables["household"][1 : HOMES + 1]}
    return {name: [rows[0], *(row for row in rows[1:] if row[0] in ids)] for name, rows in tables.items()}


def zip_of(files: Sent) -> bytes:
    """A zip of these files, the same bytes at every call."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 6, 1, 0, 0, 0)), one, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def unzipped(content: bytes) -> Sent:
    """The members of a zip in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


@cache
def book() -> bytes:
    """The district as a workbook of two sheets; counts are number cells, as programs write them."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, title in SHEETS.items():
        sheet = made.create_sheet(title)
        for row in grids()[name]:
            sheet.append([int(cell) if _is_count(cell) else cell or None for cell in row])
    written = io.BytesIO()
    made.save(written)
    # openpyxl writes the time of writing into the zip and into docProps
    members = unzipped(written.getvalue())
    return zip_of({name: one for name, one in members.items() if not name.startswith("docProps")})


def _is_count(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) < 4 and str(int(cell)) == cell


def _texts(encoding: str, delimiter: str = ",") -> Sent:
    return {f"{name}.csv": _written(rows, encoding, delimiter) for name, rows in grids().items()}


def _written(rows: Grid, encoding: str, delimiter: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def _flat() -> Grid:
    homes, members = grids()["household"], grids()["member"]
    by_id = {row[0]: row for row in homes}
    own = [place for place, heading in enumerate(members[0]) if heading not in homes[0]]
    return [[*by_id.get(row[0], homes[0]), *(row[place] for place in own)] for row in members]


def _parquet() -> Sent:
    return {f"{name}.parquet": _columns(rows) for name, rows in grids().items()}


def _columns(rows: Grid) -> bytes:
    """Typed where a column holds nothing but small counts, text otherwise, as systems export it."""
    columns = {}
    for place, heading in enumerate(rows[0]):
        cells = [row[place] or None for row in rows[1:]]
        counts = all(cell is None or _is_count(cell) for cell in cells)
        columns[heading] = pl.Series(cells, dtype=pl.String).cast(pl.Int64 if counts else pl.String)
    written = io.BytesIO()
    pl.DataFrame(columns).write_parquet(written, statistics=False)
    return written.getvalue()
