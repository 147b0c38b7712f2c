"""What is compared of one round of a province: its typed records and what was judged of them.

Both rounds are judged by the same code, each with its own round file. Deliberately not here: making them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from schemas.rounds import Round


@dataclass(frozen=True)
class RoundFrames:
    """One round of a province.

    households: household_id and as many of the answers as there are; persons: household_id and national_id;
    below_line: of rules.below_line.judge; assessed: of rules.indicators.assess. Who is in no frame of the
    other round is new or gone, so that a part of a province is compared with all of it.
    """

    round: Round
    households: pl.DataFrame
    persons: pl.DataFrame
    below_line: pl.DataFrame
    assessed: pl.DataFrame
