"""Plants in expenditure. Totals are kept in step, so that one thing only is wrong."""

from sample_data.planting.amounts import (
    NOTHING_SAVED,
    SPENT,
    farms,
    income,
    occupied,
    owes,
    with_expense_total,
    with_main,
)
from sample_data.planting.case import Case, Row, works
from sample_data.planting.registry import plant
from sample_data.planting.suits import adult


def _one_adult_works(case: Case) -> bool:
    return [adult(member) for member in case.members if works(member)] == [True]


def _drinks(member: Row) -> bool:
    return bool(member["t_no_alcohol"]) and member["age"] >= 18


def _farms_and_owes_nothing(case: Case) -> bool:
    return farms(case) and not owes(case)


def _earns_well(case: Case) -> bool:
    return bool(case.home["u_income"] > 0.6)


@plant("EX001", "ผลรวมรายจ่ายไม่ตรงกับรายการย่อย")
def expense_total_off(case: Case) -> None:
    case.work_out(lambda home: {"expense_total_baht": home["expense_total_baht"] + 1_000})
    case.expect("expense_total_baht", *SPENT)


@plant("EX002", "รายจ่ายที่จำเป็นต่ำผิดปกติ")
def necessary_expense_low(case: Case) -> None:
    case.work_out(lambda home: with_expense_total(home, expense_necessary_baht=home["member_count"] * 1_200))
    case.expect("expense_necessary_baht")


@plant("EX003", "รายจ่ายมากกว่ารายได้สองเท่าแต่ไม่มีหนี้และเงินออม", _farms_and_owes_nothing)
def spending_far_above_income(case: Case) -> None:
    case.answer(**NOTHING_SAVED)
    case.work_out(lambda home: with_expense_total(home, expense_production_baht=2 * income(home)))
    case.expect(*SPENT)


@plant("EX004", "มีต้นทุนการผลิตแต่ไม่มีผู้ผลิต", _one_adult_works)
def production_cost_without_producer(case: Case) -> None:
    case.one(works)["occupation"] = "company"
    case.work_out(lambda home: with_main(home, income(home), income_secondary_baht=0))
    case.work_out(lambda home: with_expense_total(home, expense_production_baht=15_000))
    case.expect("expense_production_baht")


@plant("EX005", "ทำการเกษตรแต่ไม่มีต้นทุนการผลิต", farms)
def farm_without_production_cost(case: Case) -> None:
    case.work_out(lambda home: with_expense_total(home, expense_production_baht=0))
    case.expect("expense_production_baht")


@plant("EX006", "มีผู้ดื่มสุราแต่ไม่มีรายจ่ายที่ไม่จำเป็น", lambda case: case.has(_drinks))
def drinkers_without_unnecessary_expense(case: Case) -> None:
    case.work_out(lambda home: with_expense_total(home, expense_unnecessary_baht=0))
    case.expect("expense_unnecessary_baht")


@plant("EX007", "รายจ่ายที่จำเป็นเกินสองแสนบาทต่อคน", _earns_well)
def necessary_expense_high(case: Case) -> None:
    case.work_out(lambda home: with_expense_total(home, expense_necessary_baht=210_000 * len(case.members)))
    case.expect("expense_necessary_baht")


@plant("EX008", "รายจ่ายที่ไม่จำเป็นมากกว่าที่จำเป็น")
def unnecessary_above_necessary(case: Case) -> None:
    case.work_out(
        lambda home: with_expense_total(home, expense_unnecessary_baht=home["expense_necessary_baht"] + 5_000)
    )
    case.expect("expense_unnecessary_baht", "expense_necessary_baht")


@plant("EX009", "รายจ่ายที่ไม่จำเป็นเป็นหน่วยพันบาท", lambda case: not occupied(case, "trade", "own_business"))
def expense_in_thousands(case: Case) -> None:
    case.work_out(lambda home: with_expense_total(home, expense_unnecessary_baht=12))
    case.expect("expense_unnecessary_baht")
