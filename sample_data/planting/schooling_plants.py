"""Plants within one person: schooling and work."""

from sample_data.planting.case import NO_CARD, Case, aged
from sample_data.planting.registry import plant
from sample_data.planting.suits import adult, elder, has_adult, has_pupil, has_two_workers, monk


@plant("ED001", "การศึกษาสูงเกินอายุ", has_pupil)
def education_beyond_age(case: Case) -> None:
    member = case.one(aged(7, 14))
    member["education"] = "bachelor"
    case.expect("education", "age", member=member)


@plant("ED002", "ผู้ใหญ่แต่ระบุการศึกษาเป็นอนุบาล", has_adult)
def adult_in_kindergarten(case: Case) -> None:
    member = case.one(adult)
    member.update(education="kindergarten", occupation="labour")
    case.expect("education", "age", member=member)


@plant("ED003", "เด็กวัยเรียนแต่ไม่เคยศึกษา", has_pupil)
def pupil_never_studied(case: Case) -> None:
    member = case.one(aged(7, 14))
    member["education"] = "never"
    case.expect("education", "age", member=member)


@plant("ED004", "ไม่ได้เรียนแล้ว อายุ 16 ปี แต่ระบุมัธยมศึกษาตอนปลาย")
def level_not_finished(case: Case) -> None:
    member = case.add("other_relative", "male", 16, "วุฒิชัย")
    member.update(education="upper_secondary", occupation="labour")
    case.expect("education", "age", member=member)


@plant("ED005", "เด็กโตแต่ระบุการศึกษาเป็นอนุบาล", lambda case: case.has(aged(9, 14)))
def pupil_in_kindergarten(case: Case) -> None:
    member = case.one(aged(9, 14))
    member["education"] = "kindergarten"
    case.expect("education", "age", member=member)


@plant("ED006", "กำลังศึกษา อายุ 17 ปี แต่ไม่จบประถม")
def student_without_primary(case: Case) -> None:
    member = case.add("other_relative", "female", 17, "ศึกษา")
    member.update(education="below_primary", occupation="student")
    case.expect("education", "occupation", member=member)


@plant("ED007", "เด็ก 4 ปีกำลังศึกษาแต่ไม่เคยศึกษา")
def small_student_never_studied(case: Case) -> None:
    member = case.add("other_relative", "female", 4, "น้ำใส")
    member["education"] = "never"
    case.expect("education", "occupation", member=member)


@plant("ED008", "เด็ก 1 ปีแต่ระบุการศึกษาเป็นอนุบาล")
def infant_in_kindergarten(case: Case) -> None:
    member = case.add("other_relative", "male", 1, "ต้นกล้า")
    member["education"] = "kindergarten"
    case.expect("education", "age", member=member)


@plant("ED009", "นักเรียนอายุ 8 ปีแต่ระบุว่าจบประถม")
def pupil_finished_primary(case: Case) -> None:
    member = case.add("other_relative", "female", 8, "น้ำใส")
    member["education"] = "primary"
    case.expect("education", "age", member=member)


@plant("WK001", "อายุต่ำกว่า 15 ปีแต่มีอาชีพ", has_pupil)
def child_at_work(case: Case) -> None:
    member = case.one(aged(7, 14))
    member["occupation"] = "labour"
    case.expect("occupation", "age", member=member)


@plant("WK002", "กำลังศึกษาแต่อายุเกิน 35 ปี", has_two_workers)
def old_student(case: Case) -> None:
    member = case.become(case.add("other_relative", "male", 47, "บุญเรียน"), 47, occupation="student")
    case.expect("occupation", "age", member=member)


@plant("WK003", "รับราชการแต่จบเพียงประถมศึกษา", has_adult)
def official_without_schooling(case: Case) -> None:
    member = case.one(adult)
    member.update(occupation="government", education="primary", **NO_CARD)
    case.expect("occupation", "education", member=member)


@plant("WK004", "รับราชการแต่อายุเกิน 65 ปี")
def official_after_retirement(case: Case) -> None:
    member = elder(case)
    member.update(occupation="government", education="bachelor")
    case.expect("occupation", "age", member=member)


@plant("WK005", "เด็กวัยเรียนแต่ไม่ได้กำลังศึกษา", has_pupil)
def pupil_not_studying(case: Case) -> None:
    member = case.one(aged(7, 14))
    member.update(occupation="none", education="below_primary")
    case.expect("occupation", "age", member=member)


@plant("WK006", "เด็ก 4 ปีแต่มีอาชีพรับจ้าง")
def infant_at_work(case: Case) -> None:
    member = case.add("other_relative", "male", 4, "แรงดี")
    member["occupation"] = "labour"
    case.expect("occupation", "age", member=member)


@plant("WK007", "รับราชการอายุ 63 ปี")
def official_past_retirement(case: Case) -> None:
    member = case.become(elder(case), 63, occupation="government", education="bachelor")
    case.expect("occupation", "age", member=member)


@plant("WK008", "พระแต่ระบุอาชีพทำนา")
def monk_at_work(case: Case) -> None:
    member = monk(case)
    member["occupation"] = "rice"
    case.expect("title", "occupation", member=member)
