"""A rule's conditions in words: what an officer who does not read the rule language is told.

Made from the typed expression, the labels of the data dictionary and the code lists, so it cannot drift from
the rule. Deliberately not here: layout of pages (the package) and the rule
language again (language/written.py).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rules.language import Table, ast
from rules.language.kinds import BOOL, NUMBER, Kind
from rules.language.last_year import KEYS
from rules.pages.labels import label, words
from rules.rule import Lang
from schemas import code_lists, dictionary
from schemas.dictionary import Column
from schemas.household import Household
from schemas.person import Person
from schemas.thai import thai_date

_ATOM, _AND, _OR, _IF = "atom", "and", "or", "if"
# What a count of members is when a rule only asks that there be any.
_SOME_MEMBERS = ast.Compare(">=", ast.Aggregate("count", None, None, None, NUMBER), ast.Literal(1, NUMBER))


@dataclass(frozen=True)
class Words:
    """Puts the expressions of rules of one table into words of one language."""

    table: Table
    lang: Lang

    def of(self, expression: ast.Expr) -> str:
        """The expression in words."""
        return self._said(expression)[0].strip()

    def of_value(self, expression: ast.Expr) -> str:
        """A value in words: a yes/no cell by its name, not as a condition."""
        return self._name(expression)

    def home(self, cell: ast.Column) -> tuple[Table, Column]:
        """The table a cell is in, and its column in the data dictionary."""
        table = cell.table(self.table)
        return table, dictionary.columns(Household if table == "household" else Person)[cell.name]

    def _say(self, key: str, **parts: str) -> str:
        return str(words(self.lang)[key]).format(**parts)

    def _said(self, expression: ast.Expr) -> tuple[str, str]:
        """The words and what joins them."""
        match expression:
            case _ if expression == _SOME_MEMBERS:
                return self._say("some_members"), _ATOM
            case ast.And(ast.Compare(">=", low, least), ast.Compare("<=", high, most)) if low == high:
                parts = {"a": self.of(low), "b": self._beside(least, low), "c": self._beside(most, low)}
                return self._say("between", **parts), _ATOM
            case ast.And(left, right):
                return self._say("and", a=self._inside(left, _AND), b=self._inside(right, _AND)), _AND
            case ast.Or(ast.Not(first), then) if not isinstance(first, ast.Missing):
                return self._say("if", a=self._inside(first, _AND), b=self._inside(then, _AND)), _IF
            case ast.Or(left, right):
                return self._say("or", a=self._inside(left, _OR), b=self._inside(right, _OR)), _OR
            case _:
                return self._condition(expression), _ATOM

    def _inside(self, part: ast.Expr, around: str) -> str:
        """A part in brackets, unless it is joined as what stands around it."""
        said, joint = self._said(part)
        if joint in {_ATOM, around}:
            return said
        # Thai has no blank before a part, a bracket needs one.
        return f" ({said})" if self.lang == "th" else f"({said})"

    def _condition(self, expression: ast.Expr) -> str:  # noqa: PLR0911 (one return a node)
        match expression:
            case ast.Not(condition):
                return self._not(condition)
            case ast.Compare(sign, left, right):
                return self._compared(sign, left, right)
            case ast.In(value, choices):
                return self._contained(value, choices, is_in=True)
            case ast.Missing(value):
                return self._about("missing", value)
            case ast.Matches(text, pattern):
                return self._say("matches", a=self.of(text), b=pattern)
            case ast.ThaiIdOk(text):
                return self._say("thai_id_ok", a=self.of(text))
            case ast.Column() if expression.type == BOOL:
                return self._about("yes", expression)
            case _:
                return self._value(expression)

    def _about(self, key: str, value: ast.Expr) -> str:
        """A sentence about how a question was answered, this year or last."""
        if not isinstance(value, ast.Column) or not value.is_last:
            return self._say(key, a=self._name(value))
        # Asking for last year's key is asking for last year's record.
        is_key = value.name == KEYS[value.table(self.table)]
        sentences = words(self.lang)["key_ago" if is_key else "ago"]
        return str(sentences[key]).format(a=label(self.home(value)[1], self.lang))

    def _not(self, condition: ast.Expr) -> str:
        match condition:
            case ast.Column():
                return self._about("no", condition)
            case ast.In(value, choices):
                return self._contained(value, choices, is_in=False)
            case ast.Missing(value):
                return self._about("present", value)
            case ast.Matches(text, pattern):
                return self._say("not_matches", a=self.of(text), b=pattern)
            case ast.Aggregate("any", _, where) if where is not None:
                return self._say("none", c=self._inside(where, _AND))
            case _:
                return self._say("not", a=self.of(condition))

    def _compared(self, sign: str, left: ast.Expr, right: ast.Expr) -> str:
        kinds = {Kind.CODE: "code", Kind.DATE: "date", Kind.BOOL: "same"}
        sentences = words(self.lang)[kinds.get(left.type.kind, "number")]
        a, b = self._beside(left, right), self._beside(right, left)
        return str(sentences[sign]).format(a=a, b=b)

    def _beside(self, expression: ast.Expr, other: ast.Expr) -> str:
        """A side of a comparison; a number in the unit of what it is compared with."""
        if not isinstance(expression, ast.Literal) or expression.type.kind is not Kind.NUMBER:
            return (
                self._inside(expression, _ATOM)
                if isinstance(expression, ast.Literal)
                else self.of(expression)
            )
        return str(words(self.lang)["amount"].get(self._unit(other), "{a}")).format(a=f"{expression.value:,}")

    def _unit(self, expression: ast.Expr) -> str | None:
        if isinstance(expression, ast.Aggregate):
            return self.home(expression.column)[1].unit if expression.column else "persons"
        units = {self.home(cell)[1].unit for cell in ast.columns(expression)}
        return units.pop() if len(units) == 1 else None

    def _contained(self, value: ast.Expr, choices: tuple[ast.Value, ...], *, is_in: bool) -> str:
        slugs = value.type.codes.slugs if value.type.codes else ()
        others = tuple(slug for slug in slugs if slug not in choices)
        if others and len(others) < len(choices):
            # Of a long set the few that are not in it say the same in fewer words.
            choices, is_in = others, not is_in
        said = [self._constant(choice, ast.Literal(choice, value.type)) for choice in choices]
        joint = str(words(self.lang)["one_of" if is_in else "none_of"])
        return self._say("in" if is_in else "not_in", a=self.of(value), b=joint.join(said))

    def _constant(self, value: ast.Value, literal: ast.Literal) -> str:
        if literal.type.codes:
            return code_lists.load(literal.type.codes.name).label(str(value), self.lang)
        if isinstance(value, dt.date):
            return thai_date(value) if self.lang == "th" else value.isoformat()
        return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)

    def _name(self, expression: ast.Expr) -> str:
        if not isinstance(expression, ast.Column):
            return self.of(expression)
        said = label(self.home(expression)[1], self.lang)
        return str(words(self.lang)["place"].get(expression.place, "{a}")).format(a=said)

    def _value(self, expression: ast.Expr) -> str:
        match expression:
            case ast.Literal(value):
                return self._constant(value, expression)
            case ast.Column():
                return self._name(expression)
            case ast.Arithmetic(sign, left, right):
                said = {"*": "×"}.get(sign, sign)
                inner = [
                    f"({self.of(side)})" if self._is_looser(side, sign) else self.of(side)
                    for side in (left, right)
                ]
                return f" {said} ".join(inner)
            case ast.YearsBetween(start, end):
                return self._say("years_between", a=self.of(start), b=self.of(end))
            case ast.Aggregate():
                return self._question(expression)
            case _:
                raise TypeError(f"no words for {type(expression).__name__}")

    def _is_looser(self, side: ast.Expr, sign: str) -> bool:
        return sign == "*" and isinstance(side, ast.Arithmetic) and side.operator != "*"

    def _question(self, question: ast.Aggregate) -> str:
        parts = {"c": self._inside(question.where, _AND)} if question.where else {}
        if question.column is not None:
            parts |= {"a": self._name(question.column), "b": words(self.lang)["of"][question.name]}
            return self._say("of_members_where" if question.where else "of_members", **parts)
        if question.have is not None:
            parts["b"] = self._inside(question.have, _AND)
        suffix = "_where" if question.where and question.name != "any" else ""
        return self._say(question.name + suffix, **parts)
