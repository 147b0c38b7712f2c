from dataclasses import replace

import polars as pl
import pytest

from rules import below_line, catalogue, engine
from rules.bounds import bounds, doubtful
from rules.bounds.settings import load
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
# The lines below speak of 40,000 baht a person, whatever the round's file says one day.
assert ROUND.income_line_baht == 40_000
AMOUNTS = ("income_main_baht", "income_secondary_baht", "income_other_baht", "income_own_produce_baht")
RULES = [rule for rule in catalogue.load() if rule.id in {"IN001", "IN003", "IN008", "IN015", "HH003"}]


def found(amounts, members=1, also=(), round_=ROUND, **answers):
    """One household's bounds; ``also``: rows of findings told elsewhere."""
    key = {"household_id": "h", "district_code": "3401"}
    home = key | {"tambon_code": "340101", "member_count": members} | answers
    home |= dict(zip(AMOUNTS, amounts, strict=True))
    homes = from_rows(Household, [home])
    people = from_rows(Person, [key | {"member_no": no, "age": 40} for no in range(1, members + 1)])
    findings = engine.check(homes, people, RULES, round_).findings
    told = pl.DataFrame(list(also), schema=findings.schema) if also else findings.clear()
    findings = pl.concat([findings, told])
    judged = below_line.judge(homes, people, round_)
    looked_at = homes.filter(pl.col("household_id").is_in(doubtful(judged, findings, load()).implode()))
    return bounds(judged, looked_at, people, findings, RULES, round_).row(0, named=True)


def told(rule_id, member_no=None, fields="national_id", severity="must_fix"):
    return {"household_id": "h", "rule_id": rule_id, "member_no": member_no, "fields": fields,
            "severity": severity, "district_code": "3401"}  # fmt: skip


def test_a_household_nobody_doubts_is_certain_on_its_side_of_the_line():
    assert found((30_000, 10_000, 0, 0))["flag"] == "certain_above"
    assert found((30_000, 9_999, 0, 0))["flag"] == "certain_below"


def test_exactly_on_the_line_the_rounds_operator_decides():
    assert found((40_000, 0, 0, 0), round_=replace(ROUND, income_passes_at=">"))["flag"] == "certain_below"


def test_a_missing_amount_cannot_lower_an_income_that_passes_without_it():
    row = found((50_000, None, 0, 0))
    assert (row["flag"], row["income_low_baht"]) == ("certain_above", 50_000)


def test_a_missing_amount_leaves_a_household_below_open():
    row = found((30_000, None, 0, 0))
    assert row["flag"] == "open"
    assert row["is_missing"]
    assert (row["income_low_baht"], row["income_high_baht"]) == (30_000, 1_000_000)


def test_a_stated_total_says_what_the_missing_amount_was():
    row = found((30_000, None, 0, 0), income_total_baht=30_000)
    assert (row["flag"], row["income_low_baht"], row["income_high_baht"]) == ("certain_below", 30_000, 30_000)
    assert found((30_000, None, None, 0), income_total_baht=41_000)["flag"] == "certain_above"


def test_a_total_that_no_missing_amount_can_make_says_nothing():
    row = found((30_000, None, 0, 0), income_total_baht=29_000)
    assert (row["flag"], row["income_high_baht"]) == ("open", 1_000_000)


def test_the_result_a_device_states_is_no_evidence():
    assert found((30_000, None, 0, 0), result_income_per_capita=False)["flag"] == "open"


def test_a_stated_result_that_is_wrong_accuses_the_device_and_not_the_amounts():
    wrong = told("IN007", fields="result_income_per_capita|income_main_baht|income_other_baht")
    row = found((30_000, 0, 0, 0), also=[wrong])
    assert (row["flag"], row["income_high_baht"]) == ("certain_below", 30_000)


def test_an_income_nobody_recorded_is_open():
    row = found((None, None, None, None))
    assert (row["flag"], row["state"], row["income_low_baht"]) == ("open", "not_assessable", 0)


def test_a_total_that_is_not_the_sum_opens_what_one_righted_amount_would_turn():
    row = found((30_000, 5_000, 0, 0), income_total_baht=45_000)
    assert row["flag"] == "open"
    assert row["is_contradicted"]
    assert (row["income_low_baht"], row["income_high_baht"]) == (35_000, 45_000)


def test_a_contradiction_that_turns_nothing_leaves_the_flag_certain():
    assert found((60_000, 5_000, 0, 0), income_total_baht=75_000)["flag"] == "certain_above"
    # Righting one amount cannot make less than the others come to.
    row = found((60_000, 5_000, 0, 0), income_total_baht=50_000)
    assert (row["flag"], row["income_low_baht"]) == ("certain_above", 50_000)


def test_a_months_income_is_open_where_spending_says_so():
    row = found((9_000, 0, 0, 0), expense_necessary_baht=90_000)
    assert row["flag"] == "open"
    assert row["is_slip"]
    assert (row["income_low_baht"], row["income_high_baht"]) == (9_000, 108_000)


def test_nobody_is_suspected_of_a_slip_without_a_finding():
    assert not found((9_000, 0, 0, 0), expense_necessary_baht=20_000)["is_slip"]


def test_a_slip_that_breaks_a_rule_is_no_explanation():
    # Ten times too much would be 200,000, a thousandth 2,000: then spending would accuse that income as well.
    row = found((2_000_000, 0, 0, 0), expense_necessary_baht=90_000)
    assert row["income_low_baht"] == 200_000


def test_a_roster_and_a_stated_number_that_differ_make_both_possible():
    row = found((100_000, 0, 0, 0), members=2, member_count=3)
    assert (row["flag"], row["members_low"], row["members_high"]) == ("open", 2, 3)
    assert found((200_000, 0, 0, 0), members=2, member_count=3)["flag"] == "certain_above"


@pytest.mark.parametrize("rule_id", ["DU001", "DU002", "DU003", "DU006", "DU014"])
def test_a_person_who_may_belong_elsewhere_makes_the_household_smaller(rule_id):
    row = found((70_000, 0, 0, 0), members=2, also=[told(rule_id, member_no=2)])
    assert (row["flag"], row["members_low"], row["members_high"]) == ("open", 1, 2)


def test_a_household_has_somebody_whoever_is_doubted():
    row = found((39_999, 0, 0, 0), also=[told("DU002", member_no=1)])
    assert (row["flag"], row["members_low"]) == ("certain_below", 1)


def test_a_household_without_people_is_counted_by_the_number_stated():
    row = found((30_000, 0, 0, 0), members=0, member_count=2)
    assert (row["state"], row["flag"], row["members_low"]) == ("not_assessable", "certain_below", 2)
    assert found((30_000, 0, 0, 0), members=0, member_count=None)["flag"] == "open"


def test_what_is_only_to_be_watched_opens_nothing():
    watched = told("IN018", fields="income_main_baht", severity="watch")
    assert found((41_000, 0, 0, 0), also=[watched])["flag"] == "certain_above"


def test_two_households_under_one_id_are_open():
    key = {"household_id": "h", "district_code": "3401", "tambon_code": "340101"}
    homes = from_rows(Household, [key | {AMOUNTS[0]: 90_000}, key | {AMOUNTS[0]: 1_000}])
    people = from_rows(Person, [{"household_id": "h", "member_no": 1, "age": 40}])
    judged = below_line.judge(homes, people, ROUND)
    findings = engine.check(homes, people, RULES, ROUND).findings
    assert bounds(judged, homes, people, findings, RULES, ROUND).get_column("flag").to_list() == ["open"]
