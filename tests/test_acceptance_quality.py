from datetime import date

import polars as pl
import pytest

from rules import below_line, indicators, quality
from schemas import rounds
from schemas.finding import Finding
from schemas.frames import empty, from_rows
from schemas.household import Household
from schemas.outcome import Outcome
from schemas.person import Person

ROUND = rounds.load(2569)
FINDING = {
    "finding_id": "0123456789abcdef",
    "rule_id": "HH003",
    "rule_name": "example",
    "level": "household",
    "round_year_be": 2569,
    "fields": "member_count",
    "values": "{}",
    "message_th": "",
    "message_en": "",
    "fix_th": "",
    "fix_en": "",
}


def evidence(homes=(), findings=(), outcomes=(), district="3401"):
    key = {"district_code": district}
    households = from_rows(Household, [{"reference_date": date(2026, 7, 1)} | key | home for home in homes])
    ids = households.get_column("household_id").unique().sort().to_list()
    persons = from_rows(Person, [{"household_id": each, "member_no": 1} | key for each in ids])
    counts = dict.fromkeys(("holds", "violated", "cannot_tell", "not_applicable", "waived", "error"), 0)
    return quality.Evidence(
        households=households,
        persons=persons,
        outcomes=from_rows(Outcome, [{"rule_id": "HH003"} | key | counts | row for row in outcomes]),
        findings=from_rows(Finding, [FINDING | key | row for row in findings]),
        below_line=below_line.judge(households, persons, ROUND),
        assessed=indicators.assess(households, persons, indicators.load(), ROUND),
    )


def measured(found, target=10, readable=("3401",)):
    return quality.measure({"3401": target}, readable, found).row(0, named=True)


def homes(number, **more):
    return [{"household_id": f"h{each}"} | more for each in range(number)]


def test_households_with_a_reason_count_towards_completeness_and_not_as_collected():
    found = [*homes(6), {"household_id": "v", "household_status": "vacant"}]
    row = measured(evidence([*found, {"household_id": "c", "household_status": "collected"}]))
    assert (row["households"], row["not_collected_households"]) == (7, 1)
    assert row["completeness_share"] == 0.8


def test_a_household_sent_twice_makes_nothing_more_complete():
    assert measured(evidence(homes(5) + homes(5)))["completeness_share"] == 0.5


def test_more_than_the_target_is_shown_as_it_is():
    assert measured(evidence(homes(12)))["completeness_share"] == 1.2


def test_findings_are_counted_and_households_once():
    found = [
        {"severity": "must_fix", "household_id": "h0"},
        {"severity": "must_fix", "household_id": "h0"},
        {"severity": "must_explain", "household_id": "h1"},
        {"severity": "watch", "household_id": "h1"},
        {"severity": "must_fix", "household_id": None},
    ]
    row = measured(evidence(homes(4), found))
    assert (row["must_fix_open"], row["must_explain_open"], row["watch_open"]) == (3, 1, 1)
    assert (row["households_with_must_fix"], row["must_fix_share"]) == (1, 0.25)
    assert (row["households_with_must_explain"], row["must_explain_share"]) == (1, 0.25)


def test_the_share_that_cannot_be_told_leaves_out_who_is_not_concerned():
    row = measured(
        evidence(
            homes(1),
            outcomes=[{"holds": 6, "violated": 1, "waived": 1, "cannot_tell": 2, "not_applicable": 90}],
        )
    )
    assert row["cannot_tell_share"] == 0.2


def test_a_rule_that_crashed_is_counted_once_whatever_its_records():
    row = measured(evidence(homes(1), outcomes=[{"error": 5000}, {"rule_id": "HH004", "holds": 1}]))
    assert row["errored_rules"] == 1


def test_income_groups_are_households_and_persons_apart():
    line = ROUND.income_line_baht
    three = [
        {"household_id": "below", "income_main_baht": line - 1},
        {"household_id": "above", "income_main_baht": line},
        {"household_id": "nobody knows"},
    ]
    row = measured(evidence(three))
    assert (row["below_line"], row["below_line_persons"]) == (1, 1)
    assert (row["not_assessable"], row["not_assessable_persons"]) == (1, 1)
    assert row["not_assessable_share"] == pytest.approx(1 / 3)


def test_missing_answers_are_a_share_of_the_answers_asked_for():
    row = measured(evidence(homes(1, drinking_water_enough=True, participates=False)))
    asked = [slug for slug in ROUND.enabled_indicators if slug not in {"exercise"}]
    assert (row["failing_households"], row["failing_persons"]) == (1, 1)
    assert row["answers_missing_share"] > 0.9
    assert len(asked) == 30


def test_an_unreadable_district_has_its_target_and_nothing_else():
    row = measured(evidence(), readable=())
    assert (row["district_code"], row["is_readable"], row["target_households"]) == ("3401", False, 10)
    assert {
        row[name]
        for name in quality.SCHEMA
        if name not in ("district_code", "is_readable", "target_households")
    } == {None}


def test_a_readable_district_without_rows_has_counts_of_zero_and_no_shares():
    row = measured(evidence())
    assert {row[name] for name in quality.COUNTS} - {10} == {0}
    assert row["completeness_share"] == 0
    assert {row[name] for name in quality.SHARES if name != "completeness_share"} == {None}


@pytest.mark.parametrize("target", [None, 0])
def test_without_a_target_completeness_is_not_known(target):
    assert measured(evidence(homes(3)), target)["completeness_share"] is None


def test_districts_are_told_apart_and_sorted_and_each_target_has_a_row():
    first, second = evidence(homes(2)), evidence([{"household_id": "x"}], district="3402")
    both = quality.Evidence(
        *(
            pl.concat([getattr(first, name), getattr(second, name)])
            for name in quality.Evidence.__dataclass_fields__
        )
    )
    found = quality.measure({"3402": 1, "3401": 4, "3403": 9}, {"3401", "3402", "3403"}, both)
    assert found.select("district_code", "households", "completeness_share").rows() == [
        ("3401", 2, 0.5),
        ("3402", 1, 1.0),
        ("3403", 0, 0.0),
    ]
    assert found.schema == pl.Schema(quality.SCHEMA)


def test_only_few_columns_of_the_records_are_needed():
    found = evidence(homes(2))
    slim = quality.Evidence(
        found.households.select("household_id", "district_code", "household_status"),
        found.persons.select("district_code"),
        empty(Outcome),
        empty(Finding),
        found.below_line,
        found.assessed,
    )
    assert measured(slim)["households"] == 2
