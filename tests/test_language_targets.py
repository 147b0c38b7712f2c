"""The contract of the language at the size of a normal test run; ``make fuzz`` runs it at full size."""

import random
import re
from collections.abc import Iterator
from types import SimpleNamespace

import duckdb
import dukpy
import polars as pl
import pytest
import sqlglot

from rules import examples
from rules.catalogue import load
from rules.compiled import compiled, round_params
from rules.language import parse_condition
from rules.language.to_javascript import bundle, to_javascript
from rules.language.to_sql import to_sql
from schemas import rounds
from tests.language_engines import Batch, Engine, columns_read, engines
from tests.language_fuzz import fuzzed, told
from tests.language_minimise import a_batch
from tests.language_page import IN_WORDS, RUN, tables
from tests.language_worlds import COLUMNS, World
from tests.language_writer import PARAMS, Writer

DIALECTS = ("duckdb", "postgres", "spark")


@pytest.fixture(scope="module")
def opened() -> Iterator[dict[str, Engine]]:
    with engines() as found:
        yield found


def a_rule(must: str, table: str = "person", applies: str | None = None) -> SimpleNamespace:
    typed = [
        None if text is None else parse_condition(text, table, COLUMNS, PARAMS) for text in (applies, must)
    ]
    return SimpleNamespace(applies=typed[0], must=typed[1])


def written_rules(number: int, table: str) -> dict[str, SimpleNamespace]:
    writer = Writer(random.Random(7).choice, table)
    return {f"R{n}": a_rule(writer.condition(3), table, writer.condition(3)) for n in range(number)}


def test_every_target_gives_the_verdicts_of_the_reference(opened: dict[str, Engine]) -> None:
    assert list(opened) == ["python", "polars", "javascript", "duckdb", "postgres"]
    report = fuzzed(opened, seed=2569, verdicts=24_000, households=60)
    assert (report.shown, report.differing) == ([], 0), told(report)
    assert min(counted.verdicts for counted in report.engines.values()) >= 24_000
    assert min(report.outcomes) > 500


def test_a_target_that_is_wrong_is_caught_and_its_fault_made_small(opened: dict[str, Engine]) -> None:
    def careless(batch: Batch) -> dict[str, list[int]]:
        people = [row | {"age": 0 if row["age"] is None else row["age"]} for row in batch.world.people]
        return opened["polars"](Batch(batch.table, batch.rules, batch.world._replace(people=people)))

    report = fuzzed({"python": opened["python"], "careless": careless}, seed=1, verdicts=6_000, households=60)
    assert report.engines["careless"].differing > 0
    small = report.shown[0]
    assert sum(len(text) for text in re.findall("(?:applies|must): *(.*)", small)) < 80
    assert small.count("household:") + small.count("person:") <= 4


@pytest.mark.parametrize("engine", ["python", "polars", "javascript", "duckdb", "postgres"])
@pytest.mark.parametrize("header", RUN, ids=" ".join)
def test_the_tables_of_the_page_are_what_every_target_does(
    opened: dict[str, Engine], engine: str, header: tuple[str, ...]
) -> None:
    cases = RUN[header](header, tables()[header])
    found = opened[engine](cases.batch())
    wrong = {
        cases.texts[rule_id]: (found[rule_id][place], outcome)
        for rule_id, (place, outcome) in cases.right.items()
        if found[rule_id][place] != outcome
    }
    assert wrong == {}


@pytest.mark.parametrize("table", ["household", "person"])
def test_every_rule_of_the_catalogue_judges_all_examples_alike_on_every_target(
    opened: dict[str, Engine], table: str
) -> None:
    world, rules = World([], [], [], []), {}
    for rule in (rule for rule in load() if rule.level == table and rule.must):
        rules[rule.id] = compiled(rule, round_params(rounds.load(2569)))
        last = examples.last_frames(rule)
        frames = (*examples.frames(rule), last.households, last.persons)
        for rows, frame in zip(world, frames, strict=True):
            # A null id stays null; the others are set apart from those of the other rules.
            own = pl.concat_str(pl.lit(rule.id), pl.col("household_id"))
            rows.extend(frame.with_columns(household_id=own).to_dicts())
    batch = Batch(table, rules, world, columns_read(table, rules))
    right = opened["python"](batch)
    for name, engine in opened.items():
        found = engine(batch)
        assert [rule_id for rule_id in rules if found[rule_id] != right[rule_id]] == [], name


def test_every_table_of_the_page_is_run_or_said_to_be_words() -> None:
    assert set(tables()) == {*RUN, *IN_WORDS}
    assert sum(len(rows) for header, rows in tables().items() if header in RUN) > 80


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("table", ["household", "person"])
def test_the_sql_is_read_back_the_same_by_sqlglot(dialect: str, table: str) -> None:
    written = to_sql(written_rules(25, table), table, dialect)
    assert sqlglot.parse_one(written, read=dialect).sql(dialect, pretty=True, identify=True) == written


def test_a_pattern_fits_the_whole_text_in_each_dialect() -> None:
    rules = {"R": a_rule('national_id matches "a|b"')}
    assert "REGEXP_FULL_MATCH(\"national_id\", 'a|b')" in to_sql(rules, "person", "duckdb")
    assert "\"national_id\" ~ '^(?:a|b)$'" in to_sql(rules, "person", "postgres")
    assert r"`national_id` RLIKE '\\A(?:a|b)\\z'" in to_sql(rules, "person", "spark")


def test_the_select_gives_the_keys_and_a_column_per_rule() -> None:
    rules = {"WK1": a_rule("age > 3"), "WK2": a_rule("hh.size > 3")}
    for keys, names in ((None, ["household_id", "member_no"]), (["row"], ["row"])):
        found = sqlglot.parse_one(to_sql(rules, "person", "duckdb", keys=keys), read="duckdb")
        assert found.named_selects == [*names, "WK1", "WK2"]


def test_a_code_outside_its_list_is_missing_in_sql() -> None:
    rules = {
        "job": a_rule("job = @rice"),
        "level": a_rule("level >= @never"),
        "both": a_rule("job != former"),
    }
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE household (household_id TEXT)")
        connection.execute("CREATE TABLE person AS SELECT 'h' AS household_id, 1 AS member_no, 'x' AS job, "
                           "'y' AS level, 'rice' AS former")  # fmt: skip
        assert connection.execute(to_sql(rules, "person", "duckdb")).fetchall() == [("h", 1, 2, 2, 2)]


def in_javascript(must: str, person: str) -> int:
    script = f"{bundle({'R': a_rule(must)})} jptRules['R']({person}, null, [])"
    return int(dukpy.evaljs(script))


@pytest.mark.parametrize(
    ("must", "person", "expected"),
    [
        ("age < 15", "{age: null}", 2), ("age < 15", "{}", 2), ("age < 15", "{age: NaN}", 2),
        ("age < 15", '{age: "14"}', 2), ("age < 15", "{age: 14}", 0), ("sick", "{sick: 1}", 2),
        ("job = @rice", '{job: "x"}', 2), ('name matches "[^0-9]"', '{name: "😀"}', 0),
        ('name = "ก</script>"', '{name: "ก</script>"}', 0),
    ],
)  # fmt: skip
def test_javascript_takes_what_is_not_of_its_type_for_missing(must: str, person: str, expected: int) -> None:
    assert in_javascript(must, person) == expected


def test_the_script_may_stand_inside_a_page() -> None:
    assert "</" not in to_javascript({"R": a_rule('name = "</script>"')})
    assert "\u2028" not in to_javascript({"R": a_rule('name = "\u2028"')})


def test_two_code_lists_of_one_name_are_refused() -> None:
    level = COLUMNS["person"]["level"]
    other = type(level)(level.kind, type(level.codes)("level", ("high", "low"), {}, True))
    rules = {}
    for rule_id, kind in (("A", level), ("B", other)):
        columns = {"person": {"level": kind}, "household": {}}
        rules[rule_id] = SimpleNamespace(
            applies=None, must=parse_condition("level is missing", "person", columns)
        )
    with pytest.raises(ValueError, match="level"):
        to_javascript(rules)


LATER_THAN_ES5 = re.compile(
    r"=>|`|\.\.\.|\*\*|\?\.|\?\?"
    r"|\b(?:let|const|class|of|async|await|yield|import|export|super|extends)\b"
    r"|\b(?:Map|Set|Symbol|Promise|Proxy|Reflect|BigInt|Date)\b"
    r"|\.(?:includes|find|findIndex|startsWith|endsWith|repeat|padStart|fill|flat|trunc|assign|entries|values)\("
)


def test_the_script_is_es5_and_knows_no_date_object() -> None:
    script = bundle(written_rules(60, "person") | written_rules(60, "household"))
    bare = re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL)
    bare = re.sub(r'"(?:\\.|[^"\\])*"', '""', bare)
    assert LATER_THAN_ES5.findall(bare) == []
    # Only plain names as parameters, only plain names after var.
    assert all(re.fullmatch(r"[\w, ]*", names) for names in re.findall(r"function ?\w*\(([^)]*)\)", bare))
    assert re.findall(r"\bvar\s+[^\w\s]", bare) == []


def test_the_script_runs_where_everything_later_than_es5_is_taken_away() -> None:
    script = bundle(written_rules(10, "person"))
    away = "['Map', 'Set', 'WeakMap', 'Promise', 'Proxy', 'Reflect', 'Symbol', 'BigInt', 'Date']"
    taken = f"{away}.forEach(function (name) {{ delete globalThis[name]; }});"
    count = "Object.keys(jptRules).filter(function (id) { return jptRules[id]({}, null, []) >= 0; }).length"
    assert dukpy.evaljs(f"{taken} {script} {count}") == 10


def test_a_batch_of_the_fuzz_is_the_same_for_the_same_seed() -> None:
    def texts(seed: str) -> list[str]:
        writer = Writer(random.Random(seed).choice, "person")
        return [writer.condition(3) for _ in range(5)]

    assert texts("1/0") == texts("1/0") != texts("2/0")
    assert set(a_batch("person", {"R": (None, texts("1/0")[0])}, World()).rules) == {"R"}
