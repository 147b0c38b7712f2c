"""One text on one literal household in both targets, for tests that write the answer down."""

from rules.language import evaluate, parse, values
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

PARAMS = {"income_line": 40000}


def both(text, *, person=None, hh=None, members=()):
    """The value of ``text`` for a person (with a household and other members) or for a household."""
    table = "household" if person is None else "person"
    people = [{"household_id": "a", **row} for row in ([] if person is None else [person]) + list(members)]
    home = None if hh is None else {"household_id": "a", **hh}
    if table == "household" and home is None:
        home = {"household_id": "a"}
    expression = parse(text, table, params=PARAMS)
    households = from_rows(Household, [] if home is None else [home])
    found = values({"answer": expression}, table, households, from_rows(Person, people))
    record = home if table == "household" else people[0]
    is_known = record["household_id"] is not None
    around = [row for row in people if row["household_id"] == record["household_id"]] if is_known else None
    by_python = evaluate(expression, record, home if is_known else None, around)
    by_polars = found.get_column("answer").to_list()[0]
    assert by_polars == by_python, (by_polars, by_python)
    return by_python
