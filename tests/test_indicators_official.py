import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import indicators
from rules.indicators.official import COUNTS
from schemas import rounds

ROUND = rounds.load(2569)
ALL = indicators.load()
STATE = pl.Enum(indicators.STATES)


def assessed(rows):
    """Rows of district, tambon, state of food_safety, state, people and failing of birth_weight."""
    schema = {
        "district_code": pl.String,
        "tambon_code": pl.String,
        "food_safety": STATE,
        "birth_weight": STATE,
        "birth_weight.persons": pl.Int64,
        "birth_weight.failing": pl.Int64,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_row_index("n").with_columns(household_id=pl.format("h{}", "n")).drop("n")


def table(rows):
    return indicators.official_table(assessed(rows), ALL, ROUND, "34")


HOME = ("3401", "340101", "pass", "not_applicable", None, None)


def test_a_household_indicator_counts_households_and_a_person_indicator_people():
    found = table(
        [
            HOME,
            ("3401", "340101", "fail", "fail", 3, 1),
            ("3401", "340101", "unanswered", "fail", 2, None),
            ("3401", "340101", "inconsistent", "inconsistent", 4, None),
        ]
    ).filter(level="province")
    food = found.filter(slug="food_safety").row(0, named=True)
    born = found.filter(slug="birth_weight").row(0, named=True)
    assert [food[name] for name in ("unit", "surveyed", *COUNTS)] == ["household", 2, 1, 1, 0, 1, 1]
    assert [born[name] for name in ("unit", "surveyed", *COUNTS)] == ["person", 3, 2, 1, 0, 2, 4]
    assert (born["passed_percent"], born["failed_percent"]) == (6667, 3333)


def test_indicators_stand_by_group_in_the_rounds_order_with_its_numbers():
    found = table([HOME]).filter(level="province")
    assert found.select("slug", "group", "dimension", "number").rows() == [
        ("birth_weight", 1, "health", None),
        ("food_safety", 1, "health", None),
    ]


def test_nobody_surveyed_has_no_percentage():
    row = table([HOME]).filter(level="province", slug="birth_weight").row(0, named=True)
    assert (row["surveyed"], row["passed_percent"], row["failed_percent"]) == (0, None, None)


def test_a_household_without_a_tambon_of_its_district_has_a_row_of_its_own():
    found = table(
        [("3401", None, *HOME[2:]), ("3401", "340201", *HOME[2:]), HOME, (None, "340101", *HOME[2:])]
    )
    of_tambons = found.filter(level="tambon", slug="food_safety")
    assert of_tambons.select("area_code", "passed").rows() == [("00", 1), ("340100", 2), ("340101", 1)]


@pytest.mark.parametrize(
    ("passed", "failed", "percents", "texts"),
    [
        (16_530, 37, (9978, 22), ("99.78", "0.22")),
        (3_481_451, 23_942, (9932, 68), ("99.32", "0.68")),
        (1_000_000, 38, (10_000, 0), ("100.00 (ขาด 38 คน)", "0.00 (38 คน)")),
        (38, 1_000_000, (0, 10_000), ("0.00 (38 คน)", "100.00 (ขาด 38 คน)")),
        (5, 0, (10_000, 0), ("100.00", "0.00")),
    ],
)
def test_percentages_are_those_of_the_national_report_and_hide_nobody(passed, failed, percents, texts):
    people = passed + failed
    found = table([("3401", "340101", "pass", "fail", people, failed)])
    row = found.filter(level="province", slug="birth_weight").row(0, named=True)
    assert (row["passed_percent"], row["failed_percent"]) == percents
    printed = [
        indicators.share_text(row[f"{name}_percent"], row[name], row["surveyed"], row["unit"])
        for name in ("passed", "failed")
    ]
    assert tuple(printed) == texts


HOMES = st.lists(
    st.tuples(
        st.sampled_from(["3401", "3402", None]),
        st.sampled_from(["340101", "340102", "340201", "999999", "3401", None]),
        st.sampled_from(indicators.STATES),
        st.sampled_from(["pass", "fail"]),
        st.integers(3, 9),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(HOMES)
def test_sums_agree_from_tambon_to_district_to_province(rows):
    found = table(rows).with_columns(pl.col("level").cast(pl.String))
    numbers = ("surveyed", *COUNTS)
    whole = found.group_by("level", "slug").agg(pl.col(numbers).sum()).sort("slug", "level")
    for name in numbers:
        assert whole.group_by("slug").agg(pl.col(name).n_unique())[name].max() == 1
    up = found.filter(level="tambon").with_columns(area_code=pl.col("area_code").str.slice(0, 4))
    up = up.with_columns(area_code=pl.col("area_code").replace("00", ""))
    up = up.group_by("area_code", "slug").agg(pl.col(numbers).sum()).sort("area_code", "slug")
    down = found.filter(level="district").select("area_code", "slug", *numbers).sort("area_code", "slug")
    assert up.equals(down)
    assert whole.filter(slug="food_safety").select(pl.sum_horizontal(COUNTS))[
        "passed"
    ].unique().to_list() == [len(rows)]
