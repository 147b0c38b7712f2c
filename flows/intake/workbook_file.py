"""A workbook as sheets: every visible worksheet, every cell as text, merged cells filled as they look on
screen.

.xlsx, .xlsb, .xls and .ods alike: cells come through calamine (fastexcel), which keeps the stored value:
13-digit numbers whole, dates as ``2526-04-12 00:00:00``, formulas as last calculated. Hidden rows and columns
hold data like any other (a filter left on hides them) and are read; the receipt says how many. What is not
here: hidden worksheets (code lists, old copies), which are named in the receipt and not read.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

import fastexcel
import polars as pl

from flows.intake.broken_file import is_of_the_disk
from flows.intake.delivery import Delivery
from flows.intake.extent import StrayCell
from flows.intake.ods_marks import ods_marks
from flows.intake.quarantine import Quarantined
from flows.intake.sheet import Sheet, cell_names, head_of, refuse_endless_cell
from flows.intake.sheet_marks import Marks, written
from flows.intake.unpacked_size import refuse_oversized
from flows.intake.workbook_parts import copied_parts
from flows.intake.xls_marks import xls_marks
from flows.intake.xls_stream import bounded, stream_of, write_envelope
from flows.intake.xlsb_extent import refuse_stray_cells_of_xlsb
from flows.intake.xlsx_extent import refuse_stray_cells_of_xlsx
from flows.intake.xlsx_marks import xlsx_marks

DAMAGED = (
    fastexcel.FastExcelError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    # of an encrypted or unknown packing of a part
    RuntimeError,
    # of numbers, names and places that cannot be
    ValueError,
    IndexError,
    KeyError,
    ElementTree.ParseError,
    expat.ExpatError,
)
ODS_MANIFEST = "META-INF/manifest.xml"
ERROR_CELLS = {"NA": "#N/A", "Div0": "#DIV/0!"}
# A number beyond all that a cell can hold, which only a damaged file has.
TOO_LARGE = "#NUM!"
Grids = list[tuple[str, pl.DataFrame]]


def workbook_sheets(delivery: Delivery, work_dir: Path) -> tuple[list[Sheet], list[str]]:
    """The visible worksheets that hold something, and the names of the hidden ones; the copy that is read
    lies in ``work_dir``. Damaged files, and those that reach too far, are quarantined.
    """
    try:
        kind = workbook_kind(delivery)
        copy, marks = _looked_at(delivery, kind, work_dir)
        grids, hidden = _grids(copy)
        sheets = [_sheet(delivery, kind, name, grid, marks.get(name, Marks())) for name, grid in grids]
    except StrayCell as stray:
        raise Quarantined("stray_cell", delivery.name, stray.sheet, cell=stray.cell) from None
    except MemoryError:
        raise Quarantined("too_large", delivery.name) from None
    except DAMAGED as broken:
        if is_of_the_disk(broken):
            raise
        reason = "password" if "password" in str(broken).lower() else "truncated_file"
        raise Quarantined(reason, delivery.name) from None
    if not sheets:
        raise Quarantined("empty_file", delivery.name)
    return sheets, hidden


def workbook_kind(delivery: Delivery) -> str:
    """``xlsx``, ``xlsb``, ``xls`` or ``ods``. Raises ``Quarantined`` when it unpacks to too much."""
    if not zipfile.is_zipfile(delivery.kept_path):
        return "xls"
    with zipfile.ZipFile(delivery.kept_path) as archive:
        refuse_oversized(archive.infolist(), delivery.kept_path.stat().st_size, delivery.name)
        parts = archive.namelist()
        if "content.xml" in parts:
            manifest = archive.read(ODS_MANIFEST) if ODS_MANIFEST in parts else b""
            if b"encryption-data" in manifest:
                raise Quarantined("locked_ods", delivery.name)
            return "ods"
    return "xlsb" if "xl/workbook.bin" in parts else "xlsx"


def _looked_at(delivery: Delivery, kind: str, work_dir: Path) -> tuple[Path, Mapping[str, Marks]]:
    """A copy that can be read within bounds, and the marks of its worksheets."""
    copy = work_dir / f"{delivery.sha256}.{kind}"
    if kind == "xls":
        name, stream = stream_of(delivery.kept_path)
        write_envelope(name, bounded(stream), copy)
        # older files than BIFF8 have none
        return copy, xls_marks(stream) if name == "Workbook" else {}
    copied_parts(delivery.kept_path, copy)
    if kind == "ods":
        return copy, ods_marks(copy)
    if kind == "xlsb":
        # binary all through and rare: read without its marks
        refuse_stray_cells_of_xlsb(copy)
        return copy, {}
    refuse_stray_cells_of_xlsx(copy)
    return copy, xlsx_marks(copy)


def _grids(copy: Path) -> tuple[Grids, list[str]]:
    """Visible worksheets that hold something, and the names of the hidden ones."""
    book = fastexcel.read_excel(copy)
    loaded = [
        book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string") for name in book.sheet_names
    ]
    hidden = [sheet.name for sheet in loaded if sheet.visible != "visible"]
    shown = [sheet for sheet in loaded if sheet.visible == "visible" and sheet.height]
    return [(sheet.name, _grid(sheet)) for sheet in shown], hidden


def _sheet(delivery: Delivery, kind: str, name: str, read: pl.DataFrame, marks: Marks) -> Sheet:
    refuse_endless_cell(read, delivery, name)
    grid = marks.applied(read)

    def batches() -> Iterator[pl.DataFrame]:
        yield grid

    return Sheet(delivery, name, kind, head_of(grid), batches, remarks=marks.remarks(grid))


def _grid(sheet: fastexcel.ExcelSheet) -> pl.DataFrame:
    """The worksheet as text from A1 on, with error cells (``#N/A``), which calamine drops, put back so that
    they are reported.
    """
    record_batch, problems = sheet.to_arrow_with_errors()
    frame = pl.DataFrame(record_batch)
    # calamine's first column is the first that holds anything
    first = sheet.available_columns()[0].absolute_index
    names = cell_names(first + frame.width)
    frame.columns = names[first:]
    changes: dict[str, dict[int, str | None]] = {}
    for problem in problems.errors if problems else ():
        row, column = problem.offset_position
        changes.setdefault(names[first + column], {})[row] = _put_back(problem.detail)
    index = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("source_row")
    before = [pl.lit(None, pl.String).alias(name) for name in names[:first]]
    cells = pl.all().replace({"": None, "inf": TOO_LARGE, "-inf": TOO_LARGE})
    return written(frame.select(index, *before, cells), changes)


def _put_back(detail: str) -> str:
    """What stands for a cell that is no text: its error (``#REF!``), a length of time (``PT10H30M00S``)."""
    _, is_error, kind = detail.partition("Error(")
    if not is_error:
        return detail.partition('("')[2].rstrip("\")'") or "#?"
    kind = kind.rstrip("')")
    return ERROR_CELLS.get(kind, f"#{kind.upper()}!")
