import dataclasses

import polars as pl
import pytest

from rules import engine, verdicts
from rules.language import parse, values
from rules.rule import Rule, Sentence
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.outcome import COUNTS, Outcome
from schemas.person import Person
from schemas.rounds import RuleOff

ROUND = rounds.load(2569)
WORDS = Sentence("อายุ {age}", "Age {age}")


def person_rule(rule_id, must, applies=None, **more):
    return Rule(rule_id, "a_rule", "person", "must_fix", WORDS, WORDS, "", "", WORDS, applies, must, **more)


def household_rule(rule_id, must, applies=None):
    words = Sentence("ก", "a")
    return Rule(rule_id, "a_rule", "household", "must_fix", words, words, "", "", words, applies, must)


def homes(*rows):
    return from_rows(Household, [{"district_code": "3401", **row} for row in rows])


def people(*rows):
    return from_rows(Person, [{"district_code": "3401", "household_id": "a", **row} for row in rows])


def counts(checked, rule_id, district="3401"):
    row = checked.outcomes.filter(rule_id=rule_id, district_code=district)
    return {name: count for name, count in row.select(COUNTS).to_dicts()[0].items() if count}


def test_every_outcome_is_counted_apart():
    persons = people(
        {"age": 9}, {"age": 20}, {"age": None}, {"age": 40, "sex": "male"}, {"age": 3, "sex": "female"}
    )
    rule = person_rule("R", "age >= 15", applies="sex is missing or sex = @female")
    checked = engine.check(homes(), persons, [rule], ROUND)
    assert counts(checked, "R") == {"holds": 1, "violated": 2, "cannot_tell": 1, "not_applicable": 1}


def test_unknown_applies_is_cannot_tell():
    checked = engine.check(homes(), people({"age": 9}), [person_rule("R", "age > 15", "sex = @male")], ROUND)
    assert counts(checked, "R") == {"cannot_tell": 1}


def test_a_district_without_records_gets_zero_rows_and_no_praise():
    households = homes({"household_id": "a"}, {"household_id": "b", "district_code": "3402"})
    checked = engine.check(households, people({"age": 40}), [person_rule("R", "age > 15")], ROUND)
    assert checked.outcomes.get_column("district_code").to_list() == ["3401", "3402"]
    assert counts(checked, "R", "3402") == {}


def test_records_without_district_are_counted_under_the_empty_code():
    checked = engine.check(
        homes(), people({"age": 9, "district_code": None}), [person_rule("R", "age > 15")], ROUND
    )
    assert counts(checked, "R", "") == {"violated": 1}
    assert checked.findings.get_column("district_code").to_list() == [""]


def test_outcomes_are_a_frame_of_the_schema_and_add_up():
    rules = [person_rule("R", "age > 15"), household_rule("H", "member_count = count(members)")]
    checked = engine.check(homes({"household_id": "a"}), people({"age": 1}, {"age": None}), rules, ROUND)
    Outcome.validate(checked.outcomes)
    assert checked.outcomes.select(pl.sum_horizontal(COUNTS)).to_series().to_list() == [1, 2]


def test_no_records_at_all_is_no_error():
    checked = engine.check(homes(), people(), [person_rule("R", "age > 15")], ROUND)
    assert checked.outcomes.height == 0
    assert checked.findings.height == 0


def test_a_rule_that_cannot_be_typed_in_this_round_is_an_error_for_all_its_records():
    rules = [person_rule("BAD", "age > @no_such_threshold"), person_rule("R", "age > 15")]
    checked = engine.check(homes({"household_id": "a"}), people({"age": 1}, {"age": 2}), rules, ROUND)
    assert counts(checked, "BAD") == {"error": 2}
    assert counts(checked, "R") == {"violated": 2}
    assert "no parameter @no_such_threshold" in checked.errors["BAD"]


@pytest.mark.parametrize("kind", [pl.exceptions.PanicException, pl.exceptions.ComputeError])
def test_a_rule_that_crashes_is_an_error_and_stops_no_other(monkeypatch, kind):
    def to_polars(expression, aggregates, real=verdicts.to_polars):
        def crash(_values):
            raise kind("value 1349900000019 of a cell")

        compiled = real(expression, aggregates)
        is_culprit = "777" in str(expression)
        return compiled.map_batches(crash, return_dtype=pl.Boolean) if is_culprit else compiled

    monkeypatch.setattr(verdicts, "to_polars", to_polars)
    rules = [
        person_rule("A", "age > 15"),
        person_rule("BAD", "age != 777"),
        person_rule("Z", "count(members) = 2"),
    ]
    checked = engine.check(homes({"household_id": "a"}), people({"age": 1}, {"age": 20}), rules, ROUND)
    assert counts(checked, "A") == {"holds": 1, "violated": 1}
    assert counts(checked, "BAD") == {"error": 2}
    assert counts(checked, "Z") == {"holds": 2}
    assert list(checked.errors) == ["BAD"]
    assert "1349900000019" not in str(checked.errors)


def test_a_rule_named_like_a_column_overwrites_nothing():
    rules = [person_rule("age", "age > 15"), person_rule("household_id", "age < 90")]
    checked = engine.check(homes(), people({"age": 9}, {"age": 99}), rules, ROUND)
    assert counts(checked, "age") == {"holds": 1, "violated": 1}
    assert checked.findings.get_column("message_en").to_list() == ["Age 9", "Age 99"]


def test_who_a_rule_applies_to_does_not_change_whom_it_counts():
    rule = person_rule("R", "count(members) = 3", applies="age >= 15")
    checked = engine.check(
        homes({"household_id": "a"}), people({"age": 40}, {"age": 1}, {"age": 2}), [rule], ROUND
    )
    assert counts(checked, "R") == {"holds": 1, "not_applicable": 2}


def test_two_households_of_one_id_have_no_members_for_sure():
    households = homes({"household_id": "a", "member_count": 1}, {"household_id": "a", "member_count": 1})
    rules = [household_rule("H", "member_count = count(members)"), person_rule("R", "hh.member_count = 1")]
    checked = engine.check(households, people({"age": 1}, {"age": 2}), rules, ROUND)
    assert counts(checked, "H") == {"cannot_tell": 2}
    assert counts(checked, "R") == {"cannot_tell": 2}


def test_frames_that_are_not_typed_are_an_error_not_a_guess():
    shuffled = pl.Enum([*reversed(Person.to_schema().columns["education"].dtype.type.categories.to_list())])
    persons = people({"age": 100, "education": "never", "sex": "male"})
    persons = persons.with_columns(pl.col("age").cast(pl.Int8), pl.col("education").cast(shuffled))
    rules = [
        person_rule("A", "age * 2 > 150"),
        person_rule("E", "education < @primary"),
        person_rule("R", "sex = @male"),
    ]
    checked = engine.check(homes(), persons, rules, ROUND)
    assert counts(checked, "A") == counts(checked, "E") == {"error": 1}
    assert counts(checked, "R") == {"holds": 1}


def test_a_lazy_frame_is_refused():
    asked = {"a": parse("age > 15", "person")}
    with pytest.raises(TypeError, match="not a LazyFrame"):
        values(asked, "person", homes(), people({"age": 9}).lazy())


def test_every_rule_may_be_an_error():
    checked = engine.check(homes(), people({"age": 1}), [person_rule("BAD", "age > @no_such")], ROUND)
    assert counts(checked, "BAD") == {"error": 1}
    assert checked.findings.height == 0


def test_structural_rules_and_rules_on_trial_are_left_out():
    rules = [person_rule("S", None, structural=True), person_rule("NEW", "age > 15", status="trial")]
    assert engine.check(homes(), people({"age": 9}), rules, ROUND).outcomes.height == 0


@pytest.mark.parametrize(("since", "runs"), [(2568, 1), (2569, 1), (2570, 0)])
def test_a_rule_runs_from_the_survey_year_it_is_in_force(since, runs):
    rules = [person_rule("NEW", "age > 15", since=since)]
    assert engine.check(homes(), people({"age": 9}), rules, ROUND).outcomes.height == runs


def test_a_rule_that_the_round_switches_off_does_not_run():
    off = RuleOff("ปิด", "Off.", "jpt", None)
    round_ = dataclasses.replace(ROUND, rules_off={"OFF": off})
    rules = [person_rule("OFF", "age > 15"), person_rule("ON", "age > 15")]
    checked = engine.check(homes(), people({"age": 9}), rules, round_)
    assert checked.outcomes["rule_id"].to_list() == ["ON"]
    assert checked.findings["rule_id"].to_list() == ["ON"]


def test_rows_keep_their_order_at_size():
    numbers = pl.int_range(60_000, eager=True).shuffle(seed=1)
    persons = pl.DataFrame({"household_id": (numbers // 3).cast(pl.String), "age": numbers % 90})
    households = pl.DataFrame(
        {"household_id": pl.int_range(20_000, eager=True).shuffle(seed=2).cast(pl.String)}
    )
    households = households.with_columns(member_count=pl.col("household_id").cast(pl.Int64) + 7)
    asked = {
        "own": parse("age", "person"),
        "home": parse("hh.member_count", "person"),
        "size": parse("count(members)", "person"),
        "oldest": parse("max(members.age)", "person"),
    }
    found = values(asked, "person", households, persons)
    assert found.get_column("own").equals(persons.get_column("age"), check_names=False)
    assert found.get_column("home").equals(numbers // 3 + 7, check_names=False)
    assert found.get_column("size").unique().to_list() == [3]
    oldest = pl.max_horizontal((numbers // 3 * 3 + n) % 90 for n in range(3))
    assert found.get_column("oldest").equals(pl.select(oldest).to_series(), check_names=False)
