import csv
import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

import sample_data
from flows import intake
from flows.intake import Extract
from rules import across, below_line, catalogue, engine, indicators
from rules.across.before import Before
from rules.compiled import round_params
from rules.language import values
from rules.last_year import last_year
from sample_data.planting import PLANTS
from sample_data.planting.plan import UNPLANTED
from schemas import rounds

ROOT = Path(__file__).parent.parent
COMMITTED = ROOT / "sample_data"
ROUND = rounds.load(2569)

FRAMES = ("households", "persons")

Key = tuple[str, str, str | None, int | None]


def read_round(folder: Path, year: int, keep: Path) -> list[Extract]:
    return [
        intake.read(
            [intake.receive(path, keep) for path in sorted(district.iterdir())],
            district.name,
            rounds.load(year),
        )
        for district in sorted((folder / str(year)).iterdir())
    ]


def found(extracts: list[Extract], year: int, last: list[Extract] | None = None) -> Counter[Key]:
    households = pl.concat([extract.households for extract in extracts])
    persons = pl.concat([extract.persons for extract in extracts])
    before = (
        Before(*(pl.concat([getattr(one, name) for one in last]) for name in FRAMES), True) if last else None
    )
    year_ago = last_year(before.households, before.persons) if before else None
    rules, round_ = catalogue.load(), rounds.load(year)
    tables = [extract.findings for extract in extracts]
    tables.append(engine.check(households, persons, rules, round_, last=year_ago).findings)
    tables.append(across.check(households, persons, rules, round_, before, is_whole=True).findings)
    keys = pl.concat(tables).select("rule_id", "district_code", "household_id", "member_no")
    return Counter(keys.iter_rows())


def planted(folder: Path) -> Counter[Key]:
    with (folder / "planted.csv").open(encoding="utf-8", newline="") as lines:
        return Counter(
            (
                row["rule_id"],
                row["district_code"],
                row["household_id"] or None,
                int(row["member_no"]) if row["member_no"] else None,
            )
            for row in csv.DictReader(lines)
        )


def counted(extracts: list[Extract]) -> dict[str, object]:
    households = pl.concat([extract.households for extract in extracts])
    persons = pl.concat([extract.persons for extract in extracts])
    income = below_line.judge(households, persons, ROUND)
    assessed = indicators.assess(households, persons, indicators.load(), ROUND)
    known = assessed.filter(pl.col("household_id").is_unique())
    slugs = ROUND.enabled_indicators
    # The plan counts answers that say no; of an inconsistent household they may, and it is in no rate.
    said_no = stated_no(households, persons)
    return {
        "households": households.height,
        "persons": persons.height,
        "below_line": income.filter(pl.col("state") == "below").height,
        "not_assessable": income.filter(pl.col("state") == "not_assessable").height,
        "failing": {
            slug: known.filter(pl.col(slug) == "fail").height
            + assessed.filter((pl.col(slug) == "inconsistent") & said_no[slug]).height
            for slug in slugs
        },
    }


def stated_no(households: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Per indicator whether the answers alone fail it; null where they do not tell or Python judges."""
    chosen = indicators.in_force(indicators.load(), ROUND)
    typed = {each.slug: each.expressions(round_params(ROUND)).get("passes") for each in chosen}
    asked = {slug: text for slug, text in typed.items() if text is not None}
    judged = pl.lit(None, pl.Boolean)
    answers = values(asked, "household", households, persons).select(~pl.all())
    return answers.with_columns(judged.alias(slug) for slug in typed if slug not in asked)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> list[Extract]:
    return read_round(COMMITTED, 2569, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Extract]]:
    folder = tmp_path_factory.mktemp("larger")
    sample_data.make(folder, households=20_000, seed=7)
    return folder, read_round(folder, 2569, tmp_path_factory.mktemp("kept"))


def test_the_committed_province_has_exactly_what_was_planted(
    committed: list[Extract], tmp_path: Path
) -> None:
    assert found(committed, 2569, read_round(COMMITTED, 2568, tmp_path)) == planted(COMMITTED)


def test_a_province_of_twenty_thousand_has_exactly_what_was_planted(
    larger: tuple[Path, list[Extract]], tmp_path: Path
) -> None:
    folder, extracts = larger
    assert found(extracts, 2569, read_round(folder, 2568, tmp_path)) == planted(folder)


def test_last_year_is_clean(tmp_path: Path) -> None:
    assert not found(read_round(COMMITTED, 2568, tmp_path), 2568)


def test_the_committed_province_counts_as_expected(committed: list[Extract]) -> None:
    expected = json.loads((COMMITTED / "expected.json").read_text(encoding="utf-8"))["province"]
    assert counted(committed) == expected


def test_a_province_of_twenty_thousand_counts_as_expected(larger: tuple[Path, list[Extract]]) -> None:
    folder, extracts = larger
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["province"]
    assert counted(extracts) == expected


def test_every_active_rule_is_planted_at_least_twice() -> None:
    times = Counter(key[0] for key in planted(COMMITTED).elements())
    active = {rule.id for rule in catalogue.load() if rule.status == "active"} - set(UNPLANTED)
    assert {rule_id for rule_id in active if times[rule_id] < 2} == set()


def test_every_active_rule_has_a_plant_or_a_reason() -> None:
    active = {rule.id for rule in catalogue.load() if rule.status == "active"}
    assert active == set(PLANTS) | set(UNPLANTED)
    assert not set(PLANTS) & set(UNPLANTED)


def test_some_records_leave_a_rule_without_an_answer(committed: list[Extract]) -> None:
    households = pl.concat([extract.households for extract in committed])
    persons = pl.concat([extract.persons for extract in committed])
    outcomes = engine.check(households, persons, catalogue.load(), ROUND).outcomes
    per_rule = outcomes.group_by("rule_id").agg(pl.col("cannot_tell").sum())
    assert per_rule.filter(pl.col("cannot_tell") > 0).height > 10
    assert outcomes["error"].sum() == 0
