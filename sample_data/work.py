"""What people do for a living, by age and schooling: shares near the published ones of 2561.

Farming about 29 %, general labour 28 %, officials 3.4 %, company, trade and own business 13.5 %. Nobody able
is without work here: those without work come from the households that fail the job indicators (`traits`).
"""

import numpy as np

from sample_data.draw import Ints, pick

JOBS = (
    "rice",
    "field_crops",
    "orchard",
    "fishery",
    "livestock",
    "government",
    "state_enterprise",
    "company",
    "trade",
    "own_business",
    "labour",
    "service",
)
BY_SCHOOLING = {
    "low": (0.44, 0.055, 0.03, 0.003, 0.008, 0.0, 0.0, 0.012, 0.055, 0.02, 0.36, 0.017),
    "middle": (0.25, 0.04, 0.02, 0.002, 0.006, 0.008, 0.003, 0.08, 0.075, 0.036, 0.44, 0.04),
    "high": (0.07, 0.01, 0.01, 0.001, 0.003, 0.27, 0.04, 0.22, 0.10, 0.10, 0.117, 0.06),
    "old": (0.63, 0.06, 0.05, 0.003, 0.012, 0.0, 0.0, 0.0, 0.075, 0.02, 0.148, 0.002),
}
FINISHES_AT = np.array([15, 15, 15, 15, 15, 18, 20, 22, 25])
"""Age at which someone who will reach each schooling level stops studying (compulsory school ends at 15)."""

LOWER_SECONDARY, DIPLOMA = 4, 6
RETIREMENT = 60


def occupations(
    uniform: np.ndarray, age: Ints, level: Ints, reached: Ints, helps_self: np.ndarray
) -> np.ndarray:
    """Occupation slug per person; `level` is the schooling completed so far, `reached` what it will be."""
    group = np.select(
        [age >= RETIREMENT, level >= DIPLOMA, level >= LOWER_SECONDARY], ["old", "high", "middle"], "low"
    )
    job = np.full(len(age), "none", dtype=object)
    for name, shares in BY_SCHOOLING.items():
        chosen = group == name
        job[chosen] = np.array(JOBS, dtype=object)[pick(uniform[chosen], shares)]
    official = np.isin(job, ("government", "state_enterprise"))
    job[official & (age < 20)] = "company"
    studying = (age >= 3) & (age < FINISHES_AT[reached])
    job[(age < 3) | ((age >= 15) & ~helps_self)] = "none"
    job[studying & ((age < 15) | helps_self)] = "student"
    return job
