"""What there is to tell about files and columns as such, in the order of their rules.

Rows set aside with a reason worth telling, columns nobody knows, columns sent twice or not at all, a sheet
filled to its last possible row, the same file sent twice.
"""

from collections.abc import Iterator, Sequence

from flows.intake import structure
from flows.intake.delivery import Delivery
from flows.intake.rows import REPORTED
from flows.intake.sheet_table import SheetRead
from flows.intake.told import Matter
from flows.intake.words import words
from schemas.dictionary import columns
from schemas.layouts import MODELS


def matters_of(read: SheetRead) -> Iterator[Matter]:
    """What to tell about one sheet."""
    delivery_id, layout = read.sheet.delivery.delivery_id, read.layout
    top = layout.header.last_row or None
    for row, reason in read.aside.sort("source_row").iter_rows():
        if reason in REPORTED:
            yield Matter(REPORTED[reason], delivery_id, row)
    for heading in layout.unknown:
        yield Matter(structure.UNKNOWN_COLUMN, delivery_id, top, th=f"“{heading}”")
    for cell in layout.twice:
        table, field = layout.field_of(cell)
        column = columns(MODELS[table])[field]
        yield Matter(structure.COLUMN_TWICE, delivery_id, top, field, column.th, column.en)
    for table, field in layout.missing:
        column = columns(MODELS[table])[field]
        yield Matter(structure.MISSING_COLUMN, delivery_id, None, field, column.th, column.en)
    if read.sheet.encoding == "xlsx" and read.rows_in_file in words().full_sheet_rows:
        yield Matter(structure.SHEET_FULL, delivery_id, read.rows_in_file)


def repeated_deliveries(deliveries: Sequence[Delivery]) -> tuple[list[Delivery], list[Delivery]]:
    """Deliveries of different bytes, and those that repeat one of them."""
    first: dict[str, Delivery] = {}
    repeats = [
        delivery for delivery in deliveries if first.setdefault(delivery.sha256, delivery) is not delivery
    ]
    return list(first.values()), repeats


def told_once(repeats: Sequence[Delivery]) -> list[Matter]:
    """One matter for each delivery that repeats another."""
    return [Matter(structure.SAME_FILE_TWICE, delivery.delivery_id) for delivery in repeats]
