"""The indicator answers of a household as the form asks them, worked out from its members.

BROKEN: what breaks each rule in the family of three generations of test_catalogue_households.py, which
is a father of 48, a mother of 45, a son of 19, a girl of 10, a baby, and a grandmother of 70.
"""

ITEMS = {"food_safety": 4, "housing_secure": 2, "no_pollution": 6, "hazard_prevention": 4, "tidy_home": 8}
TIDY_5 = tuple(f"tidy_home_5_{part}" for part in range(1, 5))
DISASTERS = ("flood", "storm", "fire", "landslide", "earthquake")
WENT = ("non_formal", "home_school", "abroad", "works", "neither")
NO_TROUBLE = {
    "disaster_suffered": False,
    **dict.fromkeys((f"disaster_{kind}" for kind in DISASTERS), False),
    "no_killing": True,
    "no_assault": True,
    "no_property_loss": True,
    "home_intruded": False,
    "other_crime": False,
    "dropout_count": 0,
    **dict.fromkeys((f"dropout_{where}_count" for where in WENT), 0),
    "m3_dropout_count": 0,
    **dict.fromkeys((f"m3_dropout_{where}_count" for where in WENT), 0),
    "m3_leavers_count": 0,
    "not_studying_no_job_count": 0,
    "main_earner_drinks_per_month": 0,
    "participates": True,
    "drinking_water_enough": True,
    "domestic_water_enough": True,
}
RIGHTS = dict.fromkeys((f"insurance_{right}_count" for right in ("private", "civil", "social", "other")), 0)
FACILITIES = ("health_centre", "state_hospital", "private_hospital", "clinic", "other")
TOGETHER = ("warmth_together", "warmth_respect", "warmth_consult")
ALONE = ("alone_visited", "alone_happy")


def indicator_answers(members):
    def between(low, high=200):
        return sum(low <= each["age"] <= high for each in members)

    def all_of(number):
        return True if number else None

    items = {f"{name}_{item}": True for name, last in ITEMS.items() for item in range(1, last + 1)}
    del items["tidy_home_5"]
    branch = dict.fromkeys(ALONE if len(members) == 1 else TOGETHER, True)
    return (
        NO_TROUBLE
        | RIGHTS
        | items
        | branch
        | dict.fromkeys(TIDY_5, True)
        | dict.fromkeys((f"facility_{name}_count" for name in FACILITIES), 0)
        | jobs(members)
        | {
            "insurance_universal_count": len(members),
            "birth_weight_all_ok": all_of(between(0, 0)),
            "child_u6m_count": 0,
            "child_6_12m_count": between(0, 0),
            "bf_6_12m_all": all_of(between(0, 0)),
            "vaccine_all": all_of(between(0, 12)),
            "checkup_all": all_of(between(35)),
            "exercise_all": all_of(between(6)),
            "exercised_count": between(6),
            "exerted_count": 0,
            "neither_count": 0,
            "child_3_5_count": between(3, 5),
            "preschool_all": all_of(between(3, 5)),
            "age6_count": between(6),
            "practice_all": all_of(between(6)),
            "elderly_care_all": all_of(between(60)),
            "disabled_care_all": all_of(any(each["health_status"] == "disabled" for each in members)),
            "chronic_care_all": all_of(any(each["health_status"] == "chronic" for each in members)),
        }
    )


def jobs(members):
    able = [each for each in members if each["health_status"] != "disabled" or each["can_help_self"]]
    older = [each for each in able if each["age"] >= 60]
    idle = sum(each["occupation"] in ("none", "student") for each in older)
    should_work = [each for each in able if 15 <= each["age"] <= 59 and each["occupation"] != "student"]
    return {
        "job_15_59_count": len(should_work),
        "job_60_count": len(older),
        "job_60_all": idle == 0 if older else None,
        "no_job_no_income_60_count": idle if older else None,
        "no_job_with_income_60_count": 0 if older else None,
    }


BROKEN = {
    "IX018": {"low_birth_weight_count": 1},
    "IX019": {"child_6_12m_count": 0},
    "IX020": {"bf_6_12m_not_count": 1},
    "IX021": {"vaccine_not_count": 1},
    "IX022": {"vaccine_step_birth_count": 1},
    "IX023": {"vaccine_all": False, "vaccine_not_count": 1, "vaccine_step_12y_count": 1},
    "IX024": {"checkup_all": False},
    "IX025": {"insurance_universal_count": 0},
    "IX026": {"facility_clinic_count": 6},
    "IX027": {"exercised_count": 4},
    "IX028": {"exercised_count": 4, "neither_count": 1},
    "IX029": {"pollution_source": "industry"},
    "IX030": {"disaster_flood": True},
    "IX031": {"property_loss_baht": 500},
    "IX032": {"home_intruded": True, "other_crime": True},
    "IX033": {"child_3_5_count": 1, "preschool_all": True},
    "IX034": {"preschool_all": True, "preschool_not_count": 1},
    "IX036": {"in_school_all": False, "in_school_not_count": 1},
    "IX037": {"m3_leavers_count": 1, "continue_all": True},
    "IX038": {"continue_all": True, "continue_not_count": 1},
    "IX039": {"dropout_count": 1},
    "IX040": {"m3_dropout_count": 1},
    "IX041": {"not_studying_no_job_count": 1, "trained_all": True},
    "IX042": {"trained_all": True, "trained_not_count": 1},
    "IX043": {"literate_not_count": 1},
    "IX044": {"job_15_59_count": 4},
    "IX045": {"job_60_count": 2},
    "IX046": {
        "want_job_15_59_count": 1,
        "no_job_no_income_15_59_count": 0,
        "no_job_with_income_15_59_count": 0,
    },
    "IX047": {"no_job_no_income_60_count": 0},
    "IX048": {"job_60_all": True, "no_job_no_income_60_count": 0},
    "IX049": {"main_earner_drinks_per_month": 2},
    "IX050": {"nobody_drinks": False, "drinkers_u15_count": 1},
    "IX051": {"smokers_count": 1},
    "IX052": {"age6_count": 6},
    "IX053": {"practice_not_count": 1},
    "IX054": {"elderly_care_not_count": 1},
    "IX055": {"disabled_care_all": True, "disabled_care_not_count": 1},
    "IX056": {"chronic_care_not_count": 1},
    "IX057": {"alone_happy": True},
    "IX058": {"birth_weight_all_ok": None},
    "IX059": {"food_safety_1": None},
    "IX060": {"drinking_water_enough": None},
    "IX061": {"hazard_prevention_2": None},
    "IX062": {"literate_all": None},
    "IX063": {"job_15_59_all": None},
    "IX064": {"elderly_care_all": None},
    "IX065": {"participates": None},
    "IX085": {"result_job_income_60": True},
} | {
    rule_id: {f"result_{slug}": False}
    for rule_id, slug in {
        "IX066": "birth_weight",
        "IX067": "exclusive_breastfeeding",
        "IX068": "vaccination",
        "IX069": "food_safety",
        "IX070": "annual_checkup",
        "IX071": "exercise",
        "IX072": "housing_secure",
        "IX073": "drinking_water",
        "IX074": "domestic_water",
        "IX075": "tidy_hygienic_home",
        "IX076": "no_pollution",
        "IX077": "hazard_prevention",
        "IX078": "life_property_safety",
        "IX080": "compulsory_education",
        "IX083": "literacy_numeracy",
        "IX084": "job_income_15_59",
        "IX086": "saving",
        "IX087": "elderly_care",
        "IX089": "chronic_care",
        "IX090": "public_participation",
        "IX091": "family_warmth",
        "IX092": "no_alcohol",
        "IX093": "no_smoking",
        "IX094": "religious_practice",
    }.items()
}
