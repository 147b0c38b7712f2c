"""What rules on two years compare: a household broken for another rule must not look changed since last year.

A plant that is not about last year and changes one of these cells makes the household one of its first year
(`Case.first_time`), so that only its own rule finds it. Deliberately not here: who came or left (sow).
"""

from sample_data.answers.results import COMPONENTS
from sample_data.planting.case import Case, Row

PERSON_CELLS = (
    "birth_date",
    "sex",
    "relation",
    "education",
    "religion",
    "health_status",
    "marital_status",
)
PLACE_CELLS = ("house_id", "tambon_code")
ANSWERS = (*PLACE_CELLS, *COMPONENTS, "debt_formal_baht", "expense_debt_service_baht")

Cells = dict[str, tuple[object, ...]]


def cells(case: Case) -> Cells:
    """Those of the home (under "") and of each member known a year ago, by national id."""
    people = {
        member["national_id"]: tuple(member[name] for name in PERSON_CELLS)
        for member in case.members
        if case.before(member)
    }
    return {"": tuple(case.home[name] for name in PLACE_CELLS)} | people


def is_changed(case: Case, before: Cells) -> bool:
    """Whether the plant changed one of them since `before`, or has asked that it be changed."""
    now = cells(case)
    said = any(name in PERSON_CELLS for _place, values in case.said for name in values)
    return said or any(now[key] != before[key] for key in now if key in before)


def has_other_answers(filled: Row, changed: Row) -> bool:
    """Whether the answers a plant asked for differ in one that is compared."""
    return any(filled[name] != changed[name] for name in ANSWERS)
