"""Plants in income, expenditure, debt and saving. Sums are kept in step, so that one thing only is wrong."""

from sample_data.answers.results import COMPONENTS
from sample_data.planting.case import Case, Row, works
from sample_data.planting.registry import plant

SOURCES = tuple(f"loan_src_{number}_baht" for number in range(1, 10))
SPENT = (
    "expense_production_baht",
    "expense_necessary_baht",
    "expense_unnecessary_baht",
    "expense_debt_service_baht",
)


def _has_worker(case: Case) -> bool:
    return any(works(member) for member in case.members)


def _employee(case: Case) -> bool:
    return any(member["occupation"] in ("labour", "trade", "company", "service") for member in case.members)


def _old_and_alone(case: Case) -> bool:
    return len(case.members) == 1 and case.head["age"] >= 60


def with_totals(home: Row, **values: int | None) -> Row:
    """The values, and the sums and averages that follow from them."""
    after = {**home, **values}
    amounts = [after[name] for name in COMPONENTS]
    total = None if all(amount is None for amount in amounts) else sum(amount or 0 for amount in amounts)
    average = None if total is None else total // max(after["member_count"], 1)
    return {**values, "income_total_baht": total, "income_per_capita_baht": average}


def with_expense_total(home: Row, **values: int) -> Row:
    """The values, and the total of expenditure that follows."""
    after = {**home, **values}
    return {**values, "expense_total_baht": sum(after[name] for name in SPENT)}


@plant("IN001", "ผลรวมรายได้เกินรายการย่อย 5,000 บาท")
def income_total_off(case: Case) -> None:
    def change(home: Row) -> Row:
        total = home["income_total_baht"] + 5_000
        return {"income_total_baht": total, "income_per_capita_baht": total // home["member_count"]}

    case.work_out(change)
    case.expect("income_total_baht", *COMPONENTS)


@plant("IN002", "รายได้เฉลี่ยต่อคนคำนวณผิด")
def average_off(case: Case) -> None:
    case.work_out(lambda home: {"income_per_capita_baht": home["income_per_capita_baht"] + 750})
    case.expect("income_per_capita_baht", "income_total_baht", "member_count")


@plant("IN003", "ไม่ได้บันทึกรายได้ทั้งสี่รายการ")
def income_not_recorded(case: Case) -> None:
    case.work_out(lambda home: with_totals(home, **dict.fromkeys(COMPONENTS)))
    case.expect(*COMPONENTS)


@plant("IN004", "รายได้รวมเป็นศูนย์")
def income_zero(case: Case) -> None:
    case.work_out(lambda home: with_totals(home, **dict.fromkeys(COMPONENTS, 0)))
    case.expect(*COMPONENTS)


@plant("IN005", "มีรายได้อาชีพหลักแต่ไม่มีผู้มีอาชีพ", _old_and_alone)
def main_income_without_worker(case: Case) -> None:
    case.head["occupation"] = "none"
    case.work_out(lambda home: with_totals(home, income_main_baht=24_000))
    case.expect("income_main_baht")


@plant("IN006", "มีผู้มีอาชีพแต่รายได้อาชีพหลักเป็นศูนย์", _employee)
def worker_without_main_income(case: Case) -> None:
    case.work_out(
        lambda home: with_totals(
            home, income_main_baht=0, income_other_baht=home["income_other_baht"] + home["income_main_baht"]
        )
    )
    case.expect("income_main_baht")


@plant("IN007", "ผลตัวชี้วัดรายได้ที่ระบุไม่ตรงกับที่คำนวณ")
def stated_income_result_wrong(case: Case) -> None:
    case.state(lambda home: {"result_income_per_capita": not home["result_income_per_capita"]})
    case.expect("result_income_per_capita", *COMPONENTS)


@plant("IN008", "รายได้ต่อคนเกินหนึ่งล้านบาท", _has_worker)
def income_unusually_high(case: Case) -> None:
    case.work_out(lambda home: with_totals(home, income_main_baht=1_250_000 * home["member_count"]))
    case.expect(*COMPONENTS)


@plant("EX001", "ผลรวมรายจ่ายไม่ตรงกับรายการย่อย")
def expense_total_off(case: Case) -> None:
    case.work_out(lambda home: {"expense_total_baht": home["expense_total_baht"] + 1_000})
    case.expect("expense_total_baht", *SPENT)


@plant("EX002", "รายจ่ายที่จำเป็นต่ำผิดปกติ")
def necessary_expense_low(case: Case) -> None:
    case.work_out(lambda home: with_expense_total(home, expense_necessary_baht=home["member_count"] * 1_200))
    case.expect("expense_necessary_baht")


@plant("DB001", "มีผู้เป็นหนี้แต่ไม่มียอดหนี้")
def debtors_without_debt(case: Case) -> None:
    case.answer(debt_informal_count=1, debt_informal_baht=0)
    case.expect("debt_informal_count", "debt_informal_baht")


@plant("DB002", "ชำระหนี้แต่ไม่มีหนี้")
def service_without_debt(case: Case) -> None:
    kinds = ("formal", "fund", "informal")
    no_debt = {f"debt_{kind}_{what}": 0 for kind in kinds for what in ("count", "baht")}
    no_loan = {"loan_any": False, "loan_enough": None, "loan_needed_baht": None, **dict.fromkeys(SOURCES)}
    case.answer(**no_debt, **no_loan)
    case.work_out(lambda home: with_expense_total(home, expense_debt_service_baht=6_000))
    case.expect("expense_debt_service_baht")


@plant("DB003", "ตอบว่าไม่กู้แต่มีจำนวนเงินกู้")
def loan_denied_with_amount(case: Case) -> None:
    case.answer(**dict.fromkeys(SOURCES), loan_any=False, loan_enough=None, loan_needed_baht=None)
    case.answer(loan_src_3_baht=50_000)
    case.expect("loan_any", "loan_src_3_baht")


@plant("SV001", "ตอบว่าไม่ออมแต่มีจำนวนเงินออม")
def saving_denied_with_amount(case: Case) -> None:
    case.answer(
        **{f"saving_{number}": False for number in range(1, 12)}, saving_none=True, saving_amount_baht=12_000
    )
    case.expect("saving_none", "saving_amount_baht")


@plant("SV002", "มีรูปแบบการออมแต่จำนวนเงินเป็นศูนย์")
def saving_without_amount(case: Case) -> None:
    case.answer(saving_none=False, saving_2=True, saving_amount_baht=0)
    case.expect("saving_amount_baht")
