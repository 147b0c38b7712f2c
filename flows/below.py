"""Who is below the line, who is poor, who got out and how sure all that is: found of a whole province.

The room `rules` says how; here its questions are put to what the districts' examinations have kept. A table
each, named as it is published, beside the night's other tables. Deliberately not here: pages.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from flows.round_frames import last_round, this_round
from flows.run import Run
from flows.tables import Tables, stacked
from rules import bounds, catalogue, exits, indicators, poverty
from rules.acceptance import Verdict
from rules.bounds.settings import load
from schemas.dictionary import columns
from schemas.frames import empty
from schemas.household import Household
from schemas.person import Person

# Tables that every night has, and those that need a last round. Those of areas have level and area_code.
OF_HOUSEHOLDS = ("bounds", "poor")
OF_AREAS = (
    "bounds_areas",
    "poverty_areas",
    "poverty_parts",
    "list_sizes",
    "official_table",
    "stated_results",
    "compared_2561",
)
OF_EXITS = ("link_rates", "income_tally", "indicator_tally", "line_moved", "exits_marked_counts")
OF_EXITED = ("links", "income_transitions", "indicator_transitions", "exits_marked")
MATTERS = "matters"


def find(
    run: Run, folders: Sequence[Path], found: Tables, verdicts: Mapping[str, Verdict]
) -> dict[str, pl.DataFrame]:
    """Every table by name. ``folders``: the typed records of the districts that could be read."""
    province = run.settings.province_code
    stage = run.meter.stage
    with stage("bounds"):
        bounded = _bounded(run, folders, found)
        told = {
            "bounds": bounded,
            "bounds_areas": bounds.of_areas(bounded, province),
            MATTERS: bounds.matters(found.findings, bounded, _failed(verdicts)),
        }
    with stage("poverty"):
        told |= _poverty(run, found)
    with stage("indicators"):
        told |= _indicators(run, folders, found)
    with stage("exits"):
        told |= _exits(run, folders, found)
    return told


def _poverty(run: Run, found: Tables) -> dict[str, pl.DataFrame]:
    """Who is poor, the measures made of that, and the sizes of the three lists."""
    below, assessed, province = found.below_line, found.indicators, run.settings.province_code
    dimensions = poverty.of_round(run.round)
    measured = poverty.measures(assessed, below, dimensions, province)
    slugs = indicators.slugs(assessed)
    return {
        "poor": poverty.poor(assessed, below, dimensions),
        "poverty_areas": measured.areas,
        "poverty_parts": measured.parts,
        "list_sizes": poverty.sizes(assessed, below, dimensions, slugs, province),
    }


def _indicators(run: Run, folders: Sequence[Path], found: Tables) -> dict[str, pl.DataFrame]:
    """The official table, results as stated beside those recomputed, and rates beside those of 2561."""
    assessed, province = found.indicators, run.settings.province_code
    stated = [name for name in columns(Household) if name.startswith("result_")]
    results = stacked(folders, "households", ["household_id", *stated], {"households": empty(Household)})
    return {
        "official_table": indicators.official_table(assessed, indicators.load(), run.round, province),
        "stated_results": indicators.stated_table(results, assessed, province),
        "compared_2561": indicators.compared(assessed, found.below_line, province),
    }


def _bounded(run: Run, folders: Sequence[Path], found: Tables) -> pl.DataFrame:
    """rules.bounds over the province; the records of households that nobody doubts stay on disk."""
    ids = bounds.doubtful(found.below_line, found.findings, load()).implode()
    is_doubtful = pl.col("household_id").is_in(ids)
    households, persons = (
        pl.concat(scan.filter(is_doubtful) for scan in _scans(folders, name, nothing)).collect()
        for name, nothing in (("households", empty(Household)), ("persons", empty(Person)))
    )
    rules = catalogue.load()
    return bounds.bounds(found.below_line, households, persons, found.findings, rules, run.round, run.last)


def _scans(folders: Sequence[Path], name: str, nothing: pl.DataFrame) -> list[pl.LazyFrame]:
    return [pl.scan_parquet(folder / f"{name}.parquet") for folder in folders] or [nothing.lazy()]


def _failed(verdicts: Mapping[str, Verdict]) -> list[bounds.Failed]:
    return [
        bounds.Failed(code, gate.measure)
        for code, verdict in verdicts.items()
        for gate in verdict.failed_gates
    ]


def _exits(run: Run, folders: Sequence[Path], found: Tables) -> dict[str, pl.DataFrame]:
    """What changed since last round; nothing where there is none to compare with."""
    before = last_round(run)
    if before is None:
        return {}
    told = exits.compare(before, this_round(run, folders, found), run.settings.province_code)
    return {
        "link_rates": told.link_rates,
        "income_tally": told.income_tally,
        "indicator_tally": told.indicator_tally,
        "line_moved": told.line,
        "exits_marked_counts": told.marked_counts,
        "links": told.links,
        "income_transitions": told.income,
        "indicator_transitions": told.indicators,
        "exits_marked": told.marked,
    }


def load_areas(folder: Path) -> dict[str, pl.DataFrame]:
    """The kept tables of areas by name, those of exits where there are."""
    there = [name for name in (*OF_AREAS, *OF_EXITS) if (folder / f"{name}.parquet").exists()]
    return {name: pl.read_parquet(folder / f"{name}.parquet") for name in there}


def of_district(name: str, frame: pl.DataFrame, code: str, finding_ids: pl.Series) -> pl.DataFrame:
    """The rows of one of the tables that a district's documents are made of."""
    if name == MATTERS:
        return frame.filter(pl.col("finding_id").is_in(finding_ids.implode()))
    if "area_code" in frame.columns:
        return frame.filter(pl.col("area_code").str.starts_with(code))
    return frame.filter(pl.col("district_code") == code)


def hashes(
    frames: Mapping[str, pl.DataFrame], findings: pl.DataFrame, codes: Sequence[str]
) -> dict[str, str]:
    """By district a hash of its rows, also of what hangs on other districts: its place among them."""
    said = [name for name in ("bounds", *OF_AREAS, *OF_EXITS, MATTERS) if name in frames]
    found = {}
    for code in codes:
        own = findings.filter(pl.col("district_code") == code).get_column("finding_id")
        # As text: Parquet and Arrow leave open what lies in the cells of a null.
        rows = [of_district(name, frames[name], code, own).write_csv() for name in said]
        found[code] = hashlib.sha256("\0".join(rows).encode()).hexdigest()
    return found
