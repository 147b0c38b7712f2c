"""Plants about where a household is and how it was visited: codes, names, house id, position, interview."""

from datetime import date, timedelta

from sample_data.planting.case import Case
from sample_data.planting.registry import TEXT_LAYOUTS, plant
from schemas import areas, rounds
from schemas.thai import BE_MINUS_CE


def _other_tambon(case: Case) -> areas.Area:
    """Another tambon of the same district, of a name unlike its own."""
    own = case.home["tambon_code"]
    return next(area for area in areas.tambons(case.home["district_code"])[::-1] if area.code != own)


def _day_after_window(case: Case) -> date:
    return rounds.load(case.home["interview_date"].year + BE_MINUS_CE).window_end + timedelta(days=1)


def _nobody_has_a_birthday_until_then(case: Case) -> bool:
    asked, later = case.home["interview_date"], _day_after_window(case)
    days = {(asked + timedelta(days=n)).strftime("%m-%d") for n in range(1, (later - asked).days + 1)}
    return not case.has(lambda member: member["birth_date"].strftime("%m-%d") in days)


@plant("PL001", "รหัสตำบลไม่มีในรายการ")
def tambon_in_no_list(case: Case) -> None:
    case.answer(tambon_code=f"{case.home['district_code']}99")
    case.expect("tambon_code")


@plant("PL002", "รหัสตำบลที่ยกเลิกแล้ว")
def abolished_tambon(case: Case) -> None:
    case.answer(tambon_code="340102")
    case.expect("tambon_code")


@plant("PL003", "ชื่อตำบลไม่ตรงกับรหัส")
def tambon_of_another_name(case: Case) -> None:
    case.answer(tambon_name=_other_tambon(case).name_th)
    case.expect("tambon_name")


@plant("PL004", "รหัสหมู่บ้านของตำบลอื่น")
def village_of_another_tambon(case: Case) -> None:
    case.answer(village_code=f"{_other_tambon(case).code}{case.home['village_code'][6:]}")
    case.expect("village_code")


@plant("PL005", "รหัสประจำบ้านของจังหวัดอื่น")
def house_of_another_province(case: Case) -> None:
    case.home["house_id"] = f"33{case.home['house_id'][2:]}"
    case.expect("house_id")


@plant("PL006", "ละติจูดกับลองจิจูดสลับกัน", layouts=TEXT_LAYOUTS)
def position_swapped(case: Case) -> None:
    case.answer(latitude=case.home["longitude"], longitude=case.home["latitude"])
    case.expect("latitude")


@plant("PL007", "พิกัดอยู่กรุงเทพมหานคร")
def position_in_the_capital(case: Case) -> None:
    case.answer(latitude=13.7563, longitude=100.5018)
    case.expect("latitude")


@plant("PL008", "พิกัด 0, 0")
def position_zero(case: Case) -> None:
    case.answer(latitude=0.0, longitude=0.0)
    case.expect("latitude", "longitude")


@plant("PL009", "รหัสประจำบ้านเป็นเลขเดียวกันทั้งหมด")
def made_up_house_id(case: Case) -> None:
    case.home["house_id"] = 11 * str(case.copy % 10)
    case.expect("house_id")


@plant("CO001", "ไม่ได้บันทึกผู้จัดเก็บ")
def collector_left_empty(case: Case) -> None:
    case.answer(collector_id=None)
    case.expect("collector_id")


@plant("CO002", "จัดเก็บได้แต่ไม่ได้ให้คำยินยอม")
def collected_without_consent(case: Case) -> None:
    case.answer(is_consented=False)
    case.expect("household_status", "is_consented")


@plant("CO003", "สัมภาษณ์หลังปิดช่วงจัดเก็บหนึ่งวัน", _nobody_has_a_birthday_until_then)
def interviewed_too_late(case: Case) -> None:
    late = _day_after_window(case)
    case.answer(interview_date=late, entry_date=late)
    case.expect("interview_date")


@plant("CO004", "บันทึกก่อนวันสัมภาษณ์หนึ่งวัน")
def entered_before_asked(case: Case) -> None:
    case.answer(entry_date=case.home["interview_date"] - timedelta(days=1))
    case.expect("interview_date", "entry_date")


@plant("CO005", "ลำดับสมาชิกข้ามหนึ่งเลข", lambda case: len(case.members) >= 2)
def member_number_skipped(case: Case) -> None:
    case.member_says(case.members[-1], member_no=len(case.members) + 1)
    case.expect("member_count", "members.member_no")
