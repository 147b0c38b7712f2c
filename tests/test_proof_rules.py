import pytest

from rules import catalogue, proof
from rules.rule import Rule, Sentence
from schemas import rounds

WORDS = Sentence("ก", "a")


def rule(rule_id, must, applies=None, level="person", severity="must_fix"):
    return Rule(rule_id, "x", level, severity, WORDS, WORDS, "", "", WORDS, applies, must)


def household(rule_id, must, applies=None, severity="must_fix"):
    return rule(rule_id, must, applies, "household", severity)


def found(*rules, kind=None):
    flaws = proof.prove(rules, rounds.load(2569)).flaws
    return [(flaw.kind, flaw.rules) for flaw in flaws if kind in (None, flaw.kind)]


SOUND = (
    rule("S1", "age >= 15", "occupation in @working"),
    rule("S2", "sex = @male", "title in @male_title"),
    household("S3", "count(members where relation = @head) = 1"),
    household("S4", "income_total_baht = income_main_baht + income_other_baht"),
)


def test_a_sound_set_has_no_flaw():
    assert found(*SOUND) == []


def test_two_rules_nobody_can_keep():
    a, b = rule("A", "age >= 18"), rule("B", "age < 15")
    assert found(*SOUND[1:], a, b, kind="contradiction") == [("contradiction", ("A", "B"))]


def test_two_rules_that_contradict_each_other_only_where_both_apply():
    a = rule("A", "age >= 18", "occupation = @rice and sex = @male")
    b = rule("B", "age < 15", "occupation = @rice")
    assert ("contradiction", ("A", "B")) in found(*SOUND, a, b)


def test_three_rules_of_which_any_two_can_be_kept():
    a = household("A", "income_main_baht < income_secondary_baht")
    b = household("B", "income_secondary_baht < income_other_baht")
    c = household("C", "income_other_baht < income_main_baht")
    assert found(a, b) == found(b, c) == found(a, c) == []
    assert found(*SOUND, a, b, c) == [("contradiction", ("A", "B", "C"))]


def test_every_contradiction_is_named_even_when_they_share_a_rule():
    rules = [rule("A", "age >= 18"), rule("B", "age < 15"), rule("C", "age < 10", "age < 200")]
    others = [household("D", "member_count > 4"), household("E", "member_count < 3")]
    assert found(*SOUND[1:], *rules, *others, kind="contradiction") == [
        ("contradiction", ("A", "B")),
        ("contradiction", ("A", "C")),
        ("contradiction", ("D", "E")),
    ]


def test_a_household_rule_and_a_person_rule_that_contradict_each_other():
    a = household("A", "any(members where age < 10)")
    b = rule("B", "age >= 12")
    assert found(*SOUND, a, b) == [("contradiction", ("A", "B"))]


def test_members_their_count_and_a_person_rule_in_one_contradiction():
    a = household("A", "member_count = count(members)")
    b = household("B", "member_count >= 1 and count(members where is_informant) = member_count")
    c = rule("C", "not is_informant")
    assert found(a, b) == found(a, c) == []
    assert found(*SOUND, a, b, c, kind="contradiction") == [("contradiction", ("B", "C"))]


def test_a_rule_that_nobody_can_keep():
    assert found(rule("A", "age > 5 and age < 3")) == [("contradiction", ("A",))]


def test_a_question_left_out_is_not_a_contradiction():
    a = household("A", "smokers_count is missing", "nobody_smokes")
    b = household("B", "smokers_count >= 1")
    assert found(*SOUND, a, b) == []


def test_only_must_fix_rules_bind_each_other():
    a, b = rule("A", "age >= 18", severity="watch"), rule("B", "age < 15", severity="must_explain")
    assert found(*SOUND, a, b, kind="contradiction") == []


def test_a_rule_to_confirm_that_a_rule_to_fix_forbids():
    a = rule("A", "age >= 18", "occupation = @rice", severity="must_explain")
    b = rule("B", "age < 15", "occupation = @rice")
    assert ("contradiction", ("A", "B")) in found(*SOUND, a, b)


@pytest.mark.parametrize(
    "applies",
    [
        "age < 5 and age > 10",
        "age > 200",
        "occupation = @rice and occupation = @student",
        "birth_date > 2026-01-01 and birth_date < 2025-01-01",
        'national_id matches "[0-9]{13}" and national_id matches "[0-9]{12}"',
        'thai_id_ok(national_id) and not national_id matches "[0-9]+"',
        'thai_id_ok(national_id) and national_id matches "[0-9]{12}[1-9]" and national_id = "1101700207030"',
        "education > @above_bachelor",
        "years_between(birth_date, hh.reference_date) > 5 and birth_date > hh.reference_date",
        "count(members) < 1",
        "age is missing and age > 3",
    ],
)
def test_a_condition_that_can_never_hold(applies):
    assert found(*SOUND, rule("A", "sex = @male", applies)) == [("dead_condition", ("A",))]


@pytest.mark.parametrize(
    ("must", "applies"),
    [
        ("age >= 0", None),
        ("age >= 15", "age >= 18"),
        ("occupation != @rice", "occupation in (@student, @none)"),
        ("count(members) >= 1", None),
        ("not any(members where age > 200)", None),
        ("max(members.age) >= age", None),
        (
            "years_between(birth_date, hh.interview_date) >= 10",
            "birth_date <= 1990-01-01 and hh.interview_date >= 2020-01-01",
        ),
    ],
)
def test_a_rule_that_can_never_fire(must, applies):
    assert found(*SOUND, rule("A", must, applies)) == [("never_fires", ("A",))]


def test_a_rule_about_many_people_can_fire():
    assert found(household("A", "count(members) <= 15"), household("B", "member_count <= 12")) == []
    c = household("C", "member_count = count(members)")
    assert found(household("A", "happiness >= 1", "member_count >= 16"), c) == []


def test_more_people_than_can_be_tried_is_not_decided_and_not_fine():
    assert found(household("A", "count(members) <= 60")) == [("not_decided", ("A",))]


def test_a_rule_that_another_implies():
    a, b = rule("A", "age >= 15", "occupation = @rice"), rule("B", "age >= 18", "occupation in @working")
    assert found(a, b) == [("redundant", ("A", "B"))]


def test_a_rule_that_two_others_imply_together():
    a = rule("A", "age >= 15", "occupation in (@rice, @trade)")
    b, c = rule("B", "age >= 16", "occupation = @rice"), rule("C", "age >= 17", "occupation = @trade")
    assert found(*SOUND[1:], a, b) == found(*SOUND[1:], a, c) == []
    assert found(*SOUND[1:], a, b, c) == [("redundant", ("A", "B", "C"))]


def test_of_two_rules_that_say_the_same_the_milder_goes():
    a = rule("A", "age >= 15", "occupation = @rice", severity="must_explain")
    b = rule("B", "not occupation = @rice", "age < 15")
    assert found(a, b) == [("redundant", ("A", "B"))]


def test_a_rule_is_not_redundant_when_others_need_one_answer_more():
    a = household("A", "income_main_baht <= income_secondary_baht")
    b = household("B", "income_secondary_baht <= income_other_baht")
    c = household("C", "income_main_baht <= income_other_baht")
    assert found(a, b, c) == []


def test_a_person_rule_that_a_household_rule_implies():
    a = rule("A", "age >= 15", "relation = @head")
    b = household("B", "not any(members where relation = @head and age < 18)")
    assert found(a, b) == [("redundant", ("A", "B"))]


def test_a_code_without_a_valid_record():
    rules = [
        rule("A", "education >= @bachelor", "occupation in @official"),
        rule("B", "age >= 25", "education >= @bachelor"),
        rule("C", "age < 20", "occupation = @government"),
    ]
    (flaw,) = [flaw for flaw in proof.prove([*SOUND, *rules], rounds.load(2569)).flaws if flaw.code]
    assert (flaw.code, flaw.rules) == ("occupation = @government", ("A", "B", "C"))
    assert "รับราชการ" in flaw.sentence.th


def test_every_sentence_names_the_rules_and_says_what_to_do():
    rules = [
        rule("A", "age >= 18"),
        rule("B", "age < 15"),
        rule("C", "sex = @male", "age > 200"),
        rule("D", "age >= 0"),
        household("E", "count(members) <= 60"),
        rule("F", "occupation != @rice"),
        rule("G", "age >= 16"),
    ]
    flaws = proof.prove(rules, rounds.load(2569)).flaws
    kinds = {
        "contradiction",
        "dead_condition",
        "never_fires",
        "not_decided",
        "redundant",
        "code_without_record",
    }
    assert {flaw.kind for flaw in flaws} == kinds
    for flaw in flaws:
        assert all(named in flaw.sentence.th and named in flaw.sentence.en for named in flaw.rules)
    assert {flaw.kind for flaw in flaws if not flaw.is_fault} == {"redundant", "not_decided"}


def test_many_contradictions_are_all_named():
    names = [f"tidy_home_{n}" for n in (1, 2, 3, 4, 6, 7, 8)] + [
        "saving_1",
        "saving_2",
        "saving_3",
        "saving_4",
    ]
    rules = [household(f"{name}.{a}", f"{a} {name}") for name in names for a in ("", "not")]
    pairs = [("contradiction", (f"{name}.", f"{name}.not")) for name in sorted(names)]
    assert found(*rules, kind="contradiction") == pairs


def test_a_rule_that_contradicts_the_catalogue_is_found_in_it():
    planted = [
        household("Z1", "member_count > count(members)"),
        rule("Z2", "age >= 5", "education >= @primary"),
        rule("Z3", "sex = @female", "title = @nai"),
        household("Z4", "age60_count > age35_count", "happiness = 10"),
    ]
    flaws = proof.prove([*catalogue.load(), *planted], rounds.load(2569)).flaws
    assert [(flaw.kind, flaw.rules) for flaw in flaws] == [
        ("contradiction", ("HH003", "Z1")),
        ("contradiction", ("IX005", "IX007", "Z4")),
        ("contradiction", ("TI001", "Z3")),
        ("code_without_record", ("TI001", "Z3")),
        ("redundant", ("Z2", "ED001")),
    ]


def test_the_catalogue_has_no_fault():
    assert proof.prove(catalogue.load(), rounds.load(2569)).faults == ()
