"""Opening deliveries: from kept bytes to sheets with a recognised layout, and the sheets that are no tables.

A file none of whose sheets has a header stops here. A worksheet without one is left out beside others that
have one (covers, notes, code lists), so is a file of an archive that is no table; both are named in the
receipt.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from flows.intake.archive_file import unpacked
from flows.intake.broken_file import panics_quarantined
from flows.intake.csv_file import csv_sheets
from flows.intake.delivery import Delivery
from flows.intake.layout import Layout, place, recognise_layout
from flows.intake.locked_workbook import unlocked
from flows.intake.parquet_file import parquet_sheets
from flows.intake.quarantine import Quarantined
from flows.intake.recognise import Kind, file_kind
from flows.intake.sheet import Sheet
from flows.intake.words import words
from flows.intake.workbook_file import workbook_sheets

# Why a file beside the tables of an archive is no table: a letter, a picture, a list of codes.
NO_TABLE = ("not_a_table", "no_header")


class Opened(NamedTuple):
    """The tables of one file, and the names of its sheets (and of files beside it) that are not read."""

    tables: list[tuple[Sheet, Layout]]
    not_read: list[str]


# A reader gives the sheets of a file, and the names of those it leaves out.
READERS: Mapping[Kind, Callable[[Delivery, Path], tuple[list[Sheet], list[str]]]] = {
    "workbook": workbook_sheets,
    "parquet": lambda delivery, _: (parquet_sheets(delivery), []),
    "text": lambda delivery, work_dir: (csv_sheets(delivery, work_dir), []),
}


def files_of(deliveries: Sequence[Delivery], work_dir: Path, password: str | None) -> list[Delivery]:
    """The files to read: archives as their members, locked workbooks opened, in copies in ``work_dir``."""
    members = [member for sent in deliveries for member in unpacked(sent, work_dir, password)]
    return [unlocked(member, work_dir, password) for member in members]


def open_files(files: Sequence[Delivery], work_dir: Path) -> list[Opened]:
    """Every file opened. Raises ``Quarantined`` for the first that cannot be read."""
    opened: list[Opened] = []
    left_out: dict[Delivery, list[Quarantined]] = {}
    of_archive: dict[Delivery, Opened] = {}
    for file in files:
        try:
            opened.append(_open(file, work_dir))
        except Quarantined as why:
            if file.archive is None or why.reason not in NO_TABLE:
                raise
            left_out.setdefault(file.archive, []).append(why)
            continue
        if file.archive is not None:
            of_archive.setdefault(file.archive, opened[-1])
    for archive, reasons in left_out.items():
        if archive not in of_archive:
            raise reasons[0]
        of_archive[archive].not_read.extend(why.file for why in reasons)
    return opened


def _open(delivery: Delivery, work_dir: Path) -> Opened:
    kind = file_kind(delivery.kept_path, delivery.name)
    with panics_quarantined(delivery.name):
        sheets, hidden = READERS[kind](delivery, work_dir)
    for sheet in sheets:
        _refuse_wide(sheet)
    recognised = [(sheet, recognise_layout(sheet)) for sheet in sheets]
    tables = [(sheet, layout) for sheet, layout in recognised if layout is not None]
    if not tables:
        _refuse_headless(sheets)
    return Opened(tables, [sheet.name or "" for sheet, layout in recognised if layout is None] + hidden)


def _refuse_wide(sheet: Sheet) -> None:
    """Columns that hold a text among the first rows, where each is looked up as a heading."""
    wide = max((sum(map(bool, row)) for row in sheet.head), default=0)
    if wide > words().sheet_columns:
        raise Quarantined(
            "too_many_columns", sheet.delivery.name, sheet.name, count=wide, limit=words().sheet_columns
        )


def _refuse_headless(sheets: Sequence[Sheet]) -> None:
    sheet = sheets[0]
    raise Quarantined("no_header", sheet.delivery.name, sheet.name, rows=words().search_rows, **place(sheet))
