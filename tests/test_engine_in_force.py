import dataclasses
from datetime import date

import pytest

from rules import across, catalogue, in_force
from schemas import rounds
from schemas.frames import empty
from schemas.household import Household
from schemas.person import Person
from schemas.rounds import RuleOff

RULES = catalogue.load()
ROUND = rounds.load(2569)
OFF = RuleOff("รหัสยังไม่ยืนยัน", "Codes are not confirmed.", "jpt", date(2026, 4, 30))


def with_off(*rule_ids):
    return dataclasses.replace(ROUND, rules_off=dict.fromkeys(rule_ids, OFF))


def test_every_round_switches_off_only_rules_that_are_there():
    for year in rounds.years():
        in_force.refuse_unknown(RULES, rounds.load(year))


@pytest.mark.parametrize(
    ("rule_id", "said"), [("WK999", "no such rule"), ("ST012", "cannot be switched off")]
)
def test_a_rule_that_cannot_be_switched_off_is_refused(rule_id, said):
    with pytest.raises(in_force.RulesOffError, match=said) as refused:
        in_force.refuse_unknown(RULES, with_off("WK003", rule_id))
    assert f"2569.toml [rules_off.{rule_id}]" in str(refused.value)


def test_a_rule_that_is_off_is_listed_with_reason_who_and_until():
    (left,) = in_force.left_out(RULES, with_off("WK003"))
    assert (left.rule.id, left.reason.th, left.who, left.until) == ("WK003", OFF.th, "jpt", date(2026, 4, 30))
    assert "WK003" not in {rule.id for rule in in_force.in_force(RULES, with_off("WK003"))}


def test_a_rule_of_a_later_round_is_listed_as_not_checked_yet():
    later = dataclasses.replace(RULES[0], since=2570)
    (left,) = in_force.left_out([later], ROUND)
    assert "2570" in left.reason.th
    assert "2570" in left.reason.en
    assert in_force.in_force([later], ROUND) == ()


def test_a_check_across_records_may_be_switched_off_too():
    outcomes = across.check(empty(Household), empty(Person), RULES, with_off("DU006"))
    assert "DU006" not in set(outcomes.outcomes["rule_id"])


def test_rules_on_trial_are_in_force_and_told_apart():
    trial = dataclasses.replace(RULES[0], status="trial")
    assert in_force.on_trial([trial, RULES[1]], ROUND) == (trial,)
    assert in_force.in_force([trial], ROUND) == (trial,)
    assert in_force.on_trial([trial], with_off(trial.id)) == ()


def test_a_round_looked_at_afterwards_is_checked_by_the_rules_of_a_later_one():
    later = dataclasses.replace(RULES[0], since=2569)
    older = dataclasses.replace(ROUND, year_be=2565)
    assert in_force.in_force([later], older) == ()
    assert in_force.in_force([later], dataclasses.replace(older, later_rules_of=2569)) == (later,)
