"""Plants across years about one household: its amounts, its house and its place a year ago.

Last year's record is changed, or given this year's amounts, after both questionnaires were filled in; the
later round is filled first. Deliberately not here: its people (year_person_plants, year_plants).
"""

import numpy as np

from sample_data import ids
from sample_data.answers.results import COMPONENTS
from sample_data.planting.amounts import (
    earns_modestly,
    farms,
    has_worker,
    owes,
    with_expense_total,
    with_main,
    with_totals,
)
from sample_data.planting.beside import FIRST_HOUSE
from sample_data.planting.case import Case, Row
from sample_data.planting.registry import plant
from schemas import areas, rounds

SPENT = ("expense_necessary_baht", "expense_unnecessary_baht", "expense_production_baht")
INCOME_FIELDS = (*COMPONENTS, "members.occupation")


def _is_known(case: Case) -> bool:
    return case.last is not None


def _earned_well(case: Case) -> bool:
    """Known a year ago and far enough above the line to stay above it with less."""
    return _is_known(case) and has_worker(case) and bool(case.home["u_income"] > 0.3)


def _is_as_it_was(case: Case) -> bool:
    """The same people in the same occupations."""
    if not (_earned_well(case) and case.last and len(case.members) == len(case.last.members)):
        return False
    rows = [case.before(member) for member in case.members]
    return all(
        row and row["occupation"] == now["occupation"] for row, now in zip(rows, case.members, strict=True)
    )


@plant("YR009", "รายได้อาชีพหลักปีก่อนขาดศูนย์หนึ่งตัว", _earned_well)
def main_income_a_tenth(case: Case) -> None:
    assert case.last is not None
    case.last.work_out(lambda home: with_totals(home, income_main_baht=home["income_main_baht"] // 10))
    case.expect("income_main_baht")


@plant("YR010", "รายได้ทุกรายการปีก่อนเป็นหนึ่งในสี่ของปีนี้", _is_as_it_was)
def all_income_a_quarter(case: Case) -> None:
    assert case.last is not None
    case.last.work_out(lambda home: with_totals(home, **{name: home[name] // 4 for name in COMPONENTS}))
    case.expect(*INCOME_FIELDS)


@plant("YR011", "ปีก่อนต่ำกว่าเกณฑ์ ปีนี้สูงกว่าเกณฑ์ร้อยละสาม", lambda case: _is_known(case) and earns_modestly(case))
def lifted_over_the_line(case: Case) -> None:
    assert case.last is not None
    line = rounds.load(2569).income_line_baht
    for year, percent in ((case, 103), (case.last, 85)):
        total = line * percent // 100 * len(year.members)
        year.work_out(lambda home, total=total: with_main(home, total, income_secondary_baht=0))  # type: ignore[misc]
    case.expect(*COMPONENTS)


def _has_three_incomes(case: Case) -> bool:
    """A main income, own produce and what others send, as answers.money draws them."""
    return _is_known(case) and has_worker(case) and farms(case)


def _same(case: Case, *names: str) -> Row:
    """This year's amounts, to be had while last year's form is filled in."""
    kept: Row = {}

    def keep(home: Row) -> Row:
        kept.update({name: home[name] for name in names})
        return {}

    case.work_out(keep)
    return kept


@plant("YR012", "รายได้ทุกรายการเท่าปีก่อน", _has_three_incomes)
def income_copied(case: Case) -> None:
    assert case.last is not None
    kept = _same(case, *COMPONENTS)
    case.last.work_out(lambda home: with_totals(home, **kept))
    case.expect(*COMPONENTS, *SPENT)


@plant("YR013", "รายได้และรายจ่ายทุกรายการเท่าปีก่อน", _has_three_incomes)
def amounts_copied(case: Case) -> None:
    assert case.last is not None
    earned, spent = _same(case, *COMPONENTS), _same(case, *SPENT)
    case.last.work_out(lambda home: with_totals(home, **earned) | with_expense_total(home, **spent))
    case.expect(*COMPONENTS, *SPENT)


@plant("YR019", "บ้านหลังเดิมแต่ปีก่อนใช้รหัสประจำบ้านอื่น", _is_known)
def house_id_changed(case: Case) -> None:
    assert case.last is not None
    house = FIRST_HOUSE + case.number * 10 + 9
    made = ids.house_ids(np.array([int(case.home["district_code"])]), np.array([house]))
    case.last.home["house_id"] = str(made[0])
    case.expect("house_no", "village_code", "house_id")


@plant("YR020", "รหัสครัวเรือนเดิมแต่ปีก่อนอยู่อีกตำบล", _is_known)
def came_from_another_tambon(case: Case) -> None:
    assert case.last is not None
    others = [
        one for one in areas.tambons(case.home["district_code"]) if one.code != case.home["tambon_code"]
    ]
    code = others[case.copy % len(others)].code
    case.last.home.update(tambon_code=code, tambon_name=areas.area_name(code))
    case.last.home.update(village_no=1, village_code=f"{code}01")
    case.expect("tambon_code")


def _owed_nothing(case: Case) -> bool:
    return _is_known(case) and not owes(case) and case.has(lambda member: bool(member["age"] >= 30))


@plant("YR022", "หนี้สถาบันการเงินปีก่อนหายไปโดยไม่ได้ชำระ", _owed_nothing)
def debt_gone(case: Case) -> None:
    assert case.last is not None
    case.last.answer(debt_formal_count=1, debt_formal_baht=120_000)
    case.last.work_out(lambda home: with_expense_total(home, expense_debt_service_baht=6_000))
    case.expect("debt_fund_baht", "debt_informal_baht", "debt_formal_baht", "expense_debt_service_baht")
