"""How far below its cutoff each deprivation of the poor lies: Alkire and Foster's M0, M1, M2 on numbers.

For achievements that are numbers; the questionnaire's indicators are yes or no and have no gap, so the night
does not come here. Deliberately not here: what is only counted (alkire_foster.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import polars as pl

from rules.poverty import alkire_foster
from rules.poverty.alkire_foster import Scheme

POWERS = (0, 1, 2)
_LARGEST = 2**63 - 1


def deprived(achievements: pl.DataFrame, cutoffs: Mapping[str, int]) -> pl.DataFrame:
    """The columns of ``cutoffs`` as Booleans: is the achievement below its cutoff; null if missing."""
    return achievements.select(pl.col(name) < cutoff for name, cutoff in cutoffs.items())


def adjusted(
    achievements: pl.DataFrame,
    cutoffs: Mapping[str, int],
    scheme: Scheme,
    cutoff: int | Fraction,
    power: int,
    population: str | None = None,
) -> Fraction | None:
    """M0, M1 or M2 by ``power``, exact: the gap of every deprivation of the poor, as a share of its cutoff.

    ``achievements``: whole numbers, so that decimals come in their smallest unit (13.1 of 13 as 131 of 130).
    Rows with a missing number are not assessable; None when no row is. Raises ValueError for a power that is
    not one of POWERS and for a cutoff below 1, OverflowError when the sum would not fit into 64 bits.
    """
    if power not in POWERS or min(cutoffs.values()) < 1:
        raise ValueError(f"the power is one of {POWERS}, and every cutoff is 1 or more")
    marked = achievements.select(
        *(pl.col(name).cast(pl.Int64) for name in cutoffs),
        people=(pl.col(population) if population else pl.lit(1)).cast(pl.Int64),
    )
    is_below = {f"{name} below": pl.col(name) < line for name, line in cutoffs.items()}
    marked = marked.drop_nulls().with_columns(**is_below)
    people = int(marked.get_column("people").sum())
    if not people:
        return None
    widest = max(line - marked.select(pl.col(name).min()).item() for name, line in cutoffs.items())
    if widest**power * people > _LARGEST:
        raise OverflowError("the gaps are too large to be added up exactly")
    poor = _poor(marked, cutoffs, scheme, cutoff)
    total = Fraction(0)
    for name, line in cutoffs.items():
        gaps = (pl.lit(line) - pl.col(name)) ** power * pl.col("people")
        added = poor.select(gaps.filter(pl.col(f"{name} below")).sum()).item()
        total += Fraction(scheme.weights[name] * added, line**power)
    return total / (scheme.total * people)


def _poor(
    marked: pl.DataFrame, cutoffs: Mapping[str, int], scheme: Scheme, cutoff: int | Fraction
) -> pl.DataFrame:
    units = pl.sum_horizontal(
        pl.col(f"{name} below").cast(pl.Int64) * scheme.weights[name] for name in cutoffs
    )
    return marked.filter(units >= scheme.units(cutoff))


def measures(
    achievements: pl.DataFrame, cutoffs: Mapping[str, int], scheme: Scheme, cutoff: int | Fraction
) -> alkire_foster.Measures:
    """H, A, M0 and what belongs to them, of numbers: each row counts 1."""
    counted = alkire_foster.counts(deprived(achievements, cutoffs), scheme, cutoff).collect()
    return alkire_foster.measures(counted.row(0, named=True), scheme)
