"""Answers simply not given: single empty cells in clean households, which no rule may turn into a finding.

They give rules somebody about whom they cannot tell. Only cells that may be empty are emptied, never a
required one, and never so that what is left contradicts itself.
"""

import numpy as np
import polars as pl

from sample_data.draw import stream

HOUSEHOLD_CELLS = (
    "happiness",
    "insurance_universal_count",
    "exercised_count",
    "expense_necessary_baht",
    "debt_fund_baht",
    "disability_card_all",
    "main_earner_smokes",
    "want_job_15_59_count",
    "household_status",
    "english_all",
    "saving_amount_baht",
    "loan_any",
)
PERSON_CELLS = (
    "title",
    "religion",
    "health_status",
    "marital_status",
    "can_help_self",
    "is_informant",
)
SHARE_OF_HOUSEHOLDS, SHARE_OF_PEOPLE = 0.012, 0.006


def left_empty(
    seed: int, district_code: str, homes: pl.DataFrame, people: pl.DataFrame, broken: set[int]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both tables with some cells emptied, in households (`hh`) that are not broken on purpose."""
    return (
        _emptied(
            homes,
            HOUSEHOLD_CELLS,
            stream(seed, district_code, "empty answers").random((2, len(homes))),
            SHARE_OF_HOUSEHOLDS,
            broken,
        ),
        # a number per person that exists whatever was planted: plants add and remove people
        _emptied(
            people, PERSON_CELLS, people.select("u_given", "u_leave").to_numpy().T, SHARE_OF_PEOPLE, broken
        ),
    )


def _emptied(
    frame: pl.DataFrame, cells: tuple[str, ...], uniform: np.ndarray, share: float, broken: set[int]
) -> pl.DataFrame:
    chosen = pl.Series(uniform[0] < share) & ~frame["hh"].is_in(list(broken))
    which = pl.Series((uniform[1] * len(cells)).astype(int))
    return frame.with_columns(
        pl.when(chosen & (which == number)).then(None).otherwise(pl.col(name)).alias(name)
        for number, name in enumerate(cells)
    )
