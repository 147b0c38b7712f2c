from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from flows import coverage_command
from rules import catalogue
from rules.coverage import table
from rules.coverage.errors import ERRORS
from rules.coverage.records import NEVER_SENT
from rules.coverage.row_errors import ROW, ROW_ERRORS
from schemas import rounds
from schemas.dictionary import columns
from schemas.layouts import MODELS

FIELDS = ["person.sex", "person.birth_date", "household.happiness"]
KEY = ["table", "field", "error"]
# Reading notices these whatever the rules are.
ALWAYS = ("words", "no_such_day", "other_era")


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(coverage_command.app, list(words))
    return result.exit_code, result.output


def test_the_command_writes_the_measure_and_says_it_in_both_languages(tmp_path: Path) -> None:
    code, said = run(
        "--households", "400", "--each", "2", "--field", "person.sex", "--out", str(tmp_path / "new")
    )
    assert code == 0
    assert "ลองกรอกผิด 10 ครั้งใน 1 ช่อง 5 แบบ" in " ".join(said.split())
    assert "10 mistakes of 5 kinds were typed into 1 fields" in " ".join(said.split())
    kept = table.read(tmp_path / "new")
    assert kept is not None
    assert (kept.clean, kept.each, kept.planted) == (400, 2, 10)
    assert kept.rules == table.rule_set_hash(catalogue.load(), rounds.load(kept.round_year_be))


def test_a_part_never_replaces_the_whole() -> None:
    before = {path: path.read_bytes() for path in catalogue.FOLDER.glob("coverage.*")}
    code, said = run("--households", "400", "--each", "2", "--field", "person.sex")
    assert code == 2
    assert "--out" in said
    assert {path: path.read_bytes() for path in catalogue.FOLDER.glob("coverage.*")} == before


@pytest.fixture(scope="module")
def committed() -> table.Kept:
    kept = table.read()
    assert kept is not None
    return kept


def test_the_committed_measure_can_be_made_again(committed: table.Kept) -> None:
    again = coverage_command.measured(committed.clean, committed.each, FIELDS).table
    before = committed.table.join(again.select("table", "field").unique(), on=["table", "field"], how="semi")
    assert again.select(*KEY, "planted").rows() == before.select(*KEY, "planted").rows()
    is_current = committed.rules == table.rule_set_hash(
        catalogue.load(), rounds.load(committed.round_year_be)
    )
    same = [name for name in again.columns if name != "rules"]
    if not is_current:
        again, before = (each.filter(pl.col("error").is_in(ALWAYS)) for each in (again, before))
        same = [*KEY, "detected"]
    assert again.height == before.height >= len(ALWAYS)
    assert again.select(same).rows() == before.select(same).rows(), "run: jpt rules coverage"


def test_the_committed_measure_is_of_every_kind_of_mistake_and_every_part(committed: table.Kept) -> None:
    assert set(committed.table["error"]) == {error.name for error in (*ERRORS, *ROW_ERRORS)}
    assert committed.planted == committed.table["planted"].sum() > 50_000
    known = {(part, name) for part, model in MODELS.items() for name in columns(model)}
    tried = set(committed.table.filter(pl.col("field") != ROW).select("table", "field").iter_rows())
    assert tried <= known
    # not asked by this form, answered by nobody, or never typed
    assert len(known - tried) < 40
    assert not {name for _, name in tried} & NEVER_SENT


def test_the_committed_measure_adds_up(committed: table.Kept) -> None:
    found = committed.table
    by_severity = pl.sum_horizontal("must_fix", "must_explain", "watch")
    checks = {
        "severities": by_severity == pl.col("detected"),
        "detected": pl.col("detected") <= pl.col("planted"),
        "planted": pl.col("planted") <= committed.each,
        "pointed": pl.col("pointed") <= pl.col("detected"),
        "line": pl.col("line_unseen")
        <= pl.min_horizontal("line_changed", pl.col("planted") - pl.col("detected")),
        "results": pl.col("results_unseen") <= pl.col("results_changed"),
        "interval": pl.col("detected") / pl.col("planted") + 0.0005 >= pl.col("low"),
        "interval's end": pl.col("detected") / pl.col("planted") - 0.0005 <= pl.col("high"),
    }
    assert {name: found.filter(~check).height for name, check in checks.items()} == dict.fromkeys(checks, 0)


def test_the_committed_table_stays_small() -> None:
    assert sum(path.stat().st_size for path in catalogue.FOLDER.glob("coverage.*")) < 200_000
