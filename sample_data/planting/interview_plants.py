"""Plants in who asked, who answered and who checked."""

from sample_data.planting.case import Case
from sample_data.planting.registry import plant
from sample_data.planting.suits import adult


@plant("IV001", "ผู้ตรวจสอบเป็นผู้จัดเก็บเอง")
def collector_checks_own_work(case: Case) -> None:
    case.work_out(lambda home: {"checker_id": home["collector_id"]})
    case.expect("collector_id", "checker_id")


@plant("IV002", "ผู้จัดเก็บเป็นผู้ให้ข้อมูลเอง", lambda case: adult(case.head))
def collector_informs(case: Case) -> None:
    # The first adult who can answer informs, and that is the head here.
    case.head["can_help_self"] = True
    case.answer(collector_id=case.head["national_id"])
    case.expect("collector_id", "national_id", member=case.head)
