"""Who makes a household fail: the people without a check-up, the ones who drink, the child not in school.

Each indicator's failing households are drawn at the rate of `rates.toml` (and of the district), then the
people behind the failure are marked among those the indicator is about, so that answers can be counted from
the roster and agree with it. Household questions without people behind them only get a mark here (`f_…`).
"""

import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl

from sample_data.draw import Bools, Ints, some_in_each, stream

KEPT_FROM_LAST_YEAR = 0.85
"""Share of households whose answer on a topic is the same as in the other round."""

OFFICIAL_EDUCATION_AGES = (6, 14)
"""Failing compulsory_education are children still in kindergarten or already in M.4 (domain notes 5.6)."""

ELIGIBLE_SHARE = {"compulsory_education": 0.30, "job_income_15_59": 0.65, "job_income_60": 0.55}
"""Of the households an indicator is about, the share with someone who may be behind a failure here."""

TOPICS_OF_PEOPLE = {
    "birth_weight": "weigh",
    "exclusive_breastfeeding": "feed",
    "vaccination": "vaccine",
    "annual_checkup": "check",
    "exercise": "exercise",
    "preschool_care": "card",
    "compulsory_education": "school",
    "continue_m4": "given",
    "vocational_training": "title",
    "literacy_numeracy": "read",
    "job_income_15_59": "job",
    "job_income_60": "marital",
    "elderly_care": "care",
    "disabled_care": "help",
    "chronic_care": "leave",
    "no_alcohol": "drink",
    "no_smoking": "smoke",
    "religious_practice": "practice",
}
"""Topic -> the person's uniform number that picks who it is; others are questions of the household."""


@lru_cache
def rates() -> dict[str, dict[str, float]]:
    tables = tomllib.loads((Path(__file__).parent / "rates.toml").read_text(encoding="utf-8"))
    return {name: table for name, table in tables.items() if isinstance(table, dict)}


def failing_households(seed: int, district_code: str, households: int, year: int) -> pl.DataFrame:
    """A mark `f_<topic>` per household and topic of rates.toml; mostly the same in both years."""
    marks = {}
    for topic, rate in rates()["fails"].items():
        base = stream(seed, district_code, f"fails {topic}")
        local = rate / ELIGIBLE_SHARE.get(topic, 1.0) * (0.6 + 0.8 * base.random())
        first = base.random(households)
        again = stream(seed, district_code, f"fails {topic} {year}")
        redrawn = again.random(households) > KEPT_FROM_LAST_YEAR
        marks[f"f_{topic}"] = np.where(redrawn, again.random(households), first) < local
    return pl.DataFrame(marks)


def jobless(people: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Takes the work away from some in households that fail a job indicator, never from its last worker."""
    hh, age = people["hh"].to_numpy(), people["age"].to_numpy()
    works = ~np.isin(people["occupation"].to_numpy(), ("none", "student"))
    spare = works & ~_first_of_household(hh, works)
    loses = np.zeros(len(hh), dtype=bool)
    for topic, eligible in (("job_income_15_59", (age >= 15) & (age <= 59)), ("job_income_60", age >= 60)):
        wanted = homes[f"f_{topic}"].to_numpy()
        loses |= some_in_each(hh, len(homes), wanted, spare & eligible, _number(people, topic))
    return people.with_columns(
        occupation=pl.when(pl.Series(loses)).then(pl.lit("none")).otherwise("occupation")
    )


def marked(people: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """People with a column `t_<topic>` for each topic of people: true for those behind the failure."""
    hh = people["hh"].to_numpy()
    eligible = groups(people)
    marks = {}
    for topic in TOPICS_OF_PEOPLE:
        if topic in eligible:
            wanted = homes[f"f_{topic}"].to_numpy()
            marks[f"t_{topic}"] = some_in_each(
                hh, len(homes), wanted, eligible[topic], _number(people, topic)
            )
    never = (people["education"] == "never").to_numpy() & eligible["literacy_numeracy"]
    marks["t_literacy_numeracy"] = marks["t_literacy_numeracy"] | never
    return people.with_columns(**{name: pl.Series(mark) for name, mark in marks.items()})


def groups(people: pl.DataFrame) -> dict[str, Bools]:
    """Who each indicator of people is about."""
    age = people["age"].to_numpy()
    health = people["health_status"].to_numpy()
    idle = (people["occupation"] == "none").to_numpy()
    finished = (
        people["education"]
        .is_in(["lower_secondary", "upper_secondary", "diploma", "bachelor", "above_bachelor"])
        .to_numpy()
    )
    helps = people["can_help_self"].to_numpy()
    return {
        "birth_weight": age < 1,
        "exclusive_breastfeeding": age < 1,
        "vaccination": age <= 12,
        "annual_checkup": age >= 35,
        "exercise": age >= 6,
        "preschool_care": (age >= 3) & (age <= 5),
        "compulsory_education": np.isin(age, OFFICIAL_EDUCATION_AGES),
        "continue_m4": (age == 15) & finished,
        "vocational_training": (age >= 15) & (age <= 59) & idle & finished & helps,
        "literacy_numeracy": (age >= 15) & (age <= 59),
        "elderly_care": age >= 60,
        "disabled_care": health == "disabled",
        "chronic_care": health == "chronic",
        "no_alcohol": age >= 18,
        "no_smoking": age >= 18,
        "religious_practice": age >= 6,
    }


def _number(people: pl.DataFrame, topic: str) -> np.ndarray:
    return people[f"u_{TOPICS_OF_PEOPLE[topic]}"].to_numpy()


def _first_of_household(hh: Ints, chosen: Bools) -> Bools:
    first = np.zeros(len(hh), dtype=bool)
    rows = np.flatnonzero(chosen)
    first[rows[np.unique(hh[rows], return_index=True)[1]]] = True
    return first
