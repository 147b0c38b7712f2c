import re
import sys

import pytest
from typer.testing import CliRunner

from flows import rule_commands
from tests.test_proof_rules import household, rule


def check(monkeypatch, *rules):
    monkeypatch.setattr(rule_commands, "_loaded", lambda _console: rules)
    # Older rounds switch off rules of the real catalogue, which these rules are not.
    monkeypatch.setattr(rule_commands.rounds, "years", lambda: (2569,))
    # By name, whether or not the commands of rules have a group of their own.
    return CliRunner().invoke(rule_commands.app, ["check"])


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ([rule("A1", "age >= 18"), rule("B1", "age < 15")], "A1 และ B1"),
        ([rule("A1", "sex = @male", "age > 200")], "applies ของกฎ A1"),
        ([household("A1", "happiness <= 10")], "กฎ A1 ไม่มีทางพบข้อผิด"),
    ],
)
def test_a_fault_among_the_rules_is_told_and_fails_the_check(monkeypatch, rules, named):
    told = check(monkeypatch, *rules)
    assert told.exit_code == 1
    assert named in told.stdout


def test_a_redundant_rule_and_an_open_question_are_told_and_pass(monkeypatch):
    rules = [
        rule("A1", "age >= 15", "occupation = @rice"),
        rule("B1", "age >= 18", "occupation in @working"),
        household("C1", "count(members) <= 60"),
    ]
    told = check(monkeypatch, *rules)
    assert told.exit_code == 0
    assert re.search("A1 is redundant.*B1", told.stdout)
    assert "Rule C1: not decided whether anything can violate it" in told.stdout
    assert "0 faults, 1 warnings, 1 not decided" in told.stdout


def test_without_the_solver_the_rules_are_said_to_be_unproved(monkeypatch):
    monkeypatch.delattr("rules.proof", raising=False)
    monkeypatch.setitem(sys.modules, "rules.proof", None)
    told = check(monkeypatch, rule("A1", "age >= 15", "occupation = @rice"))
    assert told.exit_code == 1
    assert "NOT proved, z3-solver is not installed" in told.stdout
