"""What a sheet is: households, members, or both in one (a row per member with the household's columns
repeated).

Settles which column is which: a column sent twice, columns nobody knows, required columns that are not
there. A missing key stops the file; any other missing column is told once and the rest is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flows.intake.header import Header, Names, find_header
from flows.intake.quarantine import Quarantined
from flows.intake.sheet import Sheet
from flows.intake.words import words
from schemas.dictionary import Column, columns
from schemas.household_place import Place
from schemas.layouts import MODELS, Table, normalise_header, synonyms

Kind = Literal["household", "member", "flat"]
KEYS: Mapping[Table, tuple[str, ...]] = {
    "household": ("household_id",),
    "person": ("household_id", "member_no"),
}
TABLES_OF: Mapping[Kind, tuple[Table, ...]] = {
    "household": ("household",),
    "member": ("person",),
    "flat": ("household", "person"),
}
# Columns that place completes from others of the same record, so that these may be sent instead.
TAKEN_FROM = {"village_no": ("village_code",), "tambon_code": ("village_code", "tambon_name")}
SHARED = frozenset({"household_id", "district_code", "delivery_id", "source_row"})
MADE_HERE = frozenset({"delivery_id", "source_row"})


@dataclass(frozen=True)
class Layout:
    """``fields``: table -> field -> cell. ``twice``: cell -> other cells of its field, to be compared;
    ``unknown_cells``: cell -> heading.
    """

    kind: Kind
    header: Header
    fields: Mapping[Table, Mapping[str, str]]
    twice: Mapping[str, tuple[str, ...]]
    unknown_cells: Mapping[str, str]
    missing: tuple[tuple[Table, str], ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headings that mean nothing to us."""
        return tuple(self.unknown_cells.values())

    @property
    def key_cell(self) -> str:
        """The cell that holds the household's id."""
        return next(fields["household_id"] for fields in self.fields.values())

    def field_of(self, cell: str) -> tuple[Table, str]:
        """The table and field a cell was recognised as."""
        return next((t, field) for t, cells in self.fields.items() for field, c in cells.items() if c == cell)

    @property
    def last_cell(self) -> int:
        """Place of the last column with a heading."""
        return max(int(cell[1:]) for cell in self.header.headings)


def recognise_layout(sheet: Sheet, names: Names = synonyms) -> Layout | None:
    """The layout of the sheet, None when it has no header; ``names``: what headings mean, where that is not
    settled yet. Raises ``Quarantined`` when a key column is missing.
    """
    header = find_header(sheet, names)
    kind = _kind(header) if header else None
    if header is None or kind is None:
        return None
    fields: dict[Table, dict[str, str]] = {}
    twice: dict[str, tuple[str, ...]] = {}
    for table in TABLES_OF[kind]:
        fields[table], repeated = _one_cell_each(header, table)
        twice |= repeated
        _refuse_missing_key(sheet, table, fields[table])
    used = {cell for cells in fields.values() for cell in cells.values()} | {
        c for cells in twice.values() for c in cells
    }
    return Layout(kind, header, fields, twice, _unknown(header, used), _missing(fields))


def _kind(header: Header) -> Kind | None:
    person = set(header.fields["person"].values()) - SHARED
    household = set(header.fields["household"].values()) - SHARED
    answers = household - set(columns(Place))
    is_person = len(person - {"member_no"}) >= words().person_fields
    if is_person and len(answers) < words().answer_fields:
        return "member"
    if is_person and "member_no" in person:
        return "flat"
    # a household file may describe its head, who has no number there;
    # a summary by village names areas and a count or two, but no household
    is_record = "household_id" in header.fields["household"].values() or len(answers) >= words().answer_fields
    return "household" if household and is_record else None


def _one_cell_each(header: Header, table: Table) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    cells_of: dict[str, list[str]] = {}
    for cell, field in header.fields[table].items():
        if field not in MADE_HERE:
            cells_of.setdefault(field, []).append(cell)
    for cells in cells_of.values():
        counters = [c for c in cells if normalise_header(header.headings[c]) in words().running_number]
        if 0 < len(counters) < len(cells):
            cells[:] = [c for c in cells if c not in counters]
    first = {field: cells[0] for field, cells in cells_of.items()}
    return first, {cells[0]: tuple(cells[1:]) for cells in cells_of.values() if len(cells) > 1}


def _unknown(header: Header, used: set[str]) -> dict[str, str]:
    """Headings that mean nothing to us; a column of the other table or a row counter is known."""
    known = {cell for cells in header.fields.values() for cell in cells} | used
    return {cell: text for cell, text in header.headings.items() if cell not in known}


def _missing(fields: Mapping[Table, Mapping[str, str]]) -> tuple[tuple[Table, str], ...]:
    return tuple(
        (table, column.name)
        for table, present in fields.items()
        for column in columns(MODELS[table]).values()
        if column.required
        and not present.keys() & {column.name, column.stand_in, *TAKEN_FROM.get(column.name, ())}
    )


def _refuse_missing_key(sheet: Sheet, table: Table, present: Mapping[str, str]) -> None:
    for key in KEYS[table]:
        if key not in present:
            column = columns(MODELS[table])[key]
            raise Quarantined("missing_column", sheet.delivery.name, sheet.name, **told(sheet, column))


def told(sheet: Sheet, column: Column) -> dict[str, str]:
    """What a quarantine's sentence says of a column and of the worksheet it is in."""
    return {"column": column.th, "column_en": column.en} | place(sheet)


def place(sheet: Sheet) -> dict[str, str]:
    """The worksheet in words, empty for files without worksheets."""
    if sheet.name is None:
        return {"place_th": "", "place_en": ""}
    return {"place_th": f" แผ่นงาน “{sheet.name}”", "place_en": f", sheet “{sheet.name}”"}
