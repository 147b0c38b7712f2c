"""The receipt of a sheet: what arrived, how it was understood, and every row of it accounted for.

Plain data for the run record and the district's page; no cell of a record is in it.
"""

from collections.abc import Sequence
from typing import Any

import polars as pl

from flows.intake.accounting import Account
from flows.intake.delivery import Delivery
from flows.intake.part import Part
from flows.intake.remarks import remark_lines
from flows.intake.sheet_table import SheetRead


def receipt(
    read: SheetRead, sheets_not_read: Sequence[str], ages_derived: int, counted: Account
) -> dict[str, Any]:
    """One sheet's receipt; `counted` accounts for every row of it.

    `ages_derived`: members whose age was not sent and follows from their birth date.
    """
    headings, layout = read.layout.header.headings, read.layout
    return {
        **file_facts(read.sheet.delivery),
        "sheet": read.sheet.name,
        "encoding": read.sheet.encoding,
        "layout": layout.kind,
        "header_row": layout.header.last_row,
        "header_rows": layout.header.rows,
        "rows_in_file": counted.rows_in_file,
        "rows_read": counted.rows_typed,
        "rows_set_aside": counted.reasons,
        "rows_aside_at": counted.places,
        "records": {table: part.frame.height for table, part in read.parts.items()},
        "cells_not_cast": sum(
            part.problems.filter(~part.problems["is_taken"]).height for part in read.parts.values()
        ),
        "cells_not_cast_of": {table: _not_cast(part) for table, part in read.parts.items()},
        "ages_derived": ages_derived,
        "columns_matched": {
            table: {field: headings[cell] for field, cell in fields.items()}
            for table, fields in layout.fields.items()
        },
        "columns_unknown": list(layout.unknown),
        "columns_missing": {
            table: [field for of, field in layout.missing if of == table] for table in layout.fields
        },
        "sheets_not_read": list(sheets_not_read),
        "remarks": dict(read.sheet.remarks),
        "remarks_told": {lang: remark_lines(read.sheet.remarks, lang) for lang in ("th", "en")},
    }


def _not_cast(part: Part) -> dict[str, int]:
    """How many cells of each column could not be read as what the column holds; these are kept as text."""
    lost = part.problems.filter(~pl.col("is_taken"))
    return dict(lost["field"].value_counts(name="cells").sort("field").iter_rows())


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
