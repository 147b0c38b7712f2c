"""Last year of the whole province, put together when a rule first asks for it.

People move, so every district is compared with all of them; but a night in which nothing has changed compares
nobody, and does not load what it will not look at. Deliberately not here: reading a district's last year.
"""

import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

import polars as pl

from flows.last_year import LastRead, frames
from flows.run import Run
from rules import catalogue
from rules.across.before import HOUSEHOLD_COLUMNS, PERSON_COLUMNS, Before
from rules.last_year import LastYear, columns_needed, last_year
from schemas import rounds
from schemas.frames import empty
from schemas.household import Household
from schemas.person import Person


class LastRound:
    """``last`` for rules and ``before`` for checks across years. Safe from several threads; another process
    puts it together again.
    """

    def __init__(self, run: Run, reads: Sequence[LastRead]) -> None:
        self._run, self._reads = run, tuple(one for one in reads if one.state == "read")
        self._lock = threading.Lock()
        self._together: tuple[LastYear, Before] | None = None

    @property
    def last(self) -> LastYear:
        return self._loaded()[0]

    @property
    def before(self) -> Before:
        return self._loaded()[1]

    def _loaded(self) -> tuple[LastYear, Before]:
        with self._lock:
            if self._together is None:
                self._together = self._put_together()
            return self._together

    def _put_together(self) -> tuple[LastYear, Before]:
        needed = columns_compared(self._run.settings.round_year_be)
        nothing = (empty(Household).select(needed[0]), empty(Person).select(needed[1]))
        there = [frames(self._run, one, needed) for one in self._reads]
        households, persons = (pl.concat(each) for each in zip(nothing, *there, strict=True))
        is_whole = len(there) == len(self._run.settings.districts)
        return last_year(households, persons), Before(households, persons, is_whole=is_whole)

    def __getstate__(self) -> dict[str, Any]:
        return {"run": self._run, "reads": self._reads}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["run"], state["reads"])  # type: ignore[misc]  # begun anew, in another process


@cache
def columns_compared(year_be: int) -> tuple[list[str], list[str]]:
    """Of last year's households and persons, what the rules of this round compare: few, for memory's sake."""
    named = columns_needed(catalogue.load(), rounds.load(year_be))
    return (
        sorted({*HOUSEHOLD_COLUMNS, *named["household"]}),
        sorted({*PERSON_COLUMNS, *named["person"]}),
    )
