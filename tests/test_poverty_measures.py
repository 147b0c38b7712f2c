"""What must hold of Alkire and Foster's measures whatever the population."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.poverty import alkire_foster
from rules.poverty.alkire_foster import CENSORED, COUNTS, RAW, Scheme

# The first query of a busy machine takes longer than any later one.
UNHURRIED = settings(deadline=None)
NAMES = ("a", "b", "c", "d")
ONE = Scheme(dict.fromkeys(NAMES, 1), "household", {"first": ("a", "b"), "second": ("c", "d")})


@st.composite
def populations(draw, cells=(True, False, None)):
    rows = draw(
        st.lists(
            st.tuples(
                *(st.sampled_from(cells) for _ in NAMES),
                st.one_of(st.none(), st.integers(1, 9)),
                st.sampled_from(["3401", "3402", None]),
            ),
            max_size=12,
        )
    )
    schema = {**dict.fromkeys(NAMES, pl.Boolean), "members": pl.Int64, "district": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


@st.composite
def schemes(draw):
    weights = {name: draw(st.integers(1, 6)) for name in NAMES}
    return Scheme(weights, "person", {"first": ("a", "b"), "second": ("c", "d")})


@st.composite
def cases(draw):
    scheme = draw(schemes())
    whole = st.integers(1, scheme.total)
    share = st.fractions(Fraction(1, 1000), 1, max_denominator=1000)
    return draw(populations()), scheme, draw(st.one_of(whole, share))


def measured(rows, scheme, cutoff, population="members"):
    counted = alkire_foster.counts(rows, scheme, cutoff, population=population).collect()
    return alkire_foster.measures(counted.row(0, named=True), scheme)


def by_hand(rows, scheme, cutoff):
    """The measures as the paper writes them, row by row; None for who cannot be assessed."""
    least = cutoff if isinstance(cutoff, int) else cutoff * scheme.total
    told = [
        row for row in rows.iter_rows(named=True) if row["members"] and None not in [row[n] for n in NAMES]
    ]
    scores = [sum(weight for name, weight in scheme.weights.items() if row[name]) for row in told]
    poor = [(row, score) for row, score in zip(told, scores, strict=True) if score >= least]
    people = sum(row["members"] for row in told)
    units = sum(row["members"] * score for row, score in poor)
    censored = {name: sum(row["members"] for row, _ in poor if row[name]) for name in NAMES}
    return people, sum(row["members"] for row, _ in poor), units, censored


@UNHURRIED
@given(cases())
def test_the_counts_are_those_of_the_paper(case):
    rows, scheme, cutoff = case
    counted = alkire_foster.counts(rows, scheme, cutoff, population="members").collect().row(0, named=True)
    people, poor, units, censored = by_hand(rows, scheme, cutoff)
    assert (counted["assessable"], counted["poor"], counted["units"]) == (people, poor, units)
    assert {name: counted[name + CENSORED] for name in NAMES} == censored
    assert counted["rows"] == rows.height
    assert counted["uncounted"] == rows.get_column("members").null_count()
    assert counted["assessable"] + counted["not_assessable"] == rows.get_column("members").sum()


@UNHURRIED
@given(cases())
def test_the_adjusted_headcount_is_headcount_times_intensity(case):
    found = measured(*case)
    if found.headcount is None:
        assert found.adjusted is None
    else:
        assert found.adjusted == found.headcount * (found.intensity or 0)
        weighed = sum(weight * found.censored[name] for name, weight in case[1].weights.items())
        assert found.adjusted == Fraction(weighed) / case[1].total


@UNHURRIED
@given(cases())
def test_contributions_add_up_to_one_where_there_is_poverty(case):
    found = measured(*case)
    told = sum(found.contributions.values()), sum(found.by_dimension.values())
    assert told == ((1, 1) if found.adjusted else (0, 0))


@UNHURRIED
@given(cases())
def test_groups_weighted_by_their_population_give_the_whole(case):
    rows, scheme, cutoff = case
    per_group = alkire_foster.counts(rows, scheme, cutoff, by=["district"], population="members").collect()
    groups = {
        str(row["district"]): alkire_foster.measures(row, scheme) for row in per_group.iter_rows(named=True)
    }
    whole = measured(rows, scheme, cutoff)
    assert sum(alkire_foster.parts(groups).values()) == (whole.adjusted or 0)
    assert sum(group.assessable for group in groups.values()) == whole.assessable


@UNHURRIED
@given(populations(), schemes())
def test_the_least_cutoff_is_the_union_and_the_largest_the_intersection(rows, scheme):
    told = rows.filter(pl.all_horizontal(pl.col(*NAMES).is_not_null()))
    union = told.filter(pl.any_horizontal(*NAMES)).get_column("members").sum()
    both = told.filter(pl.all_horizontal(*NAMES)).get_column("members").sum()
    assert measured(rows, scheme, Fraction(1, 10**9)).poor == measured(rows, scheme, 1).poor == union
    assert measured(rows, scheme, Fraction(1)).poor == measured(rows, scheme, scheme.total).poor == both


@UNHURRIED
@given(cases(), st.integers(0, 11), st.sampled_from(NAMES))
def test_one_more_deprivation_never_lowers_the_adjusted_headcount(case, place, name):
    rows, scheme, cutoff = case
    at = pl.int_range(pl.len()) == place
    more = rows.with_columns(pl.when(at & ~pl.col(name)).then(True).otherwise(pl.col(name)).alias(name))
    before, after = measured(rows, scheme, cutoff), measured(more, scheme, cutoff)
    assert (after.adjusted or 0) >= (before.adjusted or 0)
    assert after.poor >= before.poor


@UNHURRIED
@given(cases(), st.randoms(use_true_random=False))
def test_neither_the_order_of_the_rows_nor_splitting_them_matters(case, random):
    rows, scheme, cutoff = case
    order = list(range(rows.height))
    random.shuffle(order)
    whole = alkire_foster.counts(rows, scheme, cutoff, population="members").collect()
    assert whole.equals(alkire_foster.counts(rows[order], scheme, cutoff, population="members").collect())
    halves = [
        alkire_foster.counts(half, scheme, cutoff, population="members").collect()
        for half in (rows[: rows.height // 2], rows[rows.height // 2 :])
    ]
    assert whole.equals(pl.concat(halves).sum())


@UNHURRIED
@given(cases(), st.integers(2, 4))
def test_a_population_repeated_has_the_same_measures(case, times):
    rows, scheme, cutoff = case
    once, often = measured(rows, scheme, cutoff), measured(pl.concat([rows] * times), scheme, cutoff)
    assert (often.headcount, often.intensity, often.adjusted) == (
        once.headcount,
        once.intensity,
        once.adjusted,
    )
    assert often.contributions == once.contributions
    assert often.poor == times * once.poor


@UNHURRIED
@given(cases())
def test_a_household_of_several_counts_as_so_many_rows(case):
    rows, scheme, cutoff = case
    each = rows.drop_nulls("members").with_columns(pl.int_ranges("members").alias("person")).explode("person")
    with_weights, repeated = (
        measured(rows.drop_nulls("members"), scheme, cutoff),
        measured(each, scheme, cutoff, population=None),
    )
    assert with_weights == repeated


@UNHURRIED
@given(populations(cells=(True, False)))
def test_who_is_poor_may_be_said_by_a_column(rows):
    score = pl.sum_horizontal(pl.col(*NAMES).cast(pl.Int64))
    said = rows.with_columns(poor=score >= 2)
    by_column = alkire_foster.counts(said, ONE, poor="poor").collect()
    assert by_column.equals(alkire_foster.counts(rows, ONE, 2).collect())


def test_a_row_with_a_null_is_counted_as_not_assessable_and_never_as_not_deprived():
    rows = pl.DataFrame({"a": [True, True], "b": [True, None], "c": [False, False], "d": [False, False]})
    counted = alkire_foster.counts(rows, ONE, 1).collect().row(0, named=True)
    assert {name: counted[name] for name in COUNTS} == {
        "rows": 2,
        "uncounted": 0,
        "assessable": 1,
        "not_assessable": 1,
        "poor": 1,
        "incomplete": 0,
        "units": 2,
    }
    assert counted["a" + RAW] == 1


def test_poor_by_a_column_with_something_not_known_is_counted_as_incomplete():
    rows = pl.DataFrame({"a": [True], "b": [None], "c": [False], "d": [False], "poor": [True]})
    rows = rows.cast({"b": pl.Boolean})
    counted = alkire_foster.counts(rows, ONE, poor="poor").collect().row(0, named=True)
    assert (counted["assessable"], counted["incomplete"], counted["units"]) == (1, 1, 1)


def test_nobody_at_all_has_no_measures_and_nobody_poor_no_intensity():
    nobody = pl.DataFrame(schema=dict.fromkeys(NAMES, pl.Boolean))
    found = measured(nobody, ONE, 1, population=None)
    assert (found.headcount, found.intensity, found.adjusted, dict(found.raw)) == (None, None, None, {})
    well = pl.DataFrame([[False] * 4], schema=list(NAMES), orient="row")
    found = measured(well, ONE, 1, population=None)
    assert (found.headcount, found.intensity, found.adjusted) == (0, None, 0)
    assert dict(found.contributions) == {}


@pytest.mark.parametrize("cutoff", [0, 5, Fraction(0), Fraction(5, 4), 0.5, True])
def test_a_cutoff_outside_the_units_or_a_float_is_refused(cutoff):
    with pytest.raises(ValueError, match="cutoff"):
        ONE.units(cutoff)


def test_a_third_of_ten_units_is_reached_with_four():
    assert Scheme({"a": 4, "b": 6}, "household").units(Fraction(1, 3)) == 4
    assert Scheme({"a": 3, "b": 6}, "household").units(Fraction(1, 3)) == 3


@pytest.mark.parametrize("weights", [{}, {"a": 0}, {"a": 0.5}, {"a": True}])
def test_weights_are_whole_numbers(weights):
    with pytest.raises(ValueError, match="weights"):
        Scheme(weights, "household")


def test_an_indicator_outside_the_dimensions_is_refused():
    with pytest.raises(ValueError, match="exactly one dimension"):
        Scheme({"a": 1, "b": 1}, "household", {"first": ("a",)})


def test_either_a_cutoff_or_a_column_says_who_is_poor():
    rows = pl.DataFrame([[True] * 4], schema=list(NAMES), orient="row")
    with pytest.raises(ValueError, match="either"):
        alkire_foster.counts(rows, ONE)
    with pytest.raises(ValueError, match="either"):
        alkire_foster.counts(rows, ONE, 1, poor="a")
