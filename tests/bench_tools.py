"""Each tool asked for the same: which rows break which check, handed back with their keys.

Every function takes both typed tables and the checks and gives the broken rows as a frame of ``rule_id``,
``household_id``, ``member_no`` (missing for a household). The three tools that take Polars expressions are
given the same ones; DuckDB has its own SQL; Great Expectations, which cannot state such checks on frames, is
given a column of true and false per check. Deliberately not here: measuring (bench_rules.py).
"""

from collections.abc import Callable, Collection
from typing import Any

import polars as pl

from rules import catalogue, engine
from rules.compiled import compiled, round_params
from rules.language import Outcome, Table
from rules.verdicts import PREFIX, verdicts
from schemas import rounds
from tests.bench_checks import SETS, Check, prepared

Tool = Callable[[pl.DataFrame, pl.DataFrame, tuple[Check, ...]], pl.DataFrame]
KEYS = ("rule_id", "household_id", "member_no")
ROUND = rounds.load(rounds.years()[-1])


def engine_whole(households: pl.DataFrame, persons: pl.DataFrame, checks: tuple[Check, ...]) -> pl.DataFrame:
    """Our engine as the night calls it: six outcomes a district, findings with cells and sentences."""
    return engine.check(households, persons, _rules(checks), ROUND).findings.select(KEYS)


def engine_keys(households: pl.DataFrame, persons: pl.DataFrame, checks: tuple[Check, ...]) -> pl.DataFrame:
    """Our engine's verdicts alone, and the keys of what is violated: what the other tools are asked for."""
    found = []
    for table, frame in (("person", persons), ("household", households)):
        ready = [compiled(rule, round_params(ROUND)) for rule in _rules(checks) if rule.level == table]
        if not ready:
            continue
        codes = verdicts(table, households, persons, ready).codes  # type: ignore[arg-type]
        for rule in ready:
            at = (codes.get_column(PREFIX + rule.rule.id) == int(Outcome.VIOLATED)).arg_true()
            found.append(_keys(frame[at], rule.rule.id))
    return pl.concat(found)


def polars_by_hand(
    households: pl.DataFrame, persons: pl.DataFrame, checks: tuple[Check, ...]
) -> pl.DataFrame:
    """No tool at all: the expressions in one select per table."""
    found = []
    for table, frame in _asked(households, persons, checks).items():
        own = _of(table, checks)
        flags = frame.select(check.holds.fill_null(True).alias(check.rule_id) for check in own)
        found += [_keys(frame[(~flags.get_column(name)).arg_true()], name) for name in flags.columns]
    return pl.concat(found)


def dataframely(households: pl.DataFrame, persons: pl.DataFrame, checks: tuple[Check, ...]) -> pl.DataFrame:
    import dataframely as dy

    found = []
    for table, frame in _asked(households, persons, checks).items():
        own = _of(table, checks)
        columns: dict[str, Any] = {name: dy.Any() for name in frame.columns}
        rules = {check.rule_id: dy.rule()(lambda _cls, holds=check.holds: holds) for check in own}
        _, failure = type("Checked", (dy.Schema,), columns | rules).filter(frame)
        rows = failure.details()
        found += [_keys(rows.filter(pl.col(name) == "invalid"), name) for name in rules]
    return pl.concat(found)


def pandera(households: pl.DataFrame, persons: pl.DataFrame, checks: tuple[Check, ...]) -> pl.DataFrame:
    import pandera.polars as pa

    found = []
    for table, frame in _asked(households, persons, checks).items():
        own = [
            pa.Check(lambda data, holds=check.holds: data.lazyframe.select(holds), name=check.rule_id)
            for check in _of(table, checks)
        ]
        try:
            pa.DataFrameSchema(checks=own).validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            failed = errors.failure_cases.select("check", "index").drop_nulls()
            for (name,), rows in failed.group_by("check", maintain_order=True):
                found.append(_keys(frame[rows.get_column("index").cast(pl.Int64).to_list()], str(name)))
    return pl.concat(found)


def pointblank(households: pl.DataFrame, persons: pl.DataFrame, checks: tuple[Check, ...]) -> pl.DataFrame:
    import pointblank as pb

    found = []
    for table, frame in _asked(households, persons, checks).items():
        own = _of(table, checks)
        plan = pb.Validate(data=frame)
        for check in own:
            plan = plan.col_vals_expr(expr=check.holds.fill_null(True))
        done = plan.interrogate(extract_limit=frame.height)
        for step, check in enumerate(own, 1):
            extract = done.get_data_extracts(i=step, frame=True)
            if extract is not None and extract.height:
                found.append(_keys(extract, check.rule_id))
    return pl.concat(found)


def duckdb(households: pl.DataFrame, persons: pl.DataFrame, checks: tuple[Check, ...]) -> pl.DataFrame:
    import duckdb as duck

    with duck.connect() as db:
        db.register("persons", persons)
        db.register("households", households)
        asks = len(checks) > len(SETS[12])
        if asks:
            db.execute(_PEOPLE)
        found = []
        tables: dict[Table, tuple[str, str]] = {
            "person": ("persons left join people using (household_id)" if asks else "persons", "member_no"),
            "household": ("households join people using (household_id)", "null"),
        }
        for table, (source, member_no) in tables.items():
            if own := _of(table, checks):
                cases = ", ".join(f"case when {check.broken} then '{check.rule_id}' end" for check in own)
                each = f"select household_id, {member_no} as member_no, unnest([{cases}]) as rule_id"
                found.append(db.sql(f"from ({each} from {source}) where rule_id is not null").pl())
    return pl.concat(frame.select(_typed(frame)) for frame in found)


_PEOPLE = """
create temp table people as select household_id, count(*) as members,
  case when count(relation) = count(*) then count(*) filter (relation = 'head') end as heads,
  max(age) filter (relation = 'head') as head_age,
  case when count(age) = count(*) then count(*) filter (age >= 35) end as aged_35,
  case when count(age) = count(*) then count(*) filter (age >= 60) end as aged_60,
  case when count(age) = count(*) then count(*) filter (age between 15 and 59) end as aged_15_59
from persons group by household_id
"""


def great_expectations(
    households: pl.DataFrame, persons: pl.DataFrame, checks: tuple[Check, ...]
) -> pl.DataFrame:
    import great_expectations as gx
    from great_expectations import expectations as gxe

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = gx.data_context.types.base.ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("bench")
    found = []
    for table, frame in _asked(households, persons, checks).items():
        own = _of(table, checks)
        flags = frame.select(check.holds.fill_null(True).alias(check.rule_id) for check in own).to_pandas()
        batch = (
            source.add_dataframe_asset(table)
            .add_batch_definition_whole_dataframe("all")
            .get_batch({"dataframe": flags})
        )
        suite = gx.ExpectationSuite(
            name=table,
            expectations=[
                gxe.ExpectColumnValuesToBeInSet(column=check.rule_id, value_set=[True]) for check in own
            ],
        )
        for one in batch.validate(suite, result_format={"result_format": "COMPLETE"}).results:
            at = one.result.get("unexpected_index_list") or []
            rows = [place if isinstance(place, int) else next(iter(place.values())) for place in at]
            found.append(_keys(frame[rows], one.expectation_config.kwargs["column"]))
    return pl.concat(found)


def bare(households: pl.DataFrame, persons: pl.DataFrame, checks: tuple[Check, ...]) -> pl.DataFrame:
    """The limit: every column the checks read, read once and added up; finds nothing."""
    for table, frame in (("person", persons), ("household", households)):
        added_up(frame, {name for check in _of(table, checks) for name in check.holds.meta.root_names()})
    return pl.DataFrame(schema=_SCHEMA)


def added_up(frame: pl.DataFrame, names: Collection[str]) -> pl.DataFrame:
    """One row: the sum of each of these columns that the frame has, of texts the sum of their lengths."""
    return frame.select(_sum(frame.schema[name], name) for name in sorted(names) if name in frame.columns)


def _sum(dtype: pl.DataType, name: str) -> pl.Expr:
    column = pl.col(name)
    if dtype == pl.String:
        return column.str.len_bytes().sum()
    return column.to_physical().sum() if dtype != pl.Boolean else column.sum()


TOOLS: dict[str, Tool] = {
    "engine, findings": engine_whole,
    "engine, keys": engine_keys,
    "polars by hand": polars_by_hand,
    "dataframely": dataframely,
    "pandera": pandera,
    "pointblank": pointblank,
    "duckdb": duckdb,
    "great-expectations": great_expectations,
    "bare sum": bare,
}
_SCHEMA = {"rule_id": pl.String(), "household_id": pl.String(), "member_no": pl.Int64()}


def _rules(checks: tuple[Check, ...]) -> list[Any]:
    wanted = {check.rule_id for check in checks}
    return [rule for rule in catalogue.load() if rule.id in wanted]


def _of(table: Table | str, checks: tuple[Check, ...]) -> list[Check]:
    return [check for check in checks if check.table == table]


def _asked(
    households: pl.DataFrame, persons: pl.DataFrame, checks: tuple[Check, ...]
) -> dict[Table, pl.DataFrame]:
    """What a tool is given: the keys and the columns its checks read, so that none carries others."""
    given = prepared(households, persons, checks)
    for table, frame in given.items():
        read = {name for check in _of(table, checks) for name in check.holds.meta.root_names()}
        given[table] = frame.select(name for name in frame.columns if name in read | set(KEYS))
    return given


def _keys(rows: pl.DataFrame, rule_id: str) -> pl.DataFrame:
    number = pl.col("member_no") if "member_no" in rows.columns else pl.lit(None, pl.Int64)
    return rows.select(
        pl.lit(rule_id).alias("rule_id"), "household_id", number.cast(pl.Int64).alias("member_no")
    )


def _typed(frame: pl.DataFrame) -> list[pl.Expr]:
    return [pl.col(name).cast(dtype) for name, dtype in _SCHEMA.items() if name in frame.columns]
