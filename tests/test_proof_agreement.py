import os

import z3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.language import evaluate, parse
from rules.language.kinds import BOOL
from rules.language.to_solver import Written
from rules.language.to_solver_cells import Home
from rules.language.to_solver_domains import domains
from tests.language_writer import COLUMNS, PARAMS, POOL, Kind, row, texts

PEOPLE = 3
PROFILE = settings(
    max_examples=1500 if os.environ.get("JPT_FUZZ") else 60,
    derandomize=not os.environ.get("JPT_FUZZ"),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
HOME_ID = st.just("h1")
ROWS = st.tuples(row("household", HOME_ID), st.lists(row("person", HOME_ID), min_size=1, max_size=PEOPLE))


def written(text, table, more_texts=()):
    expression = parse(text, table, COLUMNS, PARAMS)
    home = Home(PEOPLE, domains([(table, expression)], {}, PEOPLE, more_texts))
    truth = Written(home).condition(expression, table, 0)
    unknown = z3.Not(z3.Or(truth.true, truth.false))
    return expression, home, {True: truth.true, False: truth.false, None: unknown}


def solver(home):
    # A bound on work, not on time: the same on a busy machine.
    asked = z3.Solver()
    asked.set("rlimit", 3_000_000)
    asked.add(*home.order, home.here[0], *(fact for facts in home.facts.values() for fact in facts))
    return asked


def by_python(expression, table, household, people):
    record = household if table == "household" else people[0]
    return evaluate(expression, record, household, people)


@PROFILE
@given(data=st.data(), table=st.sampled_from(["household", "person"]))
def test_a_household_found_by_the_solver_comes_out_as_it_said(data, table):
    text = data.draw(texts(table, BOOL))
    expression, home, verdicts = written(text, table)
    for verdict, formula in verdicts.items():
        asked = solver(home)
        asked.add(formula)
        if asked.check() == z3.sat:
            household, people = home.rows(asked.model())
            assert by_python(expression, table, household, people) is verdict, (text, household, people)


@PROFILE
@given(data=st.data(), table=st.sampled_from(["household", "person"]), rows=ROWS)
def test_of_a_given_household_the_solver_says_what_the_reference_says(data, table, rows):
    text = data.draw(texts(table, BOOL))
    expression, home, verdicts = written(text, table, POOL[Kind.TEXT] + ["h1"])
    asked = solver(home)
    asked.add(*home.pinned(*rows))
    said = [verdict for verdict, formula in verdicts.items() if asked.check(formula) == z3.sat]
    assert said == [by_python(expression, table, *rows)], text
