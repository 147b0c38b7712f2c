"""Plants between members: relations, ages against the head, marriages."""

from sample_data.planting.case import Case, aged
from sample_data.planting.registry import plant
from sample_data.planting.suits import (
    has_pupil,
    has_spouse,
    head_of_30_to_60,
    head_without_parents,
    is_spouse,
    single_head_of_30_to_60,
)


@plant("RE001", "คู่สมรสของบุตรอายุ 14 ปี", head_of_30_to_60)
def daughter_in_law_of_fourteen(case: Case) -> None:
    member = case.add("daughter_in_law", "female", 14, "พิมพ์ใจ")
    member["marital_status"] = None  # at that age every status but none given would be wrong, too
    case.expect("relation", "age", member=member)


@plant("RE002", "มารดาแต่ระบุเพศชาย", head_without_parents)
def mother_who_is_male(case: Case) -> None:
    member = case.add("mother", "male", case.head["age"] + 24, "คำดี")
    case.expect("relation", "sex", member=member)


@plant("RE003", "บุตรอายุมากกว่าหัวหน้าครัวเรือน", head_of_30_to_60)
def child_older_than_head(case: Case) -> None:
    member = case.add("child", "male", case.head["age"] + 2, "สมหวัง")
    case.expect("relation", "age", member=member)


@plant("RE004", "บุตรอายุน้อยกว่าหัวหน้าเพียง 8 ปี", head_of_30_to_60)
def child_close_to_head(case: Case) -> None:
    member = case.add("child", "female", case.head["age"] - 8, "สมใจ")
    case.expect("relation", "age", member=member)


@plant("RE005", "มารดาอายุน้อยกว่าหัวหน้าครัวเรือน", head_without_parents)
def mother_younger_than_head(case: Case) -> None:
    member = case.add("mother", "female", case.head["age"] - 4, "บุญยืน")
    case.expect("relation", "age", member=member)


@plant("RE006", "บิดาอายุมากกว่าหัวหน้าเพียง 7 ปี", head_without_parents)
def father_close_to_head(case: Case) -> None:
    member = case.add("father", "male", case.head["age"] + 7, "บุญคง")
    case.expect("relation", "age", member=member)


@plant("RE007", "ปู่ย่าตายายอายุ 10 ปี")
def grandparent_of_ten(case: Case) -> None:
    member = case.add("grandparent", "female", 10, "ย่าน้อย")
    case.expect("relation", "age", member=member)


@plant("RE008", "พ่อตาแม่ยายอายุมากกว่าคู่สมรสเพียง 8 ปี", lambda case: head_of_30_to_60(case) and has_spouse(case))
def father_in_law_close_to_spouse(case: Case) -> None:
    member = case.add("parent_in_law", "male", case.one(is_spouse)["age"] + 8, "บุญเลิศ")
    case.expect("relation", "age", member=member)


@plant("RE009", "คู่สมรสอายุต่างกัน 27 ปี", single_head_of_30_to_60)
def spouses_far_apart(case: Case) -> None:
    sex = "female" if case.head["sex"] == "male" else "male"
    member = case.add("spouse", sex, case.head["age"] + 27, "ทองดี")
    for one in (case.head, member):
        one["marital_status"] = "married_unregistered"
    case.expect("relation", "age", member=member)


@plant("RE010", "บุตรอายุน้อยกว่าหัวหน้า 62 ปี", lambda case: 65 <= case.head["age"] <= 84)
def child_far_younger(case: Case) -> None:
    member = case.add("child", "female", case.head["age"] - 62, "ขวัญข้าว")
    case.expect("relation", "age", member=member)


@plant("RE011", "ปู่ย่าตายายอายุมากกว่าหัวหน้าเพียง 20 ปี", head_of_30_to_60)
def grandmother_close_to_head(case: Case) -> None:
    member = case.add("grandparent", "female", case.head["age"] + 20, "ทองใบ")
    case.expect("relation", "age", member=member)


@plant("RE012", "ลูกจ้างในครัวเรือนอายุ 13 ปี")
def employee_of_thirteen(case: Case) -> None:
    member = case.add("employee", "male", 13, "ขยัน")
    case.expect("relation", "age", member=member)


@plant("RE013", "พี่อายุมากกว่าหัวหน้า 37 ปี", lambda case: 30 <= case.head["age"] <= 50)
def sibling_far_in_age(case: Case) -> None:
    member = case.add("sibling", "male", case.head["age"] + 37, "อาวุโส")
    case.expect("relation", "age", member=member)


@plant("RE014", "หลานอายุมากกว่าหัวหน้าครัวเรือน", head_of_30_to_60)
def grandchild_older_than_head(case: Case) -> None:
    member = case.add("grandchild", "male", case.head["age"] + 3, "หลานชาย")
    case.expect("relation", "age", member=member)


@plant("MA001", "เด็กแต่ระบุหม้าย", has_pupil)
def widowed_child(case: Case) -> None:
    member = case.one(aged(7, 14))
    member["marital_status"] = "widowed"
    case.expect("marital_status", "age", member=member)


@plant("MA002", "อายุ 16 ปีสมรสไม่จดทะเบียน")
def married_at_sixteen(case: Case) -> None:
    member = case.add("other_relative", "female", 16, "แก้วตา")
    member.update(marital_status="married_unregistered", occupation="student")
    case.expect("marital_status", "age", member=member)


@plant("MA003", "คู่สมรสของหัวหน้าแต่ระบุหม้าย", has_spouse)
def widowed_spouse(case: Case) -> None:
    member = case.one(is_spouse)
    member["marital_status"] = "widowed"
    case.expect("relation", "marital_status", member=member)


@plant("MA004", "หัวหน้ามีคู่สมรสในบ้านแต่ระบุหย่าร้าง", has_spouse)
def divorced_head_with_spouse(case: Case) -> None:
    case.head["marital_status"] = "divorced"
    case.expect("relation", "marital_status", member=case.head)


@plant("MA005", "บุตรสะใภ้แต่ระบุโสด", head_of_30_to_60)
def single_daughter_in_law(case: Case) -> None:
    member = case.add("daughter_in_law", "female", 25, "สายใจ")
    case.expect("relation", "marital_status", member=member)
