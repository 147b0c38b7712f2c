"""Plants between members: relations, ages against the head, the roster as a whole."""

from sample_data.planting.case import Case, Row, aged
from sample_data.planting.registry import plant


def _head_of_30_to_60(case: Case) -> bool:
    return 30 <= case.head["age"] <= 60


def _has_company(case: Case) -> bool:
    return len(case.members) >= 2


def _lives_alone(case: Case) -> bool:
    return len(case.members) == 1 and case.head["age"] < 85


def _pupil_and_elders(case: Case) -> bool:
    """Only a head over 18 (with a spouse at most) and pupils: nobody else's relation depends on the head."""
    relations = {member["relation"] for member in case.members}
    return case.has(aged(7, 13)) and relations <= {"head", "spouse", "grandchild"}


@plant("RE001", "คู่สมรสของบุตรอายุ 14 ปี", _head_of_30_to_60)
def daughter_in_law_of_fourteen(case: Case) -> None:
    member = case.add("daughter_in_law", "female", 14, "พิมพ์ใจ")
    case.expect("relation", "age", member=member)


@plant("RE002", "มารดาแต่ระบุเพศชาย", _head_of_30_to_60)
def mother_who_is_male(case: Case) -> None:
    member = case.add("mother", "male", case.head["age"] + 24, "คำดี")
    case.expect("relation", "sex", member=member)


@plant("RE003", "บุตรอายุมากกว่าหัวหน้าครัวเรือน", _head_of_30_to_60)
def child_older_than_head(case: Case) -> None:
    member = case.add("child", "male", case.head["age"] + 2, "สมหวัง")
    case.expect("relation", "age", member=member)


@plant("RE004", "บุตรอายุน้อยกว่าหัวหน้าเพียง 8 ปี", _head_of_30_to_60)
def child_close_to_head(case: Case) -> None:
    member = case.add("child", "female", case.head["age"] - 8, "สมใจ")
    case.expect("relation", "age", member=member)


@plant("RE005", "มารดาอายุน้อยกว่าหัวหน้าครัวเรือน", _head_of_30_to_60)
def mother_younger_than_head(case: Case) -> None:
    member = case.add("mother", "female", case.head["age"] - 4, "บุญยืน")
    case.expect("relation", "age", member=member)


@plant("RE006", "บิดาอายุมากกว่าหัวหน้าเพียง 7 ปี", _head_of_30_to_60)
def father_close_to_head(case: Case) -> None:
    member = case.add("father", "male", case.head["age"] + 7, "บุญคง")
    case.expect("relation", "age", member=member)


@plant("HH001", "หัวหน้าครัวเรือน 2 คน")
def two_heads(case: Case) -> None:
    case.add("head", "female", 58, "ทองอยู่")
    case.expect("relation")


@plant("HH002", "หัวหน้าครัวเรือนอายุ 13 ปี", _pupil_and_elders)
def head_of_thirteen(case: Case) -> None:
    for member in case.members:
        member["relation"] = "other_relative"
    pupil = case.one(aged(7, 13))
    pupil["relation"] = "head"
    case.expect("relation", "age")


@plant("HH003", "จำนวนสมาชิกมากกว่ารายชื่อ 1 คน", _has_company)
def one_member_too_many(case: Case) -> None:
    def recount(home: Row) -> Row:
        stated = home["member_count"] + 1
        # the average follows the stated number, so that only the count is wrong
        return {"member_count": stated, "income_per_capita_baht": home["income_total_baht"] // stated}

    case.work_out(recount)
    case.expect("member_count")


@plant("HH004", "ครัวเรือนมีแต่เด็ก", _lives_alone)
def only_children(case: Case) -> None:
    case.become(case.head, 13)
    case.expect("age")


@plant("HH005", "ไม่ได้ระบุผู้ให้ข้อมูล", _has_company)
def nobody_answered(case: Case) -> None:
    for member in case.members:
        case.member_says(member, is_informant=False)
    case.answer(informant_member_no=None)
    case.expect("is_informant", "age")


@plant("HH006", "คู่สมรสของหัวหน้าครัวเรือน 2 คน", _head_of_30_to_60)
def two_spouses(case: Case) -> None:
    sex = "female" if case.head["sex"] == "male" else "male"
    while sum(member["relation"] == "spouse" for member in case.members) < 2:
        case.add("spouse", sex, case.head["age"] - 3, "แสงเดือน")
    case.expect("relation")


@plant("HH007", "สมาชิก 16 คน", _head_of_30_to_60)
def crowded(case: Case) -> None:
    while len(case.members) < 16:
        case.add("other_relative", "female", 20 + len(case.members), "จันทร์หอม")
    case.expect("household_id")
