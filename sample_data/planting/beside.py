"""One more household like a given one, under an id, with people and a house of its own.

For rules about several households: what a plant asks for (`Case.another`) is copied after the questionnaire
was filled in, so that the copy agrees with itself. Its id sorts right behind the first one's.
"""

import numpy as np
import polars as pl

from sample_data import ids
from sample_data.planting.case import SAME, Case, Row

FIRST_HOUSE = 900_000
"""From here on house numbers of the district are free."""

STEP = 0.000_371
"""Degrees between the copies: some 40 metres."""


def with_copies(
    homes: pl.DataFrame, people: pl.DataFrame, cases: dict[int, Case]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both tables with the households that plants asked for behind the others, each with a new `hh`."""
    more_homes: list[Row] = []
    more_people: list[Row] = []
    for row, case in sorted(cases.items()):
        (home,) = homes.filter(pl.col("hh") == row).to_dicts() if case.beside else ({},)
        members = people.filter(pl.col("hh") == row).to_dicts() if case.beside else []
        for number, cells in enumerate(case.beside, start=1):
            hh = homes.height + len(more_homes)
            more_homes.append(_home(case, home, number, cells) | {"hh": hh})
            more_people += [{**member, "hh": hh, "national_id": _id(case, member)} for member in members]
    if not more_homes:
        return homes, people
    return (
        pl.concat([homes, pl.DataFrame(more_homes, schema=homes.schema)]),
        pl.concat([people, pl.DataFrame(more_people, schema=people.schema)]),
    )


def _home(case: Case, home: Row, number: int, cells: Row) -> Row:
    house = ids.house_ids(
        np.array([int(home["district_code"])]), np.array([FIRST_HOUSE + case.number * 10 + number])
    )
    more = {name: home[name] + 100 * number for name in ("expense_unnecessary_baht", "expense_total_baht")}
    made = {
        **home,
        "household_id": case.id_beside(number),
        "house_no": f"{900 + number}",
        "house_id": str(house[0]),
        "latitude": round(home["latitude"] + STEP * number, 6),
        "longitude": round(home["longitude"] + STEP * number, 6),
        **more,
        **cells,
    }
    return {name: home[name] if cell is SAME else cell for name, cell in made.items()}


def _id(case: Case, member: Row) -> str:
    return case.new_id(int(member["national_id"][0]))
