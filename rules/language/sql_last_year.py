"""Last year's rows for the SQL target: those of which it is certain whose they are.

    <table>_twice        keys that more than one row of either year has
    last_<table>_known   the rows of last year with a key of their own; of persons, with a right check digit

Deliberately not here: typing cells and joining them to this year's (to_sql.py).
"""

from __future__ import annotations

from sqlglot import exp

from rules.language import ast
from rules.language.kinds import TEXT
from rules.language.last_year import KEYS
from rules.language.scope import Table
from rules.language.sql_expressions import Writer
from rules.language.sql_words import aliased, is_null, named, negated, number, operation


def key_column(table: Table) -> ast.Column:
    """The cell by which records of a table are known again."""
    return ast.Column("record", KEYS[table], TEXT)


def twice(table: Table) -> exp.Query:
    """The keys that more than one row of this year, or of last, has."""
    this, last = (_more_than_once(rows, KEYS[table]) for rows in (f"{table}_rows", f"last_{table}_rows"))
    return exp.union(this, last, distinct=False)


def known_again(table: Table, writer: Writer) -> exp.Select:
    """The rows of last year that a row of this year may find."""
    rows, keys = f"last_{table}_rows", f"{table}_twice"
    same = operation(exp.EQ, named("key", keys), named(KEYS[table], rows))
    select = exp.select(exp.column(exp.Star(), table=rows)).from_(rows).join(keys, on=same, join_type="left")
    select = select.where(is_null(named("key", keys)))
    return select.where(writer.of(ast.ThaiIdOk(key_column(table)))) if table == "person" else select


def beside(select: exp.Select, table: Table) -> exp.Select:
    """The same rows with last year's row of each joined, where one is found."""
    rows, last = f"{table}_rows", f"last_{table}_known"
    same = operation(exp.EQ, named(KEYS[table], last), named(KEYS[table], rows))
    return select.join(last, on=same, join_type="left")


def _more_than_once(rows: str, key: str) -> exp.Select:
    is_repeated = operation(exp.GT, exp.Count(this=exp.Star()), number(1))
    select = exp.select(aliased(named(key), "key")).from_(rows).where(negated(is_null(named(key))))
    return select.group_by(named(key)).having(is_repeated)
