"""Plants within one person: identity, age, title and name."""

from datetime import date

from sample_data.ids import with_check_digit
from sample_data.planting.case import Case, aged
from sample_data.planting.registry import plant
from sample_data.planting.suits import adult, elder, has_adult, has_pupil, monk, single_head_of_30_to_60

NEW_NUMBERS = date(1984, 1, 1)
LAST_OLD_NUMBER = date(1984, 5, 31)


def _woman_as_head(case: Case) -> bool:
    return bool(case.head["sex"] == "female") and single_head_of_30_to_60(case)


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
    member = elder(case)
    member["age"] += 3
    case.expect("age", "birth_date", member=member)


@plant("AG002", "อายุที่บันทึกต่างจากวันเกิด 1 ปี")
def age_one_year_off(case: Case) -> None:
    member = elder(case)
    member["age"] += 1
    case.expect("age", "birth_date", member=member)


@plant("AG003", "อายุ 101 ปี")
def over_a_hundred(case: Case) -> None:
    member = case.become(elder(case), 101)
    case.expect("age", member=member)


@plant("TI001", "คำนำหน้าไม่ตรงกับเพศ", has_adult)
def title_of_other_sex(case: Case) -> None:
    member = case.one(adult)
    member["title"] = "nang_sao" if member["sex"] == "male" else "nai"
    case.expect("title", "sex", member=member)


@plant("TI002", "ผู้ใหญ่ยังใช้คำนำหน้าเด็ก", has_adult)
def adult_with_child_title(case: Case) -> None:
    member = case.one(adult)
    member["title"] = "dek_chai" if member["sex"] == "male" else "dek_ying"
    case.expect("title", "age", member=member)


@plant("TI003", "เด็กใช้คำนำหน้าผู้ใหญ่", has_pupil)
def child_with_adult_title(case: Case) -> None:
    member = case.one(aged(7, 14))
    member["title"] = "nai" if member["sex"] == "male" else "nang_sao"
    case.expect("title", "age", member=member)


@plant("TI004", "คำนำหน้านางแต่อายุ 16 ปี")
def nang_at_sixteen(case: Case) -> None:
    member = case.add("other_relative", "female", 16, "ดวงเดือน")
    # no marital status: single would contradict the title, anything else the age
    member.update(title="nang", occupation="student", marital_status=None)
    case.expect("title", "age", member=member)


@plant("TI005", "พระแต่ไม่ได้นับถือศาสนาพุทธ")
def monk_not_buddhist(case: Case) -> None:
    member = monk(case)
    member["religion"] = "christian"
    case.expect("title", "religion", member=member)


@plant("TI006", "คำนำหน้านางแต่สถานภาพโสด")
def nang_but_single(case: Case) -> None:
    member = case.add("other_relative", "female", 45, "ดวงเดือน")
    member.update(title="nang", marital_status="single")
    case.expect("title", "marital_status", member=member)


@plant("TI007", "พระแต่ระบุเป็นคู่สมรสของหัวหน้า", _woman_as_head)
def monk_as_spouse(case: Case) -> None:
    member = monk(case, case.head["age"])
    member.update(relation="spouse", marital_status="married_registered")
    case.head["marital_status"] = "married_registered"
    case.expect("title", "relation", member=member)


@plant("TI008", "มียศแต่อายุ 15 ปี")
def rank_at_fifteen(case: Case) -> None:
    member = case.add("other_relative", "male", 15, "ยศพล")
    member.update(title="rank_male", occupation="student")
    case.expect("title", "age", member=member)


@plant("TI009", "สามเณรอายุ 35 ปี")
def old_novice(case: Case) -> None:
    member = monk(case, 35, "samanera")
    case.expect("title", "age", member=member)


@plant("TI010", "พระอายุ 17 ปี")
def young_monk(case: Case) -> None:
    member = monk(case, 17)
    case.expect("title", "age", member=member)


@plant("NM001", "ช่องชื่อมีคำนำหน้าติดมา", has_adult)
def title_inside_name(case: Case) -> None:
    member = case.one(adult)
    title = "นาย" if member["sex"] == "male" else "นางสาว"
    member["first_name"] = title + member["first_name"]
    case.expect("first_name", "title", member=member)


@plant("NM002", "ชื่อกับนามสกุลเป็นคำเดียวกัน", has_adult)
def name_twice(case: Case) -> None:
    member = case.one(adult)
    member["last_name"] = member["first_name"]
    case.expect("first_name", "last_name", member=member)
