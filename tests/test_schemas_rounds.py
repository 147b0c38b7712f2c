from collections import Counter
from datetime import date

import pytest

from schemas import code_lists, rounds
from schemas.thai import foreign_letters

# Of each questionnaire: indicators with a place in it, and those in force.
FORMS = {"2560-2565": (31, 31), "2566-2570": (38, 31)}


@pytest.mark.parametrize("year", rounds.years())
def test_a_round_is_whole(year):
    known = rounds.load(year)
    assert known.year_be == year
    assert known.window_start < known.window_end
    assert known.window_start <= known.reference_date <= known.window_end
    assert known.income_line_baht == known.parameters["income_line"]
    first, last = map(int, known.form.split("-"))
    assert first <= year <= last
    indicators, enabled = FORMS[known.form]
    assert sorted(entry.slot for entry in known.indicators.values()) == list(range(1, indicators + 1))
    assert len(known.enabled_indicators) == enabled


@pytest.mark.parametrize("year", rounds.years())
def test_placeholders_are_disabled_and_noted(year):
    for slug, entry in rounds.load(year).indicators.items():
        assert entry.enabled != slug.startswith("new_")
        assert bool(entry.note) == slug.startswith("new_")


def test_only_a_seen_number_is_official():
    numbered = {slug: e.number for slug, e in rounds.load(2569).indicators.items() if e.number is not None}
    assert numbered == {"self_care": 8}
    assert rounds.load(2569).indicators["self_care"].number_2560 == 5


def test_the_older_form_has_its_official_numbers():
    known = rounds.load(2565)
    numbers = [known.indicators[slug].number for slug in known.enabled_indicators]
    assert numbers == list(range(1, 32))
    assert {entry.status for entry in known.indicators.values()} == {"confirmed"}
    assert known.indicators["medicine_use"].number == 5
    assert known.indicators["income_per_capita"].number == 22
    assert known.indicators["family_warmth"].number == 31


def test_the_number_in_the_older_form_is_the_same_in_every_round():
    older = rounds.load(2565).indicators
    for year in rounds.years():
        for slug, entry in rounds.load(year).indicators.items():
            # Self-care took the place of medicine use.
            before = older.get("medicine_use" if slug == "self_care" else slug)
            assert entry.number_2560 == (before.number if before else None), slug


def test_the_older_form_has_dimensions_of_its_own():
    found = Counter(entry.dimension for entry in rounds.load(2565).indicators.values())
    assert found == {"health": 7, "environment": 7, "education": 5, "work_income": 4, "values": 8}


def test_every_round_knows_the_thresholds_that_rules_name():
    names = {year: set(rounds.load(year).parameters) for year in rounds.years()}
    assert {year for year in names if names[year] != names[2569]} == set()


@pytest.mark.parametrize("year", rounds.years())
def test_parameters_have_texts_and_no_name_of_a_code_or_group(year):
    codes = {
        name for known in map(code_lists.load, code_lists.names()) for name in (*known.slugs, *known.groups)
    }
    for name, parameter in rounds.load(year).parameter_texts.items():
        assert name not in codes
        assert parameter.th
        assert not foreign_letters(parameter.th)
        assert parameter.en.isascii()


def test_the_income_line_and_its_boundary():
    known = rounds.load(2569)
    assert (known.income_line_baht, known.income_passes_at) == (40_000, ">=")
    assert known.parameter_texts["income_line"].status == "recalled"
    older = rounds.load(2565)
    assert (older.income_line_baht, older.income_passes_at) == (38_000, ">=")
    assert older.parameter_texts["income_line"].status == "confirmed"


@pytest.mark.parametrize(
    ("year", "baht"),
    [
        (2549, None),
        (2554, 23_000),
        (2559, 30_000),
        (2560, 38_000),
        (2565, 38_000),
        (2566, 40_000),
        (2569, 40_000),
    ],
)
def test_the_income_line_of_other_years(year, baht):
    assert rounds.income_line_of(year) == baht


def test_a_parameter_may_be_a_day():
    parameters = rounds.load(2569).parameters
    assert parameters["national_id_new_from"] == date(1984, 1, 1)
    assert parameters["national_id_old_to"] == date(1984, 5, 31)


def test_an_unknown_year_names_the_known_ones():
    with pytest.raises(FileNotFoundError, match="2565, 2568, 2569"):
        rounds.load(2500)


def _round_text():
    return (rounds.FOLDER / "2569.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('passes_at = ">="', 'passes_at = "<"', "passes_at"),
        ('dimension = "health"', 'dimension = "helth"', "dimension"),
        ("value = 40000", "value = 40000.5", "income_line"),
        ("value = 40000", "value = 2026-04-01", "income_line"),
        ("value = 1984-01-01", "value = 1984-01-01T00:00:00", "national_id_new_from"),
        ("value = 1984-01-01", "value = true", "national_id_new_from"),
        ("[parameters.income_line]", "[parameters.income_lime]", "income_line"),
        ('status = "recalled"\nenabled', 'status = "sure"\nenabled', "status"),
    ],
)
def test_a_mistake_in_a_round_is_named(old, new, complaint):
    with pytest.raises(ValueError, match=complaint):
        rounds.parse(_round_text().replace(old, new, 1), "2569.toml")


def test_an_officer_may_change_a_round_by_its_text_alone():
    text = (
        _round_text().replace('passes_at = ">="', 'passes_at = ">"').replace("value = 40000", "value = 42000")
    )
    changed = rounds.parse(text)
    assert (changed.income_passes_at, changed.income_line_baht) == (">", 42_000)
    assert changed.reference_date == date(2026, 7, 1)


OFF = """
[rules_off.WK003]
reason_th = "รหัสอาชีพปีนี้ยังไม่ยืนยัน"
reason_en = "This year's occupation codes are not confirmed."
who = "jpt"
until = 2026-04-30
"""


def test_no_rule_is_switched_off_unless_a_round_says_so():
    assert rounds.load(2569).rules_off == {}


def test_a_round_switches_a_rule_off_until_a_day():
    changed = rounds.parse(_round_text() + OFF)
    off = changed.rules_off["WK003"]
    assert (off.th, off.who, off.until) == ("รหัสอาชีพปีนี้ยังไม่ยืนยัน", "jpt", date(2026, 4, 30))
    assert set(changed.on(date(2026, 4, 30)).rules_off) == {"WK003"}
    assert set(changed.on(date(2026, 5, 1)).rules_off) == set()


def test_a_rule_is_off_for_the_whole_round_when_no_day_is_given():
    changed = rounds.parse(_round_text() + OFF.replace("until = 2026-04-30\n", ""))
    assert set(changed.on(date(2030, 1, 1)).rules_off) == {"WK003"}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('reason_th = "รหัสอาชีพปีนี้ยังไม่ยืนยัน"\n', "", "rules_off.WK003.reason_th"),
        ('who = "jpt"', 'who = " "', "rules_off.WK003.who"),
        ("until = 2026-04-30", 'until = "2026-04-30"', "rules_off.WK003.until"),
        ("until =", "til =", "does not know til"),
    ],
)
def test_a_rule_is_not_switched_off_without_saying_why_and_who(old, new, complaint):
    with pytest.raises(ValueError, match=complaint):
        rounds.parse(_round_text() + OFF.replace(old, new))


def test_an_older_round_is_looked_at_by_the_rules_of_a_later_one():
    found = {year: rounds.load(year).rules_of for year in rounds.years()}
    assert found == {2565: 2569, 2568: 2568, 2569: 2569}
