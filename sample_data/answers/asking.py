"""The interview of a district at once: counting on the roster, and leaving unasked questions empty.

What every part of the questionnaire needs to fill its columns. Skip logic lives here: a question that is not
asked stays null, which is not the same as zero or "no".
"""

from functools import cached_property

import numpy as np
import polars as pl

from sample_data import traits
from sample_data.draw import Bools, Ints

Answers = dict[str, pl.Series]


class Interview:
    """Homes (one row each) and people (sorted by `hh`, the row number of their home) of one round."""

    def __init__(self, homes: pl.DataFrame, people: pl.DataFrame, year: int) -> None:
        self.homes, self.people, self.year = homes, people, year
        self.n = len(homes)
        self.hh = people["hh"].to_numpy()
        self.age: Ints = people["age"].to_numpy()

    @cached_property
    def groups(self) -> dict[str, Bools]:
        return traits.groups(self.people)

    @cached_property
    def members(self) -> Ints:
        return np.bincount(self.hh, minlength=self.n)

    def count(self, people: Bools) -> Ints:
        """How many of the marked people each home has."""
        return np.bincount(self.hh[people], minlength=self.n)

    def number(self, name: str) -> np.ndarray:
        """The home's uniform number of that name."""
        return self.homes[f"u_{name}"].to_numpy()

    def fails(self, topic: str) -> Bools:
        return self.homes[f"f_{topic}"].to_numpy()

    def behind(self, topic: str) -> Bools:
        """The people behind the failure of a topic, among those it is about."""
        return self.people[f"t_{topic}"].to_numpy() & self.groups[topic]

    def occupied(self, *occupations: str) -> Bools:
        return self.people["occupation"].is_in(occupations).fill_null(False).to_numpy()

    @cached_property
    def works(self) -> Bools:
        return ~(self.people["occupation"].is_in(["none", "student"]).fill_null(True)).to_numpy()


def asked(condition: Bools, values: np.ndarray) -> pl.Series:
    """The values where the question was asked, null elsewhere."""
    series = pl.Series(values)
    return series.zip_with(pl.Series(condition), pl.repeat(None, len(series), dtype=series.dtype, eager=True))


def all_or_how_many(there: Ints, not_so: Ints, names: tuple[str, str, str]) -> Answers:
    """The form's usual triple: how many there are, is it so for all of them, and if not for how many not."""
    some = there > 0
    return {
        names[0]: pl.Series(there),
        names[1]: asked(some, not_so == 0),
        names[2]: asked(some & (not_so > 0), not_so),
    }


def one_item_missing(fails: Bools, uniform: np.ndarray, names: tuple[str, ...]) -> Answers:
    """Yes to every item; a failing home answers no to one of them."""
    which = np.floor(uniform * len(names)).astype(np.int64)
    return {name: pl.Series(~(fails & (which == number))) for number, name in enumerate(names)}
