"""Answers 9-15: the home, water, tidiness, pollution, hazards, safety."""

import numpy as np
import polars as pl

from sample_data.answers.asking import Answers, Interview, asked, one_item_missing
from sample_data.draw import between, pick

TIDY_ITEMS = tuple(
    f"tidy_home_{item}" for item in ("1", "2", "3", "4", "5_1", "5_2", "5_3", "5_4", "6", "7", "8")
)
SOURCES = ("industry", "farming", "other")
DISASTERS = ("flood", "storm", "fire", "landslide", "earthquake")
DISASTER_SHARES = (0.62, 0.33, 0.03, 0.015, 0.005)
SUFFERED = 0.035


def fill(it: Interview) -> Answers:
    return {**_home(it), **_pollution(it), **_hazards(it), **_safety(it)}


def _home(it: Interview) -> Answers:
    return {
        **one_item_missing(
            it.fails("housing_secure"), it.number("item"), ("housing_secure_1", "housing_secure_2")
        ),
        "drinking_water_enough": pl.Series(~it.fails("drinking_water")),
        "domestic_water_enough": pl.Series(~it.fails("domestic_water")),
        **one_item_missing(it.fails("tidy_hygienic_home"), it.number("item"), TIDY_ITEMS),
    }


def _pollution(it: Interview) -> Answers:
    disturbed = it.fails("no_pollution")
    source = np.array(SOURCES, dtype=object)[pick(it.number("pollution"), (0.3, 0.4, 0.3))]
    return {
        **one_item_missing(disturbed, it.number("item"), tuple(f"no_pollution_{n}" for n in range(1, 7))),
        "pollution_source": pl.Series(list(np.where(disturbed, source, None)), dtype=pl.String),
    }


def _hazards(it: Interview) -> Answers:
    suffered = it.number("disaster") < SUFFERED
    which = pick((it.number("disaster") / SUFFERED).clip(0, 0.999), DISASTER_SHARES)
    return {
        **one_item_missing(
            it.fails("hazard_prevention"),
            it.number("item"),
            tuple(f"hazard_prevention_{n}" for n in range(1, 5)),
        ),
        "disaster_suffered": pl.Series(suffered),
        **{f"disaster_{name}": asked(suffered, which == number) for number, name in enumerate(DISASTERS)},
        "work_injury_count": pl.Series((it.number("pollution") < 0.004).astype(np.int64)),
    }


def _safety(it: Interview) -> Answers:
    harmed = it.fails("life_property_safety")
    robbed = harmed & (it.number("item") < 0.6)
    beaten = harmed & ~robbed & (it.number("item") < 0.85)
    return {
        "no_killing": pl.Series(np.ones(it.n, dtype=bool)),
        "no_assault": pl.Series(~beaten),
        "no_property_loss": pl.Series(~robbed),
        "property_loss_baht": asked(robbed, between(it.number("pollution"), 5, 300) * 100),
        "home_intruded": pl.Series(np.zeros(it.n, dtype=bool)),
        "other_crime": pl.Series(harmed & ~robbed & ~beaten),
    }
