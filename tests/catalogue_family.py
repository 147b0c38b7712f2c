"""A complete household of three generations that breaks no rule, and how one cell of it is changed."""

from datetime import date

from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person
from tests.catalogue_answers import indicator_answers

ROUND = rounds.load(2569)
REFERENCE = date(2026, 7, 1)


def valid_id(first, number):
    twelve = f"{first}349900{number:05}"
    return twelve + str((11 - sum(int(digit) * (13 - place) for place, digit in enumerate(twelve)) % 11) % 10)


MARITAL = {"head": "married_registered", "spouse": "married_registered", "mother": "widowed"}


def member(relation, title, age, occupation, education="primary", **more):
    sex = "female" if title in {"dek_ying", "nang", "nang_sao", "mae_chi", "rank_female"} else "male"
    first = "3" if age >= 43 else "1"
    return {
        "relation": relation,
        "title": title,
        "sex": sex,
        "age": age,
        "birth_date": date(REFERENCE.year - age, 3, 1),
        "first": first,
        "occupation": occupation,
        "education": education,
        "religion": "buddhist",
        "health_status": "normal",
        "can_help_self": True,
        "is_informant": relation == "head",
        "is_bedridden": False,
        "marital_status": MARITAL.get(relation, "single"),
        "welfare_card": False,
        "welfare_cash": False,
        "last_name": "ใจดี",
    } | more


HEAD = member("head", "nai", 48, "rice")
WIFE = member("spouse", "nang", 45, "trade", "lower_secondary")
SON = member("child", "nai", 19, "labour", "upper_secondary")
GIRL = member("child", "dek_ying", 10, "student")
BABY = member("grandchild", "dek_chai", 0, "none", "never")
GRANDMOTHER = member("mother", "nang", 70, "none", "primary", health_status="chronic")
FAMILY = (HEAD, WIFE, SON, GIRL, BABY, GRANDMOTHER)


def counts(members):
    def between(low, high=200):
        return sum(low <= each["age"] <= high for each in members)

    return {
        "member_count": len(members),
        "child_u1_count": between(0, 0),
        "child_0_12_count": between(0, 12),
        "child_6_14_count": between(6, 14),
        "age35_count": between(35),
        "age60_count": between(60),
        "age15_59_count": between(15, 59),
        "disabled_count": sum(each["health_status"] == "disabled" for each in members),
        "chronic_count": sum(each["health_status"] == "chronic" for each in members),
        "lives_alone": len(members) == 1,
    }


def answers(members):
    income, expense = 60_000 * len(members), 20_000 * len(members)
    asked = counts(members) | indicator_answers(members)
    return asked | {
        "household_status": "collected",
        "is_consented": True,
        "interview_date": REFERENCE,
        "entry_date": REFERENCE,
        "house_id": "34010000017",
        "latitude": 15.2,
        "longitude": 104.8,
        "informant_member_no": next((no for no, each in enumerate(members, 1) if each["is_informant"]), None),
        "income_main_baht": income,
        "income_secondary_baht": 0,
        "income_other_baht": 7200,
        "income_own_produce_baht": 3000,
        "income_total_baht": income + 10_200,
        "income_per_capita_baht": (income + 10_200) // len(members),
        "result_income_per_capita": True,
        "expense_production_baht": 10_000,
        "expense_necessary_baht": expense,
        "expense_unnecessary_baht": 1_000,
        "expense_debt_service_baht": 5000,
        "expense_total_baht": expense + 16_000,
        "loan_any": True,
        "loan_enough": True,
        "debt_formal_count": 1,
        "debt_formal_baht": 80_000,
        **dict.fromkeys((f"loan_src_{number}_baht" for number in range(1, 10)), 0),
        "loan_src_3_baht": 50_000,
        **dict.fromkeys(
            ("debt_fund_count", "debt_fund_baht", "debt_informal_count", "debt_informal_baht"), 0
        ),
        **{f"saving_{number}": number == 2 for number in range(1, 12)},
        "saving_none": False,
        "saving_amount_baht": 3000,
        "welfare_card_holder_count": sum(bool(each["welfare_card"]) for each in members),
        "work_land_tenure": "own",
        "collector_id": "C34010101",
        "checker_id": "K340101",
        "in_school_all": True,
        "in_school_not_count": 0,
        "checkup_not_count": 0,
        "screened_not_count": 0,
        "job_15_59_all": True,
        "literate_all": True,
        "nobody_drinks": True,
        "nobody_smokes": True,
        "drinkers_u15_count": 0,
        "drinkers_15_19_count": 0,
        "drinkers_20p_count": 0,
        "result_self_care": True,
        **{f"self_care_{number}": True for number in range(1, 5)},
    }


def frames(households):
    homes, people = [], []
    for place, (key, (members, changes)) in enumerate(households.items()):
        about = {"household_id": key, "district_code": "3401", "tambon_code": "340101", "village_no": 1}
        homes.append(about | {"reference_date": REFERENCE} | answers(members) | changes)
        for no, each in enumerate(members, 1):
            number, name = valid_id(each["first"], place * 40 + no), f"บุญ{chr(0xE01 + no)}า"
            row = {"national_id": number, "member_no": no, "first_name": name, **each, **about}
            people.append(
                {
                    name: value
                    for name, value in row.items()
                    if name not in {"first", "tambon_code", "village_no"}
                }
            )
    return from_rows(Household, homes), from_rows(Person, people)


def with_(position, **change):
    changed = FAMILY[position] | change
    if "age" in change and "birth_date" not in change:
        changed["birth_date"] = date(REFERENCE.year - change["age"], 3, 1)
    return (*FAMILY[:position], changed, *FAMILY[position + 1 :])


NO_INFORMANT = {"is_informant": False}
HUSBAND_IN_ROBES = member("spouse", "phra", 47, "none")
HEAD_AT, WIFE_AT, SON_AT, GIRL_AT, BABY_AT, GRANDMOTHER_AT = range(6)
# A first digit that says nothing about the birth date.
TWICE = valid_id("5", 99_999)
COLLECTOR = valid_id("5", 88_888)
ALONE = (member("head", "nang", 70, "none", "primary"),)

YOUNG_WIFE = {"age": 23, "birth_date": date(REFERENCE.year - 23, 3, 1), "first": "1"}
NO_OFFICE = {"income_main_baht": 0, "income_other_baht": 67_200}
NOTHING_OWED = {
    "loan_any": False,
    "loan_src_3_baht": 0,
    "debt_formal_count": 0,
    "debt_formal_baht": 0,
    "expense_debt_service_baht": 0,
    "expense_total_baht": 31_000,
}
NOTHING_SAVED = {"saving_2": False, "saving_none": True, "saving_amount_baht": None}
BELOW_LINE = {
    "income_main_baht": 189_800,
    "income_total_baht": 200_000,
    "income_per_capita_baht": 33_333,
    "result_income_per_capita": False,
}
