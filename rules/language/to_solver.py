"""The solver target: an expression as z3 formulas over one household of bounded size (to_solver_cells.py).

Solvers know two values, the language three. So every condition becomes two formulas, *surely true* and
*surely false*; where neither holds it cannot be told. Every value carries the formula that says there is one.
Questions about members are written out person by person (to_solver_members.py). Deliberately not here: asking
the solver anything (rules/proof).
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.language import ast, meaning
from rules.language import to_solver_members as members
from rules.language.kinds import TEXT, Kind
from rules.language.scope import Table
from rules.language.to_solver_cells import Home
from rules.language.to_solver_domains import cell_name, home, text_cell
from rules.language.to_solver_logic import (
    Formula,
    Known,
    Truth,
    among,
    both,
    bounded,
    decided,
    one_of,
    opposite,
)
from rules.language.to_solver_texts import THAI_ID, Texts


class Written:
    """Writes expressions down for one household. ``person`` is the place of a person rule's record.

    Equal questions about members are written once per household, whoever asks.
    """

    def __init__(self, home: Home) -> None:
        self.home = home
        self._truths: dict[ast.Aggregate, Truth] = {}
        self._values: dict[ast.Aggregate, Known] = {}

    def condition(self, expression: ast.Expr, table: Table, person: int | None = None) -> Truth:
        """A condition. ``person`` is needed for a person rule."""
        return self._condition(expression, person if table == "person" else None)

    def value(self, expression: ast.Expr, table: Table, person: int | None = None) -> Known:
        """A value; a condition counts as one of type yes/no."""
        return self._value(expression, person if table == "person" else None)

    def _condition(self, expression: ast.Expr, at: int | None) -> Truth:
        match expression:
            case ast.Not(condition):
                inner = self._condition(condition, at)
                return Truth(inner.false, inner.true)
            case ast.And(left, right):
                first, second = self._condition(left, at), self._condition(right, at)
                return Truth(both(first.true, second.true), one_of(first.false, second.false))
            case ast.Or(left, right):
                first, second = self._condition(left, at), self._condition(right, at)
                return Truth(one_of(first.true, second.true), both(first.false, second.false))
            case ast.Missing(value):
                known = self._value(value, at).known
                return Truth(opposite(known), known)
            case ast.Aggregate():
                return self._told(expression)
        return decided(self._plain(expression, at))

    def _plain(self, expression: ast.Expr, at: int | None) -> Known:
        """What can be told exactly when its parts are known."""
        match expression:
            case ast.Compare(sign, left, right):
                texts = self._texts(at, left, right)
                first, second = self._value(left, at, texts), self._value(right, at, texts)
                return Known(both(first.known, second.known), _compared(sign, first.value, second.value))
            case ast.In(value, choices):
                texts, of = self._texts(at, value), self._value(value, at)
                if value.type.codes:
                    return Known(
                        of.known, among(of.value, map(value.type.codes.slugs.index, map(str, choices)))
                    )
                equal = [of.value == self.home.inside(choice, value.type, texts) for choice in choices]
                return Known(of.known, one_of(*equal))
            case ast.Matches(text, pattern):
                return self._fits(text, pattern, at)
            case ast.ThaiIdOk(text):
                return self._fits(text, THAI_ID, at)
        return self._value(expression, at)

    def _fits(self, text: ast.Expr, question: str, at: int | None) -> Known:
        texts, of = self._texts(at, text), self._value(text, at)
        assert texts is not None
        return Known(of.known, among(of.value, texts.fitting(question)))

    def _value(self, expression: ast.Expr, at: int | None, texts: Texts | None = None) -> Known:
        match expression:
            case ast.Literal(value, type_):
                return Known(True, self.home.inside(value, type_, texts))
            case ast.Column(place, _, type_):
                return self.home.cell(None if place == "household" else at, cell_name(expression), type_)
            case ast.Arithmetic(sign, left, right):
                return _calculated(sign, self._operand(left, at), self._operand(right, at))
            case ast.YearsBetween(start, end):
                first, last = self._value(start, at), self._value(end, at)
                return Known(both(first.known, last.known), (last.value - first.value) / 10000)
            case ast.Aggregate() if expression.type.kind is not Kind.BOOL:
                return self._answered(expression)
        if expression.type.kind is not Kind.BOOL:
            raise TypeError(f"no solver form for {type(expression).__name__}")
        truth = self._condition(expression, at)
        return Known(one_of(truth.true, truth.false), truth.true)

    def _operand(self, expression: ast.Expr, at: int | None) -> Known:
        of = self._value(expression, at)
        # A result is exact already; only what comes from a cell can be absurdly large.
        return bounded(of) if isinstance(expression, ast.Column | ast.Aggregate) else of

    def _told(self, question: ast.Aggregate) -> Truth:
        if question not in self._truths:
            chosen = self._each(question.where)
            self._truths[question] = members.truth(question, self.home, chosen, self._each(question.have))
        return self._truths[question]

    def _answered(self, question: ast.Aggregate) -> Known:
        if question not in self._values:
            self._values[question] = members.value(question, self.home, self._each(question.where))
        return self._values[question]

    def _each(self, condition: ast.Expr | None) -> Sequence[Truth]:
        people = range(self.home.size)
        if condition is None:
            return [Truth(True, False) for _ in people]
        return [self._condition(condition, n) for n in people]

    def _texts(self, at: int | None, *sides: ast.Expr) -> Texts | None:
        """The list that numbers the texts of a comparison: that of its first cell."""
        cell = text_cell(*sides)
        if cell is None or cell.type != TEXT:
            return None
        return self.home.domains.texts[home("household" if at is None else "person", cell)]


def _calculated(sign: str, left: Known, right: Known) -> Known:
    result = Known(both(left.known, right.known), meaning.ARITHMETIC[sign](left.value, right.value))
    return bounded(result) if sign == "*" else result


def _compared(sign: str, left: Formula, right: Formula) -> Formula:
    return meaning.COMPARISONS[sign](left, right)
