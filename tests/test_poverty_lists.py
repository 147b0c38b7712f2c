import re
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given

from rules import poverty
from rules.poverty import lists
from rules.rule import Sentence
from schemas import rounds
from tests.poverty_province import OLD, SET, UNHURRIED, area, frames, provinces
from tests.test_texts import holes

ROUND = rounds.load(2569)
TEXT = lists.FILE.read_text(encoding="utf-8")
SENTENCES = [
    (f"{name} {number}", sentence)
    for name, texts in lists.load().items()
    for number, sentence in enumerate(texts.sentences())
]
ALL = ("below_line", "fails_indicator", "poor")
EXERCISE = Sentence("ออกกำลังกาย", "exercise")
# Sizes 2, 1, 4; of 6, 5 and 6: no two alike, no sum of theirs is another's.
PROVINCE = (
    ("340101", 4, "below", {"exercise": "fail"}),
    ("340101", 2, "below", {"exercise": "unanswered", "elderly_care": "fail"}),
    ("340102", 1, "above", {"elderly_care": "fail"}),
    ("340102", 5, "above", {"drinking_water": "fail", "exercise": "not_applicable"}),
    ("340201", 3, "above", {}),
    ("340201", 7, "above", {}),
    ("340201", 8, "not_assessable", {"food_safety": "inconsistent"}),
)


def sizes(province=PROVINCE, slugs=("exercise",), k=None):
    return poverty.sizes(*frames(*province), SET, slugs, "34", k)


def counted(table, name, unit="household", slug=None, level="province", code="34"):
    row = area(table, level, code, unit, list=name, slug=slug)
    return row["listed"], row["denominator"], row["not_applicable"], row["not_assessable"]


def test_the_three_lists_differ_and_each_has_its_own_denominator():
    found = sizes()
    assert counted(found, "below_line") == (2, 6, 0, 1)
    assert counted(found, "fails_indicator", slug="exercise") == (1, 5, 1, 1)
    assert counted(found, "poor") == (4, 6, 0, 1)


def test_persons_are_all_members_of_the_households_of_a_list():
    found = sizes()
    assert counted(found, "below_line", "person") == (6, 22, 0, 8)
    assert counted(found, "fails_indicator", "person", "exercise") == (4, 23, 5, 2)
    assert counted(found, "poor", "person") == (12, 22, 0, 8)


def test_the_lists_of_a_district_and_of_a_tambon_are_their_own():
    found = sizes()
    assert counted(found, "poor", level="district", code="3401") == (4, 4, 0, 0)
    assert counted(found, "poor", level="tambon", code="340102") == (2, 2, 0, 0)
    assert counted(found, "below_line", level="district", code="3402") == (0, 2, 0, 1)


def test_a_list_of_the_poor_by_a_higher_k_is_shorter():
    province = (*PROVINCE, ("340101", 1, "above", {"exercise": "fail", "elderly_care": "fail"}))
    assert counted(sizes(province), "poor")[0] == 5
    assert counted(sizes(province, k=2), "poor")[0] == 1


def test_no_number_anywhere_is_a_sum_over_lists():
    # 2 are below the line, 1 fails exercise, 4 are poor: any two lists, or all, would make one of these.
    sums = {3, 5, 6, 7}
    found = sizes().filter(pl.col("unit") == "household")
    assert sorted(found.filter(pl.col("level") == "province").get_column("listed")) == [1, 2, 4]
    assert sums.isdisjoint(found.get_column("listed"))
    areas = poverty.measures(*frames(*PROVINCE), SET, "34").areas.filter(pl.col("unit") == "household")
    assert sums.isdisjoint(areas.get_column("poor"))
    assert found.get_column("list").unique(maintain_order=True).to_list() == list(ALL)


def test_every_row_is_of_one_list_one_unit_and_one_area():
    found = sizes(slugs=("exercise", "elderly_care"))
    keys = ["level", "area_code", "list", "slug", "unit"]
    assert found.select(keys).is_unique().all()
    assert found.height == 6 * 4 * 2
    assert (found.get_column("slug").is_null() == (found.get_column("list") != "fails_indicator")).all()


def test_sizes_come_by_area_then_unit_then_list():
    found = sizes().filter(pl.col("level") == "district")
    assert found.select("area_code", "unit", "list").rows() == [
        (code, unit, name) for code in ("3401", "3402") for unit in ("household", "person") for name in ALL
    ]


@UNHURRIED
@given(provinces())
def test_listed_not_listed_and_left_out_make_all_households_at_every_level(case):
    households, k = case
    assessed, below = frames(*households, set_=OLD)
    found = poverty.sizes(assessed, below, OLD, OLD.slugs, "34", k)
    parts = pl.sum_horizontal("denominator", "not_applicable", "not_assessable")
    totals = found.group_by("level", "list", "slug", "unit").agg(parts.sum().alias("all"))
    for unit, expected in (("household", len(households)), ("person", below.get_column("members").sum())):
        assert totals.filter(pl.col("unit") == unit).get_column("all").unique().to_list() == [expected]
    assert (found.get_column("listed") <= found.get_column("denominator")).all()


@UNHURRIED
@given(provinces())
def test_each_size_is_that_of_its_own_list(case):
    households, k = case
    assessed, below = frames(*households, set_=OLD)
    found = poverty.sizes(assessed, below, OLD, ("exercise",), "34", k)
    assert counted(found, "below_line")[0] == (below.get_column("state") == "below").sum()
    assert (
        counted(found, "fails_indicator", slug="exercise")[0]
        == (assessed.get_column("exercise") == "fail").sum()
    )
    listed = poverty.poor(assessed, below, OLD, k).get_column("state").cast(pl.String)
    assert counted(found, "poor")[0] == (listed == "poor").sum()


def test_a_list_says_its_definition_unit_and_denominator_in_thai():
    told = lists.below_line(ROUND, "household", "th")
    assert told.name == "ครัวเรือนรายได้ต่ำกว่าเกณฑ์"
    assert "ต่ำกว่า 40,000 บาทต่อคนต่อปี" in told.definition
    assert told.unit == "ครัวเรือน"
    assert told.denominator.startswith("ครัวเรือนที่ประเมินรายได้ได้")


def test_a_list_says_the_same_in_english_and_by_person():
    told = lists.poor(SET, "person", "en", k=2)
    assert told.name == "Multidimensionally poor households"
    assert "at least 2 of 5 dimensions" in told.definition
    assert told.unit == "people (all members of the households on the list)"
    assert "deprived in 2 of 5 dimensions" in told.denominator


def test_where_income_of_exactly_the_line_fails_the_definition_says_so():
    stricter = replace(ROUND, income_passes_at=">")
    assert "ไม่เกิน 40,000 บาท" in lists.below_line(stricter, "household", "th").definition
    assert "at most 40,000 baht" in lists.below_line(stricter, "household", "en").definition


def test_an_indicator_without_an_official_number_is_told_by_its_name():
    assert lists.fails_indicator(7, EXERCISE, "household", "th").name == "ครัวเรือนไม่ผ่านตัวชี้วัดที่ 7 ออกกำลังกาย"
    assert (
        lists.fails_indicator(None, EXERCISE, "household", "en").name
        == "Households that fail indicator –, exercise"
    )


@pytest.mark.parametrize("unit", lists.UNITS)
@pytest.mark.parametrize("lang", ["th", "en"])
def test_no_text_of_two_lists_is_the_same_but_the_unit(unit, lang):
    told = [
        lists.below_line(ROUND, unit, lang),
        lists.fails_indicator(7, EXERCISE, unit, lang),
        lists.poor(SET, unit, lang),
    ]
    for part in ("name", "definition", "denominator"):
        assert len({getattr(one, part) for one in told}) == 3
    assert all("{" not in getattr(one, part) for one in told for part in lists.PARTS)


@pytest.mark.parametrize(("name", "sentence"), SENTENCES, ids=[name for name, _ in SENTENCES])
def test_texts_are_thai_and_english_with_the_same_holes(name, sentence):
    del name
    assert holes(sentence.th, "th") == holes(sentence.en, "en")
    assert re.search("[ก-๙]", sentence.th)
    assert not re.search("[ก-๙]", sentence.en)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[poor", "[pour", "there are three lists: below_line, fails_indicator, poor"),
        ("[below_line.name]", "[below_line.title]", "below_line: unknown key title"),
        ("[poor.denominator]", "[poor.denominators]", "poor: unknown key denominators"),
        ('status = "confirmed"', 'status = "sure"', "below_line needs a status and a source"),
        (
            "[below_line.unit.person]",
            "[below_line.unit.people]",
            "below_line.unit needs household and person",
        ),
        ('en = "Households below', 'english = "Households below', "below_line.name needs both th and en"),
        ("is below {line} baht", "is below the line", "below_line.definition needs the same holes"),
        ("{line}", "{lines}", "below_line.definition cannot fill lines; there are line"),
        ("[poor.name]", "[poor.name", "this is not TOML"),
    ],
)
def test_a_misspelt_file_is_refused_in_both_languages(old, new, said, tmp_path):
    assert old in TEXT
    path = tmp_path / "lists.toml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    (told,) = lists.faults(path)
    assert said in told
    first, thai, *_ = told.splitlines()
    assert first == "poverty/lists.toml"
    assert re.search("[ก-๙]", thai)
