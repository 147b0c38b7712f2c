"""Small provinces for the tests of poverty: made by hand, and drawn at random."""

import polars as pl
from hypothesis import settings
from hypothesis import strategies as st

from rules import below_line as income
from rules import poverty
from schemas import rounds

SET = poverty.of_round(rounds.load(2569))
OLD = next(one for one in poverty.load() if "2560-2565" in one.forms)
ANSWERS = ("pass", "fail", "not_applicable", "unanswered", "inconsistent")
UNHURRIED = settings(deadline=None, max_examples=60)


def frames(*households, set_=SET):
    """Both frames of the same households: (tambon, members, income state, answers that are not "pass")."""
    keys, told, judged = [], [], []
    for number, (tambon, members, state, answers) in enumerate(households):
        assert set(answers) <= set(set_.slugs)
        keys = {"household_id": f"h{number}", "district_code": tambon and tambon[:4], "tambon_code": tambon}
        told.append(keys | dict.fromkeys(set_.slugs, "pass") | answers)
        judged.append(keys | {"village_no": 1, "members": members, "missing_components": 0, "state": state})
    names = dict.fromkeys(("household_id", "district_code", "tambon_code", *set_.slugs), pl.String)
    rows = [[row.get(name) for name in names] for row in told]
    below = [[row.get(name) for name in income.SCHEMA] for row in judged]
    return (
        pl.DataFrame(rows, schema=names, orient="row"),
        pl.DataFrame(below, schema=income.SCHEMA, orient="row"),
    )


def area(table, level, code, unit, **parts):
    return table.row(
        by_predicate=pl.all_horizontal(
            pl.col("level") == level,
            pl.col("area_code") == code,
            pl.col("unit") == unit,
            *(pl.col(name).eq_missing(pl.lit(value)) for name, value in parts.items()),
        ),
        named=True,
    )


@st.composite
def provinces(draw):
    answers = st.dictionaries(st.sampled_from(OLD.slugs), st.sampled_from(ANSWERS), max_size=6)
    home = st.tuples(
        st.sampled_from(["340101", "340102", "340201", None]),
        st.one_of(st.none(), st.integers(0, 9)),
        st.sampled_from(income.STATES),
        answers,
    )
    return draw(st.lists(home, min_size=1, max_size=10)), draw(st.integers(1, 5))
