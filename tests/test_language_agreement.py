"""The contract of the language: Polars and plain Python agree on every verdict.

Random well-typed rules in text form (so the parser is in it too) over random households with missing cells, nobody
at home, persons without household, two households of one id, 29 February, odd ids and very large numbers.
JPT_FUZZ=1 tries far more of them than a normal run.
"""

import datetime as dt
import os

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.compiled import Compiled
from rules.language import Codes, Kind, Type, evaluate, outcome, parse, values
from rules.language.kinds import BOOL, DATE, DECIMAL, NUMBER, TEXT
from rules.rule import Rule, Sentence
from rules.verdicts import verdicts

LEVELS = Codes("level", ("never", "primary", "secondary", "bachelor"), {"low": ("never", "primary")}, True)
JOBS = Codes("job", ("student", "none", "rice", "government"), {"working": ("rice", "government")})
LEVEL, JOB = Type(Kind.CODE, LEVELS), Type(Kind.CODE, JOBS)

PERSON = {
    "household_id": TEXT, "age": NUMBER, "hours": NUMBER, "birth": DATE, "entered": DATE, "nid": TEXT, "name": TEXT,
    "level": LEVEL, "wanted": LEVEL, "job": JOB, "former": JOB, "sick": BOOL, "informant": BOOL,
}  # fmt: skip
HOUSEHOLD = {
    "household_id": TEXT, "size": NUMBER, "income": NUMBER, "visited": DATE, "typed": DATE, "code": TEXT, "note": TEXT,
    "best": LEVEL, "main_job": JOB, "owns": BOOL, "lends": BOOL, "lat": DECIMAL, "lon": DECIMAL,
}  # fmt: skip
COLUMNS = {"person": PERSON, "household": HOUSEHOLD}
PARAMS = {"line": 40000, "adult": 15, "day": dt.date(2026, 7, 1)}
PATTERNS = ("[0-9]{13}", "[^0-9]+", "(1|3)[0-9]*", "ก[ก-ฮ]?", "a\\.b|a+", "[0-9a-f]{0,3}")

POOL = {
    Kind.NUMBER: [-1, 0, 1, 2, 3, 14, 15, 60, 40000, 10**6, 10**12, 10**12 + 1, -(10**12) - 1, 2**62, -(2**63), 2**63 - 1],
    Kind.TEXT: ["", "1101700207030", "1101700207031", "0101700207032", "0101700207031", "+101700207030", "๑๑๐๑๗๐๐๒๐๗๐๓๐",
                "110170020703", "1101700207030\n", " 10170020703 ", "ก", "กข", "a.b", "aab", "a\n"],
    Kind.DATE: [dt.date(2000, 2, 29), dt.date(2024, 2, 29), dt.date(2023, 2, 28), dt.date(2023, 3, 1), dt.date(1984, 1, 1),
                dt.date(2025, 12, 31), dt.date(1899, 6, 15), dt.date(2026, 7, 1)],
    Kind.BOOL: [True, False],
}  # fmt: skip


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
    st.lists(row("person", st.sampled_from(["h1", "h1", "h2", "h3", "elsewhere", None])), min_size=0, max_size=9),
)


class Writer:
    """Writes random well-typed text. ``table`` is where bare names belong, ``inside`` a question about members."""

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
        own = self.pick("sick", "age >= 15", "job = @student", "birth is present", 'nid matches "[0-9]{13}"')
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
        return f" {sign} ".join(self.draw(st.permutations([self.value(wanted, depth), self.side(wanted, depth)])))

    def _between(self, depth):
        wanted = self.pick(NUMBER, DATE, LEVEL)
        return f"{self.value(wanted, depth)} between {self.side(wanted, depth)} and {self.side(wanted, depth)}"

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


def frames(world):
    made = []
    for table, rows in zip(("household", "person"), world, strict=True):
        kinds = {Kind.NUMBER: pl.Int64, Kind.TEXT: pl.String, Kind.DATE: pl.Date, Kind.BOOL: pl.Boolean}
        schema = {
            name: pl.Enum(kind.codes.slugs) if kind.codes else pl.Float64 if kind == DECIMAL else kinds[kind.kind]
            for name, kind in COLUMNS[table].items()
        }
        made.append(pl.DataFrame({name: [r[name] for r in rows] for name in schema}, schema=schema))
    return made


def surroundings(table, record, world):
    households, persons = world
    own = [household for household in households if household["household_id"] == record["household_id"]]
    if record["household_id"] is None or len(own) > 1:
        return (record if table == "household" else None), None
    members = [person for person in persons if person["household_id"] == record["household_id"]]
    return (own[0] if own else None), members


def by_python(expression, table, world):
    records = world[0] if table == "household" else world[1]
    return [evaluate(expression, record, *surroundings(table, record, world)) for record in records]


def a_rule(rule_id, applies, must):
    words = Sentence("ก", "a")
    return Rule(rule_id, "x", "household", "watch", words, words, "", "", words, applies, must)


PROFILE = settings(
    max_examples=4000 if os.environ.get("JPT_FUZZ") else 60,
    derandomize=not os.environ.get("JPT_FUZZ"),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@PROFILE
@given(data=st.data(), table=st.sampled_from(["household", "person"]), world=WORLDS)
def test_polars_and_python_give_the_same_verdicts(data, table, world):
    pairs = data.draw(st.lists(st.tuples(texts(table, BOOL), texts(table, BOOL)), min_size=4, max_size=8))
    rules = []
    for n, (applies, must) in enumerate(pairs):
        typed = [parse(text, table, COLUMNS, PARAMS) for text in (applies, must)]
        rules.append(Compiled(a_rule(f"R{n}", applies, must), table, *typed, {}))
    found = verdicts(table, *frames(world), rules)
    assert found.errors == {}
    for rule in rules:
        expected = [
            int(outcome(*both))
            for both in zip(
                by_python(rule.applies, table, world), by_python(rule.must, table, world), strict=True
            )
        ]
        got = found.codes.get_column(f"rule:{rule.rule.id}").to_list()
        assert got == expected, (rule.rule.applies, rule.rule.must)


@PROFILE
@given(data=st.data(), table=st.sampled_from(["household", "person"]), world=WORLDS)
def test_polars_and_python_give_the_same_values(data, table, world):
    kinds = [NUMBER, NUMBER, DATE, TEXT, LEVEL, JOB, BOOL]
    written = [data.draw(texts(table, kind)) for kind in kinds]
    typed = {f"v{n}": parse(text, table, COLUMNS, PARAMS) for n, text in enumerate(written)}
    found = values(typed, table, *frames(world))
    for name, expression in typed.items():
        assert found.get_column(name).to_list() == by_python(expression, table, world), written[int(name[1:])]
