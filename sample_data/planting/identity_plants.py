"""Plants about who a member is: names that are none, a birth or an age that cannot be, an unusual id."""

from datetime import timedelta

from sample_data.planting.case import Case, Row
from sample_data.planting.registry import plant


@plant("ID006", "วันเกิดหลังวันสัมภาษณ์ 20 วัน")
def born_after_the_interview(case: Case) -> None:
    child = case.add("other_relative", "female", 1, "น้ำหวาน")
    born = case.home["interview_date"] + timedelta(days=20)
    case.member_says(child, birth_date=born, age=None)
    case.expect("birth_date", "hh.reference_date", member=child)


@plant("ID007", "อายุ 125 ปี")
def older_than_anybody(case: Case) -> None:
    member = case.become(case.add("other_relative", "female", 68, "บัวเรียน"), 125)
    case.expect("age", member=member)


@plant("ID008", "เลขประจำตัวขึ้นต้นด้วย 9")
def id_never_issued(case: Case) -> None:
    member = case.members[-1]
    member["national_id"] = case.new_id(9)
    case.expect("national_id", member=member)


@plant("NM011", "ไม่ได้บันทึกชื่อ")
def first_name_left_empty(case: Case) -> None:
    case.member_says(case.members[-1], first_name=None)
    case.expect("first_name", member=case.members[-1])


@plant("NM012", "ไม่ได้บันทึกนามสกุล")
def last_name_left_empty(case: Case) -> None:
    case.member_says(case.members[-1], last_name=None)
    case.expect("last_name", member=case.members[-1])


def _has_id_of_a_thai(member: Row) -> bool:
    return (member["national_id"] or "0")[0] in "12345"


@plant("NM013", "ชื่อเป็นตัวอักษรอังกฤษ", lambda case: case.has(_has_id_of_a_thai))
def name_in_latin_letters(case: Case) -> None:
    member = case.one(_has_id_of_a_thai)
    case.member_says(member, first_name="Somjai")
    case.expect("national_id", "first_name", "last_name", member=member)


@plant("NM014", "พิมพ์คำว่าทดสอบแทนชื่อ")
def name_for_testing(case: Case) -> None:
    case.member_says(case.members[-1], first_name="ทดสอบ")
    case.expect("first_name", "last_name", member=case.members[-1])


@plant("NM015", "ชื่อมีตัวอักษรเดียว")
def name_of_one_letter(case: Case) -> None:
    case.member_says(case.members[-1], first_name="ก")
    case.expect("first_name", "last_name", member=case.members[-1])
