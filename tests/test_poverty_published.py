"""Worked examples of others, reproduced exactly."""

from fractions import Fraction

import polars as pl
import pytest

from rules.poverty import alkire_foster, gaps
from rules.poverty.alkire_foster import Scheme

# Alkire & Foster 2011: four persons, four dimensions, cutoffs (13, 12, 3, 1); the first in tenths.
PERSONS = pl.DataFrame(
    [(131, 14, 4, 1), (152, 7, 5, 0), (125, 10, 1, 0), (200, 11, 3, 1)],
    schema=["income", "schooling", "health", "services"],
    orient="row",
)
CUTOFFS = {"income": 130, "schooling": 12, "health": 3, "services": 1}
EQUAL = Scheme(dict.fromkeys(CUTOFFS, 1), "person")


def measured(rows, weights, cutoff, dimensions=None, population=None, unit="household"):
    scheme = Scheme(weights, unit, dimensions or {})
    counted = alkire_foster.counts(rows, scheme, cutoff, population=population).collect()
    return alkire_foster.measures(counted.row(0, named=True), scheme)


def test_alkire_and_foster_2011():
    found = gaps.measures(PERSONS, CUTOFFS, EQUAL, 2)
    assert (found.headcount, found.intensity, found.adjusted) == (
        Fraction(1, 2),
        Fraction(3, 4),
        Fraction(3, 8),
    )
    assert found.printed == {"H": 0.5, "A": 0.75, "M0": 0.375}
    assert list(found.raw.values()) == [Fraction(1, 4), Fraction(3, 4), Fraction(1, 4), Fraction(1, 2)]
    assert list(found.censored.values()) == [Fraction(1, 4), Fraction(1, 2), Fraction(1, 4), Fraction(1, 2)]
    assert list(found.contributions.values()) == [
        Fraction(1, 6),
        Fraction(1, 3),
        Fraction(1, 6),
        Fraction(1, 3),
    ]
    assert (found.unit, found.poor, found.assessable) == ("person", 2, 4)


def test_alkire_and_foster_2011_with_the_cutoff_as_a_share():
    assert gaps.measures(PERSONS, CUTOFFS, EQUAL, Fraction(1, 2)) == gaps.measures(PERSONS, CUTOFFS, EQUAL, 2)


def test_alkire_and_foster_2011_by_the_general_form():
    assert gaps.adjusted(PERSONS, CUTOFFS, EQUAL, 2, power=0) == Fraction(3, 8)
    # By hand: person 2 lacks 5/12 and 1, person 3 lacks 5/130, 2/12, 2/3 and 1.
    lacking = (Fraction(5, 12), 1, Fraction(5, 130), Fraction(2, 12), Fraction(2, 3), 1)
    assert gaps.adjusted(PERSONS, CUTOFFS, EQUAL, 2, power=1) == sum(lacking) / 16
    assert gaps.adjusted(PERSONS, CUTOFFS, EQUAL, 2, power=2) == sum(each**2 for each in lacking) / 16


def test_union_and_intersection_of_the_four_persons():
    union, all_of_them = (gaps.measures(PERSONS, CUTOFFS, EQUAL, k) for k in (1, 4))
    assert (union.poor, union.adjusted) == (3, Fraction(7, 16))
    assert (all_of_them.poor, all_of_them.adjusted) == (1, Fraction(1, 4))


# UNDP, Human Development Report 2010, Technical note 4: four households of 4, 7, 5 and 4 people, ten
# indicators of three equal dimensions, poor from a third of the weights on. H 0.80, A 0.5625, MPI 0.450. The
# table is from memory: the note was not at hand.
TEN = {
    "malnourished": (0, 0, 1, 0),
    "child_died": (1, 1, 0, 1),
    "no_one_schooled": (0, 1, 0, 1),
    "child_not_enrolled": (0, 1, 0, 0),
    "no_electricity": (0, 1, 1, 1),
    "no_clean_water": (0, 0, 1, 0),
    "no_sanitation": (0, 1, 1, 0),
    "dirt_floor": (0, 0, 0, 0),
    "dirty_fuel": (1, 1, 1, 1),
    "few_assets": (0, 1, 0, 1),
}
HEALTH, EDUCATION, LIVING = tuple(TEN)[:2], tuple(TEN)[2:4], tuple(TEN)[4:]
EIGHTEENTHS = dict.fromkeys(HEALTH + EDUCATION, 3) | dict.fromkeys(LIVING, 1)
HOUSEHOLDS = pl.DataFrame(
    {name: [bool(value) for value in column] for name, column in TEN.items()}
).with_columns(people=pl.Series([4, 7, 5, 4]))


def test_human_development_report_2010():
    found = measured(
        HOUSEHOLDS,
        EIGHTEENTHS,
        Fraction(1, 3),
        {"health": HEALTH, "education": EDUCATION, "living": LIVING},
        population="people",
        unit="person",
    )
    assert found.printed == {"H": 0.8, "A": 0.5625, "M0": 0.45}
    assert (found.poor, found.assessable) == (16, 20)
    shares = {name: round(float(share), 3) for name, share in found.by_dimension.items()}
    assert shares == {"health": 0.296, "education": 0.333, "living": 0.37}


def test_human_development_report_2010_counted_by_household_is_another_number():
    found = measured(HOUSEHOLDS, EIGHTEENTHS, Fraction(1, 3))
    assert (found.unit, found.headcount, found.adjusted) == ("household", Fraction(3, 4), Fraction(29, 72))


# The R package MPI of NECTEC, Thailand (CRAN, inst/doc/MPI_demo.html): its group "Bastia", two persons of
# whom 11 indicators are known, k = 3.
BASTIA = [(1, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0), (0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0)]
ELEVEN = [f"indicator_{number}" for number in range(1, 12)]


def test_vignette_of_the_package_mpi():
    rows = pl.DataFrame(BASTIA, schema=ELEVEN, orient="row").cast(pl.Boolean)
    found = measured(rows, dict.fromkeys(ELEVEN, 1), 3)
    assert found.headcount == 1
    assert found.printed["A"] == pytest.approx(0.4090909, abs=5e-8)
    assert found.printed["M0"] == pytest.approx(0.4090909, abs=5e-8)
    ninths = {name: share * 9 for name, share in found.contributions.items()}
    assert list(ninths.values()) == [1, 1, 1, 2, 0, 2, 0, 1, 0, 1, 0]
    assert list(found.censored.values()) == [Fraction(part, 2) for part in (1, 1, 1, 2, 0, 2, 0, 1, 0, 1, 0)]


def test_a_number_that_is_missing_makes_the_person_not_assessable():
    rows = pl.concat([PERSONS, PERSONS[:1].with_columns(income=pl.lit(None, pl.Int64))])
    assert gaps.adjusted(rows, CUTOFFS, EQUAL, 2, power=1) == gaps.adjusted(
        PERSONS, CUTOFFS, EQUAL, 2, power=1
    )
    assert gaps.measures(rows, CUTOFFS, EQUAL, 2).not_assessable == 1
    assert gaps.adjusted(rows[4:], CUTOFFS, EQUAL, 2, power=1) is None


def test_gaps_that_cannot_be_added_exactly_are_refused():
    rows = pl.DataFrame({"income": [0, 0]})
    with pytest.raises(OverflowError):
        gaps.adjusted(rows, {"income": 2**32}, Scheme({"income": 1}, "person"), 1, power=2)
    with pytest.raises(ValueError, match="power"):
        gaps.adjusted(rows, {"income": 10}, Scheme({"income": 1}, "person"), 1, power=3)
