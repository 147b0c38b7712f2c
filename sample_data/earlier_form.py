"""A small round of the questionnaire before this one: 2565, the last year of the 31 indicators.

<out>/<district>/…   as its offices sent it      <out>/planted.csv, expected.json   like those of the province
<out>/jpt.toml       the settings of a night over it, which knows of no round before

The households are those of the province (`make`), some years younger, so that generations can be compared.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from sample_data import expected, province, writers
from sample_data.make import write_planted
from sample_data.planting.choice import Planned
from sample_data.planting.sow import Sown, sow
from sample_data.province import District, Records
from sample_data.writers import settings_file
from sample_data.writers.tables import extract

YEARS = (2565, 2569)
"""The round to be made, and the one in which the province's people are as old as they were drawn."""

HOUSEHOLDS = 1500
"""Of the committed province, which settles how many of them a district has."""

PLANNED: dict[str, tuple[Planned, ...]] = {
    "3421": (("WK003", 0), ("IN020", 0)),
    "3424": (),
    "3431": (("IN001", 0), ("ST001", 0), ("IX010", 0), ("ED001", 0), ("AG002", 0)),
}
"""The districts and what is broken in each; for a plan of all rules there are too few households."""

NOT_ASKED = (
    "area_type",
    "household_status",
    "disability_type",
    "marital_status",
    "chronic_type",
    "is_bedridden",
)
"""Columns that nobody has seen on the form of 2560-2564 (domain notes 2.1, 2.2)."""

MARRIED_IN = ("son_in_law", "daughter_in_law")
MARRIED_IN_FROM = 16


def make_earlier(out: Path, seed: int) -> None:
    """Writes the round into the folder `out`. The same seed gives the same bytes."""
    out.mkdir(parents=True, exist_ok=True)
    counts = expected.Counts(YEARS[0])
    planted: list[dict[str, Any]] = []
    targets = []
    for district in province.districts(HOUSEHOLDS):
        if district.code in PLANNED:
            sown = _district(out, seed, district)
            planted += sown.planted
            counts.add(district.code, sown.homes, sown.people)
            targets.append((district.code, len(sown.homes)))
    write_planted(out / "planted.csv", planted)
    counts.write(out / "expected.json")
    settings_file.write_single(out / "jpt.toml", YEARS[0], targets)


def _district(out: Path, seed: int, district: District) -> Sown:
    year = YEARS[0]
    records = _without_those_still_to_come(province.visited(seed, district, YEARS)[year])
    sown = sow(seed, district, records, PLANNED[district.code])
    if sown.left:
        raise ValueError(f"no household of {district.code} suits {sown.left}")
    sent = extract(sown, sown.ids, district.code, year)
    sent = replace(
        sent, homes=sent.homes.drop(NOT_ASKED, strict=False), people=sent.people.drop(NOT_ASKED, strict=False)
    )
    writers.write(sent, "csv_2560", out / district.code)
    return sown


def _without_those_still_to_come(records: Records) -> Records:
    """Without children-in-law of later years who were children themselves."""
    are_to_come = pl.col("relation").is_in(MARRIED_IN) & (pl.col("age") < MARRIED_IN_FROM)
    return replace(records, people=records.people.filter(~are_to_come))
