import hashlib
from pathlib import Path

import polars as pl
import pytest

import sample_data
from sample_data import answers, ids, province
from sample_data.planting.sow import sow
from schemas import areas

ROOT = Path(__file__).parent.parent
COMMITTED = ROOT / "sample_data"
YEARS = (2568, 2569)


def digests(folder: Path) -> dict[str, str]:
    made = [folder / "planted.csv", folder / "expected.json"]
    made += [path for year in YEARS for path in sorted((folder / str(year)).rglob("*")) if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in made
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "sample_data").mkdir()
    sample_data.make(folder / "sample_data", households=1500, seed=1, settings=folder / "jpt.toml")
    return folder


@pytest.fixture(scope="module")
def records() -> tuple[pl.DataFrame, pl.DataFrame]:
    homes, people = [], []
    for district in province.districts(12_000):
        clean = sow(1, district, province.visited(1, district, YEARS)[2569], [])
        homes.append(clean.homes)
        people.append(clean.people.with_columns(district=pl.lit(district.code)))
    return pl.concat(homes), pl.concat(people)


def test_the_same_seed_gives_the_committed_bytes(made: Path) -> None:
    assert digests(made / "sample_data") == digests(COMMITTED)
    assert (made / "jpt.toml").read_bytes() == (ROOT / "jpt.toml").read_bytes()


def test_another_seed_gives_other_people(made: Path, tmp_path: Path) -> None:
    sample_data.make(tmp_path, households=300, seed=2)
    assert not set(digests(tmp_path).values()) & set(digests(made / "sample_data").values())


def test_the_committed_extracts_stay_small() -> None:
    extracts = [COMMITTED / name for name in digests(COMMITTED)]
    extracts += [path for path in (COMMITTED / "2565").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in extracts) <= 3_000_000


def test_every_shape_of_file_is_sent_by_several_districts() -> None:
    layouts = [district.layout for district in province.districts(1500)]
    assert {layout: layouts.count(layout) >= 3 for layout in set(layouts)} == dict.fromkeys(
        ("csv_utf8", "csv_cp874", "workbook", "flat_csv", "parquet"), True
    )


def test_a_district_does_not_depend_on_the_others() -> None:
    few = province.districts(1500)[4]
    alone = sow(1, few, province.visited(1, few, YEARS)[2569], [])
    again = sow(1, few, province.visited(1, few, YEARS)[2569], [])
    assert alone.homes.equals(again.homes)
    assert alone.people.equals(again.people)


def test_households_are_shared_out_without_remainder() -> None:
    for total in (1500, 1501, 20_000, 375_000):
        assert sum(district.households for district in province.districts(total)) == total


def test_every_tambon_has_households(records: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    homes, _ = records
    assert homes["tambon_code"].n_unique() == len(areas.tambons("34"))


def test_no_two_people_share_a_national_id(records: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    _, people = records
    assert people["national_id"].n_unique() == people.height


def test_the_shares_are_near_the_published_ones(records: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    homes, people = records
    shares = {
        "persons per household": (people.height / homes.height, 3.07, 0.06),
        "aged 60 and over": ((people["age"] >= 60).mean(), 0.17, 0.012),
        "disabled": ((people["health_status"] == "disabled").mean(), 0.015, 0.003),
        "chronically ill": ((people["health_status"] == "chronic").mean(), 0.026, 0.004),
        "happiness": (homes["happiness"].mean(), 8.53, 0.1),
    }
    assert {
        name: round(found, 3) for name, (found, near, by) in shares.items() if abs(found - near) > by
    } == {}


def test_indicators_fail_near_the_published_rates(records: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    homes, _ = records
    near = {
        "no_alcohol": 0.190,
        "no_smoking": 0.210,
        "saving": 0.104,
        "compulsory_education": 0.159,
        "annual_checkup": 0.011,
        "tidy_hygienic_home": 0.008,
        "income_per_capita": 0.009,
    }
    found = {slug: 1 - homes[f"result_{slug}"].mean() for slug in near}
    assert {
        slug: round(found[slug], 3) for slug in near if abs(found[slug] - near[slug]) > 0.25 * near[slug]
    } == {}


def test_last_year_is_the_same_households_a_year_younger() -> None:
    district = province.districts(1500)[0]
    visited = province.visited(1, district, YEARS)
    before, after = (answers.fill(visited[year].homes, visited[year].people, year) for year in YEARS)
    homes = before[0].join(after[0], on="household_id", suffix="_after")
    people = before[1].join(after[1], on="national_id", suffix="_after")
    assert 0.95 < homes.height / after[0].height < 1
    assert 0.93 < people.height / after[1].height < 1
    assert set((people["age_after"] - people["age"]).unique()) <= {0, 1, 2}
    assert (homes["income_total_baht"] != homes["income_total_baht_after"]).mean() > 0.9


def test_an_id_gets_the_check_digit_of_the_form() -> None:
    assert ids.with_check_digit("123456789012") == "1234567890121"
    assert ids.with_check_digit("111111111111") == "1111111111119"
