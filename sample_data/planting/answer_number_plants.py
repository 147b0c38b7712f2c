"""Plants in "all" answers of the indicators: the answer and the number of people who are not contradict.

Deliberately not here: counts against the roster (answer_plants.py).
"""

from sample_data.planting.case import Case, Choice, aged, works
from sample_data.planting.registry import plant

CHILD_TO_12, OVER_35, ADULT, ELDER = aged(0, 12), aged(35, 120), aged(20, 58), aged(60, 120)


def _with(chosen: Choice) -> Choice:
    return lambda case: case.has(chosen)


def _has_worker_in_company(case: Case) -> bool:
    return len(case.members) > 1 and case.has(lambda member: works(member) and ADULT(member))


def _all_but_one(case: Case, answer: str, number: str) -> None:
    case.answer(**{answer: True, number: 1})
    case.expect(answer, number)


@plant("IX018", "น้ำหนักแรกเกิดได้ทุกคนแต่มีจำนวนที่ไม่ได้")
def heavy_newborns_but_one(case: Case) -> None:
    _all_but_one(case, "birth_weight_all_ok", "low_birth_weight_count")


@plant("IX020", "กินนมแม่ทุกคนแต่มีจำนวนที่ไม่ได้กิน")
def breast_fed_but_one(case: Case) -> None:
    _all_but_one(case, "bf_u6m_all", "bf_u6m_not_count")


@plant("IX021", "วัคซีนครบทุกคนแต่มีจำนวนที่ไม่ครบ", _with(CHILD_TO_12))
def vaccinated_but_one(case: Case) -> None:
    _all_but_one(case, "vaccine_all", "vaccine_not_count")
    case.work_out(lambda home: {name: None for name in home if name.startswith("vaccine_step_")})


@plant("IX024", "ตรวจสุขภาพไม่ครบแต่ไม่ระบุจำนวน", _with(OVER_35))
def unchecked_but_nobody(case: Case) -> None:
    case.answer(checkup_all=False, checkup_not_count=None, screened_all=None, screened_not_count=None)
    case.expect("checkup_all", "checkup_not_count")


@plant("IX028", "ออกกำลังกายทุกคนแต่มีผู้ไม่ได้ทำ")
def all_exercise_but_one(case: Case) -> None:
    older = sum(member["age"] >= 6 for member in case.members)
    case.answer(exercised_count=older - 1, exerted_count=0)
    _all_but_one(case, "exercise_all", "neither_count")


@plant("IX034", "ได้รับการเตรียมความพร้อมทุกคนแต่มีจำนวนที่ไม่ได้", _with(aged(3, 5)))
def all_in_pre_school_but_one(case: Case) -> None:
    _all_but_one(case, "preschool_all", "preschool_not_count")


@plant("IX035", "เด็กไม่ได้เรียนทุกคนแต่ไม่ระบุจำนวน", lambda case: case.has(aged(6, 6)) or case.has(aged(14, 14)))
def not_all_in_school_but_nobody(case: Case) -> None:
    case.answer(in_school_all=False, in_school_not_count=None)
    case.expect("in_school_all", "in_school_not_count")


@plant("IX038", "เรียนต่อ ม.4 ทุกคนแต่มีจำนวนที่ไม่ได้เรียน", _with(aged(13, 17)))
def all_went_on_but_one(case: Case) -> None:
    case.answer(m3_leavers_count=1)
    _all_but_one(case, "continue_all", "continue_not_count")


@plant("IX042", "ได้ฝึกอาชีพทุกคนแต่มีจำนวนที่ไม่ได้ฝึก")
def all_trained_but_one(case: Case) -> None:
    case.answer(trained_left_this_year_count=None, trained_left_earlier_count=None)
    _all_but_one(case, "trained_all", "trained_not_count")


@plant("IX043", "อ่านเขียนไม่ได้ทุกคนแต่ไม่ระบุจำนวน", _with(aged(15, 59)))
def illiterate_but_nobody(case: Case) -> None:
    case.answer(literate_all=False, literate_not_count=None)
    case.expect("literate_all", "literate_not_count")


@plant("IX046", "ผู้ต้องการมีอาชีพเกินจำนวนผู้ไม่มีอาชีพ", _has_worker_in_company)
def more_want_a_job_than_lack_one(case: Case) -> None:
    case.answer(
        job_15_59_all=False,
        no_job_no_income_15_59_count=1,
        no_job_with_income_15_59_count=0,
        want_job_15_59_count=2,
    )
    case.expect("want_job_15_59_count", "no_job_no_income_15_59_count")


@plant("IX047", "ผู้สูงอายุไม่มีอาชีพทุกคนแต่ไม่ระบุจำนวน", _with(ELDER))
def older_people_jobless_but_nobody(case: Case) -> None:
    case.answer(
        job_60_all=False,
        no_job_no_income_60_count=None,
        no_job_with_income_60_count=None,
        want_job_60_count=None,
    )
    case.expect("job_60_all", "no_job_no_income_60_count")


@plant("IX049", "ตอบว่ามีผู้ดื่มสุราแต่ไม่มีจำนวน")
def drinking_but_nobody(case: Case) -> None:
    case.answer(
        nobody_drinks=False,
        drinkers_u15_count=0,
        drinkers_15_19_count=0,
        drinkers_20p_count=0,
        main_earner_drinks_per_month=0,
    )
    case.expect("nobody_drinks", "drinkers_20p_count")


@plant("IX051", "ไม่มีใครสูบบุหรี่แต่มีจำนวนผู้สูบ")
def nobody_smokes_but_one(case: Case) -> None:
    case.answer(main_earner_smokes=None)
    _all_but_one(case, "nobody_smokes", "smokers_count")


@plant("IX053", "ปฏิบัติกิจกรรมทางศาสนาทุกคนแต่มีจำนวนที่ไม่ได้ปฏิบัติ")
def all_practise_but_one(case: Case) -> None:
    _all_but_one(case, "practice_all", "practice_not_count")


@plant("IX054", "ผู้สูงอายุได้รับการดูแลทุกคนแต่มีจำนวนที่ไม่ได้", _with(ELDER))
def all_elders_cared_for_but_one(case: Case) -> None:
    _all_but_one(case, "elderly_care_all", "elderly_care_not_count")


@plant("IX055", "คนพิการมีบัตรทุกคนแต่มีจำนวนที่ไม่มีบัตร", _with(lambda member: member["health_status"] == "disabled"))
def all_hold_cards_but_one(case: Case) -> None:
    _all_but_one(case, "disability_card_all", "disability_card_not_count")


@plant(
    "IX056",
    "ผู้ป่วยเรื้อรังได้รับการดูแลทุกคนแต่มีจำนวนที่ไม่ได้",
    _with(lambda member: member["health_status"] == "chronic"),
)
def all_patients_cared_for_but_one(case: Case) -> None:
    _all_but_one(case, "chronic_care_all", "chronic_care_not_count")
