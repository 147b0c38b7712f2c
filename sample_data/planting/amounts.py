"""Amounts of a household kept in step while a plant changes one of them, and whom such plants may break."""

from sample_data.answers.results import COMPONENTS
from sample_data.planting.case import Case, Row, works

KINDS = ("formal", "fund", "informal")
DEBTS = tuple(f"debt_{kind}_baht" for kind in KINDS)
DEBTORS = tuple(f"debt_{kind}_count" for kind in KINDS)
SOURCES = tuple(f"loan_src_{number}_baht" for number in range(1, 10))
FORMS = tuple(f"saving_{number}" for number in range(1, 12))
SPENT = (
    "expense_production_baht",
    "expense_necessary_baht",
    "expense_unnecessary_baht",
    "expense_debt_service_baht",
)
NOTHING_OWED = dict.fromkeys((*DEBTS, *DEBTORS), 0)
NOTHING_BORROWED = {
    "loan_any": False,
    "loan_enough": None,
    "loan_needed_baht": None,
    **dict.fromkeys(SOURCES),
}
NOTHING_SAVED = {**dict.fromkeys(FORMS, False), "saving_none": True, "saving_amount_baht": None}

FARMS = ("rice", "field_crops", "orchard", "livestock", "fishery")
OFFICIALS = ("government", "state_enterprise")


def income(home: Row) -> int:
    """The four amounts of income together."""
    return sum(int(home[name]) for name in COMPONENTS)


def spending(home: Row) -> int:
    """The four amounts of spending together."""
    return sum(int(home[name]) for name in SPENT)


def with_totals(home: Row, **values: int | None) -> Row:
    """The values, and the sums and averages that follow from them."""
    after = {**home, **values}
    amounts = [after[name] for name in COMPONENTS]
    total = None if all(amount is None for amount in amounts) else sum(amount or 0 for amount in amounts)
    average = None if total is None else total // max(after["member_count"], 1)
    return {**values, "income_total_baht": total, "income_per_capita_baht": average}


def with_main(home: Row, total: int, **values: int) -> Row:
    """The values, and a main income that makes the four amounts `total`, with what follows from them."""
    others = {name: values.get(name, home[name]) for name in COMPONENTS[1:]}
    return with_totals(home, **values, income_main_baht=total - sum(others.values()))


def with_expense_total(home: Row, **values: int) -> Row:
    """The values, and the total of expenditure that follows."""
    after = {**home, **values}
    return {**values, "expense_total_baht": sum(after[name] for name in SPENT)}


def occupied(case: Case, *occupations: str) -> bool:
    return case.has(lambda member: member["occupation"] in occupations)


def has_worker(case: Case) -> bool:
    return case.has(works)


def farms(case: Case) -> bool:
    return occupied(case, *FARMS)


def has_card(case: Case) -> bool:
    return case.has(lambda member: bool(member["welfare_card"]))


def owes(case: Case) -> bool:
    """In debt, as answers.money draws it."""
    return bool(case.home["u_debt"] < 0.46) and case.has(lambda member: member["age"] >= 20)


def owes_formally(case: Case) -> bool:
    return owes(case) and bool(case.home["u_debt"] / 0.46 < 0.7)


def borrowed(case: Case) -> bool:
    """Took a loan in the year, as answers.debts draws it."""
    return owes(case) and bool(case.home["u_loan"] < 0.79)


def earns_modestly(case: Case) -> bool:
    """Workers whose income is neither high nor topped up by the state."""
    return _lives_on_work(case) and bool(case.home["u_income"] < 0.3) and not has_card(case)


def could_turn_poor(case: Case) -> bool:
    """Workers without debts that would outgrow a smaller income, or rice to be eaten."""
    return _lives_on_work(case) and not owes(case) and not occupied(case, "rice")


def _lives_on_work(case: Case) -> bool:
    def draws_an_allowance(member: Row) -> bool:
        return bool(member["age"] >= 60 or member["health_status"] == "disabled")

    return has_worker(case) and not occupied(case, *OFFICIALS) and not case.has(draws_an_allowance)
