"""Plants in what is said of a whole indicator: a stated result turned round, an answer not given at all."""

from collections.abc import Callable

from sample_data.planting.case import Case, Choice, Row, aged, works
from sample_data.planting.registry import anybody, plant

FINISHED = ("lower_secondary", "upper_secondary", "diploma", "bachelor", "above_bachelor")


def _with(chosen: Choice) -> Callable[[Case], bool]:
    return lambda case: case.has(chosen)


def _health(status: str) -> Choice:
    return lambda member: bool(member["health_status"] == status)


def _may_work(member: Row) -> bool:
    return bool(20 <= member["age"] <= 58 and works(member))


def _may_work_at_60(member: Row) -> bool:
    return bool(member["age"] >= 60 and member["can_help_self"])


def _jobless_leaver(member: Row) -> bool:
    is_jobless = bool(member["occupation"] == "none" and member["can_help_self"])
    return is_jobless and aged(15, 59)(member) and member["education"] in FINISHED


def _leaver_of_m3(member: Row) -> bool:
    return bool(member["age"] == 15 and member["education"] in FINISHED)


STATED: dict[str, tuple[str, Callable[[Case], bool]]] = {
    "IX066": ("birth_weight", _with(aged(0, 0))),
    "IX067": ("exclusive_breastfeeding", _with(aged(0, 0))),
    "IX068": ("vaccination", _with(aged(0, 12))),
    "IX069": ("food_safety", anybody),
    "IX070": ("annual_checkup", _with(aged(35, 120))),
    "IX071": ("exercise", anybody),
    "IX072": ("housing_secure", anybody),
    "IX073": ("drinking_water", anybody),
    "IX074": ("domestic_water", anybody),
    "IX075": ("tidy_hygienic_home", anybody),
    "IX076": ("no_pollution", anybody),
    "IX077": ("hazard_prevention", anybody),
    "IX078": ("life_property_safety", anybody),
    "IX079": ("preschool_care", _with(aged(3, 5))),
    "IX080": ("compulsory_education", _with(aged(6, 14))),
    "IX081": ("continue_m4", _with(_leaver_of_m3)),
    "IX082": ("vocational_training", _with(_jobless_leaver)),
    "IX083": ("literacy_numeracy", _with(aged(15, 59))),
    "IX084": ("job_income_15_59", _with(_may_work)),
    "IX085": ("job_income_60", _with(_may_work_at_60)),
    "IX086": ("saving", anybody),
    "IX087": ("elderly_care", _with(aged(60, 120))),
    "IX088": ("disabled_care", _with(_health("disabled"))),
    "IX089": ("chronic_care", _with(_health("chronic"))),
    "IX090": ("public_participation", anybody),
    "IX091": ("family_warmth", anybody),
    "IX092": ("no_alcohol", anybody),
    "IX093": ("no_smoking", anybody),
    "IX094": ("religious_practice", anybody),
}
"""Rule -> the indicator whose stated result is turned round, and where it is stated at all."""


def _turned_round(rule_id: str, slug: str, wants: Callable[[Case], bool]) -> None:
    name = f"result_{slug}"

    def stated_wrongly(case: Case) -> None:
        case.state(lambda home: {name: not home[name]})
        case.expect(name)

    plant(rule_id, "ผลตัวชี้วัดที่ระบุขัดกับคำตอบ", wants)(stated_wrongly)


def _has_elder_and_patient(case: Case) -> bool:
    return case.has(aged(60, 120)) and case.has(_health("chronic"))


def _has_pupil_and_adult(case: Case) -> bool:
    return case.has(aged(6, 14)) and case.has(aged(15, 59))


LEFT_OPEN: dict[str, tuple[tuple[str, ...], Callable[[Case], bool]]] = {
    "IX058": (("birth_weight_all_ok", "low_birth_weight_count"), _with(aged(0, 0))),
    "IX059": (tuple(f"food_safety_{item}" for item in range(1, 5)), anybody),
    "IX060": (("drinking_water_enough",), anybody),
    "IX061": (tuple(f"hazard_prevention_{item}" for item in range(1, 5)), anybody),
    "IX062": (("literate_all", "literate_not_count"), _has_pupil_and_adult),
    "IX063": (
        (
            "job_15_59_all",
            "no_job_no_income_15_59_count",
            "no_job_with_income_15_59_count",
            "want_job_15_59_count",
        ),
        _with(_may_work),
    ),
    "IX064": (("elderly_care_all", "elderly_care_not_count"), _has_elder_and_patient),
    "IX065": (("participates",), anybody),
}
"""Rule -> the answers of one indicator that are not given, and where they are asked."""


def _not_answered(rule_id: str, names: tuple[str, ...], wants: Callable[[Case], bool]) -> None:
    def left_open(case: Case) -> None:
        case.answer(**dict.fromkeys(names))
        case.expect(names[0])

    plant(rule_id, "ตัวชี้วัดที่ใช้กับครัวเรือนยังไม่มีคำตอบ", wants)(left_open)


for _rule_id, (_slug, _wants) in STATED.items():
    _turned_round(_rule_id, _slug, _wants)
for _rule_id, (_names, _where) in LEFT_OPEN.items():
    _not_answered(_rule_id, _names, _where)
