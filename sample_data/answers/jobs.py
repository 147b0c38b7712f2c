"""Answers 23-24: who has a job and an income, aged 15-59 and 60+, without students and dependent disabled."""

import numpy as np
import polars as pl

from sample_data.answers.asking import Answers, Interview, asked
from sample_data.draw import Bools

WANTS_A_JOB = 0.5


def fill(it: Interview) -> Answers:
    dependent = it.groups["disabled_care"] & ~it.people["can_help_self"].fill_null(True).to_numpy()
    counted = ~dependent & ~it.occupied("student")
    older = (it.age >= 60) & ~dependent
    return {
        **_band(it, "15_59", counted & (it.age >= 15) & (it.age <= 59)),
        **_band(it, "60", older),
        "otop_60_count": asked(it.count(older) > 0, np.where(it.number("fund") < 0.03, 1, 0)),
    }


def _band(it: Interview, band: str, counted: Bools) -> Answers:
    there = it.count(counted)
    idle = counted & ~it.works
    without = it.count(idle)
    # an idle person with other income: a pension, children who send money
    supported = it.count(idle & (it.people["u_english"].to_numpy() < 0.3))
    wants = np.minimum(without - supported, (it.number("earner") < WANTS_A_JOB).astype(np.int64))
    some = without > 0
    return {
        f"job_{band}_count": pl.Series(there),
        f"job_{band}_all": asked(there > 0, without == 0),
        f"no_job_no_income_{band}_count": asked(some, without - supported),
        f"no_job_with_income_{band}_count": asked(some, supported),
        f"want_job_{band}_count": asked(some, wants),
    }
