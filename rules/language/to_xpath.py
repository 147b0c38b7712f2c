"""The XPath target: a rule as conditions of an XLSForm (ODK, KoboToolbox), for a form's constraints.

An unanswered question is the empty text and XPath has no null, so each condition is written twice: when it is
surely true and when it is surely false. A constraint fails only where the rule is surely broken; what cannot
be told passes. A form looks at a constraint only when its own question is answered, and a form holds the one
household it is about. Deliberately not here: workbooks, and which rules a form should carry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rules.language import ast, meaning
from rules.language.javascript_patterns import javascript_pattern
from rules.language.judged import Judged
from rules.language.kinds import Kind
from rules.language.scope import Table
from rules.language.xpath_members import EVERYBODY, Members
from rules.language.xpath_values import among, constant, day, decided, id_is_right, level, signed, years
from rules.language.xpath_words import (
    FALSE,
    NO,
    TRUE,
    YES,
    Form,
    NotCarried,
    Truth,
    Value,
    all_of,
    any_of,
    bounded,
    negated,
    written_text,
)

__all__ = ["FLAT", "LONGEST", "Carried", "Form", "NotCarried", "to_xpath"]

# A cell of a workbook holds no more.
LONGEST = 32_000
FLAT = Form()
_MIRRORED: dict[ast.Comparison, ast.Comparison] = {
    "=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=",
}  # fmt: skip


@dataclass(frozen=True)
class Carried:
    """A rule as XPath conditions, at most one of which is true; where none is, nobody can tell."""

    violated: str
    holds: str
    not_applicable: str

    @property
    def constraint(self) -> str:
        """What a form's ``constraint`` column takes: false exactly where the rule is surely broken."""
        return negated(self.violated)


def to_xpath(rule: Judged, table: Table, form: Form = FLAT) -> Carried:
    """The rule of ``table`` for a form, as seen from one of the questions of ``form`` (see Form).

    Raises NotCarried, with the reason, when a form's XPath cannot say it.
    """
    writer = _Writer(form, table)
    applies = Truth(TRUE, FALSE) if rule.applies is None else writer.truth(rule.applies)
    must = writer.truth(rule.must)
    made = Carried(all_of(applies.true, must.false), all_of(applies.true, must.true), applies.false)
    if len(made.constraint) > LONGEST:
        raise NotCarried("เงื่อนไขยาวเกินกว่าช่องของแบบฟอร์ม", "the condition is too long for a cell of the form")
    return made


class _Writer:
    """Expressions as XPath, asked of a record of ``table`` or, ``inside`` a question, of a member."""

    def __init__(self, form: Form, table: Table) -> None:
        self.form, self.table = form, table

    def truth(self, expression: ast.Expr) -> Truth:  # noqa: PLR0911 (one return a node)
        match expression:
            case ast.Literal(value):
                return Truth(TRUE, FALSE) if value else Truth(FALSE, TRUE)
            case ast.Column():
                cell = self._path(expression)
                return Truth(f"({cell} = '{YES}')", f"({cell} = '{NO}')")
            case ast.Not(condition):
                inner = self.truth(condition)
                return Truth(inner.false, inner.true)
            case ast.And(left, right):
                one, other = self.truth(left), self.truth(right)
                return Truth(all_of(one.true, other.true), any_of(one.false, other.false))
            case ast.Or(left, right):
                one, other = self.truth(left), self.truth(right)
                return Truth(any_of(one.true, other.true), all_of(one.false, other.false))
            case ast.Missing(value):
                known = self._known(value)
                return Truth(negated(known), known)
            case ast.Aggregate():
                return self._answer_truth(expression)
            case _:
                return self._told(expression)

    def value(self, expression: ast.Expr) -> Value:
        """A number, text, code or date; a date as written by ISO, a code as its slug."""
        match expression:
            case ast.Literal(value, type_):
                return Value(TRUE, constant(value, type_))
            case ast.Column(type=type_):
                cell = self._path(expression)
                is_number = type_.kind is Kind.NUMBER
                return Value(f"({cell} != '')", f"number({cell})" if is_number else cell)
            case ast.Arithmetic(sign, left, right):
                one, other = self._operand(left), self._operand(right)
                result = Value(all_of(one.there, other.there), f"({one.text} {sign} {other.text})")
                return bounded(result) if sign == "*" else result
            case ast.YearsBetween(start, end):
                return years(self._day(start), self._day(end))
            case ast.Aggregate():
                return self._answer(expression)
            case _:
                raise TypeError(f"no XPath form for {type(expression).__name__}")

    def _told(self, expression: ast.Expr) -> Truth:
        match expression:
            case ast.Compare(sign, left, right):
                return self._compared(sign, left, right)
            case ast.In(value, choices):
                return self._among(value, choices)
            case ast.Matches(text, pattern):
                asked = self.value(text)
                return decided(asked, f"regex({asked.text}, {written_text(javascript_pattern(pattern))})")
            case ast.ThaiIdOk(text):
                asked = self.value(text)
                return decided(asked, id_is_right(asked.text))
            case _:
                raise TypeError(f"no XPath form for {type(expression).__name__}")

    def _compared(self, sign: ast.Comparison, left: ast.Expr, right: ast.Expr) -> Truth:
        if left.type.kind is Kind.BOOL:
            one, other = self.truth(left), self.truth(right)
            alike = any_of(all_of(one.true, other.true), all_of(one.false, other.false))
            apart = any_of(all_of(one.true, other.false), all_of(one.false, other.true))
            return Truth(alike, apart) if sign == "=" else Truth(apart, alike)
        if left.type.codes and sign not in {"=", "!="}:
            return self._levels(sign, left, right)
        written: Callable[[ast.Expr], Value] = self._day if left.type.kind is Kind.DATE else self.value
        return signed(sign, written(left), written(right))

    def _levels(self, sign: ast.Comparison, left: ast.Expr, right: ast.Expr) -> Truth:
        if isinstance(left, ast.Literal):
            left, right, sign = right, left, _MIRRORED[sign]
        slugs = left.type.codes.slugs if left.type.codes else ()
        if isinstance(right, ast.Literal) and not isinstance(left, ast.Literal):
            bound = slugs.index(str(right.value))
            holds = meaning.COMPARISONS[sign]
            return self._among(left, tuple(slug for n, slug in enumerate(slugs) if holds(n, bound)))
        return signed(sign, *(level(self.value(side), slugs) for side in (left, right)))

    def _among(self, value: ast.Expr, choices: tuple[ast.Value, ...]) -> Truth:
        if value.type.kind is Kind.BOOL:
            told = self.truth(value)
            inside = any_of(*(told.true if choice else told.false for choice in choices))
            return Truth(inside, all_of(told.known, negated(inside)))
        found = self._day(value) if value.type.kind is Kind.DATE else self.value(value)
        return decided(found, among(found, [constant(choice, value.type) for choice in choices]))

    def _known(self, value: ast.Expr) -> str:
        return self.truth(value).known if value.type.kind is Kind.BOOL else self.value(value).there

    def _operand(self, part: ast.Expr) -> Value:
        # A result is exact already and a count is small; only what comes from a cell can be absurdly large.
        is_cell = isinstance(part, ast.Column) or (isinstance(part, ast.Aggregate) and part.name != "count")
        return bounded(self.value(part)) if is_cell else self.value(part)

    def _day(self, date: ast.Expr) -> Value:
        value = self.value(date)
        return value if isinstance(date, ast.Literal) else day(value)

    def _members(self, question: ast.Aggregate) -> Members:
        return Members(self.form.person, EVERYBODY if question.where is None else self.truth(question.where))

    def _answer_truth(self, question: ast.Aggregate) -> Truth:
        members = self._members(question)
        if question.name == "any":
            return members.any()
        if question.have is not None:
            return members.all(self.truth(question.have))
        assert question.column is not None  # only, of a yes/no column
        return members.only_truth(self.truth(question.column))

    def _answer(self, question: ast.Aggregate) -> Value:
        members, column = self._members(question), question.column
        if column is None:
            return members.count()
        cell = self._path(column)
        there = Value(f"({cell} != '')", cell)
        if question.name == "only":
            return members.only_number(there) if column.type.kind is Kind.NUMBER else members.only_text(there)
        if question.name == "sum":
            return members.sum(there)
        if column.type.kind is not Kind.NUMBER:
            raise NotCarried(
                f"โปรแกรมแบบฟอร์มหา{column.type.th}ที่น้อยหรือมากที่สุดได้ไม่เหมือนกัน",
                f"form programs do not agree on the least or greatest {column.type.en}",
            )
        return members.extreme(question.name, there)

    def _path(self, column: ast.Column) -> str:
        if column.is_last:
            raise NotCarried(
                "กฎเทียบกับข้อมูลปีที่แล้ว ซึ่งไม่มีอยู่ในแบบฟอร์ม",
                "the rule compares with last year's record, which is not in the form",
            )
        if column.place == "member":
            return f"./{column.name}"
        if column.table(self.table) == "household":
            return self.form.household_cell(column.name)
        return f"{self.form.row}/{column.name}"
