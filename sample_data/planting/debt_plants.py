"""Plants in debts and loans. Totals are kept in step, so that one thing only is wrong."""

from sample_data.answers.results import COMPONENTS
from sample_data.planting.amounts import (
    DEBTORS,
    DEBTS,
    KINDS,
    NOTHING_BORROWED,
    NOTHING_OWED,
    borrowed,
    income,
    owes,
    owes_formally,
    with_expense_total,
)
from sample_data.planting.case import Case, Row
from sample_data.planting.registry import plant


@plant("DB001", "มีผู้เป็นหนี้แต่ไม่มียอดหนี้")
def debtors_without_debt(case: Case) -> None:
    case.answer(debt_informal_count=1, debt_informal_baht=0)
    case.expect("debt_informal_count", "debt_informal_baht")


@plant("DB002", "ชำระหนี้แต่ไม่มีหนี้")
def service_without_debt(case: Case) -> None:
    case.answer(**NOTHING_OWED, **NOTHING_BORROWED)
    case.work_out(lambda home: with_expense_total(home, expense_debt_service_baht=6_000))
    case.expect("expense_debt_service_baht")


@plant("DB003", "ตอบว่าไม่กู้แต่มีจำนวนเงินกู้")
def loan_denied_with_amount(case: Case) -> None:
    case.answer(**NOTHING_BORROWED)
    case.answer(loan_src_3_baht=50_000)
    case.expect("loan_any", "loan_src_3_baht")


@plant("DB004", "มีหนี้แต่ไม่ชำระ", owes)
def debt_without_service(case: Case) -> None:
    case.work_out(lambda home: with_expense_total(home, expense_debt_service_baht=0))
    case.expect("expense_debt_service_baht", *DEBTS)


@plant("DB005", "ผู้มีหนี้มากกว่าสมาชิก", owes)
def debtors_exceed_members(case: Case) -> None:
    def change(home: Row) -> Row:
        kind = next(kind for kind in KINDS if home[f"debt_{kind}_count"])
        return {f"debt_{kind}_count": len(case.members) + 1}

    case.work_out(change)
    case.expect(*DEBTORS)


@plant("DB006", "เงินกู้พอแต่ยังต้องการเพิ่ม", borrowed)
def loan_wanted_though_enough(case: Case) -> None:
    case.answer(loan_enough=True, loan_needed_baht=20_000)
    case.expect("loan_enough", "loan_needed_baht")


@plant("DB007", "กู้เงินแต่ไม่มีหนี้และไม่ชำระ", borrowed)
def borrowed_but_owes_nothing(case: Case) -> None:
    case.answer(**NOTHING_OWED)
    case.work_out(lambda home: with_expense_total(home, expense_debt_service_baht=0))
    case.expect("loan_any", "expense_debt_service_baht", *DEBTS)


@plant("DB008", "หนี้เกินสามสิบเท่าของรายได้", owes_formally)
def debt_unusually_high(case: Case) -> None:
    case.work_out(lambda home: {"debt_formal_baht": 32 * income(home)})
    case.expect("debt_formal_baht", *COMPONENTS)


@plant("DB009", "ยอดหนี้เป็นหลักสิบบาท", owes_formally)
def debt_in_thousands(case: Case) -> None:
    case.answer(debt_formal_baht=50)
    case.expect("debt_formal_baht")
