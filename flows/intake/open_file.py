"""Opening deliveries: from kept bytes to sheets with a recognised layout, and the sheets that are no tables.

A file none of whose sheets has a header stops here. A worksheet without one is left out beside others that
have one (covers, notes, code lists) and named in the receipt.
"""

from collections.abc import Sequence
from pathlib import Path

from flows.intake.csv_file import csv_sheets
from flows.intake.delivery import Delivery
from flows.intake.layout import Layout, place, recognise_layout
from flows.intake.parquet_file import parquet_sheets
from flows.intake.quarantine import Quarantined
from flows.intake.recognise import file_kind
from flows.intake.sheet import Sheet
from flows.intake.words import words
from flows.intake.workbook_file import workbook_sheets

Opened = tuple[list[tuple[Sheet, Layout]], list[str]]


def open_delivery(delivery: Delivery, work_dir: Path) -> Opened:
    """Sheets with their layouts, and names of worksheets not read. ``work_dir`` takes transcoded copies."""
    kind = file_kind(delivery.kept_path, delivery.name)
    hidden: list[str] = []
    if kind == "workbook":
        sheets, hidden = workbook_sheets(delivery)
    elif kind == "parquet":
        sheets = parquet_sheets(delivery)
    else:
        sheets = csv_sheets(delivery, work_dir)
    recognised = [(sheet, recognise_layout(sheet)) for sheet in sheets]
    tables = [(sheet, layout) for sheet, layout in recognised if layout is not None]
    if not tables:
        _refuse_headless(sheets)
    return tables, [sheet.name or "" for sheet, layout in recognised if layout is None] + hidden


def _refuse_headless(sheets: Sequence[Sheet]) -> None:
    sheet = sheets[0]
    raise Quarantined("no_header", sheet.delivery.name, sheet.name, rows=words().search_rows, **place(sheet))
