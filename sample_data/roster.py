"""The people behind the members of both rounds: who they are, whatever the year.

Turns the seats of `families` into one row per person with what does not change between two rounds:
sex, birth date, names, national id, the schooling they will reach, and the uniform numbers (`u_…`) from
which work and health of a year are decided in `people`. Also says who is there in which round.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from sample_data import families, ids, names
from sample_data.draw import Bools, Floats, Ints, pick, stream
from schemas import code_lists

LEAVES, JOINS = 0.012, 0.014
"""Shares of members (never the head or the spouse) who left since last year, or came since."""

BORN_UNDER_NEW_NUMBERS = np.datetime64("1984-01-01")
"""1 January 2527: from then on the first digit of a national id is 1 (or 2 when registered late)."""

PERSON_NUMBERS = (
    "school",
    "job",
    "health",
    "help",
    "marital",
    "title",
    "card",
    "given",
    "check",
    "move",
    "read",
    "english",
    "exercise",
    "practice",
    "drink",
    "smoke",
    "vaccine",
    "feed",
    "weigh",
    "care",
    "leave",
)

SCHOOLING = code_lists.load("education").slugs
SCHOOLING_BY_BIRTH_YEAR = (
    (1955, (0.040, 0, 0.07, 0.830, 0.020, 0.018, 0.005, 0.015, 0.002)),
    (1971, (0.008, 0, 0.03, 0.800, 0.065, 0.045, 0.012, 0.035, 0.005)),
    (1986, (0.000, 0, 0.005, 0.565, 0.165, 0.145, 0.035, 0.075, 0.010)),
    (2001, (0.000, 0, 0.000, 0.140, 0.280, 0.300, 0.085, 0.175, 0.020)),
    (2100, (0.000, 0, 0.000, 0.000, 0.100, 0.430, 0.130, 0.320, 0.020)),
)


def draw(
    seed: int,
    district_code: str,
    district_index: int,
    visits: tuple[np.ndarray, np.ndarray],
    surveyed: tuple[Bools, Bools],
) -> pl.DataFrame:
    """One row per person of either round, sorted by household (`hh`, the household's row number).

    `visits` are each household's interview dates in the earlier and in the later round, `surveyed` says in
    which of the two it is surveyed at all.
    """
    interviewed = visits[1]
    seated = _seated(stream(seed, district_code, "families"), len(interviewed))
    household, is_male = seated.household, seated.is_male
    rng = stream(seed, district_code, "people")
    born = _birth_dates(rng.random(len(household)), seated.age, interviewed[household])
    numbers = {f"u_{name}": rng.random(len(household)) for name in PERSON_NUMBERS}
    there = _rounds_present(
        seated.seat_no, born, visits[0][household], numbers["u_move"], surveyed, household
    )
    year_born = born.astype("datetime64[Y]").astype(np.int64) + 1970
    family = names.surnames(stream(seed, district_code, "surnames").random(len(interviewed)))
    own = names.surnames(rng.random(len(household)))
    return pl.DataFrame(
        {
            "hh": household,
            "seat": pl.Series(list(seated.seat), dtype=pl.String),
            "is_male": is_male,
            "is_paired": _paired(household, seated.seat),
            "birth_date": born.astype("datetime64[D]"),
            "schooling": _schooling(numbers["u_school"], year_born),
            "first_name": list(names.given_names(is_male, year_born, numbers["u_given"])),
            "last_name": list(np.where(np.isin(seated.seat, _OTHER_FAMILY), own, family[household])),
            "national_id": _national_ids(rng, born, district_code, district_index),
            "in_earlier": there[0],
            "in_later": there[1],
            **numbers,
        }
    )


@dataclass(frozen=True)
class _Seated:
    """One entry per person, by household and seat: where they sit, and as whom."""

    household: Ints
    seat_no: Ints
    seat: np.ndarray
    age: Ints
    is_male: Bools


def _seated(rng: np.random.Generator, households: int) -> _Seated:
    _, seats = families.draw(rng, households)
    household = np.concatenate([np.flatnonzero(seat.taken) for seat in seats])
    seat_no = np.concatenate([np.full(seat.taken.sum(), number) for number, seat in enumerate(seats)])
    order = np.lexsort((seat_no, household))
    return _Seated(
        household[order],
        seat_no[order],
        np.array([seat.relation for seat in seats], dtype=object)[seat_no[order]],
        np.concatenate([seat.age[seat.taken] for seat in seats])[order],
        np.concatenate([seat.is_male[seat.taken] for seat in seats])[order],
    )


def _paired(household: Ints, seat: np.ndarray) -> Bools:
    """Whose other half has a seat too, there in this round or not: nobody is single again when one leaves."""
    paired = np.zeros(len(household), dtype=bool)
    for one, other in (("head", "spouse"), ("child", "in_law"), ("mother", "father")):
        both = np.intersect1d(household[seat == one], household[seat == other])
        paired |= np.isin(seat, (one, other)) & np.isin(household, both)
    return paired


_OTHER_FAMILY = ("in_law", "parent_in_law", "employee", "other_relative")


def _birth_dates(uniform: Floats, age: Ints, day: np.ndarray) -> np.ndarray:
    """Birth dates that give exactly this age in full years on that day."""
    month = day.astype("datetime64[M]")
    inside = (day - month.astype("datetime64[D]")).astype(np.int64)
    birthday = (month - age * 12).astype("datetime64[D]") + inside
    return birthday - np.floor(uniform * 364).astype(np.int64)


def _rounds_present(
    seat_no: Ints,
    born: np.ndarray,
    first_visit: np.ndarray,
    uniform: Floats,
    surveyed: tuple[Bools, Bools],
    household: Ints,
) -> tuple[Bools, Bools]:
    may_move = _one_a_household(household, (seat_no >= 2) & (uniform < LEAVES + JOINS))
    left = may_move & (uniform < LEAVES)
    joined = may_move & ~left & (uniform < LEAVES + JOINS)
    unborn = born > first_visit
    return ~joined & ~unborn & surveyed[0][household], ~(left & ~unborn) & surveyed[1][household]


def _one_a_household(household: Ints, chosen: Bools) -> Bools:
    """The first chosen member of each household: in a year a household loses or gains one, not most of it."""
    rows = np.flatnonzero(chosen)
    first = np.zeros(len(chosen), dtype=bool)
    first[rows[np.unique(household[rows], return_index=True)[1]]] = True
    return first


def _schooling(uniform: Floats, year_born: Ints) -> Ints:
    """Index of the highest level this person will ever complete."""
    level = np.zeros(len(uniform), dtype=np.int64)
    since = 0
    for until, shares in SCHOOLING_BY_BIRTH_YEAR:
        chosen = (year_born >= since) & (year_born < until)
        level[chosen] = pick(uniform[chosen], shares)
        since = until
    return level


def _national_ids(rng: np.random.Generator, born: np.ndarray, district_code: str, index: int) -> list[str]:
    n = len(born)
    is_new = born >= BORN_UNDER_NEW_NUMBERS
    digit = np.where(
        is_new,
        np.array([1, 2, 5])[pick(rng.random(n), (0.965, 0.03, 0.005))],
        np.array([3, 4, 5])[pick(rng.random(n), (0.93, 0.02, 0.05))],
    )
    elsewhere = np.array([1101, 3001, 3301, 3399, 3501, 3599, 3701, 4001])
    office = np.where(rng.random(n) < 0.93, int(district_code), elsewhere[pick(rng.random(n), [1.0] * 8)])
    return [str(number) for number in ids.national_ids(digit, office, np.arange(n), index)]
