import dataclasses
import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from flows.judge_of_coverage import NightJudge
from rules import catalogue
from rules.coverage import table
from rules.coverage.chosen import Trial, chosen, in_batches
from rules.coverage.measure import Judged, measure
from rules.coverage.records import OWNER, SENDER, records
from rules.coverage.row_errors import ROW, ROW_ERRORS, Tables
from rules.coverage.tally import tallied
from rules.coverage.typed_in import typed_in
from rules.last_year import last_year
from sample_data.clean import clean
from schemas import rounds

ROUND = rounds.load(2569)
RULES = table.active(catalogue.load(), ROUND)
PEOPLE = clean(800, 5, (2568, 2569), ("3401", "3407"))
CLEAN = records(PEOPLE[2569].households, PEOPLE[2569].persons)
NIGHT = NightJudge(RULES, ROUND, last_year(PEOPLE[2568].households, PEOPLE[2568].persons))


def night(*fields: str, each: int = 12) -> pl.DataFrame:
    return measure(CLEAN, NIGHT, each=each, seed=3, fields=fields).table


def row(found: pl.DataFrame, field: str, error: str) -> dict[str, object]:
    return found.row(by_predicate=(pl.col("field") == field) & (pl.col("error") == error), named=True)


def changed_cells(before: pl.DataFrame, after: pl.DataFrame) -> set[tuple[int, str, str | None]]:
    return {
        (place, name, after[name][place])
        for name in before.columns
        for place in (before[name].ne_missing(after[name])).arg_true()
    }


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    return chosen(CLEAN, 3, 1)


def test_no_household_comes_twice_in_a_batch(trials: list[Trial]) -> None:
    for batch in in_batches(trials):
        assert max(Counter(trial.household_id for trial in batch).values()) == 1
        assert len({(trial.among_all, trial.field == "household_id") for trial in batch}) == 1
    assert Counter(map(repr, trials)) == Counter(repr(t) for batch in in_batches(trials) for t in batch)


def test_a_field_gets_the_same_mistakes_whether_measured_alone_or_not(trials: list[Trial]) -> None:
    alone = chosen(CLEAN, 3, 1, ["person.sex"])
    assert alone == [trial for trial in trials if (trial.table, trial.field) == ("person", "sex")]
    assert {trial.error for trial in alone} == {"missing", "swapped_sex", "words", "shifted", "copied"}


def test_every_sent_column_is_mistyped(trials: list[Trial]) -> None:
    tried = {(trial.table, trial.field) for trial in trials if trial.field != ROW}
    for part, frame in CLEAN.text.items():
        answered = {name for name in frame.columns if frame[name].count()} - {OWNER, SENDER}
        assert {field for table_, field in tried if table_ == part} == answered


def test_a_mistake_changes_its_own_cell_and_no_other(trials: list[Trial]) -> None:
    (_keys, cells, *_) = in_batches([trial for trial in trials if trial.among_all])
    after = typed_in(CLEAN, cells)
    for part, frame in CLEAN.text.items():
        expected = {(t.row, t.field, t.text or None) for t in cells if t.table == part}
        assert changed_cells(frame, after[part]) == expected


def test_a_small_batch_brings_context_along(trials: list[Trial]) -> None:
    (one,) = [trial for trial in trials if trial.field == "happiness" and trial.error == "zero"][:1]
    sent = typed_in(CLEAN, [one])
    homes = sent["household"]
    assert one.household_id in set(homes["household_id"])
    assert 5 <= homes.height < 0.05 * CLEAN.text["household"].height
    assert set(sent["person"]["household_id"]) <= set(homes["household_id"])


def with_rows(error: str, rows: list[int]) -> Tables:
    (found,) = [each for each in ROW_ERRORS if each.name == error]
    return found.wrong(dict(CLEAN.text), rows)


def test_whole_rows_are_doubled_or_left_out() -> None:
    homes, people = CLEAN.text["household"], CLEAN.text["person"]
    assert with_rows("household_left_out", [0])["household"].equals(homes[1:])
    assert with_rows("person_left_out", [0, 2])["person"].equals(pl.concat([people[1:2], people[3:]]))
    assert with_rows("household_twice", [4])["household"].equals(pl.concat([homes, homes[4:5]]))
    twin = with_rows("person_twice", [0])["person"][-1]
    size = people.filter(household_id=people["household_id"][0]).height
    assert twin["member_no"].item() == str(size + 1)
    assert twin.drop("member_no").equals(people[:1].drop("member_no"))


def test_copied_answers_leave_the_household_its_place() -> None:
    homes = CLEAN.text["household"]
    after = with_rows("answers_copied", [7])["household"]
    assert {place for place, _, _ in changed_cells(homes, after)} == {7}
    assert after["income_main_baht"][7] == homes["income_main_baht"][6]
    for name in ("household_id", "tambon_code", "house_id", "interview_date", "member_count"):
        assert after[name][7] == homes[name][7]


def test_what_reading_notices_is_noticed_every_time() -> None:
    found = night(
        "person.birth_date", "person.national_id", "household.happiness", "household.survey_year_be"
    )
    always = {
        ("birth_date", "no_such_day"): "ST003",
        ("birth_date", "words"): "ST001",
        ("birth_date", "other_era"): "ST007",
        ("national_id", "in_exponent"): "ST004",
        ("national_id", "missing"): "ST016",
        ("happiness", "words"): "ST001",
        ("survey_year_be", "year_off_one"): "ST009",
    }
    for (field, error), rule_id in always.items():
        counts = row(found, field, error)
        assert counts["detected"] == counts["planted"] == counts["pointed"] == 12, (field, error)
        assert rule_id in str(counts["rules"])


def test_what_rules_notice_is_noticed_and_what_nothing_contradicts_is_not() -> None:
    found = night("person.national_id", "person.sex", "household.no_killing", "household.household_id")
    assert "ID002" in str(row(found, "national_id", "digits_swapped")["rules"])
    assert row(found, "household_id", "missing")["detected"] == 12
    unseen = row(found, "no_killing", "other_answer")
    assert unseen["planted"] == 12
    assert unseen["results_changed"] == 12
    assert unseen["results_unseen"] == 12 - int(str(unseen["detected"]))


def test_whole_rows_are_noticed() -> None:
    found = night(f"person.{ROW}", f"household.{ROW}")
    assert set(found["error"]) == {error.name for error in ROW_ERRORS}
    assert (
        found.filter(pl.col("error") != "answers_copied")
        .select((pl.col("detected") == pl.col("planted")).all())
        .item()
    )


def test_an_amount_ten_times_too_small_may_move_a_household_over_the_line() -> None:
    counts = row(night("household.income_main_baht"), "income_main_baht", "tenth")
    assert 0 < int(str(counts["line_changed"])) <= 12
    assert int(str(counts["line_unseen"])) <= int(str(counts["line_changed"]))


def nobody(tables: Tables) -> Judged:
    ids = tables["household"]["household_id"].drop_nulls().unique()
    findings = pl.DataFrame(
        schema={
            "household_id": pl.String, "rule_id": pl.String, "severity": pl.String, "fields": pl.String,
            "is_among": pl.Boolean,
        }
    )  # fmt: skip
    return Judged(findings, pl.DataFrame({"household_id": ids, "line": "above", "results": "pass"}))


def alarmist(tables: Tables) -> Judged:
    """Finds something in every household, always the same."""
    judged = nobody(tables)
    found = judged.states.select(
        "household_id",
        rule_id=pl.lit("XX001"),
        severity=pl.lit("watch"),
        fields=pl.lit("age"),
        is_among=False,
    )
    return Judged(found, judged.states)


def test_a_judge_who_sees_nothing_notices_nothing() -> None:
    result = measure(CLEAN, nobody, each=2, seed=1, fields=["person.sex"])
    assert result.table["detected"].sum() == 0
    assert result.planted == result.table["planted"].sum() == 10
    assert result.false_alarms.height == 0


def test_what_was_found_before_the_mistake_is_a_false_alarm_and_no_merit() -> None:
    result = measure(CLEAN, alarmist, each=2, seed=1, fields=["person.sex"])
    assert result.table["detected"].sum() == 0
    assert result.false_alarms.rows() == [("XX001", CLEAN.text["household"].height)]
    assert result.bystanders.height == 0


def compared(*found: tuple[str, str, str, bool], field: str = "age") -> dict[str, object]:
    trial = {
        "table": "person", "field": field, "error": "zero", "line": "above", "line_after": "above",
        "results": "pass", "results_after": "fail",
        "found": [
            dict(zip(("rule_id", "severity", "fields", "is_among"), each, strict=True)) for each in found
        ] or None,
    }  # fmt: skip
    schema = {"found": pl.List(pl.Struct({
        "rule_id": pl.String, "severity": pl.String, "fields": pl.String, "is_among": pl.Boolean,
    }))}  # fmt: skip
    return tallied([pl.DataFrame([trial], schema_overrides=schema)]).row(0, named=True)


def test_the_severest_finding_counts_and_the_field_may_be_named_as_a_members() -> None:
    counts = compared(("AG009", "watch", "sex", False), ("AG001", "must_fix", "hh.x|members.age", False))
    assert (counts["must_fix"], counts["watch"], counts["pointed"]) == (1, 0, 1)
    assert counts["rules"] == "AG001:1|AG009:1"
    assert (counts["line_changed"], counts["results_changed"], counts["results_unseen"]) == (0, 1, 0)


def test_another_households_mistake_is_no_merit() -> None:
    assert compared(("DU002", "must_fix", "national_id", True))["detected"] == 0
    assert compared(("DU002", "must_fix", "national_id", True))["results_unseen"] == 1
    assert compared(("DU002", "must_fix", "national_id", True), field="national_id")["detected"] == 1
    assert compared(("DU007", "must_fix", "household_id", True), field=ROW)["detected"] == 1


def test_clean_records_need_ids_of_their_own() -> None:
    homes = PEOPLE[2569].households
    with pytest.raises(ValueError, match="id of its own"):
        records(pl.concat([homes, homes[:1]]), PEOPLE[2569].persons)


def test_clean_records_are_clean() -> None:
    assert NIGHT(dict(CLEAN.text)).findings.height == 0


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    result = measure(CLEAN, NIGHT, each=2, seed=1, fields=["person.sex"])
    kept = table.kept(result, RULES, ROUND, 2, 1)
    table.write(kept, tmp_path)
    read = table.read(tmp_path)
    assert read is not None
    assert read.table.equals(kept.table)
    assert {**vars(read), "table": None} == {**vars(kept), "table": None}
    assert json.loads((tmp_path / "coverage.json").read_text("utf-8"))["rule_count"] == len(RULES)
    assert table.read(tmp_path / "nowhere") is None


def test_the_hash_follows_what_rules_say_and_not_how() -> None:
    now = table.rule_set_hash(RULES, ROUND)
    assert table.rule_set_hash(RULES[::-1], ROUND) == now
    assert table.rule_set_hash(RULES[1:], ROUND) != now
    milder = [dataclasses.replace(RULES[0], severity="watch" if RULES[0].severity != "watch" else "must_fix")]
    assert table.rule_set_hash([*milder, *RULES[1:]], ROUND) != now
    reworded = [dataclasses.replace(RULES[0], basis="somebody said so")]
    assert table.rule_set_hash([*reworded, *RULES[1:]], ROUND) == now
    retired = [dataclasses.replace(RULES[0], status="retired")]
    assert table.rule_set_hash([*retired, *RULES[1:]], ROUND) == table.rule_set_hash(RULES[1:], ROUND)


def test_a_mistyped_key_is_no_other_fields_doing() -> None:
    found = night("household.household_id", "household.house_id", each=40)
    assert row(found, "house_id", "digit_slip")["line_changed"] == 0
    assert int(str(row(found, "household_id", "digit_slip")["line_changed"])) > 30
