import re
from pathlib import Path

import pytest

from rules import indicators

GOOD = """
slug: water
name: {th: น้ำดื่ม, en: Water}
unit: household
applies: count(members) >= 1
passes: drinking_water_enough
basis: example
status: recalled
"""


def reasons(tmp_path: Path, text: str, name: str = "water.yaml") -> str:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return "\n".join(indicators.faults(tmp_path))


def test_the_files_of_the_repository_have_no_faults():
    assert indicators.faults() == []
    assert len(indicators.load()) == 32


def test_names_are_in_both_languages_and_in_their_letters():
    for each in indicators.load():
        assert re.fullmatch("[\u0e01-\u0e5b0-9 .,–/()]+", each.name.th), each.slug
        assert not re.search("[\u0e00-\u0e7f]", each.name.en), each.slug


def test_a_good_file_has_no_faults(tmp_path):
    assert reasons(tmp_path, GOOD) == ""
    assert [each.slug for each in indicators.load(tmp_path)] == ["water"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("drinking_water_enough", "drinking_water_enouhg"), "drinking_water_enough"),
        (("status: recalled", "status: guessed"), "status must be confirmed | derived | recalled"),
        (("basis: example", "source: example"), "unknown key source"),
        (("basis: example\n", ""), "basis is needed"),
        (("unit: household", "unit: person"), "unit person needs failing"),
        (("passes: drinking_water_enough", "judged_by: somebody"), "judged_by must be below_line"),
        (("passes: drinking_water_enough\n", ""), "either passes or judged_by"),
        (("name: {th: น้ำดื่ม, en: Water}", "name: Water"), "both th and en"),
        (("unit: household", "unit: [household"), "not YAML"),
        (("slug: water", "slug: fire"), "the file must be called fire.yaml"),
        (("unit: household", "unit: household\nwho: age < 1"), "unit household has none of them"),
        (("unit: household", "unit: person\nfailing: drinkers_u15_count\nwho: agee < 1"), "agee"),
        (("unit: household", "unit: person\nfailing: drinkers_u15_count\nwho: age"), "a yes/no is needed"),
        (
            ("unit: household", "unit: person\nfailing: a\npersons: member_count\nperhaps: age < 1"),
            "perhaps and tolerated go with who",
        ),
        (("unit: household", "unit: household\nconsistent: member_count"), "a yes/no is needed"),
    ],
)
def test_a_misspelt_file_says_what_to_do(tmp_path, change, expected):
    assert expected in reasons(tmp_path, GOOD.replace(*change))


def test_an_error_names_the_file_in_both_languages(tmp_path):
    told = reasons(tmp_path, GOOD.replace("drinking_water_enough", "thirst"))
    assert "indicators/water.yaml" in told
    assert re.search("[\u0e00-\u0e7f]", told)
    assert "^^^^^^" in told
