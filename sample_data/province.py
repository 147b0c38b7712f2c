"""One district at a time: its plan, its homes and people, and what a round finds there.

Districts are independent: each has its own streams of random numbers, so one can be made without the others
and memory never holds more than one. Filling the questionnaire is `answers`, damaging it is `planting`.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from sample_data import households, people, roster, traits
from schemas import rounds


@dataclass(frozen=True)
class District:
    """What is to be made of one district; see districts.toml."""

    code: str
    index: int
    households: int
    layout: str
    mood: str
    visited: float
    center: tuple[float, float]


@dataclass
class Records:
    """Homes (sorted by id) and their people (column `hh`: the home's row number) of one round."""

    homes: pl.DataFrame
    people: pl.DataFrame
    year: int


@lru_cache
def _entries() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "districts.toml").read_text(encoding="utf-8"))


def districts(total: int) -> list[District]:
    """The districts with their share of `total` households, by the largest-remainder method."""
    entries = _entries()
    weights = np.array([entry["weight"] for entry in entries.values()], dtype=float)
    exact = total * weights / weights.sum()
    count = np.floor(exact).astype(np.int64)
    count[np.argsort(count - exact, kind="stable")[: total - count.sum()]] += 1
    return [
        _district(code, entry, index, int(count[index]))
        for index, (code, entry) in enumerate(entries.items())
    ]


def _district(code: str, entry: dict[str, Any], index: int, count: int) -> District:
    return District(
        code, index, count, entry["layout"], entry["mood"], entry["visited"], tuple(entry["center"])
    )


def visited(seed: int, district: District, years: tuple[int, int]) -> dict[int, Records]:
    """What both rounds find in a district, the questionnaire not yet filled in."""
    homes = households.draw(seed, district.code, district.households, district.center)
    visits = {year: _visits(homes, seed, district.code, year) for year in years}
    days = tuple(visits[year]["interview_date"].to_numpy() for year in years)
    surveyed = (homes["in_earlier"].to_numpy(), homes["in_later"].to_numpy())
    everybody = roster.draw(seed, district.code, district.index, days, surveyed)
    return {
        year: _round(seed, district, homes.hstack(visits[year]), everybody, year, column)
        for year, column in zip(years, ("in_earlier", "in_later"), strict=True)
    }


def _visits(homes: pl.DataFrame, seed: int, code: str, year: int) -> pl.DataFrame:
    window = rounds.load(year)
    return households.interviews(
        homes, seed, code, np.datetime64(window.window_start), np.datetime64(window.window_end), year
    )


def _round(
    seed: int, district: District, homes: pl.DataFrame, everybody: pl.DataFrame, year: int, column: str
) -> Records:
    there = homes[column].to_numpy()
    number = np.cumsum(there) - 1
    homes = homes.hstack(traits.failing_households(seed, district.code, len(homes), year)).filter(
        pl.Series(there)
    )
    found = everybody.filter(pl.col(column))
    found = found.with_columns(hh=pl.Series(number[found["hh"].to_numpy()]))
    members = people.at(found, homes["interview_date"].to_numpy())
    members = traits.marked(traits.jobless(members, homes), homes)
    return Records(homes, members, year)
