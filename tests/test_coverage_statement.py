from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from reports import cannot_see
from rules import catalogue
from rules.coverage import table
from rules.coverage.groups import group_name, group_of, words
from rules.coverage.statement import by_field, error_label, statement
from rules.coverage.tally import SCHEMA
from schemas import rounds
from schemas.dictionary import columns
from schemas.layouts import MODELS

COUNTS = [name for name, kind in SCHEMA.items() if kind == pl.Int64]


def row(part: str, field: str, error: str, planted: int, detected: int, **counts: int) -> dict[str, Any]:
    values = {**dict.fromkeys(COUNTS, 0), "planted": planted, "detected": detected, **counts}
    return {"table": part, "field": field, "error": error, "low": 0.0, "high": 1.0, "rules": "", **values}


ROWS = [
    row("household", "income_main_baht", "missing", 50, 0, line_changed=40, line_unseen=40, results_unseen=40,
        results_changed=40),
    row("household", "income_main_baht", "tenth", 50, 50, line_changed=30, results_changed=30),
    row("household", "no_killing", "other_answer", 50, 0, results_changed=50, results_unseen=50),
    row("household", "no_killing", "missing", 50, 0, results_changed=49, results_unseen=49),
    row("household", "food_safety_1", "other_answer", 50, 10, results_changed=50, results_unseen=40),
    row("household", "food_safety_1", "words", 50, 50),
    row("household", "(row)", "household_twice", 50, 50),
    row("person", "sex", "swapped_sex", 50, 45),
]  # fmt: skip


def kept(**changes: Any) -> table.Kept:
    values: dict[str, Any] = {
        "table": pl.DataFrame(ROWS, schema=SCHEMA), "round_year_be": 2569, "rules": "0123456789ab",
        "rule_count": 170, "clean": 20_000, "each": 50, "seed": 11, "planted": 400, "false_alarms": {},
        "bystanders": {"DU002": 5},
    }  # fmt: skip
    return table.Kept(**values | changes)


def test_what_moves_a_household_over_the_line_unseen_comes_first() -> None:
    worst = statement(kept(), "0123456789ab").worst
    assert [(one.field["en"], one.error["en"], one.changes, one.unseen) for one in worst] == [
        ("Income from main occupations", "left empty", "line", 40),
        (columns(MODELS["household"])["no_killing"].en, "the other of yes and no", "results", 50),
        (columns(MODELS["household"])["food_safety_1"].en, "the other of yes and no", "results", 40),
    ]


def test_a_field_is_hardly_watched_below_one_slip_in_five() -> None:
    fields = by_field(kept().table)
    assert dict(fields.select("field", "is_blind").iter_rows()) == {
        "income_main_baht": False,
        "no_killing": True,
        "food_safety_1": False,
        "sex": False,
    }
    # 10 of 50 is a fifth; what reading always notices and empty cells are left out
    assert fields.filter(field="food_safety_1")["planted"].item() == 50


def test_parts_of_the_form_are_listed_from_the_least_watched() -> None:
    groups = statement(kept(), "").groups
    assert [(one.name["en"], one.fields, one.blind, one.detected, one.planted) for one in groups] == [
        ("Housing and safety", 1, 1, 0, 50),
        ("Health and food", 1, 0, 10, 50),
        ("Persons", 1, 0, 45, 50),
        ("Work, income, spending, debt, saving", 1, 0, 50, 50),
    ]
    assert [(one.changed, one.unseen) for one in groups] == [(50, 50), (50, 40), (0, 0), (30, 0)]
    assert groups[1].low < 0.2 < groups[1].high


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_sentences_say_the_numbers(lang: Any) -> None:
    text = "\n".join(statement(kept(), "0123456789ab").sentences[lang])
    for number in ("400", "170", "2569", "70", "40", "20,000", "0.19"):
        assert number in text
    assert "{" not in text
    assert columns(MODELS["household"])["income_main_baht"].label(lang) in text


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_older_measure_says_so_first(lang: Any) -> None:
    older = statement(kept(), "another hash")
    assert not older.is_current
    assert older.sentences[lang][0] == words()["sentences"]["older"][lang]
    assert older.sentences[lang][1:] == statement(kept(), "0123456789ab").sentences[lang]


def test_when_every_move_over_the_line_was_seen_that_is_said() -> None:
    seen = kept().table.with_columns(line_unseen=pl.lit(0, pl.Int64))
    said = statement(kept(table=seen), "0123456789ab").sentences
    assert any("กฎเห็นทุกครั้ง" in sentence for sentence in said["th"])
    assert any("noticed every one" in sentence for sentence in said["en"])


def test_every_column_belongs_to_a_part_with_a_name() -> None:
    for part, model in MODELS.items():
        for name in columns(model):
            if name not in ("delivery_id", "source_row"):
                group = group_of(part, name)
                assert group == "person" if part == "person" else group in words()["groups"]
                assert group_name(group, "th") != group_name(group, "en")


def test_every_mistake_has_a_name_in_both_languages() -> None:
    for name in [one["error"] for one in ROWS]:
        assert error_label(name, "th") != error_label(name, "en")


def test_the_section_is_ready_text(tmp_path: Path) -> None:
    table.write(kept(), tmp_path)
    said = cannot_see.section(2569, "th", tmp_path)
    assert said["title"] == "สิ่งที่กฎชุดนี้มองไม่เห็น"
    assert said["sentences"][0] == words()["sentences"]["older"]["th"]
    assert said["groups"][1] == {
        "name": "สุขภาพและอาหาร", "noticed": "20", "interval": "11–33", "fields": "1", "blind": "0",
        "changed": "50", "unseen": "40",
    }  # fmt: skip
    assert said["worst"][0]["changes"] == "สลับข้างเส้นรายได้"
    assert said["worst"][0]["unseen"] == "40 / 50"
    assert [len(said["heads"][name]) for name in ("groups", "worst")] == [
        len(said[name][0]) for name in ("groups", "worst")
    ]


def test_a_measure_of_the_rules_in_force_is_current(tmp_path: Path) -> None:
    now = table.rule_set_hash(catalogue.load(), rounds.load(2569))
    table.write(replace(kept(), rules=now), tmp_path)
    said = cannot_see.measured(2569, tmp_path)
    assert said is not None
    assert said.is_current


def test_what_nobody_measured_is_said_and_not_left_out(tmp_path: Path) -> None:
    said = cannot_see.section(2569, "en", tmp_path)
    assert said["groups"] == said["worst"] == []
    assert "Nobody has measured" in said["sentences"][0]
