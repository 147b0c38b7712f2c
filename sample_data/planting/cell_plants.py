"""Plants in the file itself: cells nobody can read, ids a spreadsheet shortened, rows that are no records."""

from datetime import date

from sample_data.planting.case import Case, aged
from sample_data.planting.registry import CSV_LAYOUTS, FLAT, NAMED_COLUMNS, TEXT_LAYOUTS, TWO_TABLES, plant
from schemas.thai import BE_MINUS_CE


def _has_adult(case: Case) -> bool:
    return case.has(aged(25, 55))


@plant("ST001", "ระดับความสุขเป็นข้อความ", layouts=TEXT_LAYOUTS)
def words_for_a_number(case: Case) -> None:
    case.answer(happiness=None)
    case.typed("มากที่สุด", cell="happiness")
    case.expect("happiness")


@plant("ST002", "ศาสนาไม่อยู่ในรายการ", layouts=TEXT_LAYOUTS)
def religion_not_in_list(case: Case) -> None:
    member = case.members[-1]
    case.member_says(member, religion=None)
    case.typed("นับถือบรรพบุรุษ", cell="religion", member=member)
    case.expect("religion", member=member)


@plant("ST003", "วันเกิด 31 กุมภาพันธ์", _has_adult, TEXT_LAYOUTS)
def no_such_day(case: Case) -> None:
    member = case.one(aged(25, 55))
    year = member["birth_date"].year + BE_MINUS_CE
    case.typed(f"31/02/{year}", cell="birth_date", member=member)
    case.member_says(member, birth_date=None)
    case.expect("birth_date", member=member)


@plant("ST004", "เลขประจำตัวประชาชนกลายเป็นเลขยกกำลัง", layouts=TEXT_LAYOUTS)
def id_in_exponent(case: Case) -> None:
    member = case.members[-1]
    number = member["national_id"]
    case.member_says(member, national_id=None)
    case.typed(f"{number[0]}.{number[1:6]}E+12", cell="national_id", member=member)
    case.expect("national_id", member=member)


@plant("ST005", "มีแถวรวมปนอยู่กลางข้อมูล", layouts=CSV_LAYOUTS, once=True)
def total_row_among_records(case: Case) -> None:
    case.rows.add("total_row")
    case.expect_in_file()


@plant("ST006", "จำนวนผู้บาดเจ็บจากการทำงานติดลบ", layouts=TEXT_LAYOUTS)
def negative_count(case: Case) -> None:
    case.answer(work_injury_count=None)
    case.typed("-1", cell="work_injury_count")
    case.expect("work_injury_count")


@plant("ST007", "วันเกิดเป็นปี ค.ศ.", _has_adult, TEXT_LAYOUTS)
def year_of_other_era(case: Case) -> None:
    member = case.one(aged(25, 55))
    born: date = member["birth_date"]
    case.typed(f"{born:%d/%m/%Y}", cell="birth_date", member=member)
    case.expect("birth_date", member=member)


@plant("ST008", "รหัสตำบลของอำเภออื่น")
def tambon_of_another_district(case: Case) -> None:
    other = "340701" if case.home["district_code"] != "3407" else "340101"
    case.answer(tambon_code=other)
    case.expect("tambon_code")


@plant("ST009", "ปีที่จัดเก็บเป็นปีก่อน")
def year_before(case: Case) -> None:
    case.work_out(lambda home: {"survey_year_be": home["survey_year_be"] - 1})
    case.expect("survey_year_be")


@plant("ST010", "มีคอลัมน์ที่อำเภอเพิ่มเอง", layouts=NAMED_COLUMNS, once=True)
def column_of_their_own(case: Case) -> None:
    case.rows.add("extra_column")
    case.expect_in_file()


@plant("ST013", "แนบไฟล์เดิมซ้ำ", layouts=TWO_TABLES, once=True)
def same_file_twice(case: Case) -> None:
    case.rows.add("same_file_twice")
    case.expect_in_file()


@plant("ST015", "แถวสมาชิกไม่มีรหัสครัวเรือน", layouts=CSV_LAYOUTS, once=True)
def row_without_key(case: Case) -> None:
    case.rows.add("row_without_key")
    case.expect_in_file()


@plant("ST016", "ระดับการศึกษาว่าง", _has_adult)
def education_left_empty(case: Case) -> None:
    member = case.one(aged(25, 55))
    case.member_says(member, education=None)
    case.expect("education", member=member)


@plant("ST017", "รหัสประจำบ้านขาดหนึ่งหลัก")
def house_id_too_short(case: Case) -> None:
    case.home["house_id"] = case.home["house_id"][:-1]
    case.expect("house_id")


@plant("ST018", "ระดับความสุขของครัวเรือนเดียวกันไม่ตรงกัน", lambda case: len(case.members) >= 2, FLAT)
def household_differs_between_rows(case: Case) -> None:
    case.answer(happiness=9)
    case.typed_beside(case.members[-1], "4", cell="happiness")
    case.expect("happiness")


@plant("ST019", "วันเกิดเขียนปีสองหลัก", _has_adult, TEXT_LAYOUTS)
def year_of_two_digits(case: Case) -> None:
    member = case.one(aged(25, 55))
    born: date = member["birth_date"]
    case.typed(f"{born:%d/%m/}{(born.year + BE_MINUS_CE) % 100:02d}", cell="birth_date", member=member)
    case.expect("birth_date", member=member)


@plant("ST021", "ชื่อหมู่บ้านเพี้ยนจากการแปลงรหัส", layouts=TEXT_LAYOUTS)
def garbled_village(case: Case) -> None:
    # UTF-8 opened as Windows-874 and saved
    case.answer(village_name=None)
    case.typed("สมสาย".encode().decode("cp874"), cell="village_name")
    case.expect("village_name")


@plant("ST022", "ชื่อหมู่บ้านมีช่องว่างที่มองไม่เห็น", layouts=TEXT_LAYOUTS, once=True)
def hidden_character(case: Case) -> None:
    case.typed(f"{case.home['village_name']}\u00a0", cell="village_name")
    case.expect_in_file("village_name")


@plant("ST023", "ผู้ได้รับการอบรมสัมมาชีพมากกว่าสมาชิกทั้งหมด")
def more_trained_than_members(case: Case) -> None:
    case.answer(livelihood_training_count=len(case.members) + 2)
    case.expect("livelihood_training_count")
