"""Plants in the indicator answers: counts against the roster, and answers the roster contradicts.

Deliberately not here: "all" answers against their numbers (answer_number_plants.py), questions that follow
another answer (answer_gate_plants.py), stated results and missing answers (result_plants.py).
"""

from collections.abc import Sequence

from sample_data.planting.case import Case, Row, aged, works
from sample_data.planting.registry import plant


def _two_workers(case: Case) -> bool:
    return sum(works(member) for member in case.members) >= 2 and case.has(_spare)


def _spare(member: Row) -> bool:
    return works(member) and bool(20 <= member["age"] <= 58 and member["can_help_self"])


def _has_pupil(case: Case) -> bool:
    return case.has(aged(7, 13))


def _has_school_age_at_its_edge(case: Case) -> bool:
    """A child of 6 or 14 explains why not all are in P.1 to M.3."""
    return case.has(aged(6, 6)) or case.has(aged(14, 14))


def _one_more(case: Case, name: str, *answers: str) -> None:
    """Counts one person more, about whom `answers` are given too: yes where nobody was there to ask about."""
    case.work_out(lambda home: {name: home[name] + 1, **_given(home, answers)})
    case.expect(name)


def _more_than(case: Case, people: int, name: str, *answers: str) -> None:
    """Counts one person more than there are `people`, about whom `answers` are given too."""
    case.work_out(lambda home: {name: people + 1, **_given(home, answers)})
    case.expect(name)


def _given(home: Row, answers: Sequence[str]) -> Row:
    return {answer: True for answer in answers if home[answer] is None}


@plant("IX001", "จำนวนเด็กต่ำกว่า 1 ปีไม่ตรงกับรายชื่อ")
def infants_miscounted(case: Case) -> None:
    _one_more(case, "child_u1_count", "birth_weight_all_ok", "bf_6_12m_all")
    case.work_out(lambda home: {"child_6_12m_count": home["child_6_12m_count"] + 1})


@plant("IX002", "จำนวนเด็ก 0-12 ปีไม่ตรงกับรายชื่อ")
def children_to_12_miscounted(case: Case) -> None:
    _one_more(case, "child_0_12_count", "vaccine_all")


@plant("IX003", "จำนวนเด็ก 6-14 ปีไม่ตรงกับรายชื่อ")
def children_6_14_miscounted(case: Case) -> None:
    _one_more(case, "child_6_14_count", "in_school_all")


@plant("IX004", "จำนวนเด็กที่ไม่ได้เรียนเกินจำนวนเด็ก", _has_school_age_at_its_edge)
def more_out_of_school_than_children(case: Case) -> None:
    case.work_out(lambda home: {"in_school_all": False, "in_school_not_count": home["child_6_14_count"] + 1})
    case.expect("in_school_not_count", "child_6_14_count")


@plant("IX005", "จำนวนคนอายุ 35 ปีขึ้นไปไม่ตรงกับรายชื่อ")
def people_of_35_miscounted(case: Case) -> None:
    _one_more(case, "age35_count", "checkup_all")


@plant("IX006", "จำนวนผู้ไม่ได้ตรวจสุขภาพเกินจำนวนคนอายุ 35 ปีขึ้นไป", lambda case: case.has(aged(35, 120)))
def more_unchecked_than_people(case: Case) -> None:
    case.work_out(
        lambda home: {
            "checkup_all": False,
            "checkup_not_count": home["age35_count"] + 1,
            "screened_all": True,
            "screened_not_count": None,
        }
    )
    case.expect("checkup_not_count", "age35_count")


@plant("IX007", "จำนวนผู้สูงอายุไม่ตรงกับรายชื่อ")
def older_people_miscounted(case: Case) -> None:
    _one_more(case, "age60_count", "elderly_care_all")


@plant("IX008", "จำนวนผู้พิการไม่ตรงกับรายชื่อ")
def disabled_miscounted(case: Case) -> None:
    _one_more(case, "disabled_count", "disabled_care_all", "disability_card_all")


@plant("IX009", "จำนวนผู้ป่วยโรคเรื้อรังไม่ตรงกับรายชื่อ")
def chronic_miscounted(case: Case) -> None:
    _one_more(case, "chronic_count", "chronic_care_all")


@plant("IX010", "ตอบว่ามีอาชีพทุกคนแต่มีผู้ไม่มีอาชีพ", _two_workers)
def all_have_jobs_but_one(case: Case) -> None:
    worker = case.one(_spare)
    worker["occupation"] = "none"
    case.answer(
        job_15_59_all=True,
        no_job_no_income_15_59_count=None,
        no_job_with_income_15_59_count=None,
        want_job_15_59_count=None,
    )
    case.expect("job_15_59_all")


@plant("IX011", "จำนวนผู้ดื่มสุราเกินจำนวนคนในช่วงอายุ")
def more_drinkers_than_people(case: Case) -> None:
    def change(home: Row) -> Row:
        youths = sum(15 <= member["age"] <= 19 for member in case.members)
        return {
            "nobody_drinks": False,
            "drinkers_u15_count": 0,
            "drinkers_15_19_count": youths + 1,
            "drinkers_20p_count": home["drinkers_20p_count"] or 0,
            "main_earner_drinks_per_month": 2,
        }

    case.work_out(change)
    case.expect("drinkers_15_19_count")


@plant("IX012", "ตอบว่าไม่มีใครดื่มสุราแต่มีจำนวนผู้ดื่ม")
def nobody_drinks_but_one(case: Case) -> None:
    case.answer(nobody_drinks=True, drinkers_u15_count=0, drinkers_15_19_count=0, drinkers_20p_count=1)
    case.answer(main_earner_drinks_per_month=None)
    case.expect("nobody_drinks", "drinkers_20p_count")


@plant("IX013", "ตอบว่าอยู่คนเดียวไม่ตรงกับจำนวนสมาชิก")
def alone_in_company(case: Case) -> None:
    def change(home: Row) -> Row:
        alone = not home["lives_alone"]
        together = dict.fromkeys(("warmth_together", "warmth_respect", "warmth_consult"), not alone or None)
        by_oneself = dict.fromkeys(("alone_visited", "alone_happy"), alone or None)
        return {"lives_alone": alone, **together, **by_oneself}

    case.work_out(change)
    case.expect("lives_alone")


@plant("IX014", "อ่านเขียนได้ทุกคนแต่มีผู้ไม่เคยศึกษา", _two_workers)
def literate_without_school(case: Case) -> None:
    worker = case.one(_spare)
    worker.update(education="never", occupation="labour")
    case.answer(literate_all=True, literate_not_count=None)
    case.expect("literate_all")


@plant("IX015", "ตอบว่าเรียนทุกคนแต่มีจำนวนผู้ไม่ได้เรียน", _has_pupil)
def all_in_school_but_one(case: Case) -> None:
    case.answer(in_school_all=True, in_school_not_count=1)
    case.expect("in_school_all", "in_school_not_count")


@plant("IX016", "จำนวนคนอายุ 15-59 ปีไม่ตรงกับรายชื่อ")
def people_of_15_59_miscounted(case: Case) -> None:
    _one_more(case, "age15_59_count", "literate_all")


@plant("IX017", "ผลการดูแลตนเองที่ระบุขัดกับข้อย่อย")
def self_care_stated_against_items(case: Case) -> None:
    case.answer(self_care_2=False)
    case.state(lambda _home: {"result_self_care": True})
    case.expect("result_self_care", "self_care_2")


@plant("IX033", "จำนวนเด็ก 3-5 ปีไม่ตรงกับรายชื่อ")
def children_3_5_miscounted(case: Case) -> None:
    _one_more(case, "child_3_5_count", "preschool_all")


@plant("IX044", "จำนวนคนอายุ 15-59 ปีที่ต้องมีอาชีพไม่ตรงกับรายชื่อ")
def people_who_should_work_miscounted(case: Case) -> None:
    of_age = sum(15 <= member["age"] <= 59 for member in case.members)
    _more_than(case, of_age, "job_15_59_count", "job_15_59_all")


@plant("IX045", "จำนวนคนอายุ 60 ปีขึ้นไปในข้ออาชีพไม่ตรงกับรายชื่อ")
def older_people_who_may_work_miscounted(case: Case) -> None:
    of_age = sum(member["age"] >= 60 for member in case.members)
    _more_than(case, of_age, "job_60_count", "job_60_all")


@plant("IX052", "จำนวนคนอายุ 6 ปีขึ้นไปไม่ตรงกับรายชื่อ")
def people_of_6_miscounted(case: Case) -> None:
    _one_more(case, "age6_count", "practice_all")
