"""Plants across years about one person: what last year's record says of them, and this year's does not.

Nearly always last year's row is changed, so that this year's household agrees with itself; nothing is looked
for in last year's delivery. Deliberately not here: who was there at all (year_plants).
"""

from datetime import timedelta

from sample_data.planting.case import Case, Row, aged, years_before
from sample_data.planting.household_plants import put_first
from sample_data.planting.registry import plant

AGE = 52
"""Of the guest of most plants: no answer and no relation depends on a woman of that age."""


def _is_known(case: Case) -> bool:
    return case.last is not None


def _guest(case: Case, **last: object) -> Row:
    """One more member of both years, the same person; `last` is what last year's record says otherwise."""
    assert case.last is not None
    now = case.add("other_relative", "female", AGE, "บัวเรียน")
    ago = case.last.add("other_relative", "female", AGE - 1, "บัวเรียน")
    for row in (now, ago):
        row.update(national_id=now["national_id"], birth_date=now["birth_date"], religion="buddhist")
    ago.update(last)
    return now


def _last(case: Case, member: Row) -> Row:
    ago = case.before(member)
    assert ago is not None
    return ago


@plant("YR001", "เลขประจำตัวเดียวกันแต่ปีก่อนชื่อและวันเกิดเป็นของคนอื่น", _is_known)
def another_person(case: Case) -> None:
    member = _guest(case, first_name="ทองใบ")
    _last(case, member)["birth_date"] += timedelta(days=30)
    case.expect("first_name", "birth_date", member=member)


@plant("YR002", "ปีก่อนบันทึกวันเกิดก่อนหน้านี้ 2 ปี", _is_known)
def born_two_years_earlier(case: Case) -> None:
    member = _guest(case, age=AGE + 1)
    _last(case, member)["birth_date"] = years_before(member["birth_date"], 2)
    case.expect("first_name", "birth_date", member=member)


@plant("YR003", "ปีก่อนบันทึกวันเกิดหลังจากนี้ 20 วัน", _is_known)
def born_some_days_later(case: Case) -> None:
    member = _guest(case)
    _last(case, member)["birth_date"] += timedelta(days=20)
    case.expect("first_name", "birth_date", member=member)


@plant("YR004", "ปีก่อนบันทึกเป็นเพศชาย", _is_known)
def sex_changed(case: Case) -> None:
    member = _guest(case, sex="male", is_male=True, title="nai")
    case.expect("first_name", "birth_date", "sex", member=member)


@plant("YR005", "อายุเพิ่มขึ้น 8 ปีและปีก่อนไม่มีวันเกิด", _is_known)
def eight_years_older(case: Case) -> None:
    assert case.last is not None
    member = _guest(case, age=AGE - 8)
    case.last.member_says(_last(case, member), birth_date=None)
    case.expect("birth_date", "age", member=member)


@plant("YR006", "ปีก่อนจบปริญญาตรี ปีนี้มัธยมต้น", _is_known)
def schooling_fell_far(case: Case) -> None:
    member = _guest(case, education="bachelor")
    case.expect("occupation", "education", member=member)


@plant("YR007", "ปีก่อนจบมัธยมปลาย ปีนี้มัธยมต้น", _is_known)
def schooling_fell(case: Case) -> None:
    member = _guest(case, education="upper_secondary")
    case.expect("occupation", "education", member=member)


@plant("YR008", "ปีก่อนต่ำกว่าประถม ปีนี้จบมัธยมต้นทั้งที่ทำงานทั้งสองปี", _is_known)
def schooling_rose(case: Case) -> None:
    member = _guest(case, education="below_primary")
    case.expect("occupation", "education", member=member)


@plant("YR014", "ปีก่อนพิการทางการได้ยิน ปีนี้ปกติ", _is_known)
def disability_gone(case: Case) -> None:
    member = _guest(case, health_status="disabled", disability_type="hearing")
    case.expect("health_status", member=member)


@plant("YR015", "ปีก่อนเป็นเบาหวาน ปีนี้ปกติ", _is_known)
def illness_gone(case: Case) -> None:
    member = _guest(case, health_status="chronic", chronic_type="เบาหวาน")
    case.expect("health_status", member=member)


def _is_couple_with_children(case: Case) -> bool:
    relations = [member["relation"] for member in case.members]
    known = all(case.before(member) for member in case.members if member["relation"] in ("head", "spouse"))
    return known and "spouse" in relations and set(relations) <= {"head", "spouse", "child", "grandchild"}


@plant("YR016", "ปีก่อนคู่สมรสเป็นหัวหน้าครัวเรือน", _is_couple_with_children)
def head_and_spouse_exchanged(case: Case) -> None:
    assert case.last is not None
    spouse = case.one(lambda member: bool(member["relation"] == "spouse"))
    before = _last(case, spouse)
    _last(case, case.head)["relation"] = "spouse"
    before["relation"] = "head"
    put_first(case.last, before)
    case.expect("household_id", "relation", member=spouse)


def _is_small_child(member: Row) -> bool:
    return bool(member["relation"] == "child") and aged(5, 25)(member)


def _has_a_known_child(case: Case) -> bool:
    relations = {member["relation"] for member in case.members}
    return (
        relations <= {"head", "spouse", "child"}
        and case.has(_is_small_child)
        and all(case.before(member) for member in case.members)
    )


@plant("YR017", "หัวหน้าคนเดิม ปีก่อนเป็นบุตร ปีนี้เป็นหลาน", _has_a_known_child)
def child_turned_grandchild(case: Case) -> None:
    member = case.one(_is_small_child)
    member["relation"] = "grandchild"
    case.expect("household_id", "relation", "members.relation", "members.household_id", member=member)


@plant("YR018", "ปีก่อนหย่าร้าง ปีนี้โสด", _is_known)
def single_again(case: Case) -> None:
    member = _guest(case, marital_status="divorced")
    case.expect("marital_status", member=member)


@plant("YR021", "ปีก่อนนับถือศาสนาคริสต์ ปีนี้พุทธ", _is_known)
def religion_changed(case: Case) -> None:
    member = _guest(case, religion="christian")
    case.expect("religion", member=member)
