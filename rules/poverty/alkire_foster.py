"""Alkire and Foster's adjusted headcount: how many are poor, in how much at once, and what makes them so.

Counted in whole numbers, over a whole province in one lazy pass; shares are made of the counts afterwards and
stay exact. H is the share of the poor, A the average share of the weight units the poor are deprived of,
M0 = H * A. Source: S. Alkire, J. Foster, "Counting and multidimensional poverty measurement", Journal of
Public Economics 95 (2011), 476-487. Deliberately not here: which indicators count (dimensions.toml), and who
fails one (rules/indicators).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

import polars as pl

RAW, CENSORED = ".raw", ".censored"
COUNTS = ("rows", "uncounted", "assessable", "not_assessable", "poor", "incomplete", "units")
# Names with a blank cannot be those of a column of ours.
_SCORE, _POOR = " score", " poor"


@dataclass(frozen=True)
class Scheme:
    """What is counted: whole weight units per indicator, and the unit that is counted, such as "household".

    ``dimensions`` groups indicators for the contributions; it may be empty. Raises ValueError for weights
    that are not whole numbers of 1 and more, and for a dimension that names an indicator without a weight.
    """

    weights: Mapping[str, int]
    unit: str
    dimensions: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wrong = [name for name, weight in self.weights.items() if type(weight) is not int or weight < 1]
        if wrong or not self.weights:
            raise ValueError(f"weights are whole numbers of 1 and more; not so: {wrong or 'no indicator'}")
        grouped = [name for names in self.dimensions.values() for name in names]
        if grouped and sorted(grouped) != sorted(self.weights):
            raise ValueError("every indicator with a weight belongs to exactly one dimension")

    @property
    def total(self) -> int:
        """All weight units: what somebody deprived of everything has."""
        return sum(self.weights.values())

    def units(self, cutoff: int | Fraction) -> int:
        """The least weight units that make poor: ``cutoff`` itself, or the least that reach this share.

        The tiniest share is 1 unit (union), a share of 1 all of them (intersection). Raises ValueError
        outside of these, and for a float: 0.33 is not a third.
        """
        if type(cutoff) is int:
            least = cutoff
        elif isinstance(cutoff, Fraction):
            least = -(-cutoff * self.total // 1) if cutoff > 0 else 0
        else:
            raise ValueError("a cutoff is a number of weight units, or a share as a Fraction")
        if not 1 <= least <= self.total:
            raise ValueError(f"a cutoff of {cutoff} is not within 1 and {self.total} units")
        return int(least)


@dataclass(frozen=True)
class Measures:
    """The measures of one population, exact. ``unit`` says what is counted, everywhere in it.

    ``headcount`` (H) and ``adjusted`` (M0) are None when nobody could be assessed, ``intensity`` (A) when
    nobody is poor. ``raw`` and ``censored``: share deprived, and share poor and deprived, of the assessable.
    ``contributions`` and ``by_dimension`` add up to 1, and are empty where M0 is 0 or None. ``incomplete``:
    poor ones of whom something is not known, which counts as no deprivation; A and M0 are then the least.
    """

    unit: str
    assessable: int
    not_assessable: int
    poor: int
    incomplete: int
    headcount: Fraction | None
    intensity: Fraction | None
    adjusted: Fraction | None
    raw: Mapping[str, Fraction]
    censored: Mapping[str, Fraction]
    contributions: Mapping[str, Fraction]
    by_dimension: Mapping[str, Fraction]

    @property
    def printed(self) -> dict[str, float | None]:
        """H, A and M0 as floats, for print only."""
        exact = {"H": self.headcount, "A": self.intensity, "M0": self.adjusted}
        return {name: None if value is None else float(value) for name, value in exact.items()}


def counts(
    deprivations: pl.DataFrame | pl.LazyFrame,
    scheme: Scheme,
    cutoff: int | Fraction | None = None,
    by: Sequence[str] = (),
    population: str | None = None,
    poor: str | None = None,
    also: Iterable[str] = (),
) -> pl.LazyFrame:
    """``by``, COUNTS, then ``<indicator>.raw`` and ``<indicator>.censored``: Int64, a row per group.

    ``deprivations``: a row per household or person, a Boolean column per indicator, null when nobody can
    tell. ``population``: the column of whole numbers that a row counts for; without one it counts 1. A row
    where it is null can be counted in nothing but ``uncounted``, which like ``rows`` counts rows.

    Who is poor is said by ``cutoff`` (see Scheme.units) and then a row with a null is not assessable; or by
    the Boolean column ``poor``, and then a row is assessable where that is not null, and a deprivation
    nobody can tell counts as none; poor rows with one are counted in ``incomplete``. ``units``: weight units
    the poor are deprived of. Exactly one of the two is needed, ValueError otherwise. ``also``: more Boolean
    columns whose headcounts are wanted, such as dimensions; they weigh nothing and decide nothing.
    """
    if (cutoff is None) == (poor is None):
        raise ValueError("give either the cutoff or the column that says who is poor")
    names = list(scheme.weights)
    score = pl.sum_horizontal(
        pl.when(pl.col(name)).then(pl.lit(weight, pl.Int64)).otherwise(pl.lit(0, pl.Int64))
        for name, weight in scheme.weights.items()
    )
    is_complete = pl.all_horizontal(pl.col(name).is_not_null() for name in names)
    enough = None if cutoff is None else score >= scheme.units(cutoff)
    said = pl.col(str(poor)) if enough is None else pl.when(is_complete).then(enough)
    marked = deprivations.lazy().with_columns(score.alias(_SCORE), said.alias(_POOR))
    sums = _sums(_conditions([*names, *also], is_complete), population)
    return marked.group_by(*by).agg(sums) if by else marked.select(sums)


def measures(counted: Mapping[str, int], scheme: Scheme) -> Measures:
    """The measures of one row of ``counts``."""
    people, units = counted["assessable"], counted["units"]
    weighed = {name: weight * counted[name + CENSORED] for name, weight in scheme.weights.items()}
    shares = {name: Fraction(part, units) for name, part in weighed.items()} if units else {}
    return Measures(
        unit=scheme.unit,
        assessable=people,
        not_assessable=counted["not_assessable"],
        poor=counted["poor"],
        incomplete=counted["incomplete"],
        headcount=Fraction(counted["poor"], people) if people else None,
        intensity=Fraction(units, scheme.total * counted["poor"]) if counted["poor"] else None,
        adjusted=Fraction(units, scheme.total * people) if people else None,
        raw=_shares(counted, scheme, RAW),
        censored=_shares(counted, scheme, CENSORED),
        contributions=MappingProxyType(shares),
        by_dimension=MappingProxyType(
            {
                dimension: sum((shares[name] for name in names), Fraction(0))
                for dimension, names in scheme.dimensions.items()
                if shares
            }
        ),
    )


def parts(groups: Mapping[str, Measures]) -> dict[str, Fraction]:
    """What each group adds to the M0 of all together: its share of the population times its own M0."""
    people = sum(group.assessable for group in groups.values())
    return {
        name: Fraction(group.assessable, people) * group.adjusted
        for name, group in groups.items()
        if group.adjusted is not None
    }


def _conditions(names: Sequence[str], is_complete: pl.Expr) -> dict[str, pl.Expr]:
    """Who is counted in each column that counts the population."""
    poor = pl.col(_POOR)
    return {
        "assessable": poor.is_not_null(),
        "not_assessable": poor.is_null(),
        "poor": poor,
        "incomplete": poor & ~is_complete,
        **{name + RAW: pl.col(name) & poor.is_not_null() for name in names},
        **{name + CENSORED: pl.col(name) & poor for name in names},
    }


def _sums(conditions: Mapping[str, pl.Expr], population: str | None) -> list[pl.Expr]:
    people = pl.col(population).cast(pl.Int64) if population else pl.lit(1, pl.Int64)
    units = pl.when(pl.col(_POOR)).then(people * pl.col(_SCORE))
    told = {
        "rows": pl.len(),
        "uncounted": pl.col(population).is_null().sum() if population else pl.lit(0),
        # Truth values are added up as they are where a row counts 1: many times faster.
        **{
            name: (pl.when(condition).then(people) if population else condition).sum()
            for name, condition in conditions.items()
        },
        "units": units.sum(),
    }
    names = [*COUNTS, *(name for name in told if name not in COUNTS)]
    return [told[name].cast(pl.Int64).alias(name) for name in names]


def _shares(counted: Mapping[str, int], scheme: Scheme, ending: str) -> Mapping[str, Fraction]:
    people = counted["assessable"]
    return MappingProxyType(
        {name: Fraction(counted[name + ending], people) for name in scheme.weights} if people else {}
    )
