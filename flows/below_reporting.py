"""The pages about those below the line: fills their contents from the night's tables, for one area.

Counts only. Every list comes with its name, definition, unit and denominator. Deliberately not here: layout
and wording of the page (reports/below_page.py), and any counting (flows/below.py).
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

import polars as pl

from flows import below
from flows.run import Run
from reports.below_contents import (
    AREAS,
    INCOME_TALLY,
    INDICATORS,
    LINE,
    LINK_RATES,
    MARKS,
    MEASURES,
    PARTS,
    REASONS,
    SIZES,
    STATED,
    BelowReport,
    LastRound,
    ListText,
    Unread,
)
from reports.contents import IncomeLine
from reports.tile_map import grid
from rules import indicators, poverty
from rules.poverty import lists
from schemas import areas, rounds

UNKNOWN_PLACE = "ไม่ระบุตำบล"
Tables = Mapping[str, pl.DataFrame]


def report(
    run: Run, folder: Path, code: str, night: date, run_id: str, unread: tuple[Unread, ...] = ()
) -> BelowReport:
    """What the page of the province (two digits) or of a district (four) says; ``folder``: the kept tables.

    ``unread``: the districts that are in no number, or the district itself.
    """
    level: Literal["province", "district"] = "province" if len(code) == 2 else "district"
    found = {name: _of_area(frame, level, code) for name, frame in below.load_areas(folder).items()}
    province = areas.province_name(run.settings.province_code)
    bounds = found["bounds_areas"].to_dicts()
    return BelowReport(
        level=level,
        code=code,
        name=province if level == "province" else areas.district_name(code),
        province_name=province,
        round_year_be=run.settings.round_year_be,
        night=night,
        run_id=run_id,
        income_line=income_line(run.round),
        bounds=bounds[0] if bounds else None,
        sizes=found["list_sizes"].select(list(SIZES)),
        told=tuple(_told(run.round, row) for row in found["list_sizes"].to_dicts()),
        sub_areas=_sub_areas(folder, level, code),
        reasons=_reasons(folder, level, code),
        last_round=_last_round(run, found),
        indicators=_indicators(run.round, found, folder, level, code),
        stated=_stated(found["stated_results"]),
        measures=found["poverty_areas"].select(list(MEASURES)),
        parts=_parts(found["poverty_parts"]),
        tile_grid=grid(areas.tile_grid(code)) if level == "province" else (),
        unread=unread,
        office=run.settings.office_th,
    )


def income_line(round_: rounds.Round) -> IncomeLine:
    """The line in force, with how sure the round is of it."""
    return IncomeLine(
        baht=round_.income_line_baht,
        passes_at=round_.income_passes_at,
        status=round_.parameter_texts["income_line"].status,
    )


def _of_area(frame: pl.DataFrame, level: str, code: str) -> pl.DataFrame:
    is_own = (pl.col("level").cast(pl.String) == level) & (pl.col("area_code") == code)
    return frame.filter(is_own)


def _told(round_: rounds.Round, row: Mapping[str, Any]) -> ListText:
    unit, slug = row["unit"], row["slug"]
    if row["list"] == "below_line":
        text = lists.below_line(round_, unit, "th")
    elif row["list"] == "poor":
        text = lists.poor(poverty.of_round(round_), unit, "th")
    else:
        names = {one.slug: one.name for one in indicators.load()}
        text = lists.fails_indicator(round_.indicators[slug].number, names[slug], unit, "th")
    return ListText(
        list=row["list"],
        unit=unit,
        slug=slug,
        name=text.name,
        definition=text.definition,
        unit_text=text.unit,
        denominator=text.denominator,
    )


def _sub_areas(folder: Path, level: str, code: str) -> pl.DataFrame:
    """The districts of the province, or the tambons of the district, by code."""
    below_level = "district" if level == "province" else "tambon"
    rows = pl.read_parquet(folder / "bounds_areas.parquet").filter(
        (pl.col("level").cast(pl.String) == below_level) & pl.col("area_code").str.starts_with(code)
    )
    names = {one.code: one.name_th for one in (*areas.districts(), *areas.tambons())}
    named = pl.col("area_code").replace_strict(names, default=UNKNOWN_PLACE, return_dtype=pl.String)
    return rows.with_columns(name=named).select(list(AREAS)).sort("area_code")


def _reasons(folder: Path, level: str, code: str) -> dict[str, int]:
    is_open = pl.col("flag").cast(pl.String) == "open"
    is_here = pl.lit(True) if level == "province" else pl.col("district_code") == code
    bounded = pl.scan_parquet(folder / "bounds.parquet").filter(is_open & is_here)
    return {name: int(count or 0) for name, count in _sums(bounded, REASONS).items()}


def _sums(frame: pl.LazyFrame, names: tuple[str, ...]) -> dict[str, int | None]:
    return frame.select(pl.col(name).sum() for name in names).collect().row(0, named=True)


def _last_round(run: Run, found: Tables) -> LastRound | None:
    year = run.settings.last_round_year_be
    tallies = _households(found, "income_tally")
    if year is None or tallies.is_empty():
        return None
    marked = _households(found, "exits_marked_counts")
    marks = marked.filter(pl.col("list") == "income").to_dicts() if not marked.is_empty() else []
    return LastRound(
        year_be=year,
        income_line=income_line(rounds.load(year)),
        income_tally={name: tallies.row(0, named=True)[name] for name in INCOME_TALLY},
        link_rates={name: found["link_rates"].row(0, named=True)[name] for name in LINK_RATES},
        line=_households(found, "line_moved").select(list(LINE)),
        marked={name: marks[0][name] for name in (*MARKS, "is_marked")} if marks else None,
    )


def _households(found: Tables, name: str) -> pl.DataFrame:
    frame = found.get(name, pl.DataFrame(schema={"unit": pl.String}))
    return frame.filter(pl.col("unit") == "households")


def _indicators(round_: rounds.Round, found: Tables, folder: Path, level: str, code: str) -> pl.DataFrame:
    """The official table's rows with what changed, what is not told, and what lies outside 2561."""
    names = {one.slug: one.name for one in indicators.load()}
    changes = {row["list"]: row for row in _households(found, "indicator_tally").to_dicts()}
    compared = {row["slug"]: row for row in found["compared_2561"].to_dicts()}
    open_ = _not_told(folder, level, code)
    rows = []
    for row in found["official_table"].to_dicts():
        slug = row["slug"]
        change = changes.get(slug, {})
        outside = indicators.pointed_out(compared[slug], names[slug]) if slug in compared else None
        rows.append(
            {
                **{name: row[name] for name in ("slug", "dimension", "unit", "surveyed", "passed", "failed")},
                "number": round_.indicators[slug].number,
                "name_th": names[slug].th,
                "passed_hundredths": row["passed_percent"],
                "failed_hundredths": row["failed_percent"],
                "exited_households": change.get("exited"),
                "fell_households": change.get("fell"),
                "unanswered": open_[slug]["unanswered"],
                "inconsistent": open_[slug]["inconsistent"],
                "outside_th": outside.th if outside else None,
            }
        )
    return pl.DataFrame(rows, schema=INDICATORS)


def _stated(stated: pl.DataFrame) -> pl.DataFrame:
    names = {one.slug: one.name.th for one in indicators.load()}
    named = pl.col("slug").replace_strict(names, return_dtype=pl.String)
    return stated.with_columns(name_th=named).select(list(STATED))


def _not_told(folder: Path, level: str, code: str) -> dict[str, dict[str, int]]:
    """By indicator the households whose answers are missing or contradict each other."""
    assessed = pl.read_parquet(folder / "indicators.parquet")
    if level == "district":
        assessed = assessed.filter(pl.col("district_code") == code)
    counts = indicators.rates(assessed, indicators.load()).group_by("slug")
    summed = counts.agg(pl.col("unanswered", "inconsistent").sum()).to_dicts()
    none = {"unanswered": 0, "inconsistent": 0}
    return dict.fromkeys(indicators.slugs(assessed), none) | {row["slug"]: row for row in summed}


def _parts(parts: pl.DataFrame) -> pl.DataFrame:
    of_households = (pl.col("unit") == "household") & pl.col("slug").is_null()
    return parts.filter(of_households).select(list(PARTS))
