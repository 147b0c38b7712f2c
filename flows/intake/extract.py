"""A district's deliveries read into one extract: the table of contents of the intake.

Bytes to sheets, sheets to typed parts, parts placed in district and round, ages completed from birth dates,
problems told. One file or many, one worksheet or one a tambon: they all add up. What is not here: any
judgement of a record against another.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from flows.intake.accounting import NONE, account, typed_rows
from flows.intake.delivery import WORK, Delivery
from flows.intake.derived_age import with_ages
from flows.intake.layout import Layout
from flows.intake.matters import matters_of, repeated_deliveries, told_once
from flows.intake.open_file import Opened, files_of, open_files
from flows.intake.part import SHEET, Part, joined
from flows.intake.people_counts import too_many_people
from flows.intake.place import settle_households, settle_members
from flows.intake.quarantine import Quarantined, nothing_delivered
from flows.intake.receipt import file_facts, receipt
from flows.intake.required import empty_required
from flows.intake.sheet import Sheet
from flows.intake.sheet_table import SheetRead, read_sheet
from flows.intake.told import told_cells, told_matters
from flows.intake.unknown_columns import unknown_cells
from flows.intake.words import words
from rules import findings
from schemas.layouts import Table
from schemas.rounds import Round

CELLS = ("table", "delivery_id", "source_row", "household_id", "member_no", "field", "rule_id", "text")


@dataclass(frozen=True)
class Extract:
    """What a district sent: typed frames, cells that could not be cast, findings, and one receipt a sheet.

    ``cells`` has the columns CELLS; ``text`` is the cell as sent and may be personal.
    """

    households: pl.DataFrame
    persons: pl.DataFrame
    cells: pl.DataFrame
    findings: pl.DataFrame
    receipt: list[dict[str, Any]]
    unknown_columns: pl.DataFrame = field(default_factory=unknown_cells)
    """The cells of columns that nobody knows, as text and never looked at: see ``unknown_columns``."""


def read(
    deliveries: Sequence[Delivery], district_code: str, round_: Round, password: str | None = None
) -> Extract:
    """Read all deliveries of one district; ``password`` opens its locked files. Raises ``Quarantined`` when
    they cannot be read as its round's data.
    """
    if not deliveries:
        raise nothing_delivered(district_code, [])
    # Beside the kept bytes, never in the machine's own temporary folder: the copies hold the same people.
    keep_dir = deliveries[0].kept_path.parent.parent
    with tempfile.TemporaryDirectory(prefix=WORK, dir=keep_dir, ignore_cleanup_errors=True) as folder:
        different, repeats = repeated_deliveries(files_of(deliveries, Path(folder), password))
        opened = open_files(different, Path(folder))
        tables = [table for sheets, _ in opened for table in sheets]
        reads = list(_read_all(tables, round_.year_be))
    _refuse_half(reads, deliveries)
    settled = list(_settled(reads, district_code, round_))
    return _extract(_Read(settled, opened, different, repeats), district_code, round_)


@dataclass(frozen=True)
class _Read:
    """The settled sheets, what was opened for them, and the files: different ones, and those sent again."""

    sheets: list[SheetRead]
    opened: Sequence[Opened]
    different: Sequence[Delivery]
    repeats: Sequence[Delivery]


def _extract(read: _Read, district_code: str, round_: Round) -> Extract:
    household, person = (_joined(read.sheets, table) for table in ("household", "person"))
    _refuse_strangers(household, person, read.sheets)
    household = Part(
        household.frame, pl.concat([household.problems, too_many_people(household.frame, person.frame)])
    )
    person, ages_derived = with_ages(person, household.frame, round_)
    keys = _keys(household, person)
    return Extract(
        household.frame.drop("row"),
        person.frame.drop("row"),
        _cells({"household": (household, keys[0]), "person": (person, keys[1])}, _delivery_ids(read.sheets)),
        _told(read, (household, person), keys, district_code, round_),
        _receipts(read, typed_rows(household.frame, person.frame), ages_derived),
        _beside(read.sheets),
    )


def _told(
    read: _Read,
    parts: tuple[Part, Part],
    keys: tuple[pl.DataFrame, pl.DataFrame],
    district_code: str,
    round_: Round,
) -> pl.DataFrame:
    """The findings of reading: cells of both tables, then what concerns sheets and files."""
    ids = _delivery_ids(read.sheets)
    matters = [matter for sheet in read.sheets for matter in matters_of(sheet)]
    return findings.gathered([
        *told_cells(parts[0].problems, keys[0], ids, "household", district_code, round_),
        *told_cells(parts[1].problems, keys[1], ids, "person", district_code, round_),
        *told_matters(matters + told_once(read.repeats, read.different), district_code, round_),
    ])  # fmt: skip


def _receipts(
    read: _Read, typed: Mapping[int, pl.Series], ages_derived: Mapping[int, int]
) -> list[dict[str, Any]]:
    """One a sheet, then one for each file that was sent twice."""
    unread = {sheets[0][0].delivery.sha256: names for sheets, names in read.opened}
    return [
        receipt(
            sheet,
            unread[sheet.sheet.delivery.sha256],
            ages_derived.get(sheet.number, 0),
            account(sheet, typed.get(sheet.number, NONE)),
        )
        for sheet in read.sheets
    ] + [file_facts(delivery) | {"layout": "same_file_again"} for delivery in read.repeats]


def _beside(sheets: Sequence[SheetRead]) -> pl.DataFrame:
    cells = (unknown_cells(one.beside, one.sheet.delivery.delivery_id, one.sheet.name) for one in sheets)
    return pl.concat([unknown_cells(), *cells])


def _read_all(tables: Sequence[tuple[Sheet, Layout]], year_be: int) -> Iterator[SheetRead]:
    for number, (sheet, layout) in enumerate(tables):
        yield read_sheet(sheet, layout, number, year_be)


def _settled(reads: Sequence[SheetRead], district_code: str, round_: Round) -> Iterator[SheetRead]:
    """Households first, over all sheets: a member of a household set aside goes with it, whatever sheet it
    is in.
    """
    settled, lost = [], [pl.Series("household_id", [], dtype=pl.String)]
    for read in reads:
        if "household" not in read.parts:
            settled.append(read)
            continue
        of_district, of_others = settle_households(read, district_code, round_)
        settled.append(of_district)
        lost.append(of_others)
    for read in settled:
        yield settle_members(read, pl.concat(lost), district_code) if "person" in read.parts else read


def _joined(reads: Sequence[SheetRead], table: Table) -> Part:
    """All rows of a table; the empty required cells are told sheet by sheet, as each has its own columns."""
    parts = [(read.parts[table], read.layout.fields[table]) for read in reads if table in read.parts]
    empty = [Part(part.frame.clear(), empty_required(part, table, fields)) for part, fields in parts]
    return joined(table, [*(part for part, _ in parts), *empty])


def _keys(household: Part, person: Part) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What findings say of their record, for each table by ``row``."""
    area = ("tambon_code", "village_no")
    places = household.frame.select("row", *area, "household_id", pl.lit(None, pl.Int64).alias("member_no"))
    homes = household.frame.unique("household_id", keep="first").select("household_id", *area)
    members = person.frame.select("row", "household_id", "member_no").join(
        homes, on="household_id", how="left", maintain_order="left"
    )
    return places, members


def _cells(parts: dict[Table, tuple[Part, pl.DataFrame]], deliveries: list[str]) -> pl.DataFrame:
    """Cells whose text is not in the typed frames."""
    tables = [
        part.problems.filter(~pl.col("is_taken"))
        .join(keys, on="row", how="left", maintain_order="left")
        .with_columns(
            pl.lit(table).alias("table"),
            pl.Series("delivery_id", deliveries, dtype=pl.String).gather(
                part.problems.filter(~pl.col("is_taken"))["row"] // SHEET
            ),
            source_row=pl.col("row") % SHEET,
        )
        .select(CELLS)
        for table, (part, keys) in parts.items()
    ]
    return pl.concat(tables)


def _delivery_ids(reads: Sequence[SheetRead]) -> list[str]:
    return [read.sheet.delivery.delivery_id for read in reads]


def _refuse_half(reads: Sequence[SheetRead], deliveries: Sequence[Delivery]) -> None:
    """Households without a member table cannot be checked, nor the reverse."""
    rows: dict[Table, int] = {"household": 0, "person": 0}
    seen: set[Table] = set()
    for read in reads:
        for table, part in read.parts.items():
            seen.add(table)
            rows[table] += part.frame.height
    files = ", ".join(delivery.name for delivery in deliveries)
    for table, reason in (("household", "no_households"), ("person", "no_members")):
        if table not in seen:
            raise Quarantined(reason, files)
        if not rows[table]:
            raise Quarantined("no_rows", files, column="")


def _refuse_strangers(household: Part, person: Part, reads: Sequence[SheetRead]) -> None:
    """Members mostly of households that are not there: two files that do not belong together."""
    strangers = person.frame.join(household.frame, on="household_id", how="anti").height
    if strangers and strangers >= words().quarantine_share * person.frame.height:
        file = next(read.sheet.delivery.name for read in reads if "person" in read.parts)
        raise Quarantined("members_of_others", file, count=strangers, total=person.frame.height)
