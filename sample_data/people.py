"""The members as a round sees them: age, title, schooling, work, health, marriage on the interview day.

Everything follows from the person (`roster`) and the date, so the same person a year earlier is a year
younger and perhaps one class lower. Indicator answers about these people are decided in `traits`.
"""

import numpy as np
import polars as pl

from sample_data import work
from sample_data.draw import Bools, Ints, pick
from sample_data.roster import SCHOOLING
from schemas import code_lists

AGE_COMPLETED = np.array([0, 3, 6, 12, 15, 18, 20, 22, 25])
"""Age from which each level of SCHOOLING can be the highest completed one."""

RELATION_OF_SEAT = {
    "head": "head",
    "spouse": "spouse",
    "child": "child",
    "mother": "mother",
    "father": "father",
    "parent_in_law": "parent_in_law",
    "grandchild": "grandchild",
    "sibling": "sibling",
    "other_relative": "other_relative",
    "employee": "employee",
}
CHRONIC_TYPES = ("ความดันโลหิตสูง", "เบาหวาน", "ไขมันในเลือดสูง", "โรคหัวใจ", "โรคไตเรื้อรัง", "หอบหืด", "มะเร็ง")
DISABILITIES = code_lists.load("disability").slugs


def at(roster: pl.DataFrame, interviewed: np.ndarray) -> pl.DataFrame:
    """One row per member with all person columns except keys; `interviewed` is per household."""
    hh = roster["hh"].to_numpy()
    male = roster["is_male"].to_numpy()
    seat = roster["seat"].to_numpy()
    age = full_years(roster["birth_date"].to_numpy(), interviewed[hh])
    level = schooling_at(age, roster["schooling"].to_numpy())
    marital = _marital(roster, hh, seat, age)
    health = _health(roster, age)
    helps_self = ~((health == "disabled") & (_u(roster, "help") < np.where(age >= 80, 0.4, 0.1)))
    occupation = work.occupations(_u(roster, "job"), age, level, roster["schooling"].to_numpy(), helps_self)
    card = (
        (age >= 19) & (_u(roster, "card") < 0.47) & ~np.isin(occupation, ("government", "state_enterprise"))
    )
    return roster.with_columns(
        age=pl.Series(age),
        sex=_text(np.where(male, "male", "female")),
        relation=_text(_relations(seat, male)),
        title=_text(_titles(roster, male, age, marital, occupation)),
        education=_text(np.array(SCHOOLING, dtype=object)[level]),
        occupation=_text(occupation),
        religion=_text(_religion(_u(roster, "school"), hh)),
        health_status=_text(health),
        can_help_self=pl.Series(helps_self),
        disability_type=_text(_where(health == "disabled", _one_of(DISABILITIES, _u(roster, "check")))),
        chronic_type=_text(_where(health == "chronic", _one_of(CHRONIC_TYPES, _u(roster, "check")))),
        is_bedridden=pl.Series(~helps_self & (_u(roster, "check") < 0.4)),
        marital_status=_text(marital),
        welfare_card=pl.Series(card),
        welfare_cash=pl.Series(card & (_u(roster, "card") < 0.3)),
        welfare_usage=_text(_where(card, np.full(len(card), "ซื้อสินค้าอุปโภคบริโภค", dtype=object))),
    )


def full_years(born: np.ndarray, day: np.ndarray) -> Ints:
    """Age in full years: the birthday of a year counts from that day on."""
    months = (day.astype("datetime64[M]") - born.astype("datetime64[M]")).astype(np.int64)
    day_of = (day - day.astype("datetime64[M]")).astype(np.int64)
    born_day = (born - born.astype("datetime64[M]")).astype(np.int64)
    return (months - (day_of < born_day)) // 12


def schooling_at(age: Ints, reached: Ints) -> Ints:
    """Index of the highest level completed at this age by someone who will reach `reached`."""
    possible = np.searchsorted(AGE_COMPLETED, age, side="right") - 1
    return np.where(age >= 25, reached, np.minimum(possible, reached)).astype(np.int64)


def _u(roster: pl.DataFrame, name: str) -> np.ndarray:
    return roster[f"u_{name}"].to_numpy()


def _text(values: np.ndarray) -> pl.Series:
    return pl.Series(list(values), dtype=pl.String)


def _where(chosen: Bools, values: np.ndarray) -> np.ndarray:
    return np.where(chosen, values, None)


def _one_of(words: tuple[str, ...], uniform: np.ndarray) -> np.ndarray:
    return np.array(words, dtype=object)[pick(uniform, [1.0] * len(words))]


def _relations(seat: np.ndarray, male: Bools) -> np.ndarray:
    in_law = np.where(male, "son_in_law", "daughter_in_law")
    plain = np.array([RELATION_OF_SEAT.get(name, name) for name in seat], dtype=object)
    return np.where(seat == "in_law", in_law, plain)


def _health(roster: pl.DataFrame, age: Ints) -> np.ndarray:
    """Normal, disabled or chronic; one value only, as in the form."""
    disabled = np.select([age < 15, age < 60, age < 80], [0.005, 0.0105, 0.032], 0.055)
    chronic = np.select([age < 15, age < 35, age < 60], [0.0005, 0.003, 0.024], 0.088)
    uniform = _u(roster, "health")
    return np.select([uniform < disabled, uniform < disabled + chronic], ["disabled", "chronic"], "normal")


def _marital(roster: pl.DataFrame, hh: Ints, seat: np.ndarray, age: Ints) -> np.ndarray:
    """Married where the other half sits at the same table in either round; otherwise by age."""
    uniform = _u(roster, "marital")
    paired = roster["is_paired"].to_numpy()
    registered = np.where(_of_household(uniform, hh) < 0.7, "married_registered", "married_unregistered")
    once = np.select(
        [uniform < np.where(age >= 60, 0.75, 0.25), uniform < 0.83, uniform < 0.93],
        ["widowed", "divorced", "separated"],
        "single",
    )
    young = np.where((age >= 24) & (uniform < 0.18), "divorced", "single")
    elder = np.isin(seat, ("head", "mother", "father", "parent_in_law")) & (age >= 30)
    # a child-in-law whose partner is away for work is married all the same
    married = paired | (seat == "in_law")
    return np.select([age < 18, married, elder, age >= 40], ["single", registered, once, once], young)


def _of_household(uniform: np.ndarray, hh: Ints) -> np.ndarray:
    """Each person takes the number of the first person of the household."""
    first = np.searchsorted(hh, hh, side="left")
    return uniform[first]


def _titles(
    roster: pl.DataFrame, male: Bools, age: Ints, marital: np.ndarray, work_of: np.ndarray
) -> np.ndarray:
    uniform = _u(roster, "title")
    ranked = (work_of == "government") & (uniform < 0.10) & (age >= 20)
    wife = (marital != "single") & (uniform < 0.88)
    return np.select(
        [(age < 15) & male, age < 15, ranked & male, ranked & (uniform < 0.02), male, wife],
        ["dek_chai", "dek_ying", "rank_male", "rank_female", "nai", "nang"],
        "nang_sao",
    )


def _religion(uniform: np.ndarray, hh: Ints) -> np.ndarray:
    shared = (_of_household(uniform, hh) * 7919) % 1.0
    return np.select([shared < 0.993, shared < 0.998], ["buddhist", "christian"], "muslim")
