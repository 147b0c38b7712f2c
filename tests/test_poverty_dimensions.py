from dataclasses import replace
from fractions import Fraction

import pytest

from rules import poverty
from rules.poverty import reading
from rules.poverty.dimensions import FILE
from schemas import code_lists, rounds

TEXT = (reading.FOLDER / FILE).read_text(encoding="utf-8")
SETS = {form: one for one in poverty.load() for form in one.forms}
OLD, NEW = SETS["2560-2565"], SETS["2566-2570"]


def test_the_files_as_they_are_have_no_fault():
    assert poverty.faults() == []


def refusal(old, new, count=1):
    assert TEXT.count(old) >= 1
    with pytest.raises(poverty.PovertyError) as refused:
        reading.parse(TEXT.replace(old, new, count))
    return str(refused.value)


def test_the_31_set_has_the_17_indicators_that_tpmap_uses():
    assert OLD.by_dimension == {
        "health": ("birth_weight", "food_safety", "medicine_use", "exercise"),
        "living": ("housing_secure", "drinking_water", "domestic_water", "tidy_hygienic_home"),
        "education": ("preschool_care", "compulsory_education", "continue_m4", "literacy_numeracy"),
        "income": ("job_income_15_59", "job_income_60", "income_per_capita"),
        "access": ("elderly_care", "disabled_care"),
    }
    assert len(OLD.slugs) == 17
    assert {member.status for member in OLD.members} == {"confirmed"}
    assert OLD.k == NEW.k == 1


def test_the_38_set_is_carried_over_and_only_recalled():
    assert len(NEW.members) == 17
    assert {member.status for member in NEW.members} == {NEW.k_status} == {"recalled"}
    assert set(OLD.slugs) - set(NEW.slugs) == {"medicine_use"}
    assert set(NEW.slugs) - set(OLD.slugs) == {"self_care"}


def test_dimensions_weigh_the_same_and_so_do_the_indicators_inside():
    weights = OLD.indicator_weights
    total = sum(weights.values())
    for slugs in OLD.by_dimension.values():
        assert Fraction(sum(weights[slug] for slug in slugs), total) == Fraction(1, 5)
        assert len({weights[slug] for slug in slugs}) == 1
    assert total == 60


def test_a_dimension_may_weigh_twice_as_much():
    (heavier,) = (
        one
        for one in reading.parse(TEXT.replace("{ health = 1,", "{ health = 2,", 1))
        if "2560-2565" in one.forms
    )
    weights = heavier.indicator_weights
    assert weights["birth_weight"] == 2 * weights["housing_secure"]


@pytest.mark.parametrize("year", rounds.years())
def test_every_round_has_a_set_all_of_which_it_uses(year):
    round_ = rounds.load(year)
    set_ = poverty.of_round(round_)
    (full,) = (one for one in poverty.load() if round_.form in one.forms)
    assert set_.slugs == full.slugs
    # TPMAP's five, in the order of the list; the groups of the older form are others.
    of_tpmap = ("health", "living", "education", "income", "access")
    assert tuple(set_.weights) == of_tpmap
    assert [slug for slug in code_lists.load("dimension").slugs if slug in of_tpmap] == list(of_tpmap)


def test_an_indicator_the_round_does_not_use_leaves_its_weight_to_the_others():
    left = NEW.in_force(set(NEW.slugs) - {"elderly_care"})
    weights = left.indicator_weights
    assert "elderly_care" not in weights
    assert weights["disabled_care"] * 5 == sum(weights.values())


def test_a_dimension_without_any_indicator_in_force_is_refused():
    with pytest.raises(poverty.PovertyError) as refused:
        NEW.in_force(set(NEW.slugs) - {"elderly_care", "disabled_care"})
    assert refused.value.en == "no indicator of the dimension access is in force"
    assert refused.value.th == "มิติ access ไม่มีตัวชี้วัดที่ใช้ในรอบนี้"


def test_a_form_nobody_wrote_dimensions_for_is_refused():
    with pytest.raises(poverty.PovertyError, match=r"no dimensions of the form 2571-2575; add a \[\[set\]\]"):
        poverty.of_round(replace(rounds.load(2569), form="2571-2575"))


def test_a_new_indicator_is_editing_data_only():
    line = 'disabled_care = { status = "recalled"'
    new = 'saving = { status = "confirmed", source = "order of 2570" }\n' + line
    (edited,) = (one for one in reading.parse(TEXT.replace(line, new)) if "2566-2570" in one.forms)
    assert edited.by_dimension["access"] == ("elderly_care", "saving", "disabled_care")
    assert sum(edited.indicator_weights.values()) == 60


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[set]]", "[[sets]]", "this is not TOML"),
        ("k = 1", "kk = 1", "unknown key kk"),
        ("k = 1", "k = 6", "at most the number of dimensions"),
        ("k = 1", "k = true", "whole numbers from 1"),
        ("access = 1 }", "access = 0.5 }", "whole numbers from 1"),
        ("health = 1, ", "", "weights name every dimension"),
        ("[set.dimensions.health]", "[set.dimensions.helth]", "unknown dimension helth"),
        ('k_status = "confirmed"', 'k_status = "sure"', "the status of k_status must be"),
        ('k_source = "domain', 'k_sorce = "domain', "unknown key k_sorce"),
        (
            'birth_weight = { status = "confirmed"',
            'birth_weight = { status = "sure"',
            "the status of birth_weight",
        ),
        (
            'birth_weight = { status = "confirmed", ',
            "birth_weight = { ",
            "birth_weight needs both status and source",
        ),
        ("drinking_water =", "birth_weight =", "birth_weight is in two dimensions"),
        ('forms = ["2566-2570"]', 'forms = ["2560-2565"]', "2560-2565 is in two sets"),
        ('forms = ["2566-2570"]', "forms = []", "forms is needed"),
    ],
)
def test_a_misspelt_file_is_refused_in_both_languages(old, new, said):
    told = refusal(old, new)
    assert said in told
    first, thai, *_ = told.splitlines()
    assert first == "poverty/dimensions.toml"
    assert any("ก" <= letter <= "๙" for letter in thai)


def test_a_file_without_sets_is_refused():
    with pytest.raises(poverty.PovertyError, match="consists of"):
        reading.parse("")


def test_the_faults_name_slugs_nobody_knows_and_rounds_left_without_dimensions(tmp_path):
    path = tmp_path / FILE
    path.write_text(TEXT.replace("tidy_hygienic_home", "tidy_home"), encoding="utf-8")
    said = "poverty/dimensions.toml\nรอบ 2569 ไม่มีตัวชี้วัดชื่อ tidy_home\nround 2569 has no indicator tidy_home"
    assert said in reading.faults(path)
    path.write_text(TEXT.replace('"2566-2570"', '"2571-2575"'), encoding="utf-8")
    assert any("round 2569: there are no dimensions of the form 2566-2570" in f for f in reading.faults(path))
    path.write_text("[", encoding="utf-8")
    assert len(reading.faults(path)) == 1
