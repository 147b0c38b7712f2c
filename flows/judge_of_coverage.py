"""The judge of the coverage measure: a night's reading and checking of records mistyped on purpose.

Every batch goes through files, as a district's delivery would, so that what reading notices counts too.
Deliberately not here: which mistakes are made (rules/coverage), and any document.
"""

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows import intake
from rules import across, below_line, engine, indicators
from rules.coverage.measure import Judged
from rules.coverage.records import OWNER, SENDER
from rules.coverage.row_errors import Tables
from rules.last_year import LastYear
from rules.rule import Rule
from schemas.rounds import Round

FOUND = ["household_id", "rule_id", "severity", "fields"]
AT_ONCE = 2
"""Districts read at the same time."""


@dataclass(frozen=True)
class NightJudge:
    """Judges tables as text the way a night does: `rules` of `round_`, with last year's records."""

    rules: Sequence[Rule]
    round_: Round
    last: LastYear

    def __call__(self, tables: Tables) -> Judged:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            extracts, findings = zip(*self._read(tables, Path(folder)), strict=True)
        households = pl.concat([extract.households for extract in extracts])
        persons = pl.concat([extract.persons for extract in extracts])
        within = engine.check(households, persons, self.rules, self.round_, last=self.last)
        among = across.check(households, persons, self.rules, self.round_)
        if within.errors or among.errors:
            raise RuntimeError(f"rules that could not run: {sorted({**within.errors, **among.errors})}")
        told = [*findings, within.findings.select(FOUND), among.findings.select(FOUND)]
        is_among = [pl.lit(frame is told[-1]).alias("is_among") for frame in told]
        every = pl.concat(frame.with_columns(mark) for frame, mark in zip(told, is_among, strict=True))
        return Judged(every, _states(households, persons, self.round_))

    def _read(self, tables: Tables, folder: Path) -> list[tuple[intake.Extract, pl.DataFrame]]:
        codes = tables["household"][SENDER].unique().sort().to_list()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(lambda code: self._district(tables, code, folder / code), codes))

    def _district(self, tables: Tables, code: str, folder: Path) -> tuple[intake.Extract, pl.DataFrame]:
        """The district's files as read, and what reading told, of the household the row belongs to."""
        folder.mkdir()
        deliveries, owners = [], []
        for table, frame in tables.items():
            own = frame.filter(pl.col(SENDER) == code)
            path = folder / f"{table}.parquet"
            own.drop(SENDER, OWNER).write_parquet(path, compression="lz4")
            deliveries.append(intake.receive(path, folder / "kept"))
            owners.append(
                own.select(
                    OWNER,
                    pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("source_row"),
                    pl.lit(deliveries[-1].delivery_id).alias("delivery_id"),
                )
            )
        extract = intake.read(deliveries, code, self.round_)
        told = extract.findings.join(pl.concat(owners), on=["delivery_id", "source_row"], how="left")
        return extract, told.with_columns(household_id=pl.coalesce(OWNER, "household_id")).select(FOUND)


def _states(households: pl.DataFrame, persons: pl.DataFrame, round_: Round) -> pl.DataFrame:
    """On which side of the line each household stands, and the states of all its indicators as one text."""
    line = below_line.states(households, persons, round_).select("household_id", line="state")
    assessed = indicators.assess(households, persons, indicators.load(), round_)
    every = pl.concat_str(pl.col(indicators.slugs(assessed)).cast(pl.String), separator=" ")
    results = assessed.select("household_id", results=every)
    return line.unique("household_id", keep="first").join(
        results.unique("household_id", keep="first"), on="household_id", how="left"
    )
