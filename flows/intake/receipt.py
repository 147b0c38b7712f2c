"""The receipt of a sheet: what arrived, how it was understood, and every row of it accounted for.

Plain data for the run record and the district's page; no cell of a record is in it.
"""

from collections.abc import Sequence
from typing import Any

from flows.intake.delivery import Delivery
from flows.intake.sheet_table import SheetRead


def receipt(read: SheetRead, sheets_not_read: Sequence[str], ages_derived: int) -> dict[str, Any]:
    """One sheet's receipt. Rows in the file are the rows read and the rows set aside, no more and no less.

    `ages_derived`: members whose age was not sent and follows from their birth date.
    """
    reasons = read.aside["reason"].value_counts(name="rows").sort("reason")
    aside = dict(reasons.iter_rows())
    if read.rows_in_file != read.rows_read + sum(aside.values()):
        raise AssertionError(f"{read.sheet.delivery.name}: rows of the file and rows accounted for differ")
    headings, layout = read.layout.header.headings, read.layout
    return {
        **file_facts(read.sheet.delivery),
        "sheet": read.sheet.name,
        "encoding": read.sheet.encoding,
        "layout": layout.kind,
        "header_row": layout.header.last_row,
        "header_rows": layout.header.rows,
        "rows_in_file": read.rows_in_file,
        "rows_read": read.rows_read,
        "rows_set_aside": aside,
        "records": {table: part.frame.height for table, part in read.parts.items()},
        "cells_not_cast": sum(
            part.problems.filter(~part.problems["is_taken"]).height for part in read.parts.values()
        ),
        "ages_derived": ages_derived,
        "columns_matched": {
            table: {field: headings[cell] for field, cell in fields.items()}
            for table, fields in layout.fields.items()
        },
        "columns_unknown": list(layout.unknown),
        "sheets_not_read": list(sheets_not_read),
        "remarks": dict(read.sheet.remarks),
    }


def file_facts(delivery: Delivery) -> dict[str, Any]:
    """What is known of a file before it is opened; of one out of a zip, also which zip was sent."""
    sent = delivery.archive
    return {
        "file": delivery.name,
        "delivery_id": delivery.delivery_id,
        "sha256": delivery.sha256,
        "bytes": delivery.bytes,
        "archive": {"file": sent.name, "sha256": sent.sha256} if sent else None,
    }
