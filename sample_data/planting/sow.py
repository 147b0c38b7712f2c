"""Breaking one district's records: choose a household per plant, change it, fill the form in, list findings.

The questionnaire is filled in once for the whole district after the rosters were changed, so everything a
plant does not touch agrees with everything else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from sample_data import answers
from sample_data.planting import choice, compared, missing
from sample_data.planting.beside import with_copies
from sample_data.planting.case import EACH, SLOTS, Case, Row
from sample_data.planting.choice import Planned
from sample_data.planting.lookup import Lookup
from sample_data.planting.registry import PLANTS
from sample_data.province import District, Records

BELOW_LINE_NUMBER = 0.03
"""Homes with a smaller `u_below` may be below the income line and are left alone: their number stays."""

ACROSS_YEARS, STRANGERS = "YR", 2
"""A plant of another kind that leaves this many people unknown to last year makes the household a new one,
and so does one that changes what is compared with last year (compared.py).
"""


@dataclass(frozen=True)
class Cell:
    """A cell that reads `text` in the file, whatever its value."""

    table: str
    household_id: str
    member_no: int | None
    field: str
    text: str


@dataclass
class Sown:
    """A district ready to be written: filled records, texts of single cells, and the expected findings.

    `left`: plants that no household of the district suits. `last`: the round before, sown with what the same
    plants changed there. `ids`: household id by `hh`, of every household before any was left out.
    """

    homes: pl.DataFrame
    people: pl.DataFrame
    cells: list[Cell] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)
    planted: list[dict[str, Any]] = field(default_factory=list)
    left: list[Planned] = field(default_factory=list)
    last: "Sown | None" = None
    ids: pl.DataFrame = field(default_factory=pl.DataFrame)


def sow(
    seed: int,
    district: District,
    records: Records,
    planned: Sequence[Planned],
    earlier: Records | None = None,
) -> Sown:
    """The district's records with the planned rules broken; without plans, clean ones.

    `earlier`: the round before, to be sown with them (`Sown.last`).
    """
    cases = _cases(seed, district, records, planned, earlier)
    sown = _filled(seed, district, records, cases)
    done = {(case.rule_id, case.copy) for case in cases.values()}
    sown.left = [one for one in planned if one not in done]
    if earlier:
        there = {case.last.members[0]["hh"]: case.last for case in cases.values() if case.last}
        sown.last = _filled(seed, district, earlier, there)
    return sown


def _filled(seed: int, district: District, records: Records, cases: dict[int, Case]) -> Sown:
    """One round with its changed households, the form filled in and odd rows put in or left out."""
    homes, people = _with_rosters(records, cases)
    homes, people = answers.fill(homes, people, records.year)
    homes, people = _with_answers(homes, people, records.year, cases)
    homes, people = missing.left_empty(seed, district.code, homes, people, set(cases))
    homes, people = with_copies(homes, people, cases)
    return _listed(Sown(homes, people), cases)


def _cases(
    seed: int, district: District, records: Records, planned: Sequence[Planned], earlier: Records | None
) -> dict[int, Case]:
    """The chosen households, changed, by row number of the home; a plant nobody suits is left out."""
    now, before = Lookup(records), Lookup(earlier) if earlier else None
    slots = choice.slots(planned, SLOTS)

    def case(one: Planned, row: int) -> Case:
        rule_id, copy = one
        home, members = now.at(row)
        last = before.called(home["household_id"]) if before else None
        made = Case(rule_id, slots[one], district.index, home, members, copy, neighbours=len(u_below))
        if last:
            # ids of their own, so that nobody new in one year is somebody new in the other
            made.last = Case(rule_id, slots[one], district.index, *last, copy, handed_out=EACH // 2)
            made.last.first_beside = 50
        return made

    def suits(one: Planned, row: int) -> bool:
        if not now.has_members(row) or u_below[row] < BELOW_LINE_NUMBER:
            return False
        return PLANTS[one[0]].wants(case(one, row))

    u_below = records.homes["u_below"].to_numpy()
    ids = choice.keys(records.homes["household_id"].to_list()) if planned else choice.keys([])
    chosen = choice.households(seed, planned, ids, suits)
    cases = {row: case(one, row) for row, one in chosen.items()}
    for changed in cases.values():
        was = compared.cells(changed)
        PLANTS[changed.rule_id].do(changed)
        if not _is_across_years(changed) and (
            changed.strangers() >= STRANGERS or compared.is_changed(changed, was)
        ):
            changed.first_time()
    return cases


def _is_across_years(case: Case) -> bool:
    return case.rule_id.startswith(ACROSS_YEARS)


def _with_rosters(records: Records, cases: dict[int, Case]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both tables with the changed households put back in their places."""
    homes = _replaced(
        records.homes.with_row_index("hh").with_columns(pl.col("hh").cast(pl.Int64)),
        [{**case.home, "hh": row} for row, case in cases.items()],
    )
    people = _replaced(records.people, [member for case in cases.values() for member in case.members])
    return homes.drop("hh"), people


def _with_answers(
    homes: pl.DataFrame, people: pl.DataFrame, year: int, cases: dict[int, Case]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The filled tables with the answers that plants asked for, and the results stated again."""
    filled = {home["hh"]: home for home in _rows_of(homes, cases)}
    for row, case in cases.items():
        first = dict(filled[row])
        for change in case.answers:
            filled[row].update(change(filled[row]))
        if not _is_across_years(case) and compared.has_other_answers(first, filled[row]):
            case.first_time()
    homes = answers.state_results(_replaced(homes, list(filled.values())), year)
    stated = {home["hh"]: home for home in _rows_of(homes, cases)}
    for row, case in cases.items():
        for change in case.stated:
            stated[row].update(change(stated[row]))
    members: dict[int, list[Row]] = {}
    for member in _rows_of(people, cases):
        members.setdefault(member["hh"], []).append(member)
    for row, case in cases.items():
        for place, values in case.said:
            members[row][place].update(values)
    changed = [member for group in members.values() for member in group]
    return _replaced(homes, list(stated.values())), _replaced(people, changed)


def _rows_of(frame: pl.DataFrame, cases: dict[int, Case]) -> list[Row]:
    return frame.filter(pl.col("hh").is_in(list(cases))).to_dicts()


def _replaced(frame: pl.DataFrame, rows: list[Row]) -> pl.DataFrame:
    """The frame with all rows of the households in `rows` (by `hh`) taken out and these put in instead."""
    if not rows:
        return frame
    names = frame.columns
    changed = pl.DataFrame([{name: row.get(name) for name in names} for row in rows], schema=frame.schema)
    kept = frame.filter(~pl.col("hh").is_in(changed["hh"].unique().implode()))
    return pl.concat([kept, changed]).sort("hh", maintain_order=True)


def _listed(sown: Sown, cases: dict[int, Case]) -> Sown:
    """Rows left out or doubled, cells and expected findings, all by household id."""
    sown.ids = sown.homes.select("hh", "household_id")
    ids = dict(sown.ids.iter_rows())
    number_of: dict[int, list[int]] = {}
    for hh, member_no in (
        sown.people.filter(pl.col("hh").is_in(list(cases))).select("hh", "member_no").iter_rows()
    ):
        number_of.setdefault(hh, []).append(member_no)
    for row, case in sorted(cases.items()):
        for table, place, name, text in case.cells:
            sown.cells.append(
                Cell(table, ids[row], None if place is None else number_of[row][place], name, text)
            )
        for found in case.found:
            number = None if found.member is None else number_of[row][found.member]
            sown.planted.append(
                {
                    "rule_id": found.rule_id,
                    "district_code": case.home["district_code"],
                    "household_id": None if found.in_file else case.id_beside(found.beside),
                    "member_no": number,
                    "fields": "|".join(found.fields),
                    "note": PLANTS[case.rule_id].note,
                }
            )
    left_out = {
        kind: [row for row, case in cases.items() if kind in case.rows]
        for kind in ("home_left_out", "members_left_out", "home_twice")
    }
    twice = sown.homes.filter(pl.col("hh").is_in(left_out["home_twice"]))
    sown.homes = pl.concat([sown.homes.filter(~pl.col("hh").is_in(left_out["home_left_out"])), twice]).sort(
        "hh", maintain_order=True
    )
    sown.people = sown.people.filter(~pl.col("hh").is_in(left_out["members_left_out"]))
    return _with_extras(sown, cases)


def _with_extras(sown: Sown, cases: dict[int, Case]) -> Sown:
    """What is done to the file as a whole, each kind at most once a district."""
    kinds = ("total_row", "row_without_key", "extra_column", "same_file_twice")
    sown.extras = {
        kind: case.home["household_id"] for case in cases.values() for kind in kinds if kind in case.rows
    }
    return sown
