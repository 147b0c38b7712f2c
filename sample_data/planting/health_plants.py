"""Plants within one person: health and the state welfare card."""

from sample_data.planting.case import Case, aged, works
from sample_data.planting.registry import plant
from sample_data.planting.suits import adult, elder, has_adult, has_pupil, has_two_workers, monk


@plant("HE001", "ช่วยเหลือตนเองไม่ได้แต่มีอาชีพ", has_two_workers)
def worker_who_cannot_help_self(case: Case) -> None:
    member = case.one(works)
    member.update(can_help_self=False, health_status="chronic", chronic_type="โรคหัวใจ", disability_type=None)
    case.expect("can_help_self", "occupation", member=member)


@plant("HE002", "สภาพปกติแต่ช่วยเหลือตนเองไม่ได้", has_pupil)
def healthy_but_helpless(case: Case) -> None:
    member = case.one(aged(7, 14))
    member.update(can_help_self=False, health_status="normal", disability_type=None)
    case.expect("can_help_self", "health_status", member=member)


@plant("HE003", "ติดเตียงแต่ช่วยเหลือตนเองได้")
def bedridden_but_helps_self(case: Case) -> None:
    member = elder(case)
    member.update(
        occupation="none",
        health_status="chronic",
        chronic_type="โรคหัวใจ",
        is_bedridden=True,
        can_help_self=True,
    )
    case.expect("is_bedridden", "can_help_self", member=member)


@plant("HE004", "ติดเตียงแต่สภาพร่างกายปกติ")
def bedridden_but_normal(case: Case) -> None:
    member = case.become(elder(case), 85, occupation="none", is_bedridden=True, can_help_self=False)
    case.expect("is_bedridden", "health_status", member=member)


@plant("HE005", "ระบุประเภทความพิการแต่สภาพร่างกายปกติ")
def disability_but_normal(case: Case) -> None:
    member = elder(case)
    member["disability_type"] = "physical"
    case.expect("disability_type", "health_status", member=member)


@plant("HE006", "ระบุโรคเรื้อรังแต่สภาพร่างกายปกติ")
def illness_but_normal(case: Case) -> None:
    member = elder(case)
    member["chronic_type"] = "เบาหวาน"
    case.expect("chronic_type", "health_status", member=member)


def _pupil_beside_adult_without_card(case: Case) -> bool:
    return has_pupil(case) and case.has(lambda member: adult(member) and not member["welfare_card"])


@plant("WF001", "เด็กถือบัตรสวัสดิการแห่งรัฐ", _pupil_beside_adult_without_card)
def child_with_card(case: Case) -> None:
    member = case.one(aged(7, 14))
    member["welfare_card"] = True
    case.expect("welfare_card", "age", member=member)


@plant("WF002", "รับเงินสดจากบัตรสวัสดิการแต่ไม่ได้ถือบัตร", has_adult)
def cash_without_card(case: Case) -> None:
    member = case.one(adult)
    member.update(welfare_card=False, welfare_cash=True)
    case.expect("welfare_card", "welfare_cash", member=member)


@plant("WF003", "พระถือบัตรสวัสดิการแห่งรัฐ")
def monk_with_card(case: Case) -> None:
    member = monk(case)
    member["welfare_card"] = True
    case.expect("welfare_card", "occupation", member=member)
