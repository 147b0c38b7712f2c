"""Two small rounds for the tests of exits, written as literal rows."""

import polars as pl

from rules.exits import INCOME, linking, transitions

IDENTITY = {"household_id": pl.String, "national_id": pl.String}
STATES = {
    "household_id": pl.String,
    "district_code": pl.String,
    "tambon_code": pl.String,
    "members": pl.Int64,
    "income": pl.String,
}


def national_id(number: int) -> str:
    """A valid id of its own for each number from 0."""
    body = f"1{number:011}"
    check = (11 - sum(int(digit) * (13 - place) for place, digit in enumerate(body)) % 11) % 10
    return f"{body}{check}"


IDS = [national_id(number) for number in range(60)]


def people(rosters):
    rows = [
        {"household_id": key, "national_id": id_} for key, roster in rosters for id_ in (roster or [None])
    ]
    return pl.DataFrame(rows, schema=IDENTITY)


def homes(*keys):
    return pl.DataFrame({"household_id": keys}, schema={"household_id": pl.String})


def linked(before, now):
    """Links of two rounds given as (household_id, ids of its members) each."""
    frames = [frame for each in (before, now) for frame in (homes(*(key for key, _ in each)), people(each))]
    return linking.link(*frames)


def states(*rows):
    """Households as transitions take them: id, tambon, members and state of income."""
    named = [
        dict(zip(STATES, (key, tambon and tambon[:4], tambon, members, state), strict=True))
        for key, tambon, members, state in rows
    ]
    return pl.DataFrame(named, schema=STATES)


def links(*pairs):
    """Links given as (household_id, household_id_before, linked_by)."""
    rows = [(*pair, False) for pair in pairs]
    return pl.DataFrame(rows, schema=linking.SCHEMA, orient="row")


def same_keys(before, now):
    """The links of two rounds in which equal keys are the same household."""
    ago, today = ({key for key in each["household_id"] if key} for each in (before, now))
    return links(
        *((key, key, "key") if key in ago else (key, None, "none") for key in sorted(today)),
        *((None, key, "none") for key in sorted(ago - today)),
    )


def judged(before, now, link=None):
    return transitions.judge(
        before, now, same_keys(before, now) if link is None else link, ["income"], INCOME
    )
