import time
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from flows.rule_trust_commands import app
from rules import examples, mutation
from rules.catalogue import load
from rules.language import Outcome
from rules.language.written import written
from schemas import rounds

ROUND = rounds.load(rounds.years()[-1])
RULES = mutation.in_force(load())
BY_ID = {rule.id: rule for rule in RULES}


@pytest.fixture(scope="module")
def weak():
    return replace(
        BY_ID["TI002"],
        good=({"title": "dek_ying", "age": 9}, {"title": "nai", "age": 40}),
        bad=({"title": "dek_chai", "age": 40},),
        unknown=(),
    )


def test_the_examples_of_the_catalogue_notice_small_mistakes():
    began = time.process_time()
    scores = [mutation.score(rule, ROUND) for rule in RULES]
    weakest = min(scores, key=lambda score: score.noticed / max(1, score.total))
    assert mutation.share(scores) >= mutation.GOAL, weakest.survivors
    # What no record tells apart must stay the exception, or the score would mean little.
    assert sum(score.alike for score in scores) <= 0.05 * sum(score.total for score in scores)
    # Work of this process, not time on the wall: the same on a busy machine. A tenth of a second a rule.
    assert time.process_time() - began < 0.25 * len(RULES)


def test_examples_far_from_the_bound_do_not_notice_a_bound_moved(weak):
    found = {one.mutant.after: one for one in mutation.score(weak, ROUND).survivors}
    assert {"age < 14", "age <= 15"} <= set(found)
    higher = found["age <= 15"]
    assert higher.record == {"title": "dek_ying", "age": 15}
    assert (higher.outcome, higher.mistaken) == (Outcome.VIOLATED, Outcome.HOLDS)


def test_examples_on_both_sides_of_the_bound_notice_it(weak):
    sharp = replace(
        weak,
        good=(*weak.good, {"title": "dek_chai", "age": 14}, {"title": "nai", "age": 15}),
        bad=(*weak.bad, {"title": "dek_ying", "age": 15}),
    )
    assert not any("age <" in one.mutant.after for one in mutation.score(sharp, ROUND).survivors)


def test_a_mistake_that_moves_nobody_is_not_held_against_the_examples():
    rule = replace(
        BY_ID["TI002"], applies="title in @child_title and (age > 20 or age >= 15)", must="age < 15"
    )
    ready = mutation.Trial(rule, ROUND).ready
    assert any(one.after == "age > 21" for one in mutation.mutants(ready))
    assert mutation.score(rule, ROUND).alike > 0


def test_a_mistake_is_counted_once(weak):
    made = mutation.mutants(mutation.Trial(weak, ROUND).ready)
    assert len({(one.applies, one.must) for one in made}) == len(made)
    assert [one.after for one in made if one.key == "must"] == ["age <= 15", "age >= 15", "age < 14"]


def test_the_same_records_are_tried_each_time(weak):
    first, second = (mutation.Trial(weak, ROUND).near for _ in range(2))
    assert [one.example for one in first] == [one.example for one in second]


@pytest.mark.parametrize("rule_id", ["WK003", "HH001", "AG002"])
def test_a_mistake_typed_into_the_file_is_noticed_by_the_examples_on_both_targets(rule_id):
    rule = BY_ID[rule_id]
    trial = mutation.Trial(rule, ROUND)
    unnoticed = {(one.applies, one.must) for one in trial.unnoticed()}
    for mutant in mutation.mutants(trial.ready):
        applies = written(mutant.applies) if mutant.applies else None
        tried = examples.run(replace(rule, applies=applies, must=written(mutant.must)), ROUND)
        is_noticed = any(not one.is_as_said for one in tried)
        assert is_noticed == ((mutant.applies, mutant.must) not in unnoticed), mutant.after


def test_nothing_to_notice_is_all_noticed():
    assert mutation.share([]) == 1.0


def test_the_command_says_how_many_and_leaves_with_success():
    done = CliRunner().invoke(app, ["mutate", "ti002", "AG003"])
    assert done.exit_code == 0
    assert "TI002  " in done.output
    assert "ตัวอย่างจับได้" in done.output
    assert "100%" in done.output


def test_the_command_shows_survivors_and_fails_below_the_goal(weak, monkeypatch):
    monkeypatch.setattr("rules.catalogue.load", lambda: (weak,))
    done = CliRunner().invoke(app, ["mutate"])
    assert done.exit_code == 1
    assert "must: age < 15  →  age < 14" in done.output
    assert "{title: dek_ying, age: 14}" in done.output
    assert "ถูกต้อง · holds  →  ผิดกฎ · violated" in done.output


def test_the_command_refuses_a_rule_it_cannot_change():
    done = CliRunner().invoke(app, ["mutate", "ST001"])
    assert done.exit_code == 2
    assert "ST001" in done.output
