"""Random rules and random records for the tests of the language: the generator, without any assertion."""

import datetime as dt

from hypothesis import strategies as st

from rules.language import Codes, Kind, Type
from rules.language.kinds import BOOL, DATE, DECIMAL, NUMBER, TEXT

LEVELS = Codes("level", ("never", "primary", "secondary", "bachelor"), {"low": ("never", "primary")}, True)
JOBS = Codes("job", ("student", "none", "rice", "government"), {"working": ("rice", "government")})
LEVEL, JOB = Type(Kind.CODE, LEVELS), Type(Kind.CODE, JOBS)

PERSON = {
    "household_id": TEXT, "nid": TEXT, "name": TEXT, "age": NUMBER, "hours": NUMBER, "birth": DATE,
    "entered": DATE, "level": LEVEL, "wanted": LEVEL, "job": JOB, "former": JOB, "sick": BOOL, "ok": BOOL,
}  # fmt: skip
HOUSEHOLD = {
    "household_id": TEXT, "code": TEXT, "note": TEXT, "size": NUMBER, "income": NUMBER, "seen": DATE,
    "typed": DATE, "best": LEVEL, "main_job": JOB, "owns": BOOL, "poor": BOOL, "lat": DECIMAL, "lon": DECIMAL,
}  # fmt: skip
COLUMNS = {"person": PERSON, "household": HOUSEHOLD}
PARAMS = {"line": 40000, "adult": 15, "day": dt.date(2026, 7, 1)}
PATTERNS = ("[0-9]{13}", "[^0-9]+", "(1|3)[0-9]*", "ก[ก-ฮ]?", "a\\.b|a+", "[0-9a-f]{0,3}")

NUMBERS = [
    -1,
    0,
    1,
    2,
    3,
    14,
    15,
    60,
    40000,
    10**6,
    10**12,
    10**12 + 1,
    -(10**12) - 1,
    2**62,
    -(2**63),
    2**63 - 1,
]
IDS = ["1101700207030", "1101700207031", "0101700207032", "0101700207031", "+101700207030", "-101700207030"]
ODD_IDS = ["๑๑๐๑๗๐๐๒๐๗๐๓๐", "110170020703", "1101700207030\n", " 10170020703 ", "1_01700207030"]
DAYS = [
    "2000-02-29",
    "2024-02-29",
    "2023-02-28",
    "2023-03-01",
    "1984-01-01",
    "2025-12-31",
    "1899-06-15",
    "2026-07-01",
]
POOL = {
    Kind.NUMBER: NUMBERS,
    Kind.TEXT: ["", "ก", "กข", "a.b", "aab", "a\n", *IDS, *ODD_IDS],
    Kind.DATE: [dt.date.fromisoformat(day) for day in DAYS],
    Kind.BOOL: [True, False],
}


def cells(column_type):
    if column_type.codes:
        pool = list(column_type.codes.slugs)
    elif column_type == DECIMAL:
        pool = [14.5, 15.0, -0.5, 104.25, float("nan")]
    else:
        pool = POOL[column_type.kind]
    return st.one_of(st.sampled_from(pool), st.sampled_from(pool), st.sampled_from(pool), st.none())


def row(table, ids):
    columns = {name: cells(column_type) for name, column_type in COLUMNS[table].items()}
    return st.fixed_dictionaries({**columns, "household_id": ids})


WORLDS = st.tuples(
    st.lists(row("household", st.sampled_from(["h1", "h2", "h3", "h4", "h5"])), min_size=0, max_size=5),
    st.lists(
        row("person", st.sampled_from(["h1", "h1", "h2", "h3", "elsewhere", None])), min_size=0, max_size=9
    ),
)


class Writer:
    """Writes random well-typed text. Bare names are of ``table``, or of the member when ``inside``."""

    def __init__(self, draw, table, inside=False):
        self.draw, self.table, self.inside = draw, table, inside

    def pick(self, *choices):
        return self.draw(st.sampled_from(choices))

    def one_of(self, *ways):
        return self.draw(st.sampled_from(ways))()

    def column(self, wanted):
        here = "person" if self.inside else self.table
        names = [name for name, kind in COLUMNS[here].items() if kind == wanted]
        if here == "person":
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
        left, right = self.draw(st.permutations([self.value(wanted, depth), self.side(wanted, depth)]))
        return f"({left} {self.pick('+', '-', '*')} {right})"

    def _years(self, _wanted, depth):
        start, end = self.draw(st.permutations([self.value(DATE, depth), self.side(DATE, depth)]))
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
        own = self.pick("sick", "age >= 15", "job = @student", "birth is present", "thai_id_ok(nid)")
        if self.draw(st.booleans()):
            return own
        return f"{own} {self.pick('and', 'or')} {Writer(self.draw, self.table, inside=True).condition(depth)}"

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
        return f" {sign} ".join(
            self.draw(st.permutations([self.value(wanted, depth), self.side(wanted, depth)]))
        )

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
        asked = self.one_of(lambda: self.value(wanted, depth), lambda: f"({self.condition(depth)})")
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
        if self.draw(st.booleans()):
            return f"all(members have {self.about_member(depth)})"
        have = Writer(self.draw, self.table, inside=True).condition(depth)
        return f"all(members where {self.about_member(depth)} have {have})"


@st.composite
def texts(draw, table, kind):
    writer = Writer(draw, table)
    return writer.condition(3) if kind == BOOL else writer.value(kind, 3)
