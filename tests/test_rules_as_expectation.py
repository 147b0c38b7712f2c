"""Rules as Great Expectations expectations: on a real PostgreSQL their verdicts are the engine's."""

import json
import re
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
import sqlglot
from typer.testing import CliRunner

from flows import rule_commands
from rules import examples, expectations
from rules.as_expectation import SEVERITIES, suite, unexpected_rows_query
from rules.catalogue import load
from rules.compiled import compiled, round_params
from rules.in_force import in_force
from rules.language import Outcome, dictionary_columns, last_year, parse_condition
from rules.verdicts import PREFIX, verdicts
from schemas import rounds
from tests.language_engines import a_rule, fill, postgres

ROUND = rounds.load(2569)
TABLES = ("household", "person")


@cache
def judged(table: str) -> dict[str, Any]:
    """The rules of a table, typed."""
    running = [rule for rule in in_force(load(), ROUND) if rule.level == table and rule.must]
    return {rule.id: compiled(rule, round_params(ROUND)) for rule in running}


@pytest.fixture(scope="module")
def frames() -> dict[str, pl.DataFrame]:
    """The examples of every rule as one extract: each rule is broken, held and not applicable in it."""
    parts: dict[str, list[pl.DataFrame]] = {name: [] for name in (*TABLES, "last_household", "last_person")}
    for rule in (each.rule for table in TABLES for each in judged(table).values()):
        last = examples.last_frames(rule)
        for name, frame in zip(parts, (*examples.frames(rule), last.households, last.persons), strict=True):
            own = pl.concat_str(pl.lit(rule.id), pl.col("household_id"))
            parts[name].append(frame.with_columns(household_id=own))
    return {name: pl.concat(each, how="diagonal") for name, each in parts.items()}


@pytest.fixture(scope="module")
def batches(
    frames: dict[str, pl.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """The tables as batches of the library, in a PostgreSQL of their own."""
    with postgres(str(tmp_path_factory.mktemp("db"))) as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, frame in frames.items():
            kinds = dictionary_columns()[name.removeprefix("last_")]
            kinds = {column: kind for column, kind in kinds.items() if column in frame.columns}
            plain = frame.select(*kinds).with_columns(pl.col(pl.Enum).cast(pl.String))
            fill(connection, name, plain, kinds, "TABLE")
        connection.commit()
        gx, _ = expectations._library()
        context = gx.get_context(mode="ephemeral")
        expectations._be_silent(context)
        info = connection.info
        opened: list[Any] = []

        def remember(raw: Any, _: object) -> None:
            opened.append(raw)

        # The library leaves some open, which would be found out in whichever test runs later.
        sa.event.listen(sa.pool.Pool, "connect", remember)
        address = f"postgresql+psycopg://{info.user}@/{info.dbname}?host={info.host}&port={info.port}"
        source = context.data_sources.add_sql("extract", connection_string=address)
        assets = {name: source.add_table_asset(name, table_name=name) for name in TABLES}
        yield {
            name: asset.add_batch_definition_whole_table("all").get_batch() for name, asset in assets.items()
        }
        source.get_execution_engine().engine.dispose()
        sa.event.remove(sa.pool.Pool, "connect", remember)
        for raw in opened:
            raw.close()


def validated(batch: Any, rules: dict[str, Any], table: str) -> dict[str, Any]:
    """What the library says by rule id, of a suite that has been through JSON."""
    gx, _ = expectations._library()
    made = json.loads(json.dumps(suite(rules.values(), table, "postgres")))
    results = batch.validate(gx.ExpectationSuite(**made), result_format="COMPLETE").to_json_dict()["results"]
    return {result["expectation_config"]["meta"]["rule_id"]: result for result in results}


@pytest.mark.parametrize("table", TABLES)
def test_every_rule_gives_the_engines_verdict_on_all_examples(
    frames: dict[str, pl.DataFrame], batches: dict[str, Any], table: str
) -> None:
    rules = judged(table)
    last = last_year(frames["last_household"], frames["last_person"])
    codes = verdicts(table, frames["household"], frames["person"], list(rules.values()), last).codes
    right = {
        rule_id: int((codes.get_column(PREFIX + rule_id) == int(Outcome.VIOLATED)).sum()) for rule_id in rules
    }
    results = validated(batches[table], rules, table)
    assert [rule_id for rule_id, each in results.items() if "observed_value" not in each["result"]] == []
    assert {rule_id: each["result"]["observed_value"] for rule_id, each in results.items()} == right
    assert {rule_id: each["success"] for rule_id, each in results.items()} == {
        rule_id: count == 0 for rule_id, count in right.items()
    }
    assert len(results) > 60
    assert min(right.values()) > 0


def test_a_result_holds_keys_and_no_other_cell(batches: dict[str, Any]) -> None:
    rules = {rule_id: rule for rule_id, rule in judged("person").items() if rule_id in ("ID001", "AG001")}
    for result in validated(batches["person"], rules, "person").values():
        rows = result["result"]["details"]["unexpected_rows"]
        assert rows
        assert {key for row in rows for key in row} == {"household_id", "member_no"}


def test_texts_and_patterns_reach_the_database_as_the_rule_has_them(batches: dict[str, Any]) -> None:
    texts = ["{batch}", "{", ":name", "a::b", "%s", "100%", "'", "x:1"]
    musts = [f'first_name != "{text}"' for text in texts]
    musts += ['first_name matches "(:a|b){2}"', 'first_name matches "[^:{]+:x"']
    rules = {f"T{n:03}": a_rule(f"T{n:03}", "person", None, parse_condition(must, "person")) for n, must in
             enumerate(musts)}  # fmt: skip
    results = validated(batches["person"], rules, "person")
    assert all("observed_value" in each["result"] for each in results.values())
    assert [results[f"T{n:03}"]["result"]["observed_value"] for n in range(len(musts) - 2)] == [0] * (
        len(musts) - 2
    )
    assert results[f"T{len(musts) - 1:03}"]["result"]["observed_value"] > 50


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_a_query_reads_the_batch_and_names_only_keys(dialect: Any) -> None:
    for table, keys in (("household", ["household_id"]), ("person", ["household_id", "member_no"])):
        rule = judged(table)[{"household": "HH003", "person": "ID001"}[table]]
        query = unexpected_rows_query(rule, dialect)
        assert query.count("{batch}") == 1
        filled = query.format(batch=table).replace("\\:", ":")
        assert sqlglot.parse_one(filled, read=dialect).named_selects == keys


def test_the_severities_of_the_library_are_ours() -> None:
    made = suite(judged("person").values(), "person", "postgres")["expectations"]
    by_id = {rule.id: rule for rule in load()}
    assert {each["severity"] for each in made} == set(SEVERITIES.values())
    assert all(each["severity"] == SEVERITIES[by_id[each["meta"]["rule_id"]].severity] for each in made)


def test_the_command_writes_suites_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.json", "other.json")]
    for file in files:
        ran = CliRunner().invoke(rule_commands.app, ["export-gx", "--out", str(file)])
        assert ran.exit_code == 0, ran.output
    assert files[0].read_bytes() == files[1].read_bytes()
    suites = json.loads(files[0].read_text(encoding="utf-8"))
    assert list(suites) == ["jpt_household", "jpt_person"]
    assert {each["meta"]["rule_id"] for each in suites["jpt_person"]["expectations"]} == set(judged("person"))


def test_the_command_writes_the_rules_asked_for_to_the_screen() -> None:
    ran = CliRunner().invoke(rule_commands.app, ["export-gx", "wk003", "--dialect", "spark"])
    (only,) = json.loads(ran.output)["jpt_person"]["expectations"]
    assert (only["meta"]["rule_id"], only["meta"]["dialect"]) == ("WK003", "spark")


@pytest.mark.parametrize("dialect", ["duckdb", "postgresql", "spark"])
def test_a_rule_is_shown_as_sql_that_may_be_pasted(dialect: str) -> None:
    ran = CliRunner().invoke(rule_commands.app, ["sql", "wk003", "--dialect", dialect])
    assert ran.exit_code == 0, ran.output
    found = sqlglot.parse_one(ran.output, read={"postgresql": "postgres"}.get(dialect, dialect))
    assert found.named_selects == ["household_id", "member_no", "WK003"]


@pytest.mark.parametrize("command", [["sql", "XX999"], ["export-gx", "XX999"], ["export-gx", "ST001"]])
def test_a_rule_there_is_not_is_said_in_both_languages(command: list[str]) -> None:
    ran = CliRunner().invoke(rule_commands.app, command)
    assert ran.exit_code == 2
    assert re.search(r"ไม่มีกฎ.* · no rule", ran.output)
