"""Clean records of the invented province in memory: both rounds, typed, nothing planted.

For whoever needs records without faults: a measure of what the rules notice types its own mistakes in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from sample_data import province
from sample_data.planting.sow import Sown, sow
from sample_data.province import District, Records
from sample_data.writers.tables import extract
from schemas.frames import complete
from schemas.household import Household
from schemas.person import Person


@dataclass(frozen=True)
class Clean:
    """Typed frames of one round; rows of the whole province in order of district and household."""

    households: pl.DataFrame
    persons: pl.DataFrame


def clean(
    households: int, seed: int, years: tuple[int, int], codes: Sequence[str] | None = None
) -> dict[int, Clean]:
    """Both rounds by year, `households` of the later one. `codes`: spread over these districts only.

    What intake adds to a record (delivery, row, reference date) is missing.
    """
    chosen = [d for d in province.districts(households) if codes is None or d.code in codes]
    if codes is not None:
        share, more = divmod(households, len(chosen))
        chosen = [replace(d, households=share + (place < more)) for place, d in enumerate(chosen)]
    parts: dict[int, list[Clean]] = {year: [] for year in years}
    for district in chosen:
        for year, records in province.visited(seed, district, years).items():
            parts[year].append(_typed(sow(seed, district, records, []), records, district))
    return {
        year: Clean(pl.concat(c.households for c in every), pl.concat(c.persons for c in every))
        for year, every in parts.items()
    }


def _typed(sown: Sown, records: Records, district: District) -> Clean:
    ids = sown.homes.select("hh", "household_id")
    sent = extract(sown, ids, district.code, records.year)
    return Clean(complete(sent.homes, Household), complete(sent.people, Person))
