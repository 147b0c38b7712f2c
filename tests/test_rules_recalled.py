from dataclasses import replace

import pytest

from rules import catalogue
from rules.recalled import count, recalled
from rules.rule import Rule, Sentence
from schemas import rounds

ROUND = rounds.load(2569)
WORDS = Sentence("ก", "a")


def rule(must, level="person", applies=None):
    return Rule("XX001", "x", level, "watch", WORDS, WORDS, WORDS, "", WORDS, applies, must)


def rests_on(must, level="person", round_=ROUND):
    return [(one.kind, one.name) for one in recalled(rule(must, level), round_)]


@pytest.mark.parametrize(
    ("must", "level", "found"),
    [
        ("age < @confirm_age", "person", [("parameter", "confirm_age")]),
        ("age >= @elderly_age", "person", []),
        ("age < 100", "person", []),
        ("relation != @parent_in_law", "person", [("answers", "relation")]),
        ("education in (@never)", "person", [("answers", "education")]),
        ("education >= @bachelor", "person", [("answers", "education")]),
        ("occupation != @government", "person", [("numbers", "occupation")]),
        ("health_status = @normal", "person", []),
        ("not result_income_per_capita", "household", [("indicator", "income_per_capita")]),
        ("count(members where age < @confirm_age) = 0", "household", [("parameter", "confirm_age")]),
    ],
)
def test_what_a_rule_rests_on_follows_from_what_it_reads(must, level, found):
    assert rests_on(must, level) == found


def test_a_threshold_confirmed_in_the_round_is_no_longer_told():
    sure = replace(ROUND.parameter_texts["confirm_age"], status="confirmed")
    changed = replace(ROUND, parameter_texts={**ROUND.parameter_texts, "confirm_age": sure})
    assert rests_on("age < @confirm_age", round_=changed) == []


def test_it_is_said_in_words_of_both_languages():
    (one,) = recalled(rule("age < @confirm_age"), ROUND)
    assert one.words == Sentence("เกณฑ์ “อายุตั้งแต่นี้ต้องยืนยัน”", "threshold “an age to be confirmed”")


def test_a_hole_of_a_sentence_shows_a_threshold_too():
    shown = replace(rule("age < 100"), message=Sentence("อายุ {@confirm_age}", "Age {@confirm_age}"))
    assert [one.name for one in recalled(shown, ROUND)] == ["confirm_age"]


def test_rules_of_the_catalogue_are_counted():
    rules = catalogue.load()
    assert 0 < count(rules, ROUND) < len(rules)
    assert not any(recalled(one, ROUND) for one in rules if one.structural)
