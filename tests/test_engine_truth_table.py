"""The published table of outcomes (rules/pages/outcomes.toml), asked of engine, measures and gates."""

import dataclasses
import tomllib
from pathlib import Path

import polars as pl
import pytest

from rules import acceptance, engine, pages, quality, trial
from rules.engine import Checked
from rules.pages.labels import outcomes
from rules.rule import Rule, Sentence
from schemas import rounds
from schemas.frames import empty, from_rows
from schemas.household import Household
from schemas.outcome import COUNTS
from schemas.person import Person
from schemas.rounds import RuleOff

TABLE = tomllib.loads((Path(pages.__file__).parent / "outcomes.toml").read_text(encoding="utf-8"))
ROUND = rounds.load(2569)
WORDS = Sentence("อายุ {age}", "Age {age}")
HOMES = from_rows(Household, [{"household_id": "1", "district_code": "3401"}])
# A district that has all it should: what is measured of it comes from the outcome alone.
AGES = {"holds": 20, "violated": 9, "cannot_tell": None, "not_applicable": 90, "waived": 9}


def rule(**more) -> Rule:
    must = more.pop("must", "age >= 15")
    return Rule("PE001", "x", "person", "must_fix", WORDS, WORDS, WORDS, "", WORDS, "age < 80", must, **more)


def checked(outcome: str) -> Checked:
    """What the engine says of one person for whom the rule comes out so."""
    person = {"household_id": "1", "district_code": "3401", "member_no": 1, "age": AGES.get(outcome, 9)}
    persons = from_rows(Person, [person])
    made = rule(
        must="age >= @no_such" if outcome == "error" else "age >= 15",
        status="trial" if outcome == "trial" else "active",
    )
    off = {"PE001": RuleOff("ปิด", "Off.", "สพจ.", None)} if outcome == "off" else {}
    round_ = dataclasses.replace(ROUND, rules_off=off)
    found = engine.check(HOMES, persons, [made], round_)
    if outcome == "waived":
        return engine.check(HOMES, persons, [made], round_, waivers=found.findings.select("finding_id"))
    return found


def measured(found: Checked) -> dict[str, object]:
    evidence = quality.Evidence(
        households=HOMES,
        persons=empty(Person),
        outcomes=found.outcomes,
        findings=found.findings,
        below_line=pl.DataFrame(
            schema={
                "household_id": pl.String,
                "district_code": pl.String,
                "state": pl.String,
                "members": pl.Int64,
            }
        ),
        assessed=pl.DataFrame(schema={"household_id": pl.String, "district_code": pl.String}),
    )
    return quality.measure({"3401": 1}, {"3401"}, evidence).row(0, named=True)


def test_the_table_has_every_outcome_and_every_count():
    assert list(TABLE) == [
        "holds",
        "violated",
        "cannot_tell",
        "not_applicable",
        "waived",
        "error",
        "trial",
        "off",
    ]
    assert {row["column"] for row in TABLE.values()} - {""} == set(COUNTS)


@pytest.mark.parametrize("outcome", TABLE)
def test_the_outcome_table_counts_it_where_the_page_says(outcome):
    counted = checked(outcome).outcomes.select(COUNTS).sum().row(0, named=True)
    column = TABLE[outcome]["column"]
    assert {name for name, count in counted.items() if count} == ({column} if column else set())


@pytest.mark.parametrize("outcome", TABLE)
def test_there_is_a_finding_to_work_on_where_the_page_says(outcome):
    assert checked(outcome).findings.height == TABLE[outcome]["listed"]


@pytest.mark.parametrize("outcome", TABLE)
def test_it_stands_in_the_denominator_where_the_page_says(outcome):
    share = measured(checked(outcome))["cannot_tell_share"]
    told = {True: 0.0, False: 1.0 if outcome == "cannot_tell" else None}
    assert share == told[TABLE[outcome]["decided"]]


@pytest.mark.parametrize("outcome", TABLE)
def test_only_the_measure_the_page_names_moves(outcome):
    clean, found = measured(checked("holds")), measured(checked(outcome))
    looked_at = ("must_fix_open", "must_explain_open", "watch_open", "errored_rules", "cannot_tell_share")
    moved = {name for name in looked_at if (found[name] or 0) != (clean[name] or 0)}
    assert moved == ({TABLE[outcome]["measure"]} if TABLE[outcome]["measure"] else set())


@pytest.mark.parametrize("outcome", TABLE)
def test_a_gate_fails_only_for_the_measure_the_page_names(outcome):
    names = ("must_fix_open", "errored_rules", "cannot_tell_share")
    proto = acceptance.gates()[0]
    gates = [
        dataclasses.replace(proto, measure=name, bound="max", threshold=0, severity="critical")
        for name in names
    ]
    values = {**measured(checked(outcome))}
    # A share of nothing is not measured, which is no pass either; here only what was measured is asked.
    values["cannot_tell_share"] = values["cannot_tell_share"] or 0.0
    verdict = acceptance.judge(pl.DataFrame([values], schema=quality.SCHEMA), gates).districts["3401"]
    failed = {gate.measure for gate in verdict.failed_gates}
    assert failed == ({TABLE[outcome]["measure"]} if TABLE[outcome]["measure"] else set())


def test_a_rule_on_trial_is_counted_in_tables_of_its_own():
    persons = from_rows(Person, [{"household_id": "1", "district_code": "3401", "member_no": 1, "age": 9}])
    tried = trial.check(HOMES, persons, [rule(status="trial"), rule()], ROUND)
    assert tried.outcomes.select("rule_id", "violated").rows() == [("PE001", 1)]
    assert tried.findings["severity"].cast(pl.String).to_list() == ["must_fix"]
    assert trial.check(HOMES, persons, [rule()], ROUND).outcomes.height == 0


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_pages_print_the_table(lang):
    page = pages.page(lang, [])
    for row in outcomes(lang):
        assert f"| {' | '.join(row)} |" in page
