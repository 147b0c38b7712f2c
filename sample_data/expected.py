"""What a night must count in the province, worked out from the records themselves and not by the rules.

expected.json: per district and in all, households and persons, households below the income line and not
assessable, and per indicator how many households fail (of those with members and an id of their own).
"""

import json
from pathlib import Path
from typing import Any

import polars as pl

from sample_data.answers import results
from schemas import rounds


class Counts:
    """Adds up district by district."""

    def __init__(self, year: int) -> None:
        self.line = rounds.load(year).income_line_baht
        self.districts: dict[str, dict[str, Any]] = {}

    def add(self, code: str, homes: pl.DataFrame, people: pl.DataFrame) -> None:
        """One district as it was written, planted damage included."""
        roster = people.group_by("hh").len("roster_count")
        homes = (
            homes.drop("roster_count")
            .join(roster, on="hh", how="left")
            .with_columns(pl.col("roster_count").fill_null(0).cast(pl.Int64))
        )
        homes = homes.with_columns(results.stated(self.line, homes.columns))
        # of two households under one id nobody knows whose the members are
        known = ~pl.col("household_id").is_duplicated() & (pl.col("roster_count") > 0)
        recorded = pl.any_horizontal(pl.col(name).is_not_null() for name in results.COMPONENTS)
        assessable = known & recorded
        below = pl.sum_horizontal(results.COMPONENTS) < self.line * pl.col("roster_count")
        slugs = [name for name in homes.columns if name.startswith("result_")]
        self.districts[code] = {
            "households": len(homes),
            "persons": len(people),
            "below_line": homes.filter(assessable & below).height,
            # a household sent twice is one household
            "not_assessable": homes.filter(~assessable).get_column("household_id").n_unique(),
            "failing": {
                slug.removeprefix("result_"): homes.filter(known & ~pl.col(slug)).height for slug in slugs
            },
        }

    def write(self, path: Path) -> None:
        total: dict[str, Any] = {"failing": {}}
        for counts in self.districts.values():
            for name, value in counts.items():
                if name != "failing":
                    total[name] = total.get(name, 0) + value
            for slug, value in counts["failing"].items():
                total["failing"][slug] = total["failing"].get(slug, 0) + value
        text = json.dumps({"province": total, "districts": self.districts}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
