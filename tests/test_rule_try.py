import csv
import shutil
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from flows.rule_commands import app
from rules import acceptance, catalogue, engine, trying
from rules.rule import Rule, Sentence
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person
from tests.nights import Ran

ROUND = rounds.load(2569)
WORDS = Sentence("อายุ {age}", "Age {age}")
HOMES = from_rows(Household, [{"household_id": one, "district_code": "3401"} for one in "123"])
PEOPLE = from_rows(
    Person,
    [
        {"household_id": "1", "district_code": "3401", "member_no": 1, "age": 70},
        {"household_id": "1", "district_code": "3401", "member_no": 2, "age": 61},
        {"household_id": "2", "district_code": "3401", "member_no": 1, "age": 50},
        {"household_id": "3", "district_code": "3401", "member_no": 1, "age": None},
    ],
)
NEW = """\
id: ZZ001
name: worker_past_sixty
title: {th: ทำงานหลังอายุ 60 ปี, en: Working past sixty}
level: person
severity: must_fix
applies: occupation in @working
must: age < 60
message: {th: "อายุ {age}", en: "Age {age}."}
fix: {th: แก้, en: Correct it.}
why: {th: ทดลอง, en: A trial.}
since: 2569
basis: PER-16
good: [{age: 20, occupation: government}]
bad: [{age: 61, occupation: government}]
unknown: [{age: null, occupation: government}]
"""


def rule(must: str) -> Rule:
    return Rule(
        "ZZ001", "x", "person", "must_fix", WORDS, WORDS, WORDS, "", WORDS, None, must, status="trial"
    )


def run(must: str) -> tuple[engine.Checked, ...]:
    return trying.run(rule(must), [(HOMES, PEOPLE)], ROUND)


def test_who_newly_fails_and_who_is_cleared():
    found = trying.effect(run("age < 65"), run("age > 55"))
    assert found.cases.rows() == [("3401", "1", 1, "newly_fails"), ("3401", "2", 1, "cleared")]
    assert (found.households("newly_fails"), found.people("cleared"), found.districts("cleared")) == (1, 1, 1)
    assert (found.counts["holds"], found.counts["violated"], found.counts["cannot_tell"]) == (2, 1, 1)


def test_without_a_rule_to_replace_all_that_fail_are_new():
    found = trying.effect(run("age < 60"), ())
    assert found.cases["change"].to_list() == ["newly_fails"] * 2
    assert (found.households("newly_fails"), found.people("newly_fails")) == (1, 2)


def test_the_same_rule_again_changes_nothing():
    assert trying.effect(run("age < 60"), run("age < 60")).cases.height == 0


def test_a_rule_that_breaks_is_told():
    found = trying.effect(run("age < @no_such"), ())
    assert found.error
    assert found.counts["error"] == PEOPLE.height


def tried(night: Ran, file: Path, out: Path, *more: str) -> Result:
    words = ["try", str(file), "--settings", str(night.root / "jpt.toml"), "--out", str(out), *more]
    return CliRunner().invoke(app, words)


def test_a_rule_is_tried_on_last_night_and_last_year(night: Ran, tmp_path: Path) -> None:
    file = tmp_path / "ZZ001_worker_past_sixty.yaml"
    file.write_text(NEW, encoding="utf-8")
    ran = tried(night, file, tmp_path / "list.csv")
    assert ran.exit_code == 0, ran.output
    persons = pl.concat(
        pl.read_parquet(path, columns=["household_id", "district_code", "member_no", "age", "occupation"])
        for path in (night.root / "kept" / "typed" / "2569").glob("*/persons.parquet")
    )
    old = persons.filter(
        (pl.col("age") >= 60) & ~pl.col("occupation").cast(pl.String).is_in(["studying", "none"])
    )
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as lines:
        listed = list(csv.DictReader(lines))
    assert set(listed[0]) == {"district_code", "household_id", "member_no", "change"}
    assert {(row["household_id"], int(row["member_no"])) for row in listed} == set(
        old.select("household_id", "member_no").rows()
    )
    homes, districts = old["household_id"].n_unique(), old["district_code"].n_unique()
    assert f"ผิดเพิ่ม {homes:,} ครัวเรือน ({old.height:,} คน) ใน {districts} อำเภอ" in ran.output
    assert f"newly fails {homes:,} households ({old.height:,} people) in {districts} districts" in ran.output
    assert "ปีก่อน 2568: ผิดเพิ่ม" in ran.output
    assert "Nothing that must be fixed may be left: met → not met" in ran.output


def test_a_changed_rule_is_compared_with_the_one_it_replaces(night: Ran, tmp_path: Path) -> None:
    own = next(one for one in catalogue.load() if one.id == "AG003")
    text = (catalogue.FOLDER / own.path).read_text(encoding="utf-8")
    file = tmp_path / own.path.name
    file.write_text(text.replace(own.must or "", "age < 30"), encoding="utf-8")
    ran = tried(night, file, tmp_path / "list.csv")
    # Its own examples were written for the other limit.
    assert ran.exit_code == 1
    assert "comes out as" in ran.output
    assert "แทนกฎเดิม พ้นผิด 0 ครัวเรือน" in ran.output


def test_the_same_rule_moves_no_gate(night: Ran, tmp_path: Path) -> None:
    own = next(one for one in catalogue.load() if one.id == "TI001")
    file = tmp_path / own.path.name
    shutil.copy(catalogue.FOLDER / own.path, file)
    ran = tried(night, file, tmp_path / "list.csv")
    assert "ผิดเพิ่ม 0 ครัวเรือน ใน 0 อำเภอ" in ran.output
    assert "no gate moves" in ran.output


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--on", "2569-2026-01-01"), "of the last night only"),
        (("--settings", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_a_night_that_is_not_kept_cannot_be_asked(
    night: Ran, tmp_path: Path, more: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "ZZ001_worker_past_sixty.yaml"
    file.write_text(NEW, encoding="utf-8")
    ran = tried(night, file, tmp_path / "list.csv", *more)
    assert ran.exit_code == 2
    assert said in ran.output
    assert not (tmp_path / "list.csv").exists()


def test_a_rule_that_cannot_be_read_is_refused_with_its_line(night: Ran, tmp_path: Path) -> None:
    file = tmp_path / "ZZ001_worker_past_sixty.yaml"
    file.write_text(NEW.replace("must: age <", "must: agee <"), encoding="utf-8")
    ran = tried(night, file, tmp_path / "list.csv")
    assert ran.exit_code == 1
    assert "did you mean age" in ran.output


def test_what_would_be_said_of_a_gate_is_what_the_gates_said(night: Ran) -> None:
    quality = pl.read_parquet(night.folder / "data" / "quality.parquet")
    verdicts = acceptance.judge(quality)
    by_key = {gate.key: gate for gate in acceptance.gates()}
    for told in verdicts.result["gates"]:
        for row in quality.to_dicts():
            gate = by_key[told["key"]]
            answer = told["districts"][row["district_code"]]["state"]
            assert acceptance.state_of(gate, row[gate.measure]) == answer, (gate.key, row["district_code"])
