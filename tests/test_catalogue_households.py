from datetime import date
from functools import cache

import polars as pl
import pytest

from rules import across, engine
from rules.catalogue import load
from tests.catalogue_changes import PLANTED
from tests.catalogue_family import (
    ALONE,
    FAMILY,
    GIRL,
    GIRL_AT,
    GRANDMOTHER,
    GRANDMOTHER_AT,
    HEAD,
    NO_OFFICE,
    REFERENCE,
    ROUND,
    SON,
    SON_AT,
    WIFE,
    WIFE_AT,
    YOUNG_WIFE,
    frames,
    member,
    with_,
)


def seen(households):
    homes, people = frames(households)
    checked = engine.check(homes, people, load(), ROUND)
    # These households are alike on purpose, so the checks across households see one at a time.
    alone = [
        across.check(*(frame.filter(household_id=key) for frame in (homes, people)), load(), ROUND)
        for key in households
    ]
    assert not any(each.errors for each in (checked, *alone))
    findings = pl.concat(each.findings for each in (checked, *alone))
    return {
        key: set(findings.filter(pl.col("household_id") == key)["rule_id"]) for key in households
    }, checked


FOREIGN_HUSBAND = {
    "relation": "spouse",
    "age": 68,
    "birth_date": date(REFERENCE.year - 68, 3, 1),
    "national_id": None,
    "religion": "christian",
    "is_informant": False,
}
CLEAN = {
    "a family of three generations": (FAMILY, {}),
    "a grandmother alone on her allowance": (ALONE, NO_OFFICE),
    "great-grandparents who left school after four years": (
        (member("head", "nai", 82, "none"), member("spouse", "nang", 80, "none", "below_primary")),
        {"income_main_baht": 0, "income_other_baht": 127_200},
    ),
    "a monk who lives at home while he is ill": ((*FAMILY, member("other_relative", "phra", 50, "none")), {}),
    "a novice of twelve": ((*FAMILY, member("child", "samanera", 12, "other", "primary")), {}),
    "a nun": ((*FAMILY, member("sibling", "mae_chi", 50, "other", "primary")), {}),
    "a child of two in a child centre": (
        (*FAMILY, member("grandchild", "dek_ying", 2, "student", "kindergarten")),
        {},
    ),
    "a child of six still in kindergarten": (
        (*FAMILY, member("grandchild", "dek_ying", 6, "none", "kindergarten")),
        {},
    ),
    "a pupil in M.1 at eleven": (with_(GIRL_AT, age=11, education="lower_secondary"), {}),
    "a master's student of thirty": (with_(SON_AT, age=30, occupation="student", education="bachelor"), {}),
    "a teacher with a degree": (with_(WIFE_AT, occupation="government", education="above_bachelor"), {}),
    "a bedridden grandmother": (with_(GRANDMOTHER_AT, can_help_self=False, is_bedridden=True), {}),
    "a healthy lady of eighty who needs help": (
        with_(GRANDMOTHER_AT, age=80, health_status="normal", can_help_self=False),
        {},
    ),
    "a disabled son who cannot work": (
        with_(
            SON_AT,
            occupation="none",
            health_status="disabled",
            can_help_self=False,
            disability_type="physical",
        ),
        {},
    ),
    "a chronically ill person with a disability, counted as both": (
        with_(GRANDMOTHER_AT, disability_type="seeing"),
        {"disabled_count": 1, "disabled_care_all": True},
    ),
    "grandparents and the grandchildren they bring up": (
        (
            member("head", "nai", 68, "rice"),
            member("spouse", "nang", 66, "rice"),
            GIRL | {"relation": "grandchild"},
        ),
        {},
    ),
    "two men married to each other": ((HEAD, member("spouse", "nai", 40, "trade")), {}),
    "a rice farmer who eats what he grows": (
        (HEAD,),
        {"income_main_baht": 0, "income_other_baht": 37_200, "income_own_produce_baht": 33_000},
    ),
    "a bedridden grandmother alone, who answers herself": (
        (
            member(
                "head",
                "nang",
                70,
                "none",
                "primary",
                health_status="chronic",
                can_help_self=False,
                is_bedridden=True,
                marital_status="widowed",
            ),
        ),
        NO_OFFICE,
    ),
    "a couple without a certificate": (
        (
            HEAD | {"marital_status": "married_unregistered"},
            WIFE | {"marital_status": "married_unregistered", "title": "nang_sao"},
        ),
        {},
    ),
    "a widowed daughter-in-law who stayed": (
        (*FAMILY, member("daughter_in_law", "nang", 24, "trade", marital_status="widowed")),
        {},
    ),
    "a Christian husband of a Buddhist family, without a number": (
        (WIFE | {"relation": "head", "is_informant": True}, HEAD | FOREIGN_HUSBAND),
        {},
    ),
    "twins": ((*FAMILY, member("child", "dek_chai", 10, "student")), {}),
    "an adopted child fifty-eight years younger": ((member("head", "nai", 68, "rice"), GIRL), {}),
    "a pupil of the first class who has finished kindergarten": (
        with_(GIRL_AT, age=7, education="kindergarten"),
        {},
    ),
    "an official in the year of retirement": (
        with_(GRANDMOTHER_AT, age=61, occupation="none", education="bachelor"),
        {},
    ),
    "a monk of twenty who studies the scriptures": (
        with_(SON_AT, age=20, title="phra", occupation="student"),
        {},
    ),
    "a patient who names no illness": (with_(WIFE_AT, chronic_type="ไม่มีโรคประจำตัว"), {}),
    "a grandmother whose answers her grandson signed": (
        (GRANDMOTHER | {"relation": "head", "is_informant": False}, SON | {"is_informant": True}),
        {},
    ),
    "a girl of seventeen who brings up her brother": (
        (
            member("head", "nang_sao", 17, "labour", "lower_secondary", marital_status="single"),
            member("sibling", "dek_chai", 10, "student"),
        ),
        {},
    ),
    "a widowed mother of thirty-one and her child of seventeen": (
        (
            member("head", "nang", 31, "labour", marital_status="widowed"),
            member("child", "nang_sao", 17, "student", "lower_secondary"),
        ),
        {},
    ),
    "a couple twenty-five years apart": ((HEAD, WIFE | YOUNG_WIFE), {}),
    "an adult who learns again at secondary level": (
        with_(SON_AT, age=30, occupation="student", education="primary"),
        {},
    ),
    "a retired officer who keeps her rank": (
        with_(GRANDMOTHER_AT, title="rank_female", education="bachelor"),
        {},
    ),
    "a nun with a welfare card": (
        (*FAMILY, member("sibling", "mae_chi", 50, "other", "primary", welfare_card=True)),
        {},
    ),
    "a woman whose name begins like a title": (
        with_(SON_AT, sex="female", title="nang_sao", first_name="นางนวล"),
        {},
    ),
    "people without a last name": (with_(SON_AT, last_name=None), {}),
    "a home of two religions": (with_(WIFE_AT, religion="christian"), {}),
    "a boy of sixteen who left school after M.3": (
        with_(SON_AT, age=16, education="lower_secondary", occupation="labour"),
        {},
    ),
    "a pupil who states the class attended": (with_(SON_AT, age=16, occupation="student"), {}),
    "a person without a number": (with_(SON_AT, national_id=None), {}),
    "a person without civil status": (with_(SON_AT, national_id="0349912345671"), {}),
    "a member born after the interview's month": (with_(SON_AT, birth_date=date(2006, 7, 2)), {}),
    "a household that does not borrow, sources left empty": (
        FAMILY,
        {"loan_any": False} | dict.fromkeys(f"loan_src_{number}_baht" for number in range(1, 10)),
    ),
    "a household that does not save, boxes left empty": (
        FAMILY,
        {"saving_none": True, "saving_amount_baht": None}
        | dict.fromkeys(f"saving_{number}" for number in range(1, 12)),
    ),
    "an export without stated results": (
        FAMILY,
        {"result_income_per_capita": None, "result_self_care": None},
    ),
    "an export without household status": (FAMILY, {"household_status": None}),
    "a woman of fifty who kept the title of a girl": (with_(WIFE_AT, title="nang_sao"), {}),
}


@cache
def everything():
    households = {f"planted {rule_id}": planted for rule_id, planted in PLANTED.items()}
    return seen(households | {f"clean {name}": clean for name, clean in CLEAN.items()})


@pytest.mark.parametrize("name", CLEAN)
def test_real_households_are_not_accused(name):
    assert everything()[0][f"clean {name}"] == set()


@pytest.mark.parametrize("rule_id", PLANTED)
def test_one_change_is_seen_by_one_rule(rule_id):
    assert everything()[0][f"planted {rule_id}"] == {rule_id}


def test_every_rule_on_records_is_planted_here():
    # Households without a year before: what rules find by last year's records is tested with them.
    in_language = {
        rule.id for rule in load() if not rule.structural and "last." not in f"{rule.applies} {rule.must}"
    }
    assert in_language <= set(PLANTED)


def test_nearly_everything_can_be_told_of_complete_households():
    (_, checked) = everything()
    totals = checked.outcomes.sum()
    known = totals["holds"][0] + totals["violated"][0]
    assert totals["cannot_tell"][0] / known < 0.01
    assert totals["error"][0] == 0
