"""Plants across records: the same id twice, members and households without each other, keys used twice."""

from sample_data.planting.case import Case
from sample_data.planting.registry import TWO_TABLES, plant


def _has_company(case: Case) -> bool:
    return len(case.members) >= 2


def _lives_alone(case: Case) -> bool:
    return len(case.members) == 1


@plant("DU001", "เลขประจำตัวประชาชนซ้ำในครัวเรือนเดียวกัน", _has_company)
def one_id_for_two_members(case: Case) -> None:
    one, other = case.members[-2:]
    # first digit 5 suits any birth date
    one["national_id"] = other["national_id"] = case.new_id(5)
    case.expect("national_id", member=one)
    case.expect("national_id", member=other)


@plant("DU002", "เลขประจำตัวประชาชนซ้ำในสองครัวเรือนของอำเภอ", pair="together")
def one_id_in_two_households(case: Case) -> None:
    case.members[-1]["national_id"] = case.shared_id()
    case.expect("national_id", member=case.members[-1])


@plant("DU003", "เลขประจำตัวประชาชนซ้ำในสองอำเภอ", pair="apart")
def one_id_in_two_districts(case: Case) -> None:
    case.members[-1]["national_id"] = case.shared_id()
    case.expect("national_id", member=case.members[-1])


@plant("DU004", "มีสมาชิกแต่ไม่มีครัวเรือน", _lives_alone, TWO_TABLES)
def member_without_household(case: Case) -> None:
    case.rows.add("home_left_out")
    case.expect("household_id", member=case.head)


@plant("DU005", "มีครัวเรือนแต่ไม่มีสมาชิก", _lives_alone, TWO_TABLES)
def household_without_members(case: Case) -> None:
    case.rows.add("members_left_out")
    case.expect("household_id")


@plant("DU006", "ลำดับที่สมาชิกซ้ำ", _has_company)
def member_number_twice(case: Case) -> None:
    case.member_says(case.members[-1], member_no=len(case.members) - 1)
    # both who bear the number are told
    case.expect("member_no", member=case.members[-2])
    case.expect("member_no", member=case.members[-1])


@plant("DU007", "รหัสครัวเรือนซ้ำ", layouts=TWO_TABLES)
def household_twice(case: Case) -> None:
    case.rows.add("home_twice")
    # both rows are told
    case.expect("household_id")
    case.expect("household_id")
