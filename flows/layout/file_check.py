"""What a night would read of a sheet, in lines for the officer: columns known, missing, and cells not read.

With the names of a draft or as things are. Thai first; no cell is shown. Deliberately not here: proposing
what a column is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.intake import Quarantined
from flows.intake.sheet import Sheet
from flows.layout.file_columns import FileColumn, columns_of_sheet
from flows.layout.names import spellings
from flows.layout.not_cast import Answers, NotCast, answers_of, not_cast
from reports.field_labels import field_label
from schemas import layouts
from schemas.dictionary import columns
from schemas.layouts import MODELS, Table, normalise_header, synonyms, with_file

LEAST_FIELDS = 3  # of one table alone, for a sheet to be read as it
# Most of a column: hardly so many slips of the pen.
WRONG = " • อาจจับคู่ช่องผิด · perhaps the wrong field"
Names = Mapping[Table, Mapping[str, str]]


@dataclass(frozen=True)
class Known:
    """What headings mean, by table, and the answers that a draft adds to the code lists."""

    names: Names
    answers: Answers = field(default_factory=dict)


def known_of(layout: str) -> Known:
    """With a draft's file, a saved layout by name, or with what is saved alone. OSError, ValueError."""
    if not layout:
        return Known({table: synonyms(table) for table in MODELS})
    path = Path(layout) if Path(layout).is_file() else layouts.FOLDER / f"{layout}.toml"
    if path.parent == layouts.FOLDER and path.is_file():
        return Known({table: synonyms(table) for table in MODELS})
    return Known({table: with_file(path, table) for table in MODELS}, answers_of(path))


def check_sheet(sheet: Sheet, known: Known, year_be: int) -> tuple[list[str], int]:
    """The lines of one sheet, and how much of it is in the way of reading it: required columns that are not
    there, or what would set the file aside. Nothing for a sheet without rows. Cells that cannot be read are
    told, and are in nobody's way.
    """
    found = columns_of_sheet(sheet)
    if not found:
        return [], 0
    lines, lacking = _columns_told(found, known.names)
    try:
        cells = not_cast(sheet, known.names.__getitem__, known.answers, year_be)
    except Quarantined as reason:
        return [*lines, *(f"  ✗ {sentence}" for sentence in reason.sentences)], lacking + 1
    return [*lines, *_cells_told(cells)], lacking


def _columns_told(sheet: Sequence[FileColumn], names: Names) -> tuple[list[str], int]:
    found: dict[Table, dict[str, str]] = {
        table: {
            of[key]: one.heading
            for one in sheet
            if (key := next((k for k in map(normalise_header, spellings(one.parts)) if k in of), ""))
        }
        for table, of in names.items()
    }
    alone = {
        table: set(of) - set(columns(MODELS[other]))
        for (table, of), other in zip(found.items(), ("person", "household"), strict=True)
    }
    read = [table for table, fields in alone.items() if len(fields) >= LEAST_FIELDS]
    named = {heading for table in read for heading in found[table].values()}
    lacking = [(table, field) for table in read for field in _lacking(table, found[table])]
    lines = [
        f"แผ่น · sheet {sheet[0].sheet or '-'}: {', '.join(read) or '-'}",
        *(
            f"  ✗ ไม่รู้จัก เก็บเป็นข้อความ · unknown, kept: {one.heading}"
            for one in sheet
            if one.heading not in named
        ),
        *(f"  ! ขาด · missing: {field_label(field, table)} ({field})" for table, field in lacking),
        f"  ✓ รู้จัก · known {len(named)} / {len(sheet)}",
    ]
    return lines, len(lacking) + (not read)


def _lacking(table: Table, found: Mapping[str, str]) -> list[str]:
    """Required fields of a table that no column of the sheet is."""
    return [
        column.name
        for column in columns(MODELS[table]).values()
        if column.required
        and column.name not in found
        and column.stand_in not in found
        and column.name not in ("delivery_id", "source_row")
    ]


def _cells_told(cells: Sequence[NotCast] | None) -> list[str]:
    if cells is None:
        return []
    if not cells:
        return ["  ✓ อ่านค่าได้ทุกช่อง · every cell could be read"]
    count = sum(one.count for one in cells)
    whole = (
        f"  ! อ่านค่าไม่ได้ {count:,} ช่อง ใน {len(cells)} คอลัมน์ จะเก็บเป็นข้อความและรายงาน"
        f" · {count:,} cells in {len(cells)} columns cannot be read; kept as text and reported"
    )
    return [whole, *map(_cell_line, cells)]


def _cell_line(one: NotCast) -> str:
    rows = ", ".join(map(str, one.rows)) + (" …" if one.count > len(one.rows) else "")
    sign, looks = ("✗", WRONG) if one.count * 2 > one.of else ("!", "")
    return (
        f"    {sign} {one.heading} → {field_label(one.field, one.table)} ({one.field}): "
        f"{one.count:,} จาก {one.of:,} ช่อง · {one.count:,} of {one.of:,} cells • แถว · rows {rows}{looks}"
    )
