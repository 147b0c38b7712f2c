import re

from rules.catalogue import load
from rules.pages import candidates
from rules.quality import SCHEMA
from rules.rule import Rule, Sentence
from schemas.thai import foreign_letters

RULES = load()
WORDS = Sentence("ก", "a")
COUNTS = {
    "STR": 15, "DOM": 23, "PER": 26, "HH": 19, "INC": 27, "IND": 32, "XHH": 14, "YR": 17, "INT": 13,
    "REG": 9, "AGG": 8, "CER": 6,
}  # fmt: skip


def rule(rule_id, basis):
    return Rule(rule_id, "x", "person", "watch", WORDS, WORDS, WORDS, basis, WORDS)


def test_all_candidates_are_listed_family_by_family_without_a_gap():
    numbers = {}
    for one in candidates.load():
        numbers.setdefault(one.family, []).append(one.id)
    assert {family: len(ids) for family, ids in numbers.items()} == COUNTS
    assert numbers == {
        family: [f"{family}-{number:02d}" for number in range(1, count + 1)]
        for family, count in COUNTS.items()
    }


def test_every_candidate_of_a_record_or_its_household_is_a_rule_or_says_why_not():
    assert candidates.without_answer(RULES) == ()


def test_the_later_stages_candidates_say_why_they_are_no_rule():
    assert candidates.without_answer(RULES, ("XHH", "YR", "INT", "REG", "AGG", "CER")) == ()


def test_rules_name_only_candidates_that_are_there():
    assert set(candidates.answered_by(RULES)) <= {one.id for one in candidates.load()}


def test_which_rules_answer_is_read_from_their_basis():
    rules = [
        rule("AA001", "PER-13, HH-03; a finding of 2569"),
        rule("AA002", "PER-13"),
        rule("AA003", "none"),
    ]
    found = {name: [one.id for one in named] for name, named in candidates.answered_by(rules).items()}
    assert found == {"PER-13": ["AA001", "AA002"], "HH-03": ["AA001"]}


def test_a_candidate_without_rule_and_reason_is_found():
    everything = ", ".join(one.id for one in candidates.load() if one.id != "PER-13")
    assert candidates.without_answer([rule("AA001", everything)], ("PER",)) in {("PER-13",), ()}
    page = candidates.page("en", [rule("AA001", everything)])
    assert "| PER-12 |" in page
    assert "[AA001](CATALOGUE.md#aa001)" in page


def test_texts_are_complete_and_in_their_own_letters():
    for one in candidates.load():
        assert foreign_letters(one.finds.th) == []
        assert re.search("[ก-ฮ]", one.finds.th)
        assert not re.search("[ก-ฮ]", one.finds.en + one.reason.en)
        assert bool(one.reason.th) == bool(one.reason.en), one.id
        assert not one.reason.en or one.reason.en.endswith(".")
        assert one.severity in {"must_fix", "must_explain", "watch"}
        assert one.basis in set("CLDR")
        assert not one.measure or one.measure in SCHEMA
        assert one.measure in one.reason.th
