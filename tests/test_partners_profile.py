from dataclasses import replace

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli import app
from reports.partners import profile, profile_items
from reports.partners.profile import TooFewError
from reports.partners.suppression import Rules
from rules.indicators import STATES
from schemas import areas
from tests.nights import Ran

PROFILE = profile_items.load()
FEW = tuple(
    item for item in PROFILE.items if item.name in {"below_line", "elderly_care", "loan_any", "religion"}
)
SMALL = replace(PROFILE, items=FEW, least_base=10, rules=Rules(3))


def homes(tambon: str | None, many: int, below=0, care="not_applicable", loan: bool | None = False):
    states = ["below"] * below + ["above"] * (many - below)
    return pl.DataFrame(
        {
            "district_code": [tambon[:4] if tambon else "3401"] * many,
            "tambon_code": [tambon] * many,
            "below_line": states,
            "elderly_care": pl.Series([care] * many, dtype=pl.Enum(STATES)),
            "loan_any": [loan] * many,
        },
        schema_overrides={"tambon_code": pl.String, "loan_any": pl.Boolean},
    )


def made(*parts, profile_=SMALL):
    households = pl.concat(parts)
    persons = pl.concat([households, households]).select(*profile.BY, religion=pl.lit("buddhist"))
    return profile.frame(households, persons, profile_, "34")


def count(rows, area, item, category="all"):
    return rows.row(
        by_predicate=(pl.col("area_code") == area)
        & (pl.col("item") == item)
        & (pl.col("category") == category),
        named=True,
    )


def test_answers_add_up_to_everybody_and_tambons_to_districts():
    rows = made(homes("340101", 20, below=8), homes("340102", 30, below=9), homes("340201", 40, care="fail"))
    assert rows.get_column("is_suppressed").sum() == 0
    assert count(rows, "3401", "below_line", "below")["count"] == 17
    assert count(rows, "34", "below_line", "below")["count"] == 17
    assert count(rows, "34", "elderly_care", "fail")["count"] == 40
    assert count(rows, "340102", "persons")["count"] == 60
    bases = {"household": "households", "person": "persons"}
    for (area, item, unit), part in rows.group_by("area_code", "item", "unit"):
        assert part.get_column("count").sum() == count(rows, area, bases[unit])["count"], (area, item)


def test_what_nobody_answered_or_contradicts_itself_is_counted_apart():
    rows = made(homes("340101", 20, loan=None, care="inconsistent"), homes("340201", 40, care="unanswered"))
    assert count(rows, "34", "loan_any", "not_told")["count"] == 20
    assert count(rows, "34", "elderly_care", "not_told")["count"] == 60


def test_a_small_count_is_hidden_with_what_would_give_it_back_and_zeros_are_shown():
    rows = made(homes("340101", 20, below=2), homes("340102", 30, below=9), homes("340201", 40))
    hidden = rows.filter(pl.col("is_suppressed") == 1)
    assert hidden.get_column("count").null_count() == hidden.height
    assert set(zip(hidden["area_code"], hidden["category"], strict=True)) == {
        ("340101", "below"), ("340101", "above"), ("340102", "below"), ("340102", "above"),
    }  # fmt: skip
    assert count(rows, "3402", "below_line", "below")["count"] == 0
    assert count(rows, "3401", "below_line", "below")["count"] == 11


def test_small_tambons_are_one_row_of_two_at_least():
    rows = made(
        homes("340101", 4), homes("340102", 30), homes("340103", 40), homes(None, 1), homes("340201", 20)
    )
    assert set(rows["area_code"]) == {"34", "3401", "3402", "3401-other", "340103"}
    assert count(rows, "3401-other", "households")["count"] == 35


def test_a_small_district_is_never_alone_in_the_row_it_is_put_in():
    rows = made(homes("340101", 40), homes("340201", 5), homes("340301", 15))
    assert set(rows["area_code"]) == {"34", "3401", "34-other"}
    told = count(rows, "34-other", "households")
    assert (told["count"], told["level"], told["area_name"]) == (
        20,
        "district",
        "อำเภอเล็กรวมกัน จังหวัดอุบลราชธานี",
    )


def test_a_province_of_too_few_gives_no_numbers():
    with pytest.raises(TooFewError):
        made(homes("340101", 4))


def test_a_tambon_s_rows_come_with_its_district_and_province():
    rows = made(homes("340101", 20), homes("340102", 30), homes("340201", 40))
    own, area = profile.rows_of(rows, "340102")
    assert (set(own["area_code"]), area) == ({"340102", "3401", "34"}, "340102")
    own, area = profile.rows_of(rows, "340201")
    assert (set(own["area_code"]), area) == ({"3402", "34"}, "3402")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('{ indicator = "saving" }', '{ indicator = "savings" }', "no indicator savings"),
        ('{ column = "loan_any", table', '{ column = "house_no", table', "house_no is personal"),
        ('{ column = "loan_any", table', '{ column = "income_main_baht", table', "no answers to count"),
        ('{ indicator = "saving" }', '{ indicator = "no_smoking" }', "two tables of one thing"),
        ("least_base = 30", "least_base = 10", "least_base is at least 21"),
        ("threshold = 5", "threshold = 1", "threshold is 2 or more"),
    ],
)
def test_a_profile_that_would_tell_too_much_or_nothing_is_refused(was, now, said):
    text = profile_items.FILE.read_text("utf-8")
    assert was in text
    with pytest.raises(ValueError, match=said):
        profile_items.parse(text.replace(was, now, 1))


def test_the_profile_s_fields_are_recalled():
    assert PROFILE.status == "recalled"
    assert PROFILE.rules.threshold == 5


def exported(night: Ran, tmp_path, *more: str):
    words = ["export", "profile", "--out", str(tmp_path), "--settings", str(night.root / "jpt.toml"), *more]
    return CliRunner().invoke(app, words)


def test_the_sample_province_has_counts_only(night: Ran, tmp_path):
    assert exported(night, tmp_path).exit_code == 0
    rows = pl.read_parquet(tmp_path / "profile-2569-2026-11-24.parquet")
    below = pl.read_parquet(night.folder / "data" / "below_line.parquet")
    assert count(rows, "34", "households")["count"] == below.height
    shown = rows.filter(pl.col("is_suppressed") == 0, pl.col("count") > 0)
    assert shown.get_column("count").min() >= 5
    whole = (tmp_path / "profile-2569-2026-11-24.csv").read_text("utf-8")
    assert not [one for one in below.get_column("household_id") if one in whole]


def test_a_tambon_that_does_not_exist_is_said_so(night: Ran, tmp_path):
    result = exported(night, tmp_path, "--tambon", "340199")
    assert result.exit_code == 2
    assert "there is no tambon 340199" in result.stderr


def test_a_tambon_too_small_to_stand_alone_is_pointed_to_its_row(night: Ran, tmp_path):
    code = areas.tambons("3424")[0].code
    result = exported(night, tmp_path, "--tambon", code)
    assert result.exit_code == 0
    assert "it is in the row" in result.stdout
