"""The SQL target: the rules of one table as one SELECT with an outcome column per rule.

    household_rows, person_rows   the cells that are read, each cast to its type and codes looked up, once
    shared_ids                    household_ids that more than one household row has
    homes                         the household rows that can be told apart
    answers                       every question about members, one GROUP BY (if any is asked)
    records                       the rows to judge, with their household's cells and the answers

One emitter builds a sqlglot tree for DuckDB, PostgreSQL and Spark; only the spelling of a full pattern match
is chosen by dialect. Deliberately not here: running SQL, and findings.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from rules.language import ast
from rules.language.judged import Judged, Rules, conditions
from rules.language.kinds import DECIMAL, Kind, Type
from rules.language.meaning import Outcome
from rules.language.scope import Table
from rules.language.sql_answers import Answers, answer, nobody
from rules.language.sql_expressions import HOUSEHOLD_PREFIX, Writer
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

_KEYS: dict[str, tuple[str, ...]] = {
    "household": ("household_id",),
    "person": ("household_id", "member_no"),
}
_TYPES = {Kind.NUMBER: "BIGINT", Kind.TEXT: "TEXT", Kind.DATE: "DATE", Kind.BOOL: "BOOLEAN"}
_ID = ast.Column("record", "household_id", Type(Kind.TEXT))


def to_sql(
    rules: Rules,
    table: Table,
    dialect: Dialect,
    *,
    household: str = "household",
    person: str = "person",
    keys: Sequence[str] | None = None,
) -> str:
    """A SELECT over tables ``household`` and ``person``: the ``keys`` as they are, then a column per rule.

    A row per row of ``table``, in no order; the numbers are those of ``Outcome``. Default keys: household_id,
    of persons member_no too. Both tables need a household_id and the columns the rules read.
    """
    return _Statement(rules, table, dialect).written(household, person, keys or _KEYS[table])


class _Statement:
    """One SELECT in the making."""

    def __init__(self, rules: Rules, table: Table, dialect: Dialect) -> None:
        self.rules, self.table, self.dialect = rules, table, dialect
        self.answers = Answers()
        self.writer = Writer(dialect, self.answers.ask)
        cells = {cell for condition in conditions(rules) for cell in ast.columns(condition)}
        homes = {"record": table, "household": "household", "member": "person"}
        self.cells: dict[str, list[ast.Column]] = {
            name: sorted(
                {cell for cell in cells if homes[cell.place] == name},
                key=lambda cell: (cell.name, cell.place),
            )
            for name in ("household", "person")
        }
        self.around = sorted(cell.name for cell in cells if cell.place == "household")

    def written(self, household: str, person: str, keys: Sequence[str]) -> str:
        """The text of the SELECT."""
        outcomes = [aliased(self._outcome(rule), rule_id) for rule_id, rule in self.rules.items()]
        sources = {"household": household, "person": person}
        chosen = [aliased(named(f"key.{n}"), key) for n, key in enumerate(keys)]
        statement = exp.select(*chosen, *outcomes).from_("records")
        for name, source in sources.items():
            rows = self._rows(name, source, keys if name == self.table else ())
            statement = statement.with_(f"{name}_rows", as_=rows)
        parts = {"shared_ids": _shared_ids(), "homes": self._homes()}
        if self.answers.questions:
            parts["answers"] = self._answers()
        for name, rows in (parts | {"records": self._records()}).items():
            statement = statement.with_(name, as_=rows)
        return statement.sql(self.dialect, pretty=True, identify=True)

    def _outcome(self, rule: Judged) -> exp.Expr:
        holds, violated, cannot_tell, not_applicable = (number(int(each)) for each in Outcome)
        must = switch(self.writer.of(rule.must), holds, violated, cannot_tell)
        if rule.applies is None:
            return must
        return switch(self.writer.of(rule.applies), must, not_applicable, cannot_tell.copy())

    def _rows(self, name: str, source: str, keys: Sequence[str]) -> exp.Select:
        cells = {cell.name: cell.type for cell in (_ID, *self.cells[name])}
        return exp.select(
            *(aliased(named(key), f"key.{n}") for n, key in enumerate(keys)),
            *(aliased(_cell(column, type_), column) for column, type_ in cells.items()),
        ).from_(exp.to_table(source, dialect=self.dialect))

    def _homes(self) -> exp.Select:
        rows = exp.select(exp.column(exp.Star(), table="household_rows")).from_("household_rows")
        return _beside(rows, "household_rows", "shared_ids").where(
            is_null(named("household_id", "shared_ids"))
        )

    def _around(self, rows: str) -> exp.Select:
        cells = [
            aliased(named(name, "homes"), HOUSEHOLD_PREFIX + name) for name in dict.fromkeys(self.around)
        ]
        select = exp.select(exp.column(exp.Star(), table=rows), *cells).from_(rows)
        return _beside(select, rows, "homes") if cells else select

    def _answers(self) -> exp.Select:
        answers = [
            aliased(answer(question, self.writer.of), column)
            for question, column in self.answers.questions.items()
        ]
        members = self._around("person_rows").subquery("members")
        return exp.select(named("household_id"), *answers).from_(members).group_by(named("household_id"))

    def _records(self) -> exp.Select:
        """The rows to judge; an answer is null when nobody knows whose members are meant."""
        rows = f"{self.table}_rows"
        records = self._around(rows)
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
