"""The results a sender states per indicator, from the answers: pass, fail, or empty where nobody counts.

They follow the meaning of the indicators as the form words them; `rules.indicators` is the authority and the
tests of this room compare the two.
"""

from collections.abc import Collection
from functools import reduce

import polars as pl

ITEMS = {
    "food_safety": [f"food_safety_{n}" for n in range(1, 5)],
    "self_care": [f"self_care_{n}" for n in range(1, 5)],
    "medicine_use": [f"medicine_use_{n}" for n in range(1, 5)],
    "housing_secure": ["housing_secure_1", "housing_secure_2"],
    "drinking_water": ["drinking_water_enough"],
    "domestic_water": ["domestic_water_enough"],
    "tidy_hygienic_home": [
        f"tidy_home_{n}" for n in ("1", "2", "3", "4", "5_1", "5_2", "5_3", "5_4", "6", "7", "8")
    ],
    "no_pollution": [f"no_pollution_{n}" for n in range(1, 7)],
    "hazard_prevention": [f"hazard_prevention_{n}" for n in range(1, 5)],
    "public_participation": ["participates"],
    "no_alcohol": ["nobody_drinks"],
    "no_smoking": ["nobody_smokes"],
    "birth_weight": ["birth_weight_all_ok"],
    "vaccination": ["vaccine_all"],
    "annual_checkup": ["checkup_all"],
    "exercise": ["exercise_all"],
    "preschool_care": ["preschool_all"],
    "compulsory_education": ["in_school_all"],
    "continue_m4": ["continue_all"],
    "vocational_training": ["trained_all"],
    "literacy_numeracy": ["literate_all"],
    "job_income_15_59": ["job_15_59_all"],
    "job_income_60": ["job_60_all"],
    "elderly_care": ["elderly_care_all"],
    "disabled_care": ["disabled_care_all"],
    "chronic_care": ["chronic_care_all"],
    "religious_practice": ["practice_all"],
}
"""Indicators that pass when all their answers are yes; an unasked one leaves the result empty.

Of self-care and medicine use a form has one.
"""

SAVING_FORMS = tuple(f"saving_{number}" for number in range(1, 12))
COMPONENTS = ("income_main_baht", "income_secondary_baht", "income_other_baht", "income_own_produce_baht")


def stated(income_line: int, asked: Collection[str]) -> list[pl.Expr]:
    """An expression per `result_…` column, over filled homes with `roster_count` and the columns `asked`."""
    on_form = {slug: names for slug, names in ITEMS.items() if set(names) <= set(asked)}
    simple = [_all(names).alias(f"result_{slug}") for slug, names in on_form.items()]
    fed = pl.any_horizontal(~pl.col("bf_u6m_all").fill_null(True), ~pl.col("bf_6_12m_all").fill_null(True))
    asked_fed = pl.col("bf_u6m_all").is_not_null() | pl.col("bf_6_12m_all").is_not_null()
    safe = (
        _all(["no_killing", "no_assault", "no_property_loss"])
        & ~pl.col("home_intruded")
        & ~pl.col("other_crime")
    )
    warm = (
        pl.when(pl.col("lives_alone"))
        .then(_all(["alone_visited", "alone_happy"]))
        .otherwise(_all(["warmth_together", "warmth_respect", "warmth_consult"]))
    )
    income = pl.sum_horizontal(COMPONENTS) >= income_line * pl.col("roster_count")
    recorded = pl.any_horizontal(pl.col(name).is_not_null() for name in COMPONENTS)
    return [
        *simple,
        pl.when(asked_fed).then(~fed).alias("result_exclusive_breastfeeding"),
        safe.alias("result_life_property_safety"),
        warm.alias("result_family_warmth"),
        pl.when(recorded & (pl.col("roster_count") > 0)).then(income).alias("result_income_per_capita"),
        (pl.any_horizontal(SAVING_FORMS) & ~pl.col("saving_none")).alias("result_saving"),
    ]


def _all(names: list[str]) -> pl.Expr:
    return reduce(lambda left, right: left & right, (pl.col(name) for name in names))
