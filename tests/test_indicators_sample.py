"""In the sample province, whatever is called inconsistent is told to the district by a rule about it."""

from pathlib import Path

import polars as pl
import pytest

from flows import intake
from rules import catalogue, engine, indicators
from rules.compiled import round_params
from rules.language import columns, values
from schemas import rounds

YEAR = 2569
SAMPLE = Path(__file__).parent.parent / "sample_data" / str(YEAR)
ROUND = rounds.load(YEAR)
ALL = {each.slug: each for each in indicators.load()}
# The same infants, asked for under another number; rule IX019 holds the two questions together.
ALSO = {"exclusive_breastfeeding": {"child_u1_count"}}


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    keep = tmp_path_factory.mktemp("kept")
    extracts = [
        intake.read([intake.receive(path, keep) for path in sorted(folder.iterdir())], folder.name, ROUND)
        for folder in sorted(SAMPLE.iterdir())
    ]
    return tuple(pl.concat([getattr(each, name) for each in extracts]) for name in ("households", "persons"))


@pytest.fixture(scope="module")
def assessed(province):
    return indicators.assess(*province, ALL.values(), ROUND)


def read_by(indicator):
    """Household columns the indicator's texts name."""
    typed = indicator.expressions(round_params(ROUND)).values()
    return {cell.name for expression in typed for cell in columns(expression) if cell.place != "member"}


def test_every_inconsistent_household_has_a_finding_of_a_rule_that_reads_the_indicators_answers(
    province, assessed
):
    rules = [rule for rule in catalogue.load() if not rule.structural and rule.status == "active"]
    found = engine.check(*province, rules, ROUND).findings
    seen = 0
    for slug in ROUND.enabled_indicators:
        named = read_by(ALL[slug]) | ALSO.get(slug, set())
        about = [rule.id for rule in rules if named & set(rule.fields)]
        told = found.filter(pl.col("rule_id").is_in(about))["household_id"].unique().implode()
        accused = assessed.filter(pl.col(slug) == "inconsistent")
        assert accused.filter(~pl.col("household_id").is_in(told)).is_empty(), slug
        seen += accused.height
    assert seen == 72


def test_which_failing_households_of_the_sample_are_inconsistent_instead(province, assessed):
    moved = {}
    for slug in ROUND.enabled_indicators:
        if ALL[slug].passes:
            passes = ALL[slug].expressions(round_params(ROUND))["passes"]
            answer = values({"passes": passes}, "household", *province)["passes"]
            moved[slug] = assessed.filter((pl.col(slug) == "inconsistent") & ~answer).height
    assert {slug: number for slug, number in moved.items() if number} == {
        "annual_checkup": 2,
        "compulsory_education": 2,
        "saving": 2,
        "no_alcohol": 4,
    }
