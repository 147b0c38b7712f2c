"""A district's findings as the rows that its workbook and its page both print: one order, one numbering.

Joins findings with where the household is and what the person is called, and turns fields into their Thai
labels. The order is the order of a visit: tambon, village, house, then what can turn the household's place on
the income list or open a gate, then the worst first. Kept out: layout, colours, and any second look at the
records themselves.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from reports.contents import DistrictReport
from reports.district_places import Village, one_name_each, place_order, village_of
from reports.field_labels import field_label
from reports.safe_text import printable
from reports.words import SEVERITY_ORDER

WHOLE_HOUSEHOLD = "ทั้งครัวเรือน"
UNNAMED = "ไม่มีชื่อในบัญชี"
EMPTY = "(ว่าง)"
MEMBERS = "members."  # how a finding names a field of the people the record was compared with
OF_SEVERAL = "ดูรายคน"  # a household's finding about its members: the field has no one value
NOT_SHOWN = "–"
# What a correction can turn, by the column of the findings that says so; in the order of what matters most.
EFFECTS = {"can_flip_line": "เกณฑ์รายได้", "can_open_gate": "เกณฑ์รับรอง"}
FLIPS = "can_flip_line"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One finding as printed. `number` counts from 1 in the order of all lists of this report."""

    number: int
    key: str
    village: Village
    house: str
    household_id: str
    member_no: int | None
    person: str
    severity: str
    level: str
    labels: tuple[str, ...]
    values: tuple[str, ...]
    message: str
    fix: str
    rule_id: str
    effects: tuple[str, ...] = ()  # names of EFFECTS

    @property
    def effect_text(self) -> str:
        """What a correction can turn, in words."""
        return " • ".join(EFFECTS[name] for name in self.effects)

    @property
    def told(self) -> str:
        """The message, after the word that the household's place above or below the line hangs on it."""
        if FLIPS not in self.effects:
            return self.message
        return f"มีผลต่อ{EFFECTS[FLIPS]}: {self.message}"

    @property
    def found(self) -> tuple[tuple[str, str], ...]:
        """Label and value of every field the finding is about."""
        return tuple(zip(self.labels, self.values, strict=True))

    @property
    def found_text(self) -> str:
        """The same as plain text: one "label: value" a line; a single value below its label."""
        gap = ": " if len(self.labels) > 1 else "\n"
        return "\n".join(f"{label}{gap}{value}" for label, value in self.found)

    @property
    def label_text(self) -> str:
        """The fields in one short line, to filter by: both of two, else the first and how many more."""
        if len(self.labels) > 2:
            return f"{self.labels[0]} และอีก {len(self.labels) - 1} ช่อง"
        return " • ".join(self.labels)

    @property
    def door(self) -> str:
        """What the visit is headed by: the house number, or where in the file the row without one stands."""
        if self.household_id and self.house:
            return f"บ้านเลขที่ {self.house}"
        return self.house or "ไม่ระบุบ้านเลขที่"

    @property
    def visit(self) -> tuple[Village, str, str]:
        """What makes one visit: the rows of one house share it."""
        return self.village, self.household_id, self.house


def list_rows(report: DistrictReport) -> list[ListRow]:
    """Rows of all findings of the report, in the order of a visit."""
    place = one_name_each(report.places)
    who = report.people.unique(["household_id", "member_no"], keep="first", maintain_order=True)
    joined = report.findings.select(pl.exclude("tambon_name", "village_name", "house_no")).join(
        place.rename({"village_no": "place_no"}), on="household_id", how="left", maintain_order="left"
    )
    joined = joined.join(who, on=["household_id", "member_no"], how="left", maintain_order="left")
    rows = sorted(joined.iter_rows(named=True), key=_visit_order)
    return [_row(number, row) for number, row in enumerate(rows, 1)]


def villages(rows: Iterable[ListRow]) -> dict[Village, list[ListRow]]:
    """Rows by village, both in list order."""
    grouped: dict[Village, list[ListRow]] = {}
    for row in rows:
        grouped.setdefault(row.village, []).append(row)
    return grouped


def _visit_order(row: dict[str, Any]) -> tuple[Any, ...]:
    worst_first = SEVERITY_ORDER.index(row["severity"])
    # A row of the file that belongs to no known house is a visit of its own: keep its findings together.
    source_row = (row.get("source_row") or 0) if row["household_id"] is None else 0
    no_matter = tuple(not row.get(name) for name in EFFECTS)
    what = (row["member_no"] or 0, row["rule_id"], row["fields"] or "", row["finding_id"])
    return *place_order(row), source_row, *no_matter, worst_first, *what


def _worth_a_line(fields: Iterable[str]) -> list[str]:
    """The fields, less those of other members that the record itself already names."""
    named = [field for field in fields if field]
    others = {field for field in named if field.startswith(MEMBERS) and field.removeprefix(MEMBERS) in named}
    return [field for field in named if field not in others]


def _row(number: int, row: dict[str, Any]) -> ListRow:
    names = _worth_a_line((row["fields"] or "").split("|"))
    values = json.loads(row["values"] or "{}")
    return ListRow(
        number=number,
        key=row["finding_id"],
        village=village_of(row),
        house=_house(row),
        household_id=printable(row["household_id"]),
        member_no=row["member_no"],
        person=_person(row),
        severity=row["severity"],
        level=row["level"],
        labels=tuple(field_label(name, row["level"]) for name in names),
        values=tuple(_value(values, name, row["level"]) for name in names),
        message=printable(row["message_th"]),
        fix=printable(row["fix_th"]),
        rule_id=row["rule_id"],
        effects=tuple(name for name in EFFECTS if row.get(name)),
    )


def _value(values: dict[str, Any], name: str, level: str) -> str:
    if name not in values:
        return OF_SEVERAL if level == "household" or name.startswith(MEMBERS) else NOT_SHOWN
    return printable(values[name]) or EMPTY


def _house(row: dict[str, Any]) -> str:
    house = printable(row.get("house_no"))
    if not house and row["household_id"] is None and row.get("source_row") is not None:
        return f"แถวที่ {row['source_row']} ในไฟล์"
    return house


def _person(row: dict[str, Any]) -> str:
    if row["member_no"] is None:
        if row["household_id"] is not None:
            return WHOLE_HOUSEHOLD
        return "ทั้งหมู่บ้าน" if row["village_no"] is not None and row["source_row"] is None else "ทั้งไฟล์"
    return printable(row.get("display_name")) or UNNAMED
