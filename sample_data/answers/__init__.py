"""The filled questionnaire: every household column of the form, worked out from the homes and their people.

`fill` is deterministic: everything random was drawn before, so that after a planted change of the roster the
answers can be filled again and agree with it.
"""

import numpy as np
import polars as pl

from sample_data.answers import access, debts, health, jobs, learning, living, money, results
from sample_data.answers.asking import Interview
from schemas import rounds
from schemas.dictionary import columns
from schemas.household import Household

PARTS = (health, living, learning, jobs, money, debts, access)
LOCAL_GOVERNMENT = {
    "tao": "อบต.",
    "subdistrict_municipality": "เทศบาลตำบล",
    "town_municipality": "เทศบาลเมือง",
    "city_municipality": "เทศบาลนคร",
}


def fill(homes: pl.DataFrame, people: pl.DataFrame, year: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Homes with every column of `Household` (and what they came with), people with number and informant."""
    people = _informants(people)
    interview = Interview(homes, people, year)
    answers = {name: series for part in PARTS for name, series in part.fill(interview).items()}
    informant = (
        people.filter("is_informant")
        .group_by("hh", maintain_order=True)
        .agg(informant_member_no=pl.col("member_no").first())
    )
    filled = (
        homes.with_row_index("hh")
        .with_columns(pl.col("hh").cast(pl.Int64))
        .with_columns(
            survey_year_be=pl.lit(year, dtype=pl.Int64),
            member_count=pl.Series(interview.members),
            roster_count=pl.Series(interview.members),
            local_gov_name=pl.col("local_gov_type").replace_strict(LOCAL_GOVERNMENT) + pl.col("tambon_name"),
            **answers,
        )
        .join(informant, on="hh", how="left", maintain_order="left")
    )
    return state_results(filled, year), people


def state_results(homes: pl.DataFrame, year: int) -> pl.DataFrame:
    """Homes with their `result_…` columns worked out anew from the other answers."""
    return homes.with_columns(results.stated(rounds.load(year).income_line_baht, homes.columns))


def household_columns(homes: pl.DataFrame) -> pl.DataFrame:
    """Only the columns of the schema, in its order; what the form of the year does not ask is left out."""
    return homes.select(name for name in columns(Household) if name in homes.columns)


def _informants(people: pl.DataFrame) -> pl.DataFrame:
    """Member numbers in roster order; the informant is the first adult who can answer."""
    hh = people["hh"].to_numpy()
    first = np.searchsorted(hh, hh, side="left")
    adult = (people["age"] >= 18).to_numpy()
    able = adult & people["can_help_self"].fill_null(True).to_numpy()
    adult &= ~np.isin(hh, hh[able])
    chosen = np.zeros(len(hh), dtype=bool)
    for rows in (np.flatnonzero(able), np.flatnonzero(adult)):
        chosen[rows[np.unique(hh[rows], return_index=True)[1]]] = True
    return people.with_columns(
        member_no=pl.Series(np.arange(len(hh)) - first + 1), is_informant=pl.Series(chosen)
    )
