from dataclasses import replace

from rules import engine, verdicts
from rules.catalogue import load
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)
AGE_RULE = next(rule for rule in load() if rule.id == "AG003")
HOMES = from_rows(Household, [{"household_id": "1", "district_code": "3401"}])
PEOPLE = from_rows(Person, [{"household_id": "1", "district_code": "3401", "member_no": 1, "age": 101}])


def violated(rule, round_):
    return engine.check(HOMES, PEOPLE, [rule], round_).outcomes["violated"].sum()


def test_what_was_kept_for_one_round_or_text_never_answers_for_another():
    assert violated(AGE_RULE, ROUND) == 1
    later = replace(ROUND, parameters={**ROUND.parameters, "confirm_age": 110})
    assert violated(AGE_RULE, later) == 0
    assert violated(replace(AGE_RULE, must="age < 102"), ROUND) == 0
    assert violated(AGE_RULE, ROUND) == 1


def test_the_second_district_is_asked_without_writing_its_questions_anew():
    violated(AGE_RULE, ROUND)
    before = verdicts._written.cache_info()
    violated(AGE_RULE, ROUND)
    after = verdicts._written.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 1)
