"""What is compared of one round of a province: its typed records and what was judged of them.

Both rounds are judged by the same code, each with its own round file. Deliberately not here: making them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from schemas.rounds import Round


@dataclass(frozen=True)
class RoundFrames:
    """One round of a province.

    households: household_id and as many of the answers as there are, lazy where they are on disk, since only
    those of households that exited are looked at; persons: household_id and national_id; below_line: of
    rules.below_line.judge; assessed: of rules.indicators.assess. Who is in no frame of the other round is new
    or gone, so that a part of a province is compared with all of it.
    """

    round: Round
    households: pl.DataFrame | pl.LazyFrame
    persons: pl.DataFrame
    below_line: pl.DataFrame
    assessed: pl.DataFrame

    def with_records_of(self, ids: pl.Series) -> RoundFrames:
        """The same with the answers of those households only, in memory."""
        is_one = pl.col("household_id").is_in(ids.drop_nulls().unique().implode())
        return replace(self, households=self.households.lazy().filter(is_one).collect(engine="streaming"))

    def answers(self, names: Sequence[str]) -> pl.DataFrame:
        """Those columns of the households."""
        return self.households.lazy().select(names).collect()

    @property
    def columns(self) -> list[str]:
        """The names of the households' columns."""
        return self.households.lazy().collect_schema().names()
