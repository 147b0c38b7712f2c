"""Plants in questions that follow another answer: tables, kinds, sources, destinations that do not fit."""

from sample_data.planting.case import Case, Row, aged, works
from sample_data.planting.registry import plant

VACCINE_STEPS = ("birth", "1m", "2m", "4m", "6m", "9m", "1y", "18m", "30m", "4y", "7y", "12y")
DESTINATIONS = ("non_formal", "home_school", "abroad", "works", "neither")


def _only_missed(missed: str) -> dict[str, int | None]:
    """The table of vaccines with one child who missed that step."""
    return {f"vaccine_step_{step}_count": 1 if step == missed else None for step in VACCINE_STEPS}


def _lives_in_company(case: Case) -> bool:
    return len(case.members) > 1


def _has_young_child(case: Case) -> bool:
    return case.has(aged(0, 11)) and not case.has(aged(12, 12))


def _has_pupils_of_7_to_13_only(case: Case) -> bool:
    edge = case.has(aged(6, 6)) or case.has(aged(14, 14))
    return case.has(aged(7, 13)) and not edge


def _jobless_elder(member: Row) -> bool:
    is_monk = member["title"] in ("phra", "samanera", "mae_chi")
    return bool(member["age"] >= 60 and member["can_help_self"] and not works(member) and not is_monk)


@plant("IX019", "ช่วงอายุเด็กในข้อนมแม่รวมไม่เท่าเด็กต่ำกว่า 1 ปี")
def infant_counted_twice(case: Case) -> None:
    case.work_out(lambda home: {"child_u6m_count": home["child_u1_count"] + 1, "bf_u6m_all": True})
    case.answer(bf_u6m_not_count=None)
    case.expect("child_u6m_count", "child_u1_count")


@plant("IX022", "วัคซีนครบทุกคนแต่ตารางมีจำนวน", lambda case: case.has(aged(0, 12)))
def vaccinated_with_a_table(case: Case) -> None:
    case.answer(vaccine_all=True, vaccine_not_count=None, **_only_missed("birth"))
    case.expect("vaccine_all", "vaccine_step_birth_count")


@plant("IX023", "เด็กขาดวัคซีนที่ยังไม่ถึงอายุ", _has_young_child)
def vaccine_not_due_missed(case: Case) -> None:
    case.answer(vaccine_all=False, vaccine_not_count=1, **_only_missed("12y"))
    case.expect("vaccine_step_12y_count")


@plant("IX025", "ไม่มีใครมีสิทธิรักษาพยาบาล")
def nobody_with_a_right(case: Case) -> None:
    rights = ("private", "civil", "social", "universal", "other")
    case.answer(**{f"insurance_{right}_count": 0 for right in rights})
    case.expect("insurance_universal_count")


@plant("IX026", "จำนวนผู้ใช้สถานพยาบาลเกินเกณฑ์", lambda case: len(case.members) >= 6)
def visits_for_people(case: Case) -> None:
    case.answer(facility_health_centre_count=6)
    case.expect("facility_health_centre_count")


@plant("IX027", "จำนวนคนออกกำลังกายไม่ตรงกับคนอายุ 6 ปีขึ้นไป")
def exercise_miscounted(case: Case) -> None:
    older = sum(member["age"] >= 6 for member in case.members)
    case.answer(exercise_all=False, exercised_count=older, exerted_count=0, neither_count=1)
    case.expect("exercised_count", "neither_count")


@plant("IX029", "ระบุแหล่งมลพิษแต่ไม่ถูกรบกวน")
def source_without_nuisance(case: Case) -> None:
    case.answer(pollution_source="industry", **{f"no_pollution_{item}": True for item in range(1, 7)})
    case.expect("pollution_source")


@plant("IX030", "ประสบภัยธรรมชาติแต่ไม่ระบุประเภท")
def disaster_of_no_kind(case: Case) -> None:
    kinds = ("flood", "storm", "fire", "landslide", "earthquake")
    case.answer(disaster_suffered=True, **{f"disaster_{kind}": None for kind in kinds})
    case.expect("disaster_suffered", "disaster_flood")


@plant("IX031", "ไม่เสียทรัพย์แต่มีมูลค่าที่เสียไป")
def loss_without_theft(case: Case) -> None:
    case.answer(no_property_loss=True, property_loss_baht=1500)
    case.expect("no_property_loss", "property_loss_baht")


@plant("IX032", "คำตอบความปลอดภัยสลับด้าน")
def safety_the_wrong_way_round(case: Case) -> None:
    case.answer(no_killing=True, no_assault=True, no_property_loss=True, property_loss_baht=None)
    case.answer(home_intruded=True, other_crime=True)
    case.expect("home_intruded", "other_crime")


@plant("IX036", "เด็กไม่ได้เรียนแต่ทุกคนกำลังศึกษา", _has_pupils_of_7_to_13_only)
def students_out_of_school(case: Case) -> None:
    case.answer(in_school_all=False, in_school_not_count=1)
    case.expect("in_school_all")


@plant("IX037", "เด็กจบ ม.3 มากกว่าสมาชิกวัยนั้น")
def too_many_leavers(case: Case) -> None:
    young = sum(13 <= member["age"] <= 17 for member in case.members)
    case.answer(m3_leavers_count=young + 1, continue_all=True, continue_not_count=None)
    case.expect("m3_leavers_count")


@plant("IX039", "ยอดเด็ก ป.1-ม.3 ออกกลางคันไม่ตรงกับรายละเอียด", _lives_in_company)
def dropout_without_destination(case: Case) -> None:
    case.answer(**{f"dropout_{name}_count": 0 for name in DESTINATIONS})
    case.answer(dropout_count=2, dropout_works_count=1)
    case.expect("dropout_count", "dropout_works_count")


@plant("IX040", "ยอดเด็ก ม.4 ออกกลางคันไม่ตรงกับรายละเอียด")
def m4_dropout_without_destination(case: Case) -> None:
    case.answer(**{f"m3_dropout_{name}_count": 0 for name in DESTINATIONS})
    case.answer(m3_dropout_count=1, m3_dropout_works_count=1, m3_dropout_neither_count=1)
    case.expect("m3_dropout_count", "m3_dropout_neither_count")


@plant("IX041", "ผู้จบภาคบังคับไม่เรียนไม่ทำงานมากกว่าในรายชื่อ")
def too_many_jobless_leavers(case: Case) -> None:
    people = len(case.members)
    case.answer(not_studying_no_job_count=people + 1, trained_all=True, trained_not_count=None)
    case.answer(trained_left_this_year_count=None, trained_left_earlier_count=None)
    case.expect("not_studying_no_job_count")


@plant("IX048", "ผู้สูงอายุมีอาชีพทุกคนแต่มีผู้ไม่มีอาชีพ", lambda case: case.has(_jobless_elder))
def all_elders_work_but_one(case: Case) -> None:
    case.answer(
        job_60_all=True,
        no_job_no_income_60_count=None,
        no_job_with_income_60_count=None,
        want_job_60_count=None,
    )
    case.expect("job_60_all")


@plant("IX050", "เด็กดื่มสุรา", lambda case: case.has(aged(0, 14)))
def child_drinks(case: Case) -> None:
    case.answer(
        nobody_drinks=False,
        drinkers_u15_count=1,
        drinkers_15_19_count=0,
        drinkers_20p_count=0,
        main_earner_drinks_per_month=0,
    )
    case.expect("drinkers_u15_count")


@plant("IX057", "อยู่หลายคนแต่ตอบข้อของผู้อยู่คนเดียว", _lives_in_company)
def family_answers_as_if_alone(case: Case) -> None:
    case.answer(alone_visited=True)
    case.expect("lives_alone", "alone_visited")
