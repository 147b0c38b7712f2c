"""Answers 16-21: pre-school, compulsory schooling, going on after M.3, vocational training, literacy."""

import numpy as np
import polars as pl

from sample_data.answers.asking import Answers, Interview, all_or_how_many, asked
from sample_data.draw import Ints, between

DESTINATIONS = ("non_formal", "home_school", "abroad", "works", "neither")


def fill(it: Interview) -> Answers:
    return {**_children(it), **_after_m3(it), **_training(it), **_literacy(it)}


def _children(it: Interview) -> Answers:
    school_age = it.count((it.age >= 6) & (it.age <= 14))
    not_in_school = it.count(it.behind("compulsory_education"))
    return {
        **all_or_how_many(
            it.count(it.groups["preschool_care"]),
            it.count(it.behind("preschool_care")),
            ("child_3_5_count", "preschool_all", "preschool_not_count"),
        ),
        **all_or_how_many(
            school_age, not_in_school, ("child_6_14_count", "in_school_all", "in_school_not_count")
        ),
        # those not in P.1-M.3 are still in kindergarten or already in M.4: nobody left school half-way
        **_left_school("dropout", not_in_school > 0, np.zeros(it.n, dtype=np.int64)),
        "self_learning_hours": asked(school_age > 0, between(it.number("leisure"), 1, 20)),
    }


def _left_school(prefix: str, was_asked: np.ndarray, left: Ints) -> Answers:
    """How many left half-way and what became of them; the destinations add up to those who left."""
    some = was_asked & (left > 0)
    answers = {f"{prefix}_count": asked(was_asked, left)}
    for name in DESTINATIONS:
        answers[f"{prefix}_{name}_count"] = asked(some, left if name == "works" else np.zeros_like(left))
    return answers


def _after_m3(it: Interview) -> Answers:
    leavers = it.count(it.groups["continue_m4"])
    stopped = it.count(it.behind("continue_m4"))
    youth = it.count((it.age >= 15) & (it.age <= 18))
    young = it.count((it.age >= 15) & (it.age <= 25))
    interested = np.where(it.number("livelihood") < 0.05, np.minimum(young, 1), 0)
    return {
        **all_or_how_many(leavers, stopped, ("m3_leavers_count", "continue_all", "continue_not_count")),
        **_left_school("m3_dropout", stopped > 0, np.where(it.number("item") < 0.3, stopped, 0)),
        "self_learning_15_18_hours": asked(youth > 0, between(it.number("leisure"), 2, 24)),
        "young_otop_count": asked(young > 0, interested),
    }


def _training(it: Interview) -> Answers:
    idle = it.count(it.groups["vocational_training"])
    untrained = it.count(it.behind("vocational_training"))
    fresh = it.count(it.behind("vocational_training") & (it.age <= 16))
    return {
        **all_or_how_many(idle, untrained, ("not_studying_no_job_count", "trained_all", "trained_not_count")),
        "trained_left_this_year_count": asked(untrained > 0, fresh),
        "trained_left_earlier_count": asked(untrained > 0, untrained - fresh),
        "want_training_count": asked(
            idle > 0, np.minimum(idle, (it.number("livelihood") < 0.5).astype(np.int64))
        ),
    }


def _literacy(it: Interview) -> Answers:
    adults = it.groups["literacy_numeracy"]
    schooled = it.people["education"].is_in(["upper_secondary", "diploma", "bachelor", "above_bachelor"])
    no_english = adults & ~schooled.fill_null(False).to_numpy()
    return {
        **all_or_how_many(
            it.count(adults),
            it.count(it.behind("literacy_numeracy")),
            ("age15_59_count", "literate_all", "literate_not_count"),
        ),
        "english_all": asked(it.count(adults) > 0, it.count(no_english) == 0),
        "english_not_count": pl.Series(asked(it.count(no_english) > 0, it.count(no_english))),
    }
