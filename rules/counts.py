"""Outcomes counted: a row per rule and district, zero counts included.

Deliberately not here: shares and verdicts about a district (quality.py, acceptance.py).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rules.language import Outcome
from rules.rule import Rule
from rules.verdicts import PREFIX, Verdicts
from schemas.outcome import COUNTS

SCHEMA = {"rule_id": pl.String, "district_code": pl.String, **dict.fromkeys(COUNTS, pl.Int64)}


def counted(
    rules: Sequence[Rule], found: Verdicts, districts: pl.Series, every: Sequence[str]
) -> pl.DataFrame:
    """Counts of records per rule and district.

    ``districts``: the district of each record of the table; ``every``: the districts to list even without
    records. A rule that could not run counts all its records as ``error``.
    """
    places = {district: place for place, district in enumerate(every)}
    # Cast as well: told to replace nothing, Polars keeps the type.
    at = districts.replace_strict(places, return_dtype=pl.Int64).cast(pl.Int64).to_numpy() * len(Outcome)
    rows = []
    for rule in rules:
        name = PREFIX + rule.id
        codes = found.codes.get_column(name).to_numpy() if name in found.codes.columns else None
        counts = _counts(at, codes, len(every))
        rows += [(rule.id, district, *counts[place]) for place, district in enumerate(every)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _counts(at: NDArray[np.int64], codes: NDArray[np.uint8] | None, districts: int) -> list[list[int]]:
    """How many records of each district have each of COUNTS; without ``codes`` all are errors.

    ``at``: for each record where its district's outcomes begin, in a row of ``len(Outcome)`` a district.
    """
    # Counted as numbers of one list: a query with four conditions per rule takes longer to plan than to run.
    numbers = np.bincount(at if codes is None else at + codes, minlength=districts * len(Outcome))
    by_district = numbers.reshape(districts, len(Outcome))
    counts = np.zeros((districts, len(COUNTS)), dtype=np.int64)
    if codes is None:
        counts[:, COUNTS.index("error")] = by_district.sum(axis=1)
    else:
        counts[:, [COUNTS.index(code.name.lower()) for code in Outcome]] = by_district
    told: list[list[int]] = counts.tolist()
    return told
