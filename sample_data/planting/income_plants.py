"""Plants in income. Sums are kept in step, so that one thing only is wrong."""

from sample_data.answers.results import COMPONENTS
from sample_data.planting.amounts import (
    FARMS,
    NOTHING_SAVED,
    OFFICIALS,
    could_turn_poor,
    earns_modestly,
    farms,
    has_card,
    has_worker,
    income,
    occupied,
    spending,
    with_expense_total,
    with_main,
    with_totals,
)
from sample_data.planting.case import Case, Row, works
from sample_data.planting.registry import plant
from schemas import rounds

CITIZEN = ("1", "2", "3", "4", "5")


def _employee(case: Case) -> bool:
    return occupied(case, "labour", "trade", "company", "service")


def _old_and_alone(case: Case) -> bool:
    return len(case.members) == 1 and case.head["age"] >= 60


def _worker_and_citizen_of(age: int, case: Case) -> bool:
    def draws_the_allowance(member: Row) -> bool:
        return (
            member["age"] >= age
            and member["occupation"] not in OFFICIALS
            and str(member["national_id"]).startswith(CITIZEN)
        )

    return has_worker(case) and case.has(draws_the_allowance)


def _could_turn_poor_with_few_to_feed(case: Case) -> bool:
    return could_turn_poor(case) and len(case.members) <= 3 * sum(map(works, case.members))


def _line(case: Case) -> int:
    return rounds.load(rounds.years()[-1]).income_line_baht * len(case.members)


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


@plant("IN022", "มีผู้มีอาชีพแต่ช่องรายได้อาชีพหลักว่าง", _employee)
def main_income_left_empty(case: Case) -> None:
    case.work_out(lambda home: with_totals(home, income_main_baht=None))
    case.expect("income_main_baht")


@plant("IN007", "ผลตัวชี้วัดรายได้ที่ระบุไม่ตรงกับที่คำนวณ")
def stated_income_result_wrong(case: Case) -> None:
    case.state(lambda home: {"result_income_per_capita": not home["result_income_per_capita"]})
    case.expect("result_income_per_capita", *COMPONENTS)


@plant("IN008", "รายได้ต่อคนเกินหนึ่งล้านบาท", lambda case: has_worker(case) and not has_card(case))
def income_unusually_high(case: Case) -> None:
    case.work_out(lambda home: with_totals(home, income_main_baht=1_250_000 * home["member_count"]))
    case.expect(*COMPONENTS)


@plant("IN009", "มีของกินเองมูลค่าสูงแต่ไม่ได้ทำการเกษตร", lambda case: earns_modestly(case) and not farms(case))
def own_produce_without_farm(case: Case) -> None:
    case.home["work_land_tenure"] = "none"
    case.work_out(lambda home: with_main(home, income(home), income_own_produce_baht=18_000))
    case.expect("income_own_produce_baht", "work_land_tenure")


@plant("IN010", "ของกินเองเกินกว่าจะกินหมด", lambda case: earns_modestly(case) and occupied(case, *FARMS))
def own_produce_unusually_high(case: Case) -> None:
    case.work_out(lambda home: with_totals(home, income_own_produce_baht=45_000 * len(case.members)))
    case.expect("income_own_produce_baht")


@plant("IN011", "ทำนามีต้นทุนแต่ไม่มีข้าวกินเอง", lambda case: occupied(case, "rice"))
def rice_farm_without_own_produce(case: Case) -> None:
    case.work_out(lambda home: with_main(home, income(home), income_own_produce_baht=0))
    case.expect("income_own_produce_baht")


@plant("IN012", "มีผู้สูงอายุแต่ไม่มีรายได้อื่น", lambda case: _worker_and_citizen_of(61, case))
def allowance_without_other_income(case: Case) -> None:
    case.work_out(lambda home: with_main(home, income(home), income_other_baht=0))
    case.expect("income_other_baht")


@plant("IN013", "เบี้ยยังชีพเป็นรายเดือน", lambda case: _worker_and_citizen_of(62, case))
def allowance_of_a_month(case: Case) -> None:
    case.work_out(lambda home: with_main(home, income(home), income_other_baht=600))
    case.expect("income_other_baht")


@plant("IN014", "เงินเดือนข้าราชการเป็นรายเดือน", lambda case: occupied(case, *OFFICIALS))
def salary_of_a_month(case: Case) -> None:
    def change(home: Row) -> Row:
        moved = home["income_main_baht"] - 18_000
        return with_totals(
            home, income_main_baht=18_000, income_secondary_baht=home["income_secondary_baht"] + moved
        )

    case.work_out(change)
    case.expect("income_main_baht")


@plant("IN015", "รายได้เป็นรายเดือน", could_turn_poor)
def income_of_a_month(case: Case) -> None:
    case.answer(**NOTHING_SAVED)
    rest = dict.fromkeys(COMPONENTS[1:], 0)
    case.work_out(lambda home: with_main(home, home["expense_necessary_baht"] // 5, **rest))
    case.expect("expense_necessary_baht", *COMPONENTS)


@plant("IN016", "รายได้น้อยเกินไปสำหรับจำนวนผู้มีอาชีพ", _could_turn_poor_with_few_to_feed)
def workers_earn_too_little(case: Case) -> None:
    workers, members = sum(map(works, case.members)), len(case.members)
    case.answer(**NOTHING_SAVED)
    rest = dict.fromkeys(COMPONENTS[1:], 0)
    case.work_out(lambda home: with_main(home, 11_000 * workers, **rest))
    spent = {"expense_production_baht": 500, "expense_unnecessary_baht": 100}
    case.work_out(lambda home: with_expense_total(home, expense_necessary_baht=6_000 * members, **spent))
    case.expect(*COMPONENTS)


@plant("IN017", "รายได้สูงกว่ารายจ่ายเจ็ดเท่า", earns_modestly)
def income_far_above_spending(case: Case) -> None:
    case.work_out(lambda home: with_main(home, 7 * spending(home)))
    case.expect(*COMPONENTS)


@plant("IN018", "รายได้เฉลี่ยเกินเกณฑ์คนละ 200 บาท", earns_modestly)
def income_just_over_line(case: Case) -> None:
    case.work_out(
        lambda home: with_main(home, _line(case) + 200 * len(case.members), income_secondary_baht=0)
    )
    case.expect(*COMPONENTS)


@plant("IN019", "รายได้อาชีพรองเป็นหน่วยพันบาท", earns_modestly)
def income_in_thousands(case: Case) -> None:
    case.work_out(lambda home: with_main(home, income(home), income_secondary_baht=36))
    case.expect("income_secondary_baht")


@plant("IN020", "รายได้เป็นเลขเก้าทั้งหมด", earns_modestly)
def income_of_nines(case: Case) -> None:
    case.work_out(lambda home: with_main(home, income(home), income_secondary_baht=9_999))
    case.expect("income_secondary_baht")


@plant("IN021", "ตกเกณฑ์แต่รายจ่ายที่จำเป็นสูงกว่าเกณฑ์", earns_modestly)
def below_line_but_spends_above_it(case: Case) -> None:
    members = len(case.members)
    case.work_out(lambda home: with_main(home, 30_000 * members, income_secondary_baht=0))
    case.work_out(lambda home: with_expense_total(home, expense_necessary_baht=_line(case) + 2_000 * members))
    case.expect("expense_necessary_baht", *COMPONENTS)
