"""Plants of the roster as a whole: its head, its length, who answered."""

from sample_data.ids import with_check_digit
from sample_data.planting.case import Case, Row, aged
from sample_data.planting.registry import plant
from sample_data.planting.suits import elder, has_company, has_pupil, has_spouse, head_of_30_to_60


def _lives_alone(case: Case) -> bool:
    return len(case.members) == 1 and case.head["age"] < 85


def _pupil_and_elders(case: Case) -> bool:
    """Only a head over 18 (with a spouse at most) and pupils: nobody else's relation depends on the head."""
    relations = {member["relation"] for member in case.members}
    return case.has(aged(7, 13)) and relations <= {"head", "spouse", "grandchild"}


def _able_adults(case: Case) -> list[Row]:
    return [member for member in case.members if member["age"] >= 18 and member["can_help_self"]]


def put_first(case: Case, member: Row) -> None:
    """Makes the member number 1 of the roster."""
    case.members.sort(key=lambda row: row is not member)


def _answered(case: Case, *informants: Row) -> None:
    """Marks exactly these as informants, and the first of them on the form."""
    for member in case.members:
        case.member_says(member, is_informant=any(member is one for one in informants))
    number = next((at for at, row in enumerate(case.members, 1) if informants and row is informants[0]), None)
    case.answer(informant_member_no=number)


@plant("HH001", "หัวหน้าครัวเรือน 2 คน")
def two_heads(case: Case) -> None:
    member = case.add("head", "female", 58, "ทองอยู่")
    member["marital_status"] = "married_unregistered"  # a spouse may be at home
    case.expect("relation")


@plant("HH002", "หัวหน้าครัวเรือนอายุ 13 ปี", _pupil_and_elders)
def head_of_thirteen(case: Case) -> None:
    for member in case.members:
        member["relation"] = "other_relative"
    pupil = case.one(aged(7, 13))
    pupil["relation"] = "head"
    put_first(case, pupil)
    case.expect("relation", "age")


@plant("HH003", "จำนวนสมาชิกมากกว่ารายชื่อ 1 คน", has_company)
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


@plant("HH005", "ไม่ได้ระบุผู้ให้ข้อมูล", has_company)
def nobody_answered(case: Case) -> None:
    _answered(case)
    case.expect("is_informant", "age")


@plant("HH006", "คู่สมรสของหัวหน้าครัวเรือน 2 คน", head_of_30_to_60)
def two_spouses(case: Case) -> None:
    sex = "female" if case.head["sex"] == "male" else "male"
    for name in ("แสงเดือน", "แสงจันทร์")[: 1 if has_spouse(case) else 2]:
        case.add("spouse", sex, case.head["age"] - 3, name)
    for member in case.members:
        if member["relation"] in ("head", "spouse"):
            member["marital_status"] = "married_unregistered"
    case.expect("relation")


@plant("HH007", "สมาชิก 16 คน", head_of_30_to_60)
def crowded(case: Case) -> None:
    while len(case.members) < 16:
        case.add("other_relative", "female", 20 + len(case.members), "จันทร์หอม")
    case.expect("household_id")


@plant("HH008", "หัวหน้าครัวเรือนไม่ได้อยู่ลำดับที่ 1", has_company)
def head_not_first(case: Case) -> None:
    put_first(case, case.members[-1])
    case.expect("relation", "member_no")


@plant("HH009", "หัวหน้าครัวเรือนอายุ 17 ปี")
def head_of_seventeen(case: Case) -> None:
    for member in case.members:
        member["relation"] = "other_relative"
    put_first(case, case.add("head", "male", 17, "กล้าหาญ"))
    case.expect("relation", "age")


@plant("HH010", "สมาชิก 31 คน", head_of_30_to_60)
def impossibly_crowded(case: Case) -> None:
    first = case.handed_out
    for name, digit in (("จันทร์หอม", 1), ("จันทร์แรม", 2)):
        # the same serial numbers under another first digit: a plant has not that many numbers of its own
        case.handed_out = first
        for age in range(20, 36):
            if len(case.members) < 31:
                member = case.add("other_relative", "female", age, name)
                member["national_id"] = with_check_digit(f"{digit}{member['national_id'][1:12]}")
    case.expect("household_id")


@plant("HH011", "ผู้ให้ข้อมูล 2 คน", lambda case: len(_able_adults(case)) >= 2)
def two_informants(case: Case) -> None:
    _answered(case, *_able_adults(case)[:2])
    case.expect("is_informant")


@plant("HH012", "ผู้ให้ข้อมูลเป็นเด็ก", has_pupil)
def child_answered(case: Case) -> None:
    _answered(case, case.one(aged(7, 14)))
    case.expect("is_informant", "age")


@plant("HH013", "ผู้ให้ข้อมูลช่วยเหลือตนเองไม่ได้", lambda case: len(_able_adults(case)) >= 1)
def helpless_informant(case: Case) -> None:
    member = elder(case)
    member.update(occupation="none", health_status="chronic", chronic_type="โรคหัวใจ", can_help_self=False)
    _answered(case, member)
    case.expect("is_informant", "can_help_self")


@plant("HH014", "ลำดับผู้ให้ข้อมูลไม่ตรงกับรายชื่อ", lambda case: len(_able_adults(case)) >= 2)
def informant_elsewhere(case: Case) -> None:
    one, other = _able_adults(case)[:2]
    _answered(case, one)
    case.answer(informant_member_no=1 + [row is other for row in case.members].index(True))
    case.expect("informant_member_no", "is_informant")


@plant("HH015", "สามศาสนาในครัวเรือนเดียว", lambda case: len(case.members) >= 3)
def three_religions(case: Case) -> None:
    for member, religion in zip(case.members, ("buddhist", "christian", "muslim"), strict=False):
        member["religion"] = religion
    case.expect("religion")


@plant("HH016", "มารดาของหัวหน้าครัวเรือน 2 คน", head_of_30_to_60)
def two_mothers(case: Case) -> None:
    while sum(member["relation"] == "mother" for member in case.members) < 2:
        case.add("mother", "female", case.head["age"] + 20 + len(case.members), "บุญยืน")
    case.expect("relation")


@plant("DU014", "บันทึกคนเดียวกันสองครั้งด้วยเลขต่างกัน")
def one_person_twice(case: Case) -> None:
    one = elder(case)
    other = elder(case)
    for member in (one, other):
        case.expect("first_name", "last_name", "birth_date", member=member)
