"""Polars and plain Python agree on every verdict and every value; hypothesis finds the smallest exception.

Random well-typed rules in text form (so the parser is in it too) over random households with missing cells,
nobody at home, persons without household, two households of one id, 29 February, odd ids, very large numbers.
JPT_FUZZ=1 tries far more of them than a normal run.
"""

import os
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.compiled import Compiled
from rules.language import ast, evaluate, outcome, parse, values
from rules.language.kinds import BOOL, DATE, NUMBER, TEXT
from rules.rule import Rule, Sentence
from rules.verdicts import verdicts
from tests.language_worlds import COLUMNS, JOB, LEVEL, WORLDS, frames, last_of, surroundings
from tests.language_writer import PARAMS, texts


def by_python(expression, table, world):
    return [evaluate(expression, *around) for around in surroundings(table, world)]


def a_rule(rule_id, applies, must):
    words = Sentence("ก", "a")
    return Rule(rule_id, "x", "household", "watch", words, words, "", "", words, applies, must)


PROFILE = settings(
    max_examples=4000 if os.environ.get("JPT_FUZZ") else 60,
    derandomize=not os.environ.get("JPT_FUZZ"),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_random_rules_use_every_word_of_the_language():
    seen = set()

    @settings(PROFILE, max_examples=600)
    @given(data=st.data(), table=st.sampled_from(["household", "person"]))
    def look(data, table):
        written = [data.draw(texts(table, kind)) for kind in (BOOL, BOOL, BOOL, NUMBER)]
        for node in (node for text in written for node in ast.walk(parse(text, table, COLUMNS, PARAMS))):
            seen.add(type(node))
            seen.add(getattr(node, "place", None))
            seen.add(getattr(node, "name" if isinstance(node, ast.Aggregate) else "operator", None))

    look()
    assert seen >= {
        *get_args(ast.Expr),
        *get_args(ast.AggregateName),
        *get_args(ast.Comparison),
        *get_args(ast.Place),
        "+",
        "-",
        "*",
    }


@PROFILE
@given(data=st.data(), table=st.sampled_from(["household", "person"]), world=WORLDS)
def test_polars_and_python_give_the_same_verdicts(data, table, world):
    pairs = data.draw(st.lists(st.tuples(texts(table, BOOL), texts(table, BOOL)), min_size=4, max_size=8))
    rules = []
    for n, (applies, must) in enumerate(pairs):
        typed = [parse(text, table, COLUMNS, PARAMS) for text in (applies, must)]
        rules.append(Compiled(a_rule(f"R{n}", applies, must), table, *typed, {}))
    found = verdicts(table, *frames(world), rules, last_of(world))
    assert found.errors == {}
    for rule in rules:
        expected = [
            int(outcome(*both))
            for both in zip(
                by_python(rule.applies, table, world), by_python(rule.must, table, world), strict=True
            )
        ]
        got = found.codes.get_column(f"rule:{rule.rule.id}").to_list()
        assert got == expected, (rule.rule.applies, rule.rule.must)


@PROFILE
@given(data=st.data(), table=st.sampled_from(["household", "person"]), world=WORLDS)
def test_polars_and_python_give_the_same_values(data, table, world):
    kinds = [NUMBER, NUMBER, DATE, TEXT, LEVEL, JOB, BOOL]
    written = [data.draw(texts(table, kind)) for kind in kinds]
    typed = {f"v{n}": parse(text, table, COLUMNS, PARAMS) for n, text in enumerate(written)}
    found = values(typed, table, *frames(world), last_of(world))
    for name, expression in typed.items():
        assert found.get_column(name).to_list() == by_python(expression, table, world), written[int(name[1:])]
