"""The homes of a district: where they are, who visited, and the uniform numbers behind their answers.

Villages are invented; districts and tambons are the real ones (`schemas.areas`). A household keeps its id and
its place in both rounds. People are in `roster`, money and answers in `answers`.
"""

import numpy as np
import polars as pl

from sample_data import ids, names
from sample_data.draw import Bools, Ints, between, pick, stream
from schemas import areas

GONE, NEW = 0.006, 0.009
"""Shares of households surveyed only last year, and only this year."""

HOUSEHOLD_NUMBERS = (
    "income",
    "below",
    "shares",
    "produce",
    "expense",
    "unnecessary",
    "debt",
    "loan",
    "saving",
    "saving_form",
    "happiness",
    "welfare",
    "fund",
    "livelihood",
    "insurance",
    "facility",
    "disaster",
    "pollution",
    "item",
    "earner",
    "water",
    "informant",
    "tenure",
    "work_tenure",
    "leisure",
    "gap",
)
HAPPINESS = (0, 0, 0, 0, 0.004, 0.016, 0.03, 0.10, 0.33, 0.28, 0.24)
TENURES = ("own", "rented", "public", "other")


def draw(seed: int, district_code: str, households: int, center: tuple[float, float]) -> pl.DataFrame:
    """One row per household of either round; exactly `households` of them belong to the later round."""
    rng = stream(seed, district_code, "homes")
    gone = round(households * GONE)
    n = households + gone
    only_earlier = _choose(rng.random(n), gone)
    only_later = _choose(np.where(only_earlier, 2.0, rng.random(n)), round(households * NEW))
    places = _places(rng, district_code, n)
    numbers = {f"u_{name}": rng.random(n) for name in HOUSEHOLD_NUMBERS}
    return pl.DataFrame(
        {
            **_addresses(rng, district_code, *places),
            "home_land_tenure": _strings(
                np.array(TENURES)[pick(numbers["u_tenure"], (0.925, 0.02, 0.035, 0.02))]
            ),
            "work_land_tenure": _strings(
                np.array((*TENURES, "none"))[pick(numbers["u_work_tenure"], (0.62, 0.11, 0.02, 0.02, 0.23))]
            ),
            "latitude": np.round(center[0] + (rng.random(n) - 0.5) * 0.2, 6),
            "longitude": np.round(center[1] + (rng.random(n) - 0.5) * 0.2, 6),
            "is_consented": [True] * n,
            "household_status": ["collected"] * n,
            "happiness": pick(numbers["u_happiness"], HAPPINESS),
            "in_earlier": ~only_later,
            "in_later": ~only_earlier,
            **numbers,
        }
    )


def interviews(
    homes: pl.DataFrame, seed: int, district_code: str, start: np.datetime64, end: np.datetime64, year: int
) -> pl.DataFrame:
    """Interview and entry dates inside the window of a round, and who collected and checked."""
    n = len(homes)
    rng = stream(seed, district_code, f"interviews {year}")
    days = int((end - start).astype(np.int64))
    day = np.floor((homes["u_gap"].to_numpy() * 0.8 + rng.random(n) * 0.1) * days).astype(np.int64)
    entered = day + between(rng.random(n), 0, min(9, days // 10))
    team = homes["village_code"].to_numpy()
    return pl.DataFrame(
        {
            "interview_date": start.astype("datetime64[D]") + day,
            "entry_date": start.astype("datetime64[D]") + entered,
            "collector_id": [f"C{code}" for code in team],
            "checker_id": [f"K{code[:6]}" for code in team],
        }
    )


def _choose(uniform: np.ndarray, wanted: int) -> Bools:
    chosen = np.zeros(len(uniform), dtype=bool)
    chosen[np.argsort(uniform, kind="stable")[:wanted]] = True
    return chosen


def _places(rng: np.random.Generator, district_code: str, n: int) -> tuple[np.ndarray, Ints, Ints]:
    """Tambon code, village number and serial in the village, sorted; no tambon is left empty."""
    tambons = np.array([tambon.code for tambon in areas.tambons(district_code)])
    share = 0.5 + rng.random(len(tambons))
    share[0] *= 1.8
    first = np.arange(min(n, len(tambons)))
    where = np.sort(np.concatenate([first, pick(rng.random(n - len(first)), list(share))]))
    per_tambon = np.bincount(where, minlength=len(tambons))
    villages = np.minimum(12, np.maximum(1, per_tambon // 4))
    village = 1 + np.floor(rng.random(n) * villages[where]).astype(np.int64)
    order = np.lexsort((village, where))
    where, village = where[order], village[order]
    key = where * 100 + village
    serial = np.arange(n) - np.searchsorted(key, key, side="left") + 1
    return tambons[where], village, serial


def _house_numbers(rng: np.random.Generator, serial: Ints) -> list[str]:
    split = rng.random(len(serial)) < 0.12
    part = between(rng.random(len(serial)), 1, 3)
    return [
        f"{number}/{sub}" if is_split else str(number)
        for number, sub, is_split in zip(serial.tolist(), part.tolist(), split.tolist(), strict=True)
    ]


def _village_names(village_code: np.ndarray) -> list[str]:
    spread = (village_code.astype(np.int64) * 2_654_435) % 99_991
    return list(names.village_names(spread))


def _local_governments(district_code: str, urban: Bools) -> list[str]:
    town = {"3401": "city_municipality", "3415": "town_municipality"}.get(
        district_code, "subdistrict_municipality"
    )
    return [town if is_urban else "tao" for is_urban in urban.tolist()]


def _addresses(
    rng: np.random.Generator, district_code: str, tambon: np.ndarray, village: Ints, serial: Ints
) -> dict[str, object]:
    """The columns that say where the homes are; `serial` numbers the homes of a village."""
    n = len(tambon)
    urban = np.char.endswith(tambon, "01")
    village_code = np.char.add(tambon, ids.as_text(village, 2))
    office = np.where(urban, ids.MUNICIPAL_OFFICES.get(district_code, int(district_code)), int(district_code))
    return {
        "household_id": _strings(np.char.add(village_code, ids.as_text(serial, 4))),
        "province_code": ["34"] * n,
        "province_name": [areas.area_name("34")] * n,
        "district_code": [district_code] * n,
        "district_name": [areas.district_name(district_code)] * n,
        "tambon_code": _strings(tambon),
        "tambon_name": [areas.tambon_name(code) for code in tambon.tolist()],
        "village_no": village,
        "village_code": _strings(village_code),
        "village_name": _village_names(village_code),
        "local_gov_type": _local_governments(district_code, urban),
        "area_type": _strings(np.where(urban, "urban", "rural")),
        "house_no": _house_numbers(rng, serial),
        "soi": pl.Series([None] * n, dtype=pl.String),
        "road": pl.Series([None] * n, dtype=pl.String),
        "house_id": _strings(ids.house_ids(office, np.arange(n))),
    }


def _strings(values: np.ndarray) -> list[str]:
    return values.tolist()
