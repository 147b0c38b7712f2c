import dataclasses
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import fastexcel
import polars as pl
import pytest

import sample_data
from flows import nightly
from flows.intake import Extract
from flows.progress import Silent
from flows.run import Run
from flows.steps import steps
from rules import below_line, catalogue, indicators
from rules.compiled import cells, compiled, round_params
from rules.in_force import in_force
from rules.rule import Rule
from sample_data.answers.results import ITEMS
from schemas import rounds
from tests.test_sample_planted import COMMITTED, FRAMES, found, planted, read_round

YEAR = 2565
FOLDER = COMMITTED / str(YEAR)
CODES = ("3421", "3424", "3431")
ROUND = rounds.load(YEAR)
# Their `since` says from which round on they run every night; here they look back at an older one.
RULES = tuple(dataclasses.replace(rule, since=min(rule.since, YEAR)) for rule in catalogue.load())
# What the older form does not ask, and no rule can do without.
NEEDED = {"self_care_1", "result_self_care", "marital_status", "is_bedridden"}


@pytest.fixture(scope="module", autouse=True)
def looking_back() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rules.catalogue.load", lambda: RULES)
        yield


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> list[Extract]:
    sent = tmp_path_factory.mktemp("sent")
    for code in CODES:
        shutil.copytree(FOLDER / code, sent / str(YEAR) / code)
    return read_round(sent, YEAR, tmp_path_factory.mktemp("kept"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in {".csv", ".json", ".toml"}
    }


def test_the_same_seed_gives_the_committed_bytes(tmp_path: Path) -> None:
    sample_data.make_earlier(tmp_path, seed=1)
    assert files(tmp_path) == files(FOLDER)


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    sample_data.make_earlier(tmp_path, seed=2)
    members = [name for name in files(FOLDER) if name.endswith("_member.csv")]
    assert len(members) == 3
    assert all((tmp_path / name).read_bytes() != (FOLDER / name).read_bytes() for name in members)


def test_the_older_form_asks_about_medicine_use_and_not_about_self_care(extracts: list[Extract]) -> None:
    for path in FOLDER.rglob("*_household.csv"):
        heads = path.read_text("utf-8-sig").splitlines()[0].split(",")
        assert {"htumbon", "hid", "ใช้ยาสามัญประจำบ้าน"} <= set(heads)
    for extract in extracts:
        assert extract.households["medicine_use_1"].null_count() == 0
        assert extract.households["self_care_1"].null_count() == extract.households.height
        assert extract.unknown_columns.is_empty()


def test_the_round_has_exactly_what_was_planted(extracts: list[Extract]) -> None:
    assert found(extracts, YEAR) == planted(FOLDER)


def test_the_round_counts_as_expected(extracts: list[Extract]) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))["province"]
    homes, people = (pl.concat([getattr(one, name) for one in extracts]) for name in FRAMES)
    states = Counter(below_line.judge(homes, people, ROUND)["state"].to_list())
    assert (homes.height, people.height) == (expected["households"], expected["persons"])
    assert (states["below"], states["not_assessable"]) == (expected["below_line"], 0)
    assert states["below"] == 1


def test_the_indicators_of_the_older_form_fail_as_expected(extracts: list[Extract]) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))["province"]["failing"]
    homes, people = (pl.concat([getattr(one, name) for one in extracts]) for name in FRAMES)
    assessed = indicators.assess(homes, people, indicators.load(), ROUND)
    failing = {slug: assessed.filter(pl.col(slug) == "fail").height for slug in indicators.slugs(assessed)}
    assert set(expected) == set(ROUND.enabled_indicators)
    assert {slug: expected[slug] for slug in failing} == failing
    assert set(expected) - set(failing) <= {"medicine_use"}
    assert homes.filter(~pl.all_horizontal(ITEMS["medicine_use"])).height == expected["medicine_use"] == 1


def test_the_households_are_those_of_the_province_four_years_younger(
    extracts: list[Extract], tmp_path: Path
) -> None:
    for code in CODES:
        shutil.copytree(COMMITTED / "2569" / code, tmp_path / "2569" / code)
    now = read_round(tmp_path, 2569, tmp_path / "kept")
    homes, people = (
        [pl.concat([getattr(one, name) for one in every]) for every in (extracts, now)] for name in FRAMES
    )
    assert homes[0].join(homes[1], on="household_id").height > 0.95 * homes[0].height
    same = people[0].join(people[1], on="national_id", suffix="_now")
    assert same.height > 0.9 * people[0].height
    assert 3 <= (same["age_now"] - same["age"]).median() <= 5


def read_by(rule: Rule) -> set[str]:
    typed = compiled(rule, round_params(ROUND))
    return {cell.rpartition(".")[2] for cell in cells(typed.table, typed.expressions)}


def test_a_rule_is_off_because_the_form_does_not_ask_what_it_reads(extracts: list[Extract]) -> None:
    reading = {rule.id: read_by(rule) for rule in RULES if not rule.structural}
    tables = [pl.concat([getattr(one, name) for one in extracts]) for name in FRAMES]
    absent = {column.name for table in tables for column in table if column.null_count() == table.height}
    assert absent >= NEEDED
    assert {rule_id for rule_id in ROUND.rules_off if not reading[rule_id] & absent} == set()
    kept = {rule.id for rule in in_force(RULES, ROUND)}
    assert {rule_id for rule_id, names in reading.items() if names & NEEDED and rule_id in kept} == set()


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A night over the round by its own settings, without the scheduler around it."""
    out = tmp_path_factory.mktemp("out")
    run = nightly.start(str(FOLDER / "jpt.toml"), date(2022, 8, 20), (), None)
    elsewhere = dataclasses.replace(run.settings, keep=out / "kept", ledger=f"sqlite:///{out}/jpt.db")
    run = dataclasses.replace(run, settings=elsewhere, out=out / "out")
    steps(run, Silent())
    return run


def test_a_night_finds_what_was_planted(night: Run) -> None:
    findings = pl.read_parquet(night.folder / "data" / "findings.parquet")
    keys = findings.select("rule_id", "district_code", "household_id", "member_no").rows()
    assert sorted(keys, key=str) == sorted(planted(FOLDER).elements(), key=str)


def test_the_verdicts_of_the_night_are_of_every_kind_and_few_rules_are_left_out(night: Run) -> None:
    record = json.loads((night.folder / "run.json").read_text(encoding="utf-8"))
    assert record["verdicts"] == {"3421": "yellow", "3424": "green", "3431": "red"}
    assert set(record["rules_not_checked"]) == set(ROUND.rules_off)
    assert record["rules_that_broke"] == {}


def test_the_pages_name_the_round_and_its_own_line(night: Run) -> None:
    for name in ("index.html", "districts/3421/3421.html"):
        page = (night.folder / name).read_text(encoding="utf-8")
        assert "จปฐ. ปี 2565" in page
        assert "ต่ำกว่า 38,000 บาท" in page
        assert "40,000" not in page


def test_the_workbook_gives_every_indicator_its_official_number(night: Run) -> None:
    book = fastexcel.read_excel(night.folder / "districts" / "3424" / "3424.xlsx")
    sheet = book.load_sheet("ไม่ผ่านตัวชี้วัด", header_row=None, dtypes="string").to_polars()
    names = {row[0]: row[1:3] for row in sheet.iter_rows() if row[0] and row[0].isdigit()}
    assert list(map(int, names)) == sorted(map(int, names))
    assert {str(number) for number in range(1, 32)} - set(names) <= {"5"}
    assert names["8"] == ("ครัวเรือนมีความมั่นคงในที่อยู่อาศัยและบ้านมีสภาพคงทนถาวร", "สภาพแวดล้อม")
    assert names["22"][1] == "การมีงานทำและรายได้"
    assert names["31"] == ("ครอบครัวมีความอบอุ่น", "ค่านิยม")
