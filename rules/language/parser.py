"""Text to parse tree, by the grammar file; a syntax error becomes a RuleError at its place.

Deliberately not here: names and types (checker.py). Everything is known about a text only after both.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from rules.language import ast
from rules.language.checker import check
from rules.language.errors import RuleError, Span
from rules.language.scope import Columns, Params, Scope, Table, dictionary_columns

# What people type from habit, and what to write instead.
HABITS = {
    "/": (
        "ภาษานี้ไม่มีการหาร ให้คูณอีกฝั่งแทน เช่น income_total_baht >= 40000 * member_count",
        "there is no division; multiply the other side instead, as in income_total_baht >= 40000 * member_count",
    ),
    "==": ("เท่ากับให้เขียน = ตัวเดียว", "write equality as one ="),
    "<>": ("ไม่เท่ากับให้เขียน !=", "write inequality as !="),
    "'": ('ข้อความให้อยู่ในเครื่องหมาย "…"', 'write text in double quotes "…"'),
    "&": ("และ ให้เขียน and", "write and"),
    "|": ("หรือ ให้เขียน or", "write or"),
    ",": ("ตัวเลขไม่ใส่จุลภาค เช่น 40000", "write numbers without commas, as in 40000"),
    "{": (
        "ตรงนี้ใช้วงเล็บปีกกาไม่ได้ ชื่อช่องให้เขียนลอย ๆ",
        "no braces here; write a column's name as it is",
    ),
    "is not": ("มีค่า ให้เขียน is present", "write is present"),
    "null": ("ไม่มีค่า ให้เขียน is missing", "write is missing"),
    "none": ("ไม่มีค่า ให้เขียน is missing ส่วนรหัสให้เขียน @none", "write is missing, or @none for the code"),
    "round": (
        "ภาษานี้ไม่มีการปัดเศษ ให้เทียบจำนวนเต็ม",
        "there is no rounding; compare whole numbers",
    ),
}
WORDS = {
    "if", "then", "and", "or", "not", "in", "between", "is", "missing", "present", "matches", "where", "have",
    "members", "hh", "true", "false", "count", "any", "all", "sum", "min", "max", "only", "years_between",
    "thai_id_ok",
}  # fmt: skip


def parse(text: str, table: Table, columns: Columns | None = None, params: Params | None = None) -> ast.Expr:
    """The typed expression that ``text`` means for records of ``table``.

    ``columns`` gives both tables' columns by type (default: the data dictionary); ``params`` the round's
    named numbers and dates for ``@name``. Raises RuleError, which points at the place.
    """
    scope = Scope(table, columns or dictionary_columns(), params or {})
    return check(tree(text), text, scope)


def tree(text: str) -> Tree[Token]:
    """The parse tree with positions; names are not looked up. Raises RuleError."""
    try:
        return _lark().parse(text)
    except UnexpectedInput as error:
        raise _syntax_error(text, error) from None


@cache
def _lark() -> Lark:
    grammar = (files("rules.language") / "grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=True)


def _syntax_error(text: str, error: UnexpectedInput) -> RuleError:
    if isinstance(error, UnexpectedCharacters):
        span = Span(error.line, error.column)
        return _habit(text, span, text[error.pos_in_stream]) or _unexpected(
            text, span, text[error.pos_in_stream]
        )
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        found = str(error.token)
        span = Span(error.line, error.column, len(found))
        before = text[: error.pos_in_stream or 0].rstrip()
        pair = f"{before[-1:]}{found[0]}" if found[0] in "=>" else f"{before.split()[-1:]}{found}"
        is_not = before.endswith(" is") and found == "not"
        return (
            _habit(text, span, "is not" if is_not else pair)
            or _habit(text, span, found)
            or _unexpected(text, span, found, error)
        )
    assert isinstance(error, UnexpectedEOF | UnexpectedToken)
    lines = text.splitlines() or [""]
    return RuleError(
        text,
        Span(len(lines), len(lines[-1]) + 1),
        f"ประโยคยังไม่จบ ตรงนี้ควรเป็น {_expected(error)}",
        f"the sentence ends too early; expected {_expected(error)}",
    )


def _habit(text: str, span: Span, found: str) -> RuleError | None:
    sentences = HABITS.get(found) or HABITS.get(found.lower())
    return RuleError(text, span, *sentences) if sentences else None


def _unexpected(text: str, span: Span, found: str, error: UnexpectedToken | None = None) -> RuleError:
    if found.lower() in WORDS and found not in WORDS:
        return RuleError(
            text,
            span,
            f"คำสั่งเขียนด้วยตัวพิมพ์เล็ก: {found.lower()}",
            f"words of the language are in small letters: {found.lower()}",
        )
    expected = (
        _expected(error) if error else "ช่อง ตัวเลข หรือคำสั่ง (a column, a number or a word of the language)"
    )
    return RuleError(
        text,
        span,
        f"อ่านไม่ออกที่ {found} ตรงนี้ควรเป็น {expected}",
        f"cannot read {found} here; expected {expected}",
    )


def _expected(error: UnexpectedInput) -> str:
    """The words that could stand here, at most eight, in the language's own spelling."""
    spelled = {
        "NAME": "a column", "NUMBER": "a number", "TEXT": '"text"', "DATE": "a date",
        "COMPARISON": "= != < <= > >=", "LPAR": "(", "RPAR": ")", "AT": "@name", "__ANON_0": "@name",
        "PLUS": "+", "MINUS": "-", "STAR": "*", "COMMA": ",", "DOT": ".", "$END": "the end",
    }  # fmt: skip
    names: set[str] = set(getattr(error, "accepts", None) or getattr(error, "expected", None) or ())
    known = sorted(spelled.get(name, name.lower()) for name in names)
    return ", ".join(known[:8]) + (" …" if len(known) > 8 else "")
