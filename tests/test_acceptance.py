import json
import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from rules import acceptance, expectations, quality
from schemas.thai import foreign_letters

CLEAN = {
    "is_readable": True,
    "is_current": True,
    "target_households": 100,
    "households": 99,
    "not_collected_households": 1,
    "persons": 300,
    "completeness_share": 1.0,
    "must_fix_share": 0.0,
    "must_explain_share": 0.0,
    "cannot_tell_share": 0.01,
    "answers_missing_share": 0.0,
    "not_assessable_share": 0.0,
} | dict.fromkeys(("must_fix_open", "must_explain_open", "watch_open", "errored_rules", "missing_columns"), 0)


def table(**districts):
    rows = [{"district_code": code.lstrip("d")} | row for code, row in districts.items()]
    return pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in quality.SCHEMA}, schema=quality.SCHEMA, strict=True
    )


def verdict(**change):
    return acceptance.judge(table(d3401=CLEAN | change)).districts["3401"]


def gate(measure="must_fix_open", bound="max", threshold=0, severity="info"):
    texts = {"th": "ต้องไม่มี", "en": "None", "reason": "example", "decided_by": "test"}
    texts |= {"reason_th": "ตัวอย่าง", "status": "recalled"}
    return acceptance.Gate(measure, bound, threshold, severity, decided_on=date(2026, 7, 1), **texts)


def test_a_district_that_meets_every_gate_is_green():
    assert verdict() == acceptance.Verdict("green")


def test_an_earlier_version_in_force_is_never_green():
    stale = verdict(is_current=False)
    assert stale.colour == "orange"
    assert [gate.measure for gate in stale.failed_gates] == ["is_current"]


def test_each_colour_is_reached_by_open_must_fix_findings():
    assert verdict(must_fix_open=1, must_fix_share=0.01).colour == "yellow"
    assert verdict(must_fix_open=5, must_fix_share=0.05).colour == "orange"
    assert verdict(must_fix_open=20, must_fix_share=0.2).colour == "red"


def test_the_bound_itself_passes():
    assert verdict(must_fix_open=1, must_fix_share=0.02).colour == "yellow"
    assert verdict(completeness_share=1.05).colour == "green"
    assert verdict(completeness_share=0.9999999).colour == "orange"


def test_of_one_measure_only_the_severest_gate_speaks_and_the_worst_comes_first():
    found = verdict(completeness_share=0.5, must_fix_open=2, must_fix_share=0.02)
    assert found.colour == "red"
    assert [(each.measure, each.severity) for each in found.failed_gates] == [
        ("completeness_share", "critical"),
        ("must_fix_open", "info"),
    ]
    assert (found.failed_gates[0].found, found.failed_gates[0].threshold, found.failed_gates[0].bound) == (
        0.5,
        0.9,
        "min",
    )


def test_things_to_watch_never_change_the_colour():
    assert verdict(watch_open=10_000).colour == "green"


def test_a_quarantined_district_is_red_and_meets_no_gate_it_was_not_measured_for():
    judged = acceptance.judge(table(d3401=CLEAN, d3402={"is_readable": False, "target_households": 100}))
    assert judged.districts["3401"].colour == "green"
    found = judged.districts["3402"]
    assert found.colour == "red"
    assert found.failed_gates[0].measure == "is_readable"
    states = {each["key"]: each["districts"]["3402"]["state"] for each in judged.result["gates"]}
    assert states.pop("is_readable min 1") == "not_met"
    assert set(states.values()) == {"not_measured"}


def test_a_readable_district_without_households_does_not_look_perfect():
    empty = dict.fromkeys(quality.COUNTS, 0) | {
        "is_readable": True,
        "is_current": True,
        "target_households": 100,
        "completeness_share": 0.0,
    }
    found = verdict(**(dict.fromkeys(CLEAN) | empty))
    assert found.colour == "red"
    assert {each.measure for each in found.failed_gates} >= {"completeness_share", "must_fix_share"}


@pytest.mark.parametrize("measure", sorted({each.measure for each in acceptance.gates()}))
def test_every_gate_fails_on_a_measure_that_is_missing(measure):
    failed = verdict(**{measure: None}).failed_gates
    assert [(each.measure, each.found) for each in failed] == [(measure, None)]


def test_a_measure_that_the_table_lacks_fails_in_every_district():
    lacking = table(d3401=CLEAN, d3402=CLEAN).drop("errored_rules")
    assert {each.colour for each in acceptance.judge(lacking).districts.values()} == {"red"}


def test_all_failing_districts_are_named_not_the_first_twenty():
    many = table(**{f"d{code}": CLEAN | {"must_fix_open": 1} for code in range(3401, 3461)})
    assert {each.colour for each in acceptance.judge(many, [gate()]).districts.values()} == {"yellow"}


def test_no_districts_and_no_gates_give_no_verdict_and_no_failure():
    assert acceptance.judge(table()).districts == {}
    assert acceptance.judge(table(d3401={}), []).districts == {"3401": acceptance.Verdict("green")}


def test_an_expectation_that_could_not_be_evaluated_stops_the_night(monkeypatch):
    def broken(_, expected):
        failed = {
            "success": False,
            "result": {},
            "exception_info": {"some metric": {"raised_exception": True}},
        }
        return {
            (each.key, kind): failed
            for each in expected
            for kind in (expectations.PRESENT, expectations.WITHIN)
        }

    monkeypatch.setattr(expectations, "_run", broken)
    with pytest.raises(RuntimeError, match="must_fix_open max 0 could not be evaluated"):
        acceptance.judge(table(d3401=CLEAN), [gate()])


def test_the_result_is_json_with_whole_numbers_and_the_same_bytes_every_time():
    rows = table(d3401=CLEAN | {"must_fix_open": 3}, d3402={"is_readable": False})
    first = json.dumps(acceptance.judge(rows).result, ensure_ascii=False, allow_nan=False)
    assert first == json.dumps(acceptance.judge(rows).result, ensure_ascii=False, allow_nan=False)
    told = {each["key"]: each for each in json.loads(first)["gates"]}["must_fix_open max 0"]
    assert told["districts"]["3401"] == {"state": "not_met", "found": 3}
    assert told["districts"]["3402"] == {"state": "not_measured", "found": None}
    assert [each["type"] for each in told["expectations"]] == [expectations.PRESENT, expectations.WITHIN]
    assert told["expectations"][1]["unexpected"] == ["3401"]
    assert isinstance(told["districts"]["3401"]["found"], int)


def test_every_gate_says_why_and_who_decided():
    for each in acceptance.gates():
        assert len(each.reason) > 40, each.key
        assert len(each.reason_th) > 30, each.key
        assert foreign_letters(each.reason_th) == [], each.key
        assert each.decided_by
        assert each.th
        assert each.en


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("max = 0", ""), "give either min or max"),
        (('measure = "must_fix_open"', 'measure = "mistakes"'), "no such measure"),
        (('severity = "info"', 'severity = "mild"'), "critical, warning, info"),
        (('status = "recalled"', 'status = "guessed"'), "confirmed, derived, recalled"),
    ],
)
def test_a_wrong_gate_is_refused_with_what_to_correct(change, expected):
    text = """
[[gate]]
measure = "must_fix_open"
max = 0
severity = "info"
th = "ต้องไม่เหลือ"
en = "Nothing left"
reason_th = "ตัวอย่าง"
reason = "example"
decided_by = "test"
decided_on = 2026-07-01
status = "recalled"
"""
    assert len(acceptance.parse(text)) == 1
    with pytest.raises(ValueError, match=expected):
        acceptance.parse(text.replace(*change))
    with pytest.raises(ValueError, match="there twice"):
        acceptance.parse(text + text)


def test_importing_the_module_does_not_load_great_expectations():
    code = "import sys, rules.acceptance; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_judging_is_silent(capfd):
    acceptance.judge(table(d3401=CLEAN))
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", "")


def test_a_delivery_without_a_required_column_is_red_however_few_its_findings():
    assert verdict(missing_columns=1).colour == "red"
