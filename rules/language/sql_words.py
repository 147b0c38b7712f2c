"""Small SQL pieces the SQL target is built of, as sqlglot trees; each means the same in every dialect.

Everything is written out: explicit casts, quoted names, brackets around what could bind otherwise.
Deliberately not here: the rule language; to_sql.py and its parts know that.
"""

from __future__ import annotations

from typing import Literal

from sqlglot import exp

Dialect = Literal["duckdb", "postgres", "spark"]
# What stands alone between two operators.
_ATOMS = (exp.Column, exp.Literal, exp.Boolean, exp.Func, exp.Paren, exp.Null)


def named(name: str, table: str | None = None) -> exp.Column:
    """A column, quoted: no word of a dialect and no dot in the name can be misread."""
    return exp.column(exp.to_identifier(name, quoted=True), table=table, quoted=True)


def aliased(expression: exp.Expr, name: str) -> exp.Expr:
    """A column of a SELECT under a quoted name."""
    return exp.alias_(expression, exp.to_identifier(name, quoted=True))


def inner(expression: exp.Expr) -> exp.Expr:
    """The expression as an operand."""
    # AND and OR are among sqlglot's functions too.
    is_atom = isinstance(expression, _ATOMS) and not isinstance(expression, exp.Binary)
    return expression if is_atom else exp.Paren(this=expression)


def operation(sign: type[exp.Binary], left: exp.Expr, right: exp.Expr) -> exp.Expr:
    """Two operands and what stands between them."""
    return sign(this=inner(left), expression=inner(right))


def negated(condition: exp.Expr) -> exp.Expr:
    """NOT, which keeps null."""
    return exp.Not(this=inner(condition))


def is_null(expression: exp.Expr) -> exp.Expr:
    """IS NULL, of any operand."""
    return exp.Is(this=inner(expression), expression=exp.Null())


def number(value: int) -> exp.Expr:
    """A whole number."""
    return exp.Literal.number(value)


def when(*branches: tuple[exp.Expr, exp.Expr], otherwise: exp.Expr | None = None) -> exp.Case:
    """CASE WHEN … THEN …; without ``otherwise`` the rest is null."""
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Case(ifs=ifs, default=otherwise)


def switch(condition: exp.Expr, true: exp.Expr, false: exp.Expr, unknown: exp.Expr | None = None) -> exp.Case:
    """A value for each of the three truths; the condition is written once. No ``unknown``: null."""
    ifs = [exp.If(this=exp.true(), true=true), exp.If(this=exp.false(), true=false)]
    return exp.Case(this=inner(condition), ifs=ifs, default=unknown)


def typed(expression: exp.Expr, type_: str) -> exp.Expr:
    """CAST."""
    return exp.cast(expression, type_)


def among(expression: exp.Expr, choices: list[exp.Expr]) -> exp.Expr:
    """IN a fixed list."""
    return exp.In(this=inner(expression), expressions=choices)


def whole_match(text: exp.Expr, pattern: str, dialect: Dialect) -> exp.Expr:
    """Whether the whole text fits; a line break at its end is part of the text."""
    if dialect == "duckdb":
        return exp.RegexpFullMatch(this=inner(text), expression=exp.Literal.string(pattern))
    # Java's $ stands before a last line break too, PostgreSQL's does not, and it has no \z.
    ends = r"\A(?:{})\z" if dialect == "spark" else "^(?:{})$"
    return exp.RegexpLike(this=inner(text), expression=exp.Literal.string(ends.format(pattern)))
