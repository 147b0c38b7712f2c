"""Thai names of fields as the lists print them, from the data dictionary. No wording of its own."""

from functools import cache

from schemas import dictionary
from schemas.household import Household
from schemas.person import Person


@cache
def _labels() -> tuple[dict[str, str], dict[str, str]]:
    person = {name: column.th for name, column in dictionary.columns(Person).items()}
    household = {name: column.th for name, column in dictionary.columns(Household).items()}
    return person, household


def field_label(field: str, level: str) -> str:
    """Thai label of a field as findings name it ("occupation", "hh.income_total_baht").

    A name that both tables know (household_id, district_code) is taken from the table of `level`. A name that
    neither knows, such as a column of the extract that was not recognised, is returned as it is.
    """
    person, household = _labels()
    name = field.rpartition(".")[2]
    is_persons = level == "person" and not field.startswith("hh.")
    first, second = (person, household) if is_persons else (household, person)
    return first.get(name) or second.get(name) or field
