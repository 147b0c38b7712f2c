"""This round and the last as `rules.exits` compares them: judged alike, each by its own round's file.

Of last year only what its deliveries say is kept, so its households are judged here, some districts at once.
Answers stay on disk: only those of households that exited are looked at.
"""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from flows.last_year import LastRead, frames
from flows.run import Run
from flows.tables import Tables, stacked
from rules import below_line, indicators
from rules.exits import RoundFrames
from schemas import rounds
from schemas.frames import empty, schema_of
from schemas.household import Household
from schemas.person import Person

PERSON = ("household_id", "national_id")
# Households with all their answers in memory at one time.
AT_ONCE = 20_000


def this_round(run: Run, folders: Sequence[Path], found: Tables) -> RoundFrames:
    """The round of the night; ``folders``: the typed records of the districts that could be read."""
    return RoundFrames(
        round=run.round,
        households=_scan(folders),
        persons=stacked(folders, "persons", PERSON, {"persons": empty(Person)}),
        below_line=found.below_line,
        assessed=found.indicators,
    )


def last_round(run: Run) -> RoundFrames | None:
    """The round before, of the whole province; None where there is none, or nothing of it could be read."""
    there = [one for one in run.last_read if one.state == "read"]
    if run.settings.last_round_year_be is None or not there:
        return None
    round_ = rounds.load(run.settings.last_round_year_be)
    judged = [_judged(run, some, round_) for some in _at_once(there)]
    persons, below, assessed = (pl.concat(each) for each in zip(*judged, strict=True))
    folders = [run.typed_last(one.district.code) for one in there]
    return RoundFrames(round_, _scan(folders), persons, below, assessed)


def _at_once(reads: Sequence[LastRead]) -> list[list[LastRead]]:
    """The districts in groups: small ones together, since each group costs the same; large ones alone."""
    groups: list[list[LastRead]] = [[]]
    for one in reads:
        if groups[-1] and sum(each.households for each in (*groups[-1], one)) > AT_ONCE:
            groups.append([])
        groups[-1].append(one)
    return groups


def _judged(
    run: Run, some: Sequence[LastRead], round_: rounds.Round
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    columns = list(schema_of(Household)), list(schema_of(Person))
    read = (frames(run, one, columns) for one in some)
    households, persons = (pl.concat(each) for each in zip(*read, strict=True))
    return (
        persons.select(PERSON),
        below_line.judge(households, persons, round_),
        indicators.assess(households, persons, indicators.load(), round_),
    )


def _scan(folders: Sequence[Path]) -> pl.LazyFrame:
    scans = [pl.scan_parquet(folder / "households.parquet") for folder in folders]
    return pl.concat(scans) if scans else empty(Household).lazy()
