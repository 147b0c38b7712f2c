from datetime import date

import polars as pl

from rules import across, catalogue
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
RULES = catalogue.load()
MONEY = dict.fromkeys(
    (
        "income_main_baht",
        "income_other_baht",
        "expense_necessary_baht",
        "debt_fund_baht",
        "saving_amount_baht",
    ),
    12_300,
)


def checked(homes, people=()):
    place = {"district_code": "3401", "tambon_code": "340101", "village_no": 1, "delivery_id": "d"}
    rows = [
        {"reference_date": date(2026, 7, 1), "source_row": n} | place | home for n, home in enumerate(homes)
    ]
    members = [
        {"district_code": "3401", "delivery_id": "d", "source_row": n} | one for n, one in enumerate(people)
    ]
    return across.check(from_rows(Household, rows), from_rows(Person, members), RULES, ROUND)


def told(result, rule_id):
    return result.findings.filter(pl.col("rule_id") == rule_id)["household_id"].to_list()


def counts(result, rule_id):
    row = result.outcomes.filter(pl.col("rule_id") == rule_id)
    return row.select("holds", "violated", "cannot_tell", "not_applicable").row(0)


def test_a_house_id_in_two_villages_and_one_of_two_households_are_told_apart():
    result = checked(
        [
            {"household_id": "a", "house_id": "34010000011"},
            {"household_id": "b", "house_id": "34010000011", "village_no": 2},
            {"household_id": "c", "house_id": "34010000022"},
            {"household_id": "d", "house_id": "34010000022"},
            {"household_id": "e", "house_id": "34010000033"},
            {"household_id": "f"},
        ]
    )
    assert told(result, "DU008") == ["a", "b"]
    assert told(result, "DU009") == ["c", "d"]
    assert counts(result, "DU008") == (3, 2, 1, 0)
    assert counts(result, "DU009") == (3, 2, 1, 0)
    first = result.findings.filter(pl.col("rule_id") == "DU008")
    assert "ครัวเรือน b ซึ่งอยู่คนละหมู่บ้าน" in first["message_th"][0]


def test_missing_house_ids_are_no_ids_of_each_other():
    result = checked([{"household_id": "a", "house_no": "1"}, {"household_id": "b", "house_no": "1"}])
    assert told(result, "DU008") == told(result, "DU009") == told(result, "DU010") == []


def test_a_house_number_under_two_house_ids_is_told_in_its_village_only():
    rows = [("a", "9", "34010000011", 1), ("b", "9", "34010000022", 1), ("c", "9", "34010000033", 2)]
    result = checked(
        [{"household_id": key, "house_no": no, "house_id": id_, "village_no": v} for key, no, id_, v in rows]
    )
    assert told(result, "DU010") == ["a", "b"]


def test_two_families_of_one_house_have_one_number_and_one_id():
    home = {"house_no": "9", "house_id": "34010000011"}
    result = checked([{"household_id": "a"} | home, {"household_id": "b"} | home])
    assert told(result, "DU010") == []
    assert told(result, "DU009") == ["a", "b"]


def test_a_household_sent_twice_is_left_to_its_own_rule():
    home = {"household_id": "a", "house_no": "9", "house_id": "34010000011", **MONEY}
    result = checked([home, home])
    assert told(result, "DU007") == ["a", "a"]
    assert all(told(result, rule) == [] for rule in ("DU008", "DU009", "DU010", "DU011", "DU012"))


def test_a_point_is_told_once_and_only_for_more_households_than_the_rounds_limit():
    most = ROUND.parameters["point_households"]
    point = {"latitude": 15.2, "longitude": 104.8}
    few = [{"household_id": f"a{n}"} | point for n in range(most)]
    assert told(checked(few), "DU011") == []
    result = checked([{"household_id": "a9"} | point, *few])
    assert told(result, "DU011") == ["a0"]
    assert counts(result, "DU011") == (0, 1, 0, most)
    assert f"มี {most + 1} ครัวเรือน" in result.findings.filter(pl.col("rule_id") == "DU011")["message_th"][0]


def test_identical_answers_are_told_for_both_and_one_different_amount_is_enough():
    homes = [{"household_id": key, **MONEY} for key in "ab"]
    assert told(checked(homes), "DU012") == ["a", "b"]
    homes[1]["saving_amount_baht"] = 12_301
    assert told(checked(homes), "DU012") == []


def test_who_gave_few_amounts_is_not_compared():
    few = dict(list(MONEY.items())[: ROUND.parameters["identical_amounts_least"] - 1])
    result = checked([{"household_id": key, **few} for key in "ab"])
    assert told(result, "DU012") == []
    assert counts(result, "DU012") == (0, 0, 0, 2)


def roster(key, *ages, sex="female"):
    return [{"household_id": key, "member_no": n + 1, "age": age, "sex": sex} for n, age in enumerate(ages)]


def test_the_neighbours_ages_and_sexes_are_told_and_those_of_a_household_further_on_are_not():
    homes = [{"household_id": key} for key in "abc"]
    ages = (50, 48, 20, 9)
    beside = [*roster("a", *ages), *roster("b", *ages), *roster("c", 50, 48, 20, 8)]
    assert told(checked(homes, beside), "DU013") == ["a", "b"]
    apart = [*roster("a", *ages), *roster("b", 1, 2, 3, 4), *roster("c", *ages)]
    assert told(checked(homes, apart), "DU013") == []


def test_another_village_another_order_another_sex_and_three_members_are_no_copies():
    ages = (50, 48, 20, 9)
    same = [*roster("a", *ages), *roster("b", *ages)]
    assert told(checked([{"household_id": "a"}, {"household_id": "b", "village_no": 2}], same), "DU013") == []
    homes = [{"household_id": key} for key in "ab"]
    for other in (roster("b", 48, 50, 20, 9), roster("b", *ages, sex="male")):
        assert told(checked(homes, [*roster("a", *ages), *other]), "DU013") == []
    three = checked(homes, [*roster("a", 50, 48, 20), *roster("b", 50, 48, 20)])
    assert told(three, "DU013") == []
    assert counts(three, "DU013") == (0, 0, 0, 2)


def test_a_roster_with_an_unknown_age_cannot_be_compared():
    homes = [{"household_id": key} for key in "ab"]
    result = checked(homes, [*roster("a", 50, None, 20, 9), *roster("b", 50, None, 20, 9)])
    assert told(result, "DU013") == []
    assert counts(result, "DU013") == (0, 0, 2, 0)
