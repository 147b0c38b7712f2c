"""Which indicators a round uses, under what number and line, is data: a copied folder and round show it."""

import shutil
from datetime import date

import pytest

from rules import below_line, indicators
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

TEXT = (rounds.FOLDER / "2569.toml").read_text(encoding="utf-8")
ALL = indicators.load()
KEY = {"household_id": "h", "district_code": "3401"}
NEW = """slug: new_education_a
name: {th: คนในครัวเรือนใช้อินเทอร์เน็ต, en: The household is online}
unit: household
applies: count(members) >= 1
passes: drinking_water_enough
basis: supplied by an officer
status: confirmed
"""


def changed(*changes):
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return rounds.parse(text)


def entry(slug, slot, dimension, status="recalled", enabled="true"):
    return (
        f'[indicators.{slug}]\nslot = {slot}\ndimension = "{dimension}"\nstatus = "{status}"\n'
        f"enabled = {enabled}\n"
    )


def test_the_rounds_there_are_fit_the_files():
    assert [
        fault for year in rounds.years() for fault in indicators.round_faults(ALL, rounds.load(year))
    ] == []


def numbered(slug, slot, dimension, number):
    old = entry(slug, slot, dimension)
    return old, f"{old}number = {number}\n"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            (entry("new_education_a", 22, "education", "placeholder", "false"),
             entry("new_education_a", 22, "education", "placeholder")),
            "new_education_a is a placeholder",
        ),
        (
            (entry("new_education_a", 22, "education", "placeholder", "false"),
             entry("new_education_a", 22, "education")),
            "no file indicators/new_education_a.yaml",
        ),
        (
            (entry("saving", 26, "income"), entry("saving", 25, "income")),
            "slot 25 is used by income_per_capita and saving",
        ),
        (numbered("saving", 26, "income", 8), "number 8 is used by self_care and saving"),
        (("[parameters.checkup_age]", "[parameters.another_age]"), "annual_checkup: "),
    ],
)  # fmt: skip
def test_a_round_that_cannot_be_used_says_what_to_do(change, expected):
    told = indicators.round_faults(ALL, changed(change))
    assert any(expected in fault for fault in told), told


def test_an_officers_list_is_data_only(tmp_path):
    for path in indicators.FOLDER.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    (tmp_path / "new_education_a.yaml").write_text(NEW, encoding="utf-8")
    round_ = changed(
        (entry("new_education_a", 22, "education", "placeholder", "false"),
         entry("new_education_a", 22, "education", "confirmed")),
        numbered("saving", 26, "income", 31),
        numbered("drinking_water", 10, "living", 9),
        ("[parameters.income_line]\nvalue = 40000", "[parameters.income_line]\nvalue = 45000"),
    )  # fmt: skip
    every = indicators.load(tmp_path)
    assert indicators.round_faults(every, round_) == []
    homes = from_rows(
        Household,
        [
            KEY
            | {"reference_date": date(2026, 7, 1), "income_main_baht": 42_000, "drinking_water_enough": True}
        ],
    )
    people = from_rows(Person, [KEY | {"member_no": 1, "age": 40}])
    found = indicators.assess(homes, people, every, round_)
    assert found.select("income_per_capita", "new_education_a").row(0) == ("fail", "pass")
    assert below_line.judge(homes, people, round_)["state"].to_list() == ["below"]
    table = indicators.official_table(found, every, round_, "34").filter(level="province")
    assert dict(table.filter(slug="new_education_a").select("dimension", "passed").rows()) == {"education": 1}
    numbers = dict(table.drop_nulls("number").select("slug", "number").rows())
    assert numbers == {"self_care": 8, "saving": 31, "drinking_water": 9}
