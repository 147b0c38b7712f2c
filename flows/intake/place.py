"""Whose records these are: rows of another district set aside, wrong rounds told, area and dates completed.

A file of mostly another district or round is the wrong file and quarantined; single rows are findings. A
household set aside takes its members along, so that they are not reported as members without a household.
Nothing that was sent is overwritten: only empty cells are completed, from the record's own other cells or
from the round.
"""

from dataclasses import replace
from datetime import date

import polars as pl

from flows.intake import structure
from flows.intake.address import problem, told_addresses
from flows.intake.layout import place as worksheet
from flows.intake.part import SHEET, Part, without_rows
from flows.intake.position import told_positions
from flows.intake.quarantine import Quarantined
from flows.intake.rows import OTHER_DISTRICT
from flows.intake.sheet_table import SheetRead
from flows.intake.words import words
from schemas import areas
from schemas.layouts import Table
from schemas.rounds import Round

# A record's district is read from the first of these that is filled: cell, and how many digits of it.
WITNESSES: dict[Table, tuple[str, ...]] = {
    "household": ("district_code", "tambon_code", "village_code"),
    "person": ("district_code",),
}


def settle_households(read: SheetRead, district_code: str, round_: Round) -> tuple[SheetRead, pl.Series]:
    """Households of this district only, completed; and the ids of those set aside."""
    part = read.parts["household"]
    outside = _outside(part.frame, "household", district_code)
    _refuse_mostly_outside(read, outside, part.frame.height, district_code)
    lost = part.frame.filter(pl.col("row").is_in(outside["row"].implode()))["household_id"]
    inside = told_positions(without_rows(part, outside["row"]), district_code[:2])
    told = [told_addresses(inside.frame, district_code), _other_rounds(read, inside.frame, round_)]
    settled = Part(
        _completed(inside.frame, district_code, round_), pl.concat([inside.problems, outside, *told])
    )
    return _with_aside(read, "household", settled, outside["row"]), lost


def settle_members(read: SheetRead, lost_households: pl.Series, district_code: str) -> SheetRead:
    """Members of this district only: neither of a household set aside nor of another district themselves."""
    part = read.parts["person"]
    of_lost = part.frame.filter(pl.col("household_id").is_in(lost_households.implode()))["row"]
    rest = without_rows(part, of_lost)
    outside = _outside(rest.frame, "person", district_code)
    _refuse_mostly_outside(read, outside, part.frame.height, district_code)
    inside = without_rows(rest, outside["row"])
    frame = inside.frame.with_columns(district_code=pl.lit(district_code))
    settled = Part(frame, pl.concat([inside.problems, outside]))
    return _with_aside(read, "person", settled, pl.concat([of_lost, outside["row"]]))


def _with_aside(read: SheetRead, table: Table, part: Part, rows: pl.Series) -> SheetRead:
    aside = rows.to_frame("row").select(
        source_row=pl.col("row") - read.number * SHEET, reason=pl.lit(OTHER_DISTRICT)
    )
    every = pl.concat([read.aside, aside]).unique("source_row", keep="first", maintain_order=True)
    return replace(
        read, parts={**read.parts, table: part}, aside=every, rows_read=read.rows_in_file - every.height
    )


def _outside(frame: pl.DataFrame, table: Table, district_code: str) -> pl.DataFrame:
    """Rows of another district, as problems naming the cell that says so."""
    witnesses = WITNESSES[table]
    if table == "household":
        frame = frame.with_columns(district_code=_district(frame))
    first = pl.coalesce(pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in witnesses)
    text = pl.coalesce(witnesses)
    return frame.filter(text.str.slice(0, 4) != district_code).select(
        "row",
        first.alias("field"),
        text.alias("text"),
        pl.lit(structure.OUTSIDE_AREA).alias("rule_id"),
        pl.lit(True).alias("is_taken"),
    )


def _district(frame: pl.DataFrame) -> pl.Series:
    """The district's code, from its name where no code says it."""
    unsaid = frame.select(pl.all_horizontal(pl.col(WITNESSES["household"]).is_null())).to_series()
    names = frame.filter(unsaid)["district_name"].drop_nulls().unique()
    codes = {name: code for name in names if (code := areas.district_called(name))}
    named = frame["district_name"].replace_strict(codes, default=None, return_dtype=pl.String)
    return frame.select(pl.when(unsaid).then(named).otherwise("district_code")).to_series()


def _other_rounds(read: SheetRead, frame: pl.DataFrame, round_: Round) -> pl.DataFrame:
    wrong = frame.filter(pl.col("survey_year_be") != round_.year_be)
    if wrong.height and wrong.height >= words().quarantine_share * frame.height:
        sheet, holes = read.sheet, {"count": wrong.height, "total": frame.height, "year": round_.year_be}
        raise Quarantined("other_round", sheet.delivery.name, sheet.name, **holes, **worksheet(sheet))
    return problem(wrong, "survey_year_be", structure.WRONG_ROUND)


def _refuse_mostly_outside(read: SheetRead, outside: pl.DataFrame, rows: int, district_code: str) -> None:
    if outside.height and outside.height >= words().quarantine_share * rows:
        named = {lang: areas.district_name(district_code, lang) for lang in ("th", "en")}
        raise Quarantined(
            "other_district",
            read.sheet.delivery.name,
            read.sheet.name,
            count=outside.height,
            total=rows,
            district_th=named["th"],
            district_en=named["en"],
            district_code=district_code,
            **worksheet(read.sheet),
        )


def _completed(frame: pl.DataFrame, district_code: str, round_: Round) -> pl.DataFrame:
    """Empty cells that the record itself, its sender or the round answers."""
    names = frame["tambon_name"].drop_nulls().unique()
    codes = {name: code for name in names if (code := areas.tambon_called(name, district_code))}
    named = pl.col("tambon_name").replace_strict(codes, default=None, return_dtype=pl.String)
    reference: date = round_.reference_date
    return frame.with_columns(
        pl.lit(district_code).alias("district_code"),
        pl.col("province_code").fill_null(district_code[:2]),
        pl.col("survey_year_be").fill_null(round_.year_be),
        pl.coalesce("tambon_code", pl.col("village_code").str.slice(0, 6), named).alias("tambon_code"),
        pl.coalesce("village_no", pl.col("village_code").str.slice(6).cast(pl.Int64, strict=False)).alias(
            "village_no"
        ),
        pl.coalesce("reference_date", "interview_date", pl.lit(reference)).alias("reference_date"),
    )
