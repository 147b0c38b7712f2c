import polars as pl
import pytest

from rules import catalogue
from rules.bounds import BOUNDS, Failed, matters
from rules.bounds.matters import COUNTED, NOT_ASSESSABLE
from rules.bounds.settings import load
from rules.quality import SCHEMA as QUALITY
from schemas.finding import Finding
from schemas.frames import schema_of

OPEN = pl.DataFrame(
    [{"household_id": "open", "state": "below", "flag": "open"},
     {"household_id": "sure", "state": "above", "flag": "certain_above"},
     {"household_id": "silent", "state": "not_assessable", "flag": "open"}],
    schema=BOUNDS,
)  # fmt: skip


def one(household_id="open", rule_id="IN015", severity="must_explain", fields="income_main_baht", failed=()):
    row = {"finding_id": "f", "household_id": household_id, "rule_id": rule_id, "severity": severity,
           "fields": fields, "district_code": "3401"}  # fmt: skip
    findings = pl.DataFrame([row], schema=schema_of(Finding))
    return matters(findings, OPEN, [Failed("3401", name) for name in failed]).row(0, named=True)


def test_a_finding_about_income_can_flip_an_open_household():
    assert one()["can_flip_line"]
    assert one(fields="income_total_baht|income_other_baht", severity="must_fix")["can_flip_line"]
    assert one(rule_id="HH003", fields="member_count", severity="must_fix")["can_flip_line"]


def test_a_finding_flips_nothing_of_a_household_that_is_certain():
    assert not one(household_id="sure")["can_flip_line"]


def test_a_finding_about_something_else_flips_nothing():
    assert not one(rule_id="WK003", fields="occupation|education")["can_flip_line"]


def test_a_device_that_computed_wrongly_flips_nothing():
    fields = "result_income_per_capita|income_main_baht"
    assert not one(rule_id="IN007", severity="must_fix", fields=fields)["can_flip_line"]


def test_what_is_only_watched_flips_nothing():
    assert not one(severity="watch")["can_flip_line"]


@pytest.mark.parametrize(("measure", "severity"), COUNTED.items())
def test_a_finding_opens_the_failed_gate_that_counts_it(measure, severity):
    assert one(severity=severity, failed=[measure])["can_open_gate"]
    other = "must_fix" if severity != "must_fix" else "must_explain"
    assert not one(severity=other, failed=[measure])["can_open_gate"]
    assert not one(severity=severity)["can_open_gate"]


def test_an_answer_of_a_silent_household_opens_the_gate_of_the_not_assessable():
    assert one(household_id="silent", failed=[NOT_ASSESSABLE])["can_open_gate"]
    assert not one(household_id="open", failed=[NOT_ASSESSABLE])["can_open_gate"]


def test_the_measures_are_those_of_the_quality_table():
    assert {*COUNTED, NOT_ASSESSABLE} <= set(QUALITY)


def test_the_rules_that_doubt_a_roster_are_rules_of_the_catalogue():
    assert set(load().roster) <= {rule.id for rule in catalogue.load()}
