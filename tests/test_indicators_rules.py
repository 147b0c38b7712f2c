import polars as pl
import pytest

from rules import engine, examples, indicators
from rules.catalogue import load
from rules.compiled import compiled, known_params
from rules.language import ast, parse
from schemas import rounds
from schemas.dictionary import columns
from schemas.household import Household

PARAMS = known_params()
RULES = {rule.id: rule for rule in load() if not rule.structural}
INDICATORS = {indicator.slug: indicator for indicator in indicators.load()}
STATED = [name for name in columns(Household) if name.startswith("result_")]
# One direction only, as the form may have more items; and the amount, which Python judges (below_line).
OTHERWISE = {"result_self_care": "IX017", "result_income_per_capita": "IN007"}
# Asked until 2565 only; the stated results are those of the newer form.
OF_THE_OLD_FORM = {"medicine_use"}
OPEN = [rule for rule in RULES.values() if rule.name.endswith("_unanswered")]


def typed(text):
    return parse(text, "household", None, PARAMS)


def conjuncts(condition):
    if isinstance(condition, ast.And):
        return [*conjuncts(condition.left), *conjuncts(condition.right)]
    return [condition]


def concerned(indicator):
    """Whom an indicator is about, beyond that anybody lives there; empty for every household."""
    lived_in = typed("count(members) >= 1")
    return [part for part in conjuncts(typed(indicator.applies)) if part != lived_in]


def asked_and_answered(indicator):
    answered = typed(f"({indicator.passes}) is present")
    whom = concerned(indicator)
    return ast.Or(ast.Not(whom[0]), answered) if whom else answered


def stated_rule(column):
    slug = column.removeprefix("result_")
    return next(rule for rule in RULES.values() if rule.name == f"{slug}_result_differs")


def test_every_stated_result_has_a_rule_and_an_indicator():
    assert {column.removeprefix("result_") for column in STATED} == set(INDICATORS) - OF_THE_OLD_FORM
    for column, rule_id in OTHERWISE.items():
        assert column in RULES[rule_id].fields


@pytest.mark.parametrize("column", [name for name in STATED if name not in OTHERWISE])
def test_a_stated_result_is_held_against_the_indicators_own_condition(column):
    indicator = INDICATORS[column.removeprefix("result_")]
    rule = compiled(stated_rule(column), PARAMS)
    assert rule.applies == typed(f"{indicator.applies} and {column} is present")
    assert rule.must == typed(f"{column} = ({indicator.passes})")
    assert indicator.name.th in rule.rule.message.th
    assert indicator.name.en in rule.rule.message.en


def test_every_indicator_is_asked_for_by_one_rule_in_its_own_words():
    asked = [part for rule in OPEN for part in conjuncts(compiled(rule, PARAMS).must)]
    expected = [
        asked_and_answered(each)
        for slug, each in INDICATORS.items()
        if each.passes and slug not in OF_THE_OLD_FORM
    ]
    assert len(asked) == len(expected)
    assert all(part in asked for part in expected)


def test_an_answer_for_all_is_held_against_its_number():
    household = columns(Household)
    pairs = [
        (name, number)
        for name, column in household.items()
        if name.endswith("_all") and column.indicator
        if (number := f"{name.removesuffix('_all')}_not_count") in household
    ]
    assert len(pairs) > 12
    for pair in pairs:
        assert any(set(pair) <= set(rule.fields) for rule in RULES.values()), pair


def test_rules_about_an_indicator_lie_in_the_folder_of_its_dimension():
    for rule in RULES.values():
        if rule.id.startswith("IX"):
            assert rule.path.parts[0] in {
                f"indicator_{name}" for name in ("health", "living", "education", "work", "access")
            }


def test_what_a_rule_calls_unanswered_the_assessment_calls_so_too_unless_it_contradicts_the_roster():
    round_ = rounds.load(2569)
    for rule in OPEN:
        whose = [
            each.slug
            for each in INDICATORS.values()
            if each.passes and asked_and_answered(each) in conjuncts(compiled(rule, PARAMS).must)
        ]
        households, persons, *_ = examples.frames(rule)
        found = engine.check(households, persons, [rule], round_).findings["household_id"].implode()
        states = indicators.assess(households, persons, INDICATORS.values(), round_)
        accused = states.filter(pl.col("household_id").is_in(found))
        assert accused.height >= len(rule.bad)
        is_open = pl.any_horizontal(pl.col(whose).is_in(["unanswered", "inconsistent"]))
        assert accused.filter(~is_open).is_empty(), rule.id
