"""Answers 28-36 and the two blocks that are no indicators: habits, care, taking part, warmth, funds."""

import numpy as np
import polars as pl

from sample_data.answers.asking import Answers, Interview, all_or_how_many, asked
from sample_data.draw import between

HOLDS_CARD = 0.96
"""Share of disabled people with the official card."""


def fill(it: Interview) -> Answers:
    return {**_habits(it), **_care(it), **_together(it), **_funds(it)}


def _habits(it: Interview) -> Answers:
    drinks, smokes = it.behind("no_alcohol"), it.behind("no_smoking")
    drinkers, smokers = it.count(drinks), it.count(smokes)
    earner = (it.people["relation"] == "head").fill_null(False).to_numpy()
    earner_drinks = it.count(drinks & earner) > 0
    return {
        "nobody_drinks": pl.Series(drinkers == 0),
        "drinkers_u15_count": asked(drinkers > 0, it.count(drinks & (it.age < 15))),
        "drinkers_15_19_count": asked(drinkers > 0, it.count(drinks & (it.age >= 15) & (it.age <= 19))),
        "drinkers_20p_count": asked(drinkers > 0, it.count(drinks & (it.age >= 20))),
        "main_earner_drinks_per_month": asked(
            drinkers > 0, np.where(earner_drinks, between(it.number("earner"), 1, 12), 0)
        ),
        "nobody_smokes": pl.Series(smokers == 0),
        "smokers_count": asked(smokers > 0, smokers),
        "main_earner_smokes": asked(smokers > 0, it.count(smokes & earner) > 0),
        **all_or_how_many(
            it.count(it.age >= 6),
            it.count(it.behind("religious_practice")),
            ("age6_count", "practice_all", "practice_not_count"),
        ),
    }


def _care(it: Interview) -> Answers:
    disabled = it.groups["disabled_care"]
    no_card = disabled & (it.people["u_read"].to_numpy() > HOLDS_CARD)
    return {
        **all_or_how_many(
            it.count(it.groups["elderly_care"]),
            it.count(it.behind("elderly_care")),
            ("age60_count", "elderly_care_all", "elderly_care_not_count"),
        ),
        **all_or_how_many(
            it.count(disabled),
            it.count(no_card),
            ("disabled_count", "disability_card_all", "disability_card_not_count"),
        ),
        **all_or_how_many(
            it.count(disabled),
            it.count(it.behind("disabled_care")),
            ("disabled_count", "disabled_care_all", "disabled_care_not_count"),
        ),
        **all_or_how_many(
            it.count(it.groups["chronic_care"]),
            it.count(it.behind("chronic_care")),
            ("chronic_count", "chronic_care_all", "chronic_care_not_count"),
        ),
    }


def _together(it: Interview) -> Answers:
    cold = it.fails("family_warmth")
    alone = it.members == 1
    which = np.floor(it.number("item") * 3).astype(np.int64)
    return {
        "participates": pl.Series(~it.fails("public_participation")),
        "lives_alone": pl.Series(alone),
        "warmth_together": asked(~alone, ~(cold & (which == 0))),
        "warmth_respect": asked(~alone, ~(cold & (which == 1))),
        "warmth_consult": asked(~alone, ~(cold & (which == 2))),
        "alone_visited": asked(alone, ~(cold & (which < 2))),
        "alone_happy": asked(alone, ~(cold & (which == 2))),
    }


def _funds(it: Interview) -> Answers:
    women = it.count((it.people["sex"] == "female").fill_null(False).to_numpy() & (it.age >= 20))
    members = np.where(it.number("fund") < 0.45, np.minimum(women, 1), 0)
    borrows = (members > 0) & (it.number("fund") < 0.04)
    trained = np.where(it.number("livelihood") < 0.08, np.minimum(it.count(it.works), 1), 0)
    return {
        "fund_member_count": pl.Series(members),
        "fund_loan_person_count": asked(members > 0, borrows.astype(np.int64)),
        "fund_loan_baht": asked(members > 0, np.where(borrows, between(it.number("loan"), 5, 40) * 1000, 0)),
        "livelihood_training_count": pl.Series(trained),
        "livelihood_income_baht": asked(trained > 0, between(it.number("produce"), 10, 120) * 100),
    }
