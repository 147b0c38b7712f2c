"""What there is to tell about files and columns as such, in the order of their rules.

Rows set aside with a reason worth telling, columns nobody knows, columns sent twice or not at all, a sheet
filled to its last possible row, the same file sent twice.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from flows.intake import structure
from flows.intake.delivery import Delivery
from flows.intake.layout import place
from flows.intake.rows import REPORTED
from flows.intake.sheet import Sheet
from flows.intake.sheet_table import SheetRead
from flows.intake.told import Matter
from flows.intake.words import words
from schemas.dictionary import columns
from schemas.layouts import MODELS

WORKBOOKS = ("xlsx", "xlsb", "xls", "ods")


def matters_of(read: SheetRead) -> Iterator[Matter]:
    """What to tell about one sheet."""
    layout = read.layout
    of = partial(Matter, delivery_id=read.sheet.delivery.delivery_id, **_file(read.sheet))
    top = layout.header.last_row or None
    for row, reason in read.aside.sort("source_row").iter_rows():
        if reason in REPORTED:
            yield of(REPORTED[reason], source_row=row)
    for heading in layout.unknown:
        yield of(structure.UNKNOWN_COLUMN, source_row=top, th=f"“{heading}”")
    for cell in layout.twice:
        table, field = layout.field_of(cell)
        column = columns(MODELS[table])[field]
        yield of(structure.COLUMN_TWICE, source_row=top, field=field, th=column.th, en=column.en)
    for table, field in layout.missing:
        column = columns(MODELS[table])[field]
        yield of(structure.MISSING_COLUMN, field=field, th=column.th, en=column.en)
    if read.sheet.encoding in WORKBOOKS and read.rows_in_file in words().full_sheet_rows:
        yield of(structure.SHEET_FULL, source_row=read.rows_in_file)


def repeated_deliveries(deliveries: Sequence[Delivery]) -> tuple[list[Delivery], list[Delivery]]:
    """Deliveries of different bytes, and those that repeat one of them."""
    first: dict[str, Delivery] = {}
    repeats = [
        delivery for delivery in deliveries if first.setdefault(delivery.sha256, delivery) is not delivery
    ]
    return list(first.values()), repeats


def told_once(repeats: Sequence[Delivery], different: Sequence[Delivery]) -> list[Matter]:
    """One matter for each delivery that repeats one of the ``different``."""
    first = {delivery.sha256: delivery.name for delivery in different}
    return [
        Matter(
            structure.SAME_FILE_TWICE,
            delivery_id=repeat.delivery_id,
            file=repeat.name,
            file_en=repeat.name,
            same_as=first[repeat.sha256],
        )
        for repeat in repeats
    ]


def _file(sheet: Sheet) -> dict[str, str]:
    """The file's name in both languages, with its worksheet if it has any."""
    words_of = place(sheet)
    return {
        "file": sheet.delivery.name + words_of["place_th"],
        "file_en": sheet.delivery.name + words_of["place_en"],
    }
