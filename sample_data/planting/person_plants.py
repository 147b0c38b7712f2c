"""Plants within one person: identity, age, title, education, work, health."""

from datetime import date

from sample_data.ids import with_check_digit
from sample_data.planting.case import Case, Row, aged, works
from sample_data.planting.registry import plant

NEW_NUMBERS = date(1984, 1, 1)
LAST_OLD_NUMBER = date(1984, 5, 31)


def _adult(member: Row) -> bool:
    return 30 <= member["age"] <= 55


def _has_adult(case: Case) -> bool:
    return case.has(_adult)


def _has_pupil(case: Case) -> bool:
    return case.has(aged(7, 14))


def _has_two_workers(case: Case) -> bool:
    return sum(works(member) for member in case.members) >= 2


def _elder(case: Case) -> Row:
    """Somebody whose age no other age in the household depends on."""
    return case.add("other_relative", "female", 68, "บัวเรียน")


@plant("ID001", "เลขประจำตัวประชาชนขาดหนึ่งหลัก")
def digit_missing(case: Case) -> None:
    member = case.members[-1]
    member["national_id"] = member["national_id"][:-1]
    case.expect("national_id", member=member)


@plant("ID002", "หลักตรวจสอบของเลขประจำตัวประชาชนไม่ตรง")
def check_digit_wrong(case: Case) -> None:
    member = case.members[-1]
    number = member["national_id"]
    member["national_id"] = number[:-1] + str((int(number[-1]) + 1) % 10)
    case.expect("national_id", member=member)


@plant("ID003", "เลขประจำตัวประชาชนเป็นเลขสมมุติ")
def dummy_number(case: Case) -> None:
    member = case.members[-1]
    # first digit 5 says nothing about the birth date; the last two make it nobody else's
    member["national_id"] = with_check_digit(f"5000000000{case.copy % 100:02d}")
    case.expect("national_id", member=member)


@plant(
    "ID004",
    "เลขขึ้นต้น 1 แต่เกิดก่อน 1 ม.ค. 2527",
    lambda case: case.has(lambda m: m["birth_date"] < NEW_NUMBERS),
)
def digit_newer_than_birth(case: Case) -> None:
    member = case.one(lambda m: m["birth_date"] < NEW_NUMBERS)
    member["national_id"] = case.new_id(1)
    case.expect("national_id", "birth_date", member=member)


@plant(
    "ID005",
    "เลขขึ้นต้น 3 แต่เกิดหลัง 31 พ.ค. 2527",
    lambda case: case.has(lambda m: m["birth_date"] > LAST_OLD_NUMBER),
)
def digit_older_than_birth(case: Case) -> None:
    member = case.one(lambda m: m["birth_date"] > LAST_OLD_NUMBER)
    member["national_id"] = case.new_id(3)
    case.expect("national_id", "birth_date", member=member)


@plant("AG001", "อายุที่บันทึกต่างจากวันเกิด 3 ปี")
def age_three_years_off(case: Case) -> None:
    member = _elder(case)
    member["age"] += 3
    case.expect("age", "birth_date", member=member)


@plant("AG002", "อายุที่บันทึกต่างจากวันเกิด 1 ปี")
def age_one_year_off(case: Case) -> None:
    member = _elder(case)
    member["age"] += 1
    case.expect("age", "birth_date", member=member)


@plant("AG003", "อายุ 101 ปี")
def over_a_hundred(case: Case) -> None:
    member = case.become(_elder(case), 101)
    case.expect("age", member=member)


@plant("TI001", "คำนำหน้าไม่ตรงกับเพศ", _has_adult)
def title_of_other_sex(case: Case) -> None:
    member = case.one(_adult)
    member["title"] = "nang_sao" if member["sex"] == "male" else "nai"
    case.expect("title", "sex", member=member)


@plant("TI002", "ผู้ใหญ่ยังใช้คำนำหน้าเด็ก", _has_adult)
def adult_with_child_title(case: Case) -> None:
    member = case.one(_adult)
    member["title"] = "dek_chai" if member["sex"] == "male" else "dek_ying"
    case.expect("title", "age", member=member)


@plant("TI003", "เด็กใช้คำนำหน้าผู้ใหญ่", _has_pupil)
def child_with_adult_title(case: Case) -> None:
    member = case.one(aged(7, 14))
    member["title"] = "nai" if member["sex"] == "male" else "nang_sao"
    case.expect("title", "age", member=member)


@plant("TI004", "คำนำหน้านางแต่อายุ 16 ปี")
def nang_at_sixteen(case: Case) -> None:
    member = case.become(
        case.add("other_relative", "female", 16, "ดวงเดือน"), 16, title="nang", occupation="student"
    )
    case.expect("title", "age", member=member)


@plant("TI005", "พระแต่ไม่ได้นับถือศาสนาพุทธ")
def monk_not_buddhist(case: Case) -> None:
    member = case.add("other_relative", "male", 45, "สมภาร")
    member.update(title="phra", religion="christian")
    case.expect("title", "religion", member=member)


@plant("ED001", "การศึกษาสูงเกินอายุ", _has_pupil)
def education_beyond_age(case: Case) -> None:
    member = case.one(aged(7, 14))
    member["education"] = "bachelor"
    case.expect("education", "age", member=member)


@plant("ED002", "ผู้ใหญ่แต่ระบุการศึกษาเป็นอนุบาล", _has_adult)
def adult_in_kindergarten(case: Case) -> None:
    member = case.one(_adult)
    member.update(education="kindergarten", occupation="labour")
    case.expect("education", "age", member=member)


@plant("ED003", "เด็กวัยเรียนแต่ไม่เคยศึกษา", _has_pupil)
def pupil_never_studied(case: Case) -> None:
    member = case.one(aged(7, 14))
    member["education"] = "never"
    case.expect("education", "age", member=member)


@plant("WK001", "อายุต่ำกว่า 15 ปีแต่มีอาชีพ", _has_pupil)
def child_at_work(case: Case) -> None:
    member = case.one(aged(7, 14))
    member["occupation"] = "labour"
    case.expect("occupation", "age", member=member)


@plant("WK002", "กำลังศึกษาแต่อายุเกิน 35 ปี", _has_two_workers)
def old_student(case: Case) -> None:
    member = case.become(case.add("other_relative", "male", 47, "บุญเรียน"), 47, occupation="student")
    case.expect("occupation", "age", member=member)


@plant("WK003", "รับราชการแต่จบเพียงประถมศึกษา", _has_adult)
def official_without_schooling(case: Case) -> None:
    member = case.one(_adult)
    member.update(occupation="government", education="primary")
    case.expect("occupation", "education", member=member)


@plant("WK004", "รับราชการแต่อายุเกิน 65 ปี")
def official_after_retirement(case: Case) -> None:
    member = _elder(case)
    member.update(occupation="government", education="bachelor")
    case.expect("occupation", "age", member=member)


@plant("WK005", "เด็กวัยเรียนแต่ไม่ได้กำลังศึกษา", _has_pupil)
def pupil_not_studying(case: Case) -> None:
    member = case.one(aged(7, 14))
    member.update(occupation="none", education="below_primary")
    case.expect("occupation", "age", member=member)


@plant("HE001", "ช่วยเหลือตนเองไม่ได้แต่มีอาชีพ", _has_two_workers)
def worker_who_cannot_help_self(case: Case) -> None:
    member = case.one(works)
    member.update(can_help_self=False, health_status="chronic", chronic_type="โรคหัวใจ", disability_type=None)
    case.expect("can_help_self", "occupation", member=member)


@plant("HE002", "สภาพปกติแต่ช่วยเหลือตนเองไม่ได้", _has_pupil)
def healthy_but_helpless(case: Case) -> None:
    member = case.one(aged(7, 14))
    member.update(can_help_self=False, health_status="normal", disability_type=None)
    case.expect("can_help_self", "health_status", member=member)
