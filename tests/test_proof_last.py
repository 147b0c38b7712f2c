"""The solver knows that a record of last year may be there or not, and by what it is found."""

import pytest

from rules import proof
from rules.rule import Rule, Sentence
from schemas import rounds

WORDS = Sentence("ก", "a")


def rule(rule_id, must, applies=None, level="person", severity="must_fix"):
    return Rule(rule_id, "x", level, severity, WORDS, WORDS, WORDS, "", WORDS, applies, must)


def found(*rules):
    return [(flaw.kind, flaw.rules) for flaw in proof.prove(rules, rounds.load(2569)).flaws]


@pytest.mark.parametrize(
    ("must", "applies"),
    [
        ("age >= last.age", None),
        ("age >= last.age", "last.national_id is present"),
        ("last.national_id is present", "age >= 1"),
        ("last.national_id is missing", "age >= 1"),
        ("last.sex = sex", "last.age >= 20"),
        ("not any(members where age < last.age)", None),
    ],
)
def test_rules_that_look_at_last_year_are_sound(must, applies):
    assert found(rule("A", must, applies)) == []


@pytest.mark.parametrize(
    ("must", "applies", "kind"),
    [
        # Whoever was found has a key, the right one, and last year's record has the same.
        ("thai_id_ok(national_id)", "last.age >= 3", "never_fires"),
        ("last.national_id = national_id", "last.age is present", "never_fires"),
        ("age > 3", "last.age is present and last.national_id is missing", "dead_condition"),
        ("age > 3", "last.age is present and national_id is missing", "dead_condition"),
        ("age > 3", "last.age > 3 and last.age < 3", "dead_condition"),
        ("last.age <= 150", None, "never_fires"),
    ],
)
def test_what_cannot_be_because_of_how_records_are_found_is_seen(must, applies, kind):
    assert found(rule("A", must, applies)) == [(kind, ("A",))]


def test_two_members_found_again_have_two_ids():
    twice = 'count(members where last.age is present and national_id = "1349900000019") < 2'
    assert found(rule("A", twice, level="household")) == [("never_fires", ("A",))]


def test_a_household_found_again_has_its_id():
    assert found(rule("A", "household_id = last.household_id", "last.member_count > 3", "household")) == [
        ("never_fires", ("A",))
    ]


def test_rules_that_contradict_each_other_about_last_year_are_found():
    a, b = rule("A", "age >= last.age + 1"), rule("B", "age <= last.age")
    assert found(a, b) == [("contradiction", ("A", "B"))]
    new = rule("C", "age < 5", "last.national_id is missing")
    assert ("contradiction", ("A", "B")) not in found(a, new)
    assert ("dead_condition", ("C",)) not in found(a, new)
    born = rule("D", "age < 3", "last.national_id is missing and sex = @male")
    known = rule("E", "age >= 3", "last.national_id is missing")
    assert ("contradiction", ("D", "E")) in found(born, known)


def test_a_code_of_last_year_without_a_record_is_told_of_last_year():
    flaws = proof.prove([rule("A", "last.sex = @male")], rounds.load(2569)).flaws
    assert [(flaw.kind, flaw.code) for flaw in flaws] == [("code_without_record", "last.sex = @female")]
    assert "เพศเมื่อปีก่อน “หญิง”" in flaws[0].sentence.th
