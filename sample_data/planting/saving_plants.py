"""Plants in saving and welfare. Totals are kept in step, so that one thing only is wrong."""

from sample_data.answers.results import COMPONENTS
from sample_data.planting.amounts import (
    FORMS,
    farms,
    has_card,
    has_worker,
    income,
    owes,
    spending,
    with_expense_total,
    with_main,
)
from sample_data.planting.case import Case, Row
from sample_data.planting.registry import plant
from sample_data.planting.suits import has_adult

IN_THE_BANK = {**dict.fromkeys(FORMS, False), "saving_none": False, "saving_2": True}


def _farms_and_owes_nothing(case: Case) -> bool:
    return farms(case) and not owes(case)


def _adult_without_card(case: Case) -> bool:
    return has_adult(case) and not has_card(case)


def _works_and_has_card(case: Case) -> bool:
    return has_worker(case) and has_card(case)


@plant("SV001", "ตอบว่าไม่ออมแต่มีจำนวนเงินออม")
def saving_denied_with_amount(case: Case) -> None:
    case.answer(**dict.fromkeys(FORMS, False), saving_none=True, saving_amount_baht=12_000)
    case.expect("saving_none", "saving_amount_baht")


@plant("SV002", "มีรูปแบบการออมแต่จำนวนเงินเป็นศูนย์")
def saving_without_amount(case: Case) -> None:
    case.answer(saving_none=False, saving_2=True, saving_amount_baht=0)
    case.expect("saving_amount_baht")


@plant("SV003", "ไม่ได้เลือกรูปแบบการออมและไม่ได้เลือกไม่มี")
def saving_left_open(case: Case) -> None:
    case.answer(**dict.fromkeys(FORMS, False), saving_none=False, saving_amount_baht=2_000)
    case.expect("saving_none", *FORMS)


@plant("SV004", "เงินออมมากกว่ารายได้")
def saving_exceeds_income(case: Case) -> None:
    case.answer(**IN_THE_BANK)
    case.work_out(lambda home: {"saving_amount_baht": income(home) + 10_000})
    case.expect("saving_amount_baht", *COMPONENTS)


@plant("SV005", "รายจ่ายเกินรายได้แต่ออมมาก", _farms_and_owes_nothing)
def saving_despite_deficit(case: Case) -> None:
    def spend_more(home: Row) -> Row:
        lacking = income(home) - spending(home) + 2_000
        return with_expense_total(
            home, expense_production_baht=home["expense_production_baht"] + max(lacking, 0)
        )

    case.answer(**IN_THE_BANK)
    case.work_out(spend_more)
    case.work_out(lambda home: {"saving_amount_baht": income(home) // 5})
    case.expect("saving_amount_baht", *COMPONENTS)


@plant("SV006", "จำนวนผู้ถือบัตรไม่ตรงกับรายชื่อ", _adult_without_card)
def card_holder_count_differs(case: Case) -> None:
    case.answer(welfare_card_holder_count=1)
    case.expect("welfare_card_holder_count")


@plant("SV007", "ผู้ถือบัตรมากกว่าสมาชิก")
def card_holders_exceed_adults(case: Case) -> None:
    case.answer(welfare_card_holder_count=len(case.members) + 1)
    case.expect("welfare_card_holder_count")


@plant("SV008", "รายได้คนละสามแสนห้าหมื่นบาทแต่ถือบัตร", _works_and_has_card)
def card_holder_with_high_income(case: Case) -> None:
    members = len(case.members)
    case.work_out(lambda home: with_main(home, 350_000 * members))
    case.work_out(lambda home: with_expense_total(home, expense_necessary_baht=100_000 * members))
    case.expect("welfare_card_holder_count", *COMPONENTS)
