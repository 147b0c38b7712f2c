"""Random rules for the tests of the language: the generator, without any assertion."""

import datetime as dt

from hypothesis import strategies as st

from rules.language import Kind
from rules.language.kinds import BOOL, DATE, DECIMAL, NUMBER, TEXT
from tests.language_worlds import COLUMNS, HOUSEHOLD, JOB, KEYS, LEVEL, PERSON, POOL, WORLDS, row

__all__ = ["COLUMNS", "PARAMS", "POOL", "WORLDS", "Kind", "Writer", "row", "texts"]

PARAMS = {"line": 40000, "adult": 15, "day": dt.date(2026, 7, 1)}
PATTERNS = (
    "[0-9]{13}", "[^0-9]+", "(1|3)[0-9]*", "ก[ก-ฮ]?", "a\\.b|a+", "[0-9a-f]{0,3}", "[^ก-ฮ]",
    "([^a]|\\\\)*", "[\\-+]?[0-9 ]+",
)  # fmt: skip


class Writer:
    """Writes random well-typed text. Bare names are of ``table``, or of the member when ``inside``.

    ``choose`` takes one of a sequence: by hypothesis, which can shrink what it chose, or by a plain Random.
    """

    def __init__(self, choose, table, inside=False):
        self.choose, self.table, self.inside = choose, table, inside

    def pick(self, *choices):
        return self.choose(choices)

    def one_of(self, *ways):
        return self.choose(ways)()

    def either_way(self, left, right):
        return self.choose(((left, right), (right, left)))

    def column(self, wanted):
        here = "person" if self.inside else self.table
        names = [name for name, kind in COLUMNS[here].items() if kind == wanted]
        if names and self.pick(True, False, False):
            names = [f"last.{name}" for name in names]
        elif here == "person":
            names += [f"hh.{name}" for name, kind in HOUSEHOLD.items() if kind == wanted]
        return self.pick(*names)

    def literal(self, wanted):
        if wanted.codes:
            return "@" + self.pick(*wanted.codes.slugs)
        if wanted == DECIMAL:
            return self.pick("15", "14.5", "-0.5")
        if wanted.kind is Kind.NUMBER:
            return self.pick("0", "1", "2", "15", "-3", "40000", "@adult", "@line", str(10**12))
        if wanted.kind is Kind.DATE:
            return self.pick("2000-02-29", "2023-03-01", "@day")
        return self.pick('"ก"', '"1101700207030"', '""')

    def side(self, wanted, depth):
        return self.one_of(lambda: self.literal(wanted), lambda: self.value(wanted, depth))

    def value(self, wanted, depth):
        ways = [self.column, self.column]
        if depth > 0 and wanted == NUMBER:
            ways += [self._calculated, self._calculated, self._years, self._years, self._negative]
        if depth > 0 and not self.inside and wanted != DECIMAL:
            ways += [self._only] + ([self._fold] if wanted in (NUMBER, DATE, LEVEL) else [])
            ways += [self._count, self._total, self._total] if wanted == NUMBER else []
        way = self.pick(*ways)
        return way(wanted) if way == self.column else way(wanted, depth - 1)

    def _calculated(self, wanted, depth):
        left, right = self.either_way(self.value(wanted, depth), self.side(wanted, depth))
        return f"({left} {self.pick('+', '-', '*')} {right})"

    def _years(self, _wanted, depth):
        start, end = self.either_way(self.value(DATE, depth), self.side(DATE, depth))
        return f"years_between({start}, {end})"

    def _negative(self, wanted, depth):
        return f"-{self.value(wanted, depth)}"

    def _count(self, _wanted, depth):
        return f"count(members{self.where(depth)})"

    def _total(self, wanted, depth):
        return f"sum({self.cell(wanted)}{self.where(depth)})"

    def _only(self, wanted, depth):
        return f"only({self.cell(wanted)}{self.where(depth)})"

    def _fold(self, wanted, depth):
        return f"{self.pick('min', 'max')}({self.cell(wanted)}{self.where(depth)})"

    def cell(self, wanted):
        return "members." + self.pick(*(name for name, kind in PERSON.items() if kind == wanted))

    def where(self, depth):
        return self.one_of(lambda: "", lambda: f" where {self.about_member(depth)}")

    def about_member(self, depth):
        own = self.pick("sick", "age >= 15", "job = @student", "birth is present", "thai_id_ok(national_id)",
            "last.age >= 15", "last.job = job", "last.national_id is present",
        )  # fmt: skip
        if self.choose((True, False)):
            return own
        return (
            f"{own} {self.pick('and', 'or')} {Writer(self.choose, self.table, inside=True).condition(depth)}"
        )

    def condition(self, depth):
        ways = [self._compare, self._between, self._in, self._missing, self._text, self._bool]
        ways += [self._logic, self._logic, self._not, self._if] if depth > 0 else []
        ways += [self._any, self._all] if depth > 0 and not self.inside else []
        return self.pick(*ways)(depth - 1)

    def _compare(self, depth):
        has_decimals = self.inside or self.table == "household"
        wanted = self.pick(NUMBER, NUMBER, DATE, TEXT, LEVEL, JOB, BOOL, *([DECIMAL] if has_decimals else []))
        sign = self.pick("=", "!=", *(() if wanted in (TEXT, JOB, BOOL) else ("<", "<=", ">", ">=")))
        if wanted == BOOL:
            other = self.one_of(lambda: "true", lambda: "false", lambda: f"({self.condition(depth)})")
            return f"({self.condition(depth)}) {sign} {other}"
        return f" {sign} ".join(self.either_way(self.value(wanted, depth), self.side(wanted, depth)))

    def _between(self, depth):
        wanted = self.pick(NUMBER, DATE, LEVEL)
        return (
            f"{self.value(wanted, depth)} between {self.side(wanted, depth)} and {self.side(wanted, depth)}"
        )

    def _in(self, depth):
        wanted = self.pick(NUMBER, TEXT, DATE, LEVEL, JOB)
        group = {LEVEL: "@low", JOB: "@working"}.get(wanted, f"({self.literal(wanted)})")
        listed = self.pick(group, f"({group.strip('()')}, {self.literal(wanted)})")
        return f"{self.value(wanted, depth)} {self.pick('in', 'not in')} {listed}"

    def _missing(self, depth):
        wanted = self.pick(NUMBER, TEXT, DATE, LEVEL, JOB)
        key = "last." + KEYS["person" if self.inside else self.table]
        asked = self.one_of(
            lambda: self.value(wanted, depth),
            lambda: self.value(wanted, depth),
            lambda: f"({self.condition(depth)})",
            lambda: key,
        )
        return f"{asked} is {self.pick('missing', 'present')}"

    def _text(self, depth):
        text = self.value(TEXT, depth)
        return self.pick(f"thai_id_ok({text})", f'{text} matches "{self.pick(*PATTERNS)}"')

    def _bool(self, _depth):
        return self.column(BOOL)

    def _logic(self, depth):
        return f"({self.condition(depth)} {self.pick('and', 'or')} {self.condition(depth)})"

    def _not(self, depth):
        return f"not {self.condition(depth)}"

    def _if(self, depth):
        return f"(if {self.condition(depth)} then {self.condition(depth)})"

    def _any(self, depth):
        return f"any(members where {self.about_member(depth)})"

    def _all(self, depth):
        if self.choose((True, False)):
            return f"all(members have {self.about_member(depth)})"
        have = Writer(self.choose, self.table, inside=True).condition(depth)
        return f"all(members where {self.about_member(depth)} have {have})"


@st.composite
def texts(draw, table, kind):
    writer = Writer(lambda choices: draw(st.sampled_from(choices)), table)
    return writer.condition(3) if kind == BOOL else writer.value(kind, 3)
