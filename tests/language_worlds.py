"""Records for the tests of the language: an invented pair of tables, odd cells, random households."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import polars as pl
from hypothesis import strategies as st

from rules.language import Codes, Kind, Type, last_year
from rules.language.kinds import BOOL, DATE, DECIMAL, NUMBER, TEXT
from rules.language.meaning import thai_id_ok

LEVELS = Codes("level", ("never", "primary", "secondary", "bachelor"), {"low": ("never", "primary")}, True)
JOBS = Codes("job", ("student", "none", "rice", "government"), {"working": ("rice", "government")})
LEVEL, JOB = Type(Kind.CODE, LEVELS), Type(Kind.CODE, JOBS)

PERSON = {
    "household_id": TEXT, "national_id": TEXT, "name": TEXT, "age": NUMBER, "hours": NUMBER,
    "birth": DATE, "entered": DATE, "level": LEVEL, "wanted": LEVEL, "job": JOB, "former": JOB,
    "sick": BOOL, "ok": BOOL,
}  # fmt: skip
HOUSEHOLD = {
    "household_id": TEXT, "code": TEXT, "note": TEXT, "size": NUMBER, "income": NUMBER, "seen": DATE,
    "typed": DATE, "best": LEVEL, "main_job": JOB, "owns": BOOL, "poor": BOOL, "lat": DECIMAL, "lon": DECIMAL,
}  # fmt: skip
COLUMNS = {"person": PERSON, "household": HOUSEHOLD}
# What a record is known again by a year later.
KEYS = {"person": "national_id", "household": "household_id"}

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


def right_id(number: int) -> str:
    """A national id with a right check digit."""
    return next(made for digit in "0123456789" if thai_id_ok(made := f"1{number:011d}{digit}"))


# Few, so that two years and two persons share them: three right ones, one with a wrong digit, none.
KNOWN_IDS = [right_id(1), right_id(2), right_id(3), "1000000000019", None]
HOMES = ["h1", "h2", "h3", "h4", "h5", None]
ADDRESSES = ["h1", "h1", "h2", "h3", "elsewhere", None]


class World(NamedTuple):
    """Households and persons of this year, and of last year."""

    households: Sequence[dict[str, Any]] = ()
    people: Sequence[dict[str, Any]] = ()
    last_households: Sequence[dict[str, Any]] = ()
    last_people: Sequence[dict[str, Any]] = ()


def pool(column_type):
    if column_type.codes:
        return list(column_type.codes.slugs)
    return [14.5, 15.0, -0.5, 104.25, float("nan")] if column_type == DECIMAL else POOL[column_type.kind]


def row(table, ids, national_ids=None):
    columns = {
        name: st.one_of(*[st.sampled_from(pool(kind))] * 3, st.none())
        for name, kind in COLUMNS[table].items()
    }
    if table == "person" and national_ids is not None:
        columns["national_id"] = national_ids
    return st.fixed_dictionaries({**columns, "household_id": ids})


def _rows(table, most):
    ids = st.sampled_from(HOMES if table == "household" else ADDRESSES)
    return st.lists(row(table, ids, st.sampled_from(KNOWN_IDS)), min_size=0, max_size=most)


WORLDS = st.builds(
    World, _rows("household", 5), _rows("person", 9), _rows("household", 4), _rows("person", 5)
)


def random_world(random, households):
    """About so many households: most with a few members, some empty, there twice, or not there at all.

    Most were there last year, as most people were, some of them twice; so were others.
    """

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
    people = [cells("person", home) for home in people]
    for person in people:
        if random.random() < 0.7:
            person["national_id"] = right_id(random.randrange(10 * len(people)))
    last_homes = [home for home in homes if random.random() < 0.7] + random.sample(ids, households // 20)
    last_ids = [person["national_id"] for person in people if random.random() < 0.7]
    last_ids += random.sample(last_ids, len(last_ids) // 20) + [right_id(n) for n in range(households // 20)]
    return World(
        [cells("household", home) for home in homes],
        people,
        [cells("household", home) for home in last_homes],
        [cells("person", random.choice(ids)) | {"national_id": each} for each in last_ids],
    )


def frames(world, columns=COLUMNS):
    """The two typed frames of this year."""
    return [
        frame(table, rows, columns)
        for table, rows in zip(("household", "person"), (world.households, world.people), strict=True)
    ]


def last_of(world, columns=COLUMNS):
    """Last year's records as the engine takes them."""
    if not set(KEYS.values()) <= {*columns["person"], *columns["household"]}:
        return None
    return last_year(*last_frames(world, columns))


def last_frames(world, columns=COLUMNS):
    """The two typed frames of last year, as they are."""
    tables = zip(("household", "person"), (world.last_households, world.last_people), strict=True)
    return [frame(table, rows, columns) for table, rows in tables]


def frame(table, rows, columns=COLUMNS):
    """Rows as a typed frame."""
    kinds = {Kind.NUMBER: pl.Int64, Kind.TEXT: pl.String, Kind.DATE: pl.Date, Kind.BOOL: pl.Boolean}

    def dtype(kind):
        if kind.codes:
            return pl.Enum(kind.codes.slugs)
        return pl.Float64 if kind == DECIMAL else kinds[kind.kind]

    schema = {name: dtype(kind) for name, kind in columns[table].items()}
    return pl.DataFrame({name: [r.get(name) for r in rows] for name in schema}, schema=schema)


def surroundings(table, world):
    """Of each record: the record, its household and its members, as ``evaluate`` takes them.

    Each has last year's record under ``last``, if there is one and it is certain whose it is.
    """
    households = _with_last("household", world.households, world.last_households)
    people = _with_last("person", world.people, world.last_people)
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


def _with_last(table, rows, last_rows):
    this, last = (Counter(row.get(KEYS[table]) for row in of) for of in (rows, last_rows))
    known = {row.get(KEYS[table]): row for row in last_rows}

    def is_certain(key):
        is_right = thai_id_ok(key) is True if table == "person" else key is not None
        return is_right and this[key] == last[key] == 1

    return [
        row | {"last": known[row[KEYS[table]]]} if is_certain(row.get(KEYS[table])) else row for row in rows
    ]
