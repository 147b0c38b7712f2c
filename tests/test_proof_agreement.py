import os

import z3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.language import evaluate, parse
from rules.language.kinds import BOOL
from rules.language.meaning import thai_id_ok
from rules.language.to_solver import Written
from rules.language.to_solver_cells import Home
from rules.language.to_solver_domains import domains
from rules.proof.session import new_solver
from tests.language_worlds import KEYS, KNOWN_IDS
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
PERSON, HOME = row("person", HOME_ID, st.sampled_from(KNOWN_IDS)), row("household", HOME_ID)


def with_last(persons):
    """The rows with last year's under ``last``, where the drawn one can be found."""
    ids = [person["national_id"] for person, _ in persons]
    return [
        person | {"last": ago | {"national_id": person["national_id"]}}
        if ago and thai_id_ok(person["national_id"]) and ids.count(person["national_id"]) == 1
        else person
        for person, ago in persons
    ]


ROWS = st.tuples(
    st.tuples(HOME, st.none() | HOME).map(lambda pair: pair[0] | ({"last": pair[1]} if pair[1] else {})),
    st.lists(st.tuples(PERSON, st.none() | PERSON), min_size=1, max_size=PEOPLE).map(with_last),
)


def written(text, table, more_texts=()):
    expression = parse(text, table, COLUMNS, PARAMS)
    home = Home(PEOPLE, domains([(table, expression)], {}, PEOPLE, more_texts))
    truth = Written(home).condition(expression, table, 0)
    unknown = z3.Not(z3.Or(truth.true, truth.false))
    return expression, home, {True: truth.true, False: truth.false, None: unknown}


def solver(home):
    # A bound on work, not on time: the same on a busy machine.
    asked = new_solver()
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
    expression, home, verdicts = written(text, table, [*POOL[Kind.TEXT], "h1", *filter(None, KNOWN_IDS)])
    asked = solver(home)
    asked.add(*home.pinned(*rows))
    said = [verdict for verdict, formula in verdicts.items() if asked.check(formula) == z3.sat]
    assert said == [by_python(expression, table, *rows)], text


@PROFILE
@given(data=st.data(), table=st.sampled_from(["household", "person"]))
def test_the_last_year_of_a_household_found_could_be_looked_up(data, table):
    # With the key read, it must be one that finds somebody.
    text = f"({data.draw(texts(table, BOOL))}) or last.{KEYS[table]} is present and sum(members.age) > 3"
    _, home, verdicts = written(text, table)
    for formula in verdicts.values():
        asked = solver(home)
        asked.add(formula)
        if asked.check() == z3.sat:
            _, people = home.rows(asked.model())
            ids = [person.get("national_id") for person in people]
            for person in people:
                if "last" in person and "national_id" in person:
                    assert thai_id_ok(person["national_id"])
                    assert ids.count(person["national_id"]) == 1
                    assert person["last"].get("national_id") in (None, person["national_id"])
