"""The SQL target: the rules of one table as one SELECT with an outcome column per rule.

    household_rows, person_rows   the cells that are read, each cast to its type and codes looked up, once
    shared_ids                    household_ids that more than one household row has
    homes                         the household rows that can be told apart
    last_household_known, …       last year's rows, where any is read (sql_last_year.py)
    answers                       every question about members, one GROUP BY (if any is asked)
    records                       the rows to judge, with their household's and last year's cells and answers

One emitter builds a sqlglot tree for DuckDB, PostgreSQL and Spark; only the spelling of a full pattern match
is chosen by dialect. Deliberately not here: running SQL, and findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlglot import exp

from rules.language import ast
from rules.language.judged import Judged, Rules, conditions
from rules.language.kinds import DECIMAL, Kind, Type
from rules.language.meaning import Outcome
from rules.language.scope import Table
from rules.language.sql_answers import Answers, answer, nobody
from rules.language.sql_expressions import HOUSEHOLD_PREFIX, LAST_PREFIX, Writer
from rules.language.sql_last_year import beside, key_column, known_again, twice
from rules.language.sql_words import (
    Dialect,
    aliased,
    among,
    is_null,
    named,
    negated,
    number,
    operation,
    switch,
    typed,
    when,
)

_KEYS: dict[Table, tuple[str, ...]] = {
    "household": ("household_id",),
    "person": ("household_id", "member_no"),
}
_TYPES = {Kind.NUMBER: "BIGINT", Kind.TEXT: "TEXT", Kind.DATE: "DATE", Kind.BOOL: "BOOLEAN"}
Sources = Mapping[Table, exp.Table]
_ID = ast.Column("record", "household_id", Type(Kind.TEXT))


def to_sql(
    rules: Rules,
    table: Table,
    dialect: Dialect,
    *,
    household: str = "household",
    person: str = "person",
    last_household: str = "last_household",
    last_person: str = "last_person",
    keys: Sequence[str] | None = None,
) -> str:
    """A SELECT over tables ``household`` and ``person``: the ``keys`` as they are, then a column per rule.

    A row per row of ``table``, in no order; the numbers are those of ``Outcome``. Default keys: household_id,
    of persons member_no too. Both tables need a household_id and the columns the rules read. Where rules read
    ``last.`` of a table, it needs its key (last_year.KEYS) and there must be a table of last year's rows.
    """
    sources, last = (
        {name: exp.to_table(source, dialect=dialect) for name, source in zip(_KEYS, pair, strict=True)}
        for pair in ((household, person), (last_household, last_person))
    )
    return _Statement(rules, table, dialect).written(sources, last, keys or _KEYS[table])


class _Statement:
    """One SELECT in the making."""

    def __init__(self, rules: Rules, table: Table, dialect: Dialect) -> None:
        self.rules, self.table, self.dialect = rules, table, dialect
        self.answers = Answers()
        self.writer = Writer(dialect, self.answers.ask)
        cells = {cell for condition in conditions(rules) for cell in ast.columns(condition)}
        own, last = ({cell for cell in cells if cell.is_last is is_last} for is_last in (False, True))
        self.last = _by_table(last, table)
        self.cells = _by_table(own, table)
        for name in (name for name, there in self.last.items() if there):
            self.cells[name].append(key_column(name))
        self.around = sorted(cell.name for cell in cells if cell.place == "household")

    def written(self, sources: Sources, last: Sources, keys: Sequence[str]) -> str:
        """The text of the SELECT."""
        outcomes = [aliased(self._outcome(rule), rule_id) for rule_id, rule in self.rules.items()]
        chosen = [aliased(named(f"key.{n}"), key) for n, key in enumerate(keys)]
        statement = exp.select(*chosen, *outcomes).from_("records")
        for name, source in sources.items():
            rows = _rows(source, (_ID, *self.cells[name]), keys if name == self.table else ())
            statement = statement.with_(f"{name}_rows", as_=rows)
        parts: dict[str, exp.Query] = {"shared_ids": _shared_ids(), "homes": self._homes()}
        for name in (name for name, there in self.last.items() if there):
            parts[f"last_{name}_rows"] = _rows(last[name], (key_column(name), *self.last[name]))
            parts[f"{name}_twice"] = twice(name)
            parts[f"last_{name}_known"] = known_again(name, self.writer)
        if self.answers.questions:
            parts["answers"] = self._answers()
        parts["records"] = self._records()
        for part, query in parts.items():
            statement = statement.with_(part, as_=query)
        return statement.sql(self.dialect, pretty=True, identify=True)

    def _outcome(self, rule: Judged) -> exp.Expr:
        holds, violated, cannot_tell, not_applicable = (number(int(each)) for each in Outcome)
        must = switch(self.writer.of(rule.must), holds, violated, cannot_tell)
        if rule.applies is None:
            return must
        return switch(self.writer.of(rule.applies), must, not_applicable, cannot_tell.copy())

    def _homes(self) -> exp.Select:
        rows = exp.select(exp.column(exp.Star(), table="household_rows")).from_("household_rows")
        return _beside(rows, "household_rows", "shared_ids").where(
            is_null(named("household_id", "shared_ids"))
        )

    def _around(self, table: Table) -> exp.Select:
        rows = f"{table}_rows"
        cells = [
            aliased(named(name, "homes"), HOUSEHOLD_PREFIX + name) for name in dict.fromkeys(self.around)
        ]
        ago = {cell.name: named(cell.name, f"last_{table}_known") for cell in self.last[table]}
        last = [aliased(cell, LAST_PREFIX + name) for name, cell in ago.items()]
        select = exp.select(exp.column(exp.Star(), table=rows), *cells, *last).from_(rows)
        select = _beside(select, rows, "homes") if cells else select
        return beside(select, table) if last else select

    def _answers(self) -> exp.Select:
        answers = [
            aliased(answer(question, self.writer.of), column)
            for question, column in self.answers.questions.items()
        ]
        members = self._around("person").subquery("members")
        return exp.select(named("household_id"), *answers).from_(members).group_by(named("household_id"))

    def _records(self) -> exp.Select:
        """The rows to judge; an answer is null when nobody knows whose members are meant."""
        rows = f"{self.table}_rows"
        records = self._around(self.table)
        unknown = operation(
            exp.Or,
            is_null(named("household_id", rows)),
            negated(is_null(named("household_id", "shared_ids"))),
        )
        for question, column in self.answers.questions.items():
            found, empty = named(column, "answers"), nobody(question)
            branches: list[tuple[exp.Expr, exp.Expr]] = [(unknown.copy(), exp.Null())]
            if empty is not None:
                branches.append((is_null(named("household_id", "answers")), empty))
            records = records.select(aliased(when(*branches, otherwise=found), column))
        if not self.answers.questions:
            return records
        return _beside(_beside(records, rows, "answers"), rows, "shared_ids")


def _by_table(cells: Iterable[ast.Column], of: Table) -> dict[Table, list[ast.Column]]:
    """The cells of each table in the order of their names."""
    found: dict[Table, list[ast.Column]] = {"household": [], "person": []}
    for cell in sorted(cells, key=lambda cell: (cell.name, cell.place)):
        found[cell.table(of)].append(cell)
    return found


def _rows(source: exp.Table, cells: Iterable[ast.Column], keys: Sequence[str] = ()) -> exp.Select:
    types = {cell.name: cell.type for cell in cells}
    return exp.select(
        *(aliased(named(key), f"key.{n}") for n, key in enumerate(keys)),
        *(aliased(_cell(column, type_), column) for column, type_ in types.items()),
    ).from_(source)


def _shared_ids() -> exp.Select:
    more_than_one = operation(exp.GT, exp.Count(this=exp.Star()), number(1))
    rows = exp.select(named("household_id")).from_("household_rows")
    return (
        rows.where(negated(is_null(named("household_id"))))
        .group_by(named("household_id"))
        .having(more_than_one)
    )


def _beside(select: exp.Select, rows: str, other: str) -> exp.Select:
    same = operation(exp.EQ, named("household_id", other), named("household_id", rows))
    return select.join(other, on=same, join_type="left")


def _cell(name: str, type_: Type) -> exp.Expr:
    """A cell as the rules see it: of its type, a code of its list (another is missing), never NaN."""
    cell = named(name)
    if type_.codes:
        text = typed(cell, "TEXT")
        if not type_.codes.is_ordered:
            return when((among(text, [exp.Literal.string(slug) for slug in type_.codes.slugs]), text.copy()))
        levels = [
            exp.If(this=exp.Literal.string(slug), true=number(n)) for n, slug in enumerate(type_.codes.slugs)
        ]
        return exp.Case(this=text, ifs=levels)
    if type_ == DECIMAL:
        # NaN counts as larger than infinity in all three.
        infinity = typed(exp.Literal.string("Infinity"), "DOUBLE")
        return when((operation(exp.LTE, typed(cell, "DOUBLE"), infinity), typed(cell.copy(), "DOUBLE")))
    return typed(cell, _TYPES[type_.kind])
