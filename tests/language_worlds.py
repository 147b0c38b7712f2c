"""Records for the tests of the language: an invented pair of tables, odd cells, and random households."""

import datetime as dt

import polars as pl
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

# 2**63 - 1 and -(2**63) are the ends of Int64; as JavaScript numbers they are rounded, but stay in order.
NUMBERS = [
    -1, 0, 1, 2, 3, 14, 15, 60, 40000, 10**6, 10**12, 10**12 + 1, -(10**12) - 1, 2**62, -(2**63), 2**63 - 1,
]  # fmt: skip
IDS = ["1101700207030", "1101700207031", "0101700207032", "0101700207031", "+101700207030", "-101700207030"]
ODD_IDS = [
    "๑๑๐๑๗๐๐๒๐๗๐๓๐", "110170020703", "1101700207030\n", " 10170020703 ", "1_01700207030", "11017002070300",
]  # fmt: skip
ODD_TEXTS = ["", "ก", "กข", "a.b", "aab", "a\n", "\n", "น้ำ", "น้ํา", "😀", "ก😀", "'", "\\", "a.b\r\n", " ก"]
DAYS = [
    "2000-02-29", "2024-02-29", "2023-02-28", "2023-03-01", "1984-01-01", "2025-12-31", "1899-06-15",
    "2026-07-01", "0999-12-31",
]  # fmt: skip
POOL = {
    Kind.NUMBER: NUMBERS,
    Kind.TEXT: [*ODD_TEXTS, *IDS, *ODD_IDS],
    Kind.DATE: [dt.date.fromisoformat(day) for day in DAYS],
    Kind.BOOL: [True, False],
}
HOMES = ["h1", "h2", "h3", "h4", "h5", None]
ADDRESSES = ["h1", "h1", "h2", "h3", "elsewhere", None]


def pool(column_type):
    if column_type.codes:
        return list(column_type.codes.slugs)
    return [14.5, 15.0, -0.5, 104.25, float("nan")] if column_type == DECIMAL else POOL[column_type.kind]


def row(table, ids):
    columns = {
        name: st.one_of(*[st.sampled_from(pool(kind))] * 3, st.none())
        for name, kind in COLUMNS[table].items()
    }
    return st.fixed_dictionaries({**columns, "household_id": ids})


WORLDS = st.tuples(
    st.lists(row("household", st.sampled_from(HOMES)), min_size=0, max_size=5),
    st.lists(row("person", st.sampled_from(ADDRESSES)), min_size=0, max_size=9),
)


def random_world(random, households):
    """About so many households: most with a few members, some empty, there twice, or not there at all."""

    def cells(table, household_id):
        cell = {
            name: None if random.random() < 0.15 else random.choice(pool(kind))
            for name, kind in COLUMNS[table].items()
        }
        return cell | {"household_id": household_id}

    ids = [f"h{n}" for n in range(households)]
    homes = [household_id for household_id in ids if random.random() < 0.95]
    homes += random.sample(ids, households // 20) + [None] * (households // 40)
    people = [household_id for household_id in ids for _ in range(random.choice((0, 1, 1, 2, 3, 5)))]
    people += [None] * (households // 20)
    random.shuffle(homes)
    random.shuffle(people)
    return [cells("household", home) for home in homes], [cells("person", home) for home in people]


def frames(world, columns=COLUMNS):
    """The two typed frames of a world."""
    kinds = {Kind.NUMBER: pl.Int64, Kind.TEXT: pl.String, Kind.DATE: pl.Date, Kind.BOOL: pl.Boolean}

    def dtype(kind):
        if kind.codes:
            return pl.Enum(kind.codes.slugs)
        return pl.Float64 if kind == DECIMAL else kinds[kind.kind]

    made = []
    for table, rows in zip(("household", "person"), world, strict=True):
        schema = {name: dtype(kind) for name, kind in columns[table].items()}
        made.append(pl.DataFrame({name: [r.get(name) for r in rows] for name in schema}, schema=schema))
    return made


def surroundings(table, world):
    """Of each record: the record, its household and its members, as ``evaluate`` takes them."""
    households, people = world
    homes, members = {}, {}
    for household in households:
        homes.setdefault(household["household_id"], []).append(household)
    for person in people:
        members.setdefault(person["household_id"], []).append(person)
    for record in households if table == "household" else people:
        key = record["household_id"]
        own = homes.get(key, [])
        if key is None or len(own) > 1:
            yield record, (record if table == "household" else None), None
        else:
            yield record, (own[0] if own else None), members.get(key, [])
