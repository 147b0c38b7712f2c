"""One sheet read through: batches of cells parted into records and other rows, records typed, every row
counted.

What is not here: what depends on the district and the round (place), joining sheets (extract), words (told).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from flows.intake.broken_file import panics_quarantined
from flows.intake.flat import household_rows, member_rows, one_row_each
from flows.intake.layout import Layout, told
from flows.intake.part import SHEET, Part, joined, read_part
from flows.intake.quarantine import Quarantined
from flows.intake.rows import ASIDE, REPORTED, SAME_HOUSEHOLD, SHIFTED, UNREADABLE_KEY, part_rows
from flows.intake.sheet import Sheet, refuse_endless_cell
from flows.intake.unknown_columns import BESIDE, cells_beside
from flows.intake.words import words
from schemas.dictionary import columns
from schemas.layouts import MODELS, Table


@dataclass(frozen=True)
class SheetRead:
    """What came of one sheet. ``aside``: ``source_row`` and ``reason``; ``number``: its place in the
    district; ``beside``: cells of unknown columns.
    """

    sheet: Sheet
    layout: Layout
    number: int
    parts: Mapping[Table, Part]
    aside: pl.DataFrame
    rows_in_file: int
    rows_read: int
    beside: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BESIDE))


def read_sheet(sheet: Sheet, layout: Layout, number: int, year_be: int) -> SheetRead:
    """Read all batches of a sheet. Raises ``Quarantined`` when its rows cannot be told apart or matched."""
    parts: dict[Table, list[Part]] = {table: [] for table in layout.fields}
    asides, flat_households, rows = [pl.DataFrame(schema=ASIDE)], [], 0
    beside = [cells_beside(pl.DataFrame(), {})]
    for batch in _batches(sheet):
        rows += batch.height
        _refuse_different_twins(sheet, layout, batch)
        parted = part_rows(batch, layout, sheet)
        asides.append(parted.aside)
        beside.append(cells_beside(parted.records, layout.unknown_cells))
        for table, fields in layout.fields.items():
            records = parted.records
            if layout.kind == "flat" and table == "household":
                flat_households.append(household_rows(records, fields))
                continue
            if layout.kind == "flat":
                records = member_rows(records, fields)
                asides.append(_without_member(parted.records, records))
            parts[table].append(
                read_part(records, fields, table, sheet.delivery.delivery_id, number, year_be)
            )
    if flat_households:
        parts["household"].append(_flat_part(sheet, layout, number, year_be, pl.concat(flat_households)))
    read = {table: joined(table, every) for table, every in parts.items()}
    # The key first: a row that cannot be read is no row of a household that is known already.
    aside = pl.concat([_unreadable_keys(read, number), *asides])
    aside = _not_typed(aside, read, number)
    result = SheetRead(sheet, layout, number, read, aside, rows, rows - aside.height, pl.concat(beside))
    _refuse_shifted(result)
    _refuse_lost_keys(result)
    _refuse_few_records(result)
    return result


def _batches(sheet: Sheet) -> Iterator[pl.DataFrame]:
    """The batches of a sheet, as long as they are one district's."""
    rows, file, limit = 0, sheet.delivery.name, words().sheet_rows
    with panics_quarantined(file):
        for batch in sheet.batches():
            rows += batch.height
            if rows > limit:
                raise Quarantined("too_many_rows", file, sheet.name, rows=f"{limit:,}")
            refuse_endless_cell(batch, sheet.delivery, sheet.name)
            yield batch


def _flat_part(sheet: Sheet, layout: Layout, number: int, year_be: int, found: pl.DataFrame) -> Part:
    fields = layout.fields["household"]
    different = household_rows(found, fields)
    part = read_part(different, fields, "household", sheet.delivery.delivery_id, number, year_be)
    return one_row_each(part, fields)


def _without_member(records: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Rows that repeat a household's columns and hold no member; the first of them is the household's."""
    alone = records.select("source_row").join(members.select("source_row"), on="source_row", how="anti")
    return alone.with_columns(reason=pl.lit(SAME_HOUSEHOLD))


def _not_typed(aside: pl.DataFrame, parts: Mapping[Table, Part], number: int) -> pl.DataFrame:
    """Each row once, and none of which a record is typed."""
    typed = pl.concat(part.frame.select("row") for part in parts.values())["row"] - number * SHEET
    rest = aside.filter(~pl.col("source_row").is_in(typed.implode()))
    return rest.unique("source_row", keep="first", maintain_order=True)


def _unreadable_keys(parts: Mapping[Table, Part], number: int) -> pl.DataFrame:
    """Rows whose household id could not be read: told by that cell, set aside as rows."""
    lost = pl.concat(
        part.problems.filter((pl.col("field") == "household_id") & ~pl.col("is_taken"))
        for part in parts.values()
    )
    return lost.select(source_row=pl.col("row") - number * SHEET, reason=pl.lit(UNREADABLE_KEY)).unique(
        "source_row", maintain_order=True
    )


def _refuse_different_twins(sheet: Sheet, layout: Layout, batch: pl.DataFrame) -> None:
    """A column sent twice is one column only as long as both say the same."""
    body = batch.filter(pl.col("source_row") > layout.header.last_row)
    for cell, others in layout.twice.items():
        differing = body.filter(pl.any_horizontal(pl.col(cell).ne_missing(pl.col(other)) for other in others))
        if differing.height:
            table, field = layout.field_of(cell)
            raise Quarantined(
                "column_twice",
                sheet.delivery.name,
                sheet.name,
                row=differing["source_row"][0],
                **told(sheet, columns(MODELS[table])[field]),
            )


def _refuse_shifted(read: SheetRead) -> None:
    shifted = read.aside.filter(pl.col("reason") == SHIFTED)
    if shifted.height > words().shifted_share * max(read.rows_in_file - read.layout.header.last_row, 1):
        row = shifted["source_row"][0]
        raise Quarantined(
            "shifted_rows", read.sheet.delivery.name, read.sheet.name, row=row, count=shifted.height
        )


def _refuse_few_records(read: SheetRead) -> None:
    """Rows set aside are told one by one; where they are most of the file there is nobody to tell them to."""
    told = read.aside.filter(pl.col("reason").is_in(list(REPORTED)))
    body = read.rows_in_file - read.layout.header.last_row
    if told.height > max(words().told_rows, words().quarantine_share * body):
        row = told["source_row"].min()
        raise Quarantined(
            "few_records", read.sheet.delivery.name, read.sheet.name, row=row, count=told.height, total=body
        )


def _refuse_lost_keys(read: SheetRead) -> None:
    lost = read.aside.filter(pl.col("reason") == UNREADABLE_KEY).height
    if lost > words().lost_key_share * (read.rows_read + lost):
        column = columns(MODELS["household"])["household_id"]
        raise Quarantined(
            "lost_keys", read.sheet.delivery.name, read.sheet.name, count=lost, **told(read.sheet, column)
        )
