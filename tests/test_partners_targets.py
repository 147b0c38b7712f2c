import hashlib
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from flows.cli import app
from reports.partners import exports, pages, targets, writing
from reports.partners.exports import About
from rules import poverty
from schemas import generated
from schemas.thai import foreign_letters, normalise_text
from tests.nights import Ran
from tests.poverty_province import SET, frames

ABOUT = About(2569, date(2026, 11, 24), "2569-2026-11-24", "ab" * 32, ("3401", "3402"), ("3403",))
EXPORT = exports.load()["targets"]


def made(*households, cards=(), bounds=None):
    assessed, below = frames(*households)
    schema = {"household_id": pl.String, "district_code": pl.String, "welfare_card_holder_count": pl.Int64}
    held = pl.DataFrame(list(cards), schema=schema, orient="row")
    return targets.frame(poverty.poor(assessed, below, SET), below, assessed, held, SET, bounds)


def home(tambon="340101", members=3, state="above", **answers):
    return (tambon, members, state, answers)


def test_only_the_poor_are_in_it_with_their_dimensions_in_the_order_of_the_mask():
    found = made(
        home(),
        home(drinking_water="fail", compulsory_education="fail", food_safety="unanswered"),
        home(food_safety="unanswered"),
        home(tambon="340202", elderly_care="fail"),
    )
    assert found.select("household_id", "dimensions", "dimension_mask", "failing_indicators").rows() == [
        ("h1", 2, "-1100", "drinking_water|compulsory_education"),
        ("h3", 1, "00001", "elderly_care"),
    ]
    assert found.select(f"{name}_deprived" for name in targets.MASK).row(0) == (None, 1, 1, 0, 0)
    assert found.get_column("province_code").to_list() == ["34", "34"]


def test_being_below_the_line_makes_nobody_poor_and_stands_in_a_column_of_its_own():
    found = made(home(state="below"), home(state="below", drinking_water="fail"))
    assert found.select("household_id", "below_line", "income_deprived").rows() == [("h1", "below", 0)]


def test_how_sure_is_empty_until_somebody_has_worked_it_out():
    bounds = pl.DataFrame({"household_id": ["h0"], "district_code": ["3401"], "flag": ["open"]})
    poor = home(drinking_water="fail")
    assert made(poor, poor).get_column("below_line_certainty").to_list() == [None, None]
    assert made(poor, poor, bounds=bounds).get_column("below_line_certainty").to_list() == ["open", None]


def test_card_holders_are_what_the_household_of_that_district_answered():
    poor = home(drinking_water="fail")
    found = made(poor, poor, cards=[("h0", "3401", 2), ("h0", "3401", 9), ("h1", "3402", 5)])
    assert found.get_column("welfare_card_holder_count").to_list() == [2, None]


def test_no_column_names_a_person_or_claims_the_target_poor():
    names = [column.name for column in EXPORT.columns]
    assert not [name for name in names if "target" in name or "name" in name or "national" in name]
    assert not [column.name for column in EXPORT.columns if column.is_personal]
    assert "คนจนเป้าหมาย" not in EXPORT.title.th
    assert "target poor" not in EXPORT.title.en


def evil():
    poor = home(drinking_water="fail")
    return made(poor, poor).with_columns(household_id=pl.Series(['=cmd|"/c calc"!A0', "0034010000123"]))


def test_the_same_rows_in_any_order_are_the_same_bytes(tmp_path):
    frame = made(*(home(drinking_water="fail") for _ in range(5)))
    written = [
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
        for paths in (
            writing.write(frame, EXPORT, ABOUT, tmp_path / "a"),
            writing.write(frame.reverse(), EXPORT, ABOUT, tmp_path / "b"),
        )
    ]
    assert written[0] == written[1]
    assert sorted(written[0]) == [
        "targets-2569-2026-11-24.csv",
        "targets-2569-2026-11-24.parquet",
        "targets-2569-2026-11-24.schema.json",
        "targets-2569-2026-11-24.xlsx",
    ]


def test_csv_has_its_mark_and_text_that_a_spreadsheet_would_run_is_disarmed(tmp_path):
    writing.write(evil(), EXPORT, ABOUT, tmp_path)
    raw = (tmp_path / "targets-2569-2026-11-24.csv").read_bytes()
    assert raw.startswith(b'\xef\xbb\xbf"province_code"')
    assert b'"\'=cmd|""/c calc""!A0"' in raw
    assert b'"0034010000123"' in raw
    assert raw.count(b"\r\n") == 3


def test_a_workbook_keeps_ids_as_text_and_runs_nothing(tmp_path):
    writing.write(evil(), EXPORT, ABOUT, tmp_path)
    book = load_workbook(tmp_path / "targets-2569-2026-11-24.xlsx")
    place = [column.name for column in EXPORT.columns].index("household_id") + 1
    cells = [book["ข้อมูล"].cell(row, place) for row in (2, 3)]
    assert [cell.value for cell in cells] == ["0034010000123", '=cmd|"/c calc"!A0']
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    told = "\n".join(str(cell) for row in book["คำอธิบาย"].iter_rows(values_only=True) for cell in row if cell)
    assert all(column.text.th in told and column.text.en in told for column in EXPORT.columns)
    assert "ab" * 32 in told


def test_parquet_holds_types_and_its_own_schema(tmp_path):
    writing.write(evil(), EXPORT, ABOUT, tmp_path)
    file = tmp_path / "targets-2569-2026-11-24.parquet"
    assert pl.read_parquet_schema(file)["household_id"] == pl.String
    assert pl.read_parquet_schema(file)["members"] == pl.Int64
    beside = (tmp_path / "targets-2569-2026-11-24.schema.json").read_text("utf-8")
    assert pl.read_parquet_metadata(file)["jpt.schema"] == beside
    told = json.loads(beside)
    assert (told["round_year_be"], told["night"], told["rules_sha256"]) == (2569, "2026-11-24", "ab" * 32)
    assert told["districts_missing"] == ["3403"]
    assert [column["name"] for column in told["columns"]] == pl.read_parquet(file).columns


def test_a_column_nobody_has_described_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="first_name"):
        writing.write(evil().with_columns(first_name=pl.lit("สมชาย")), EXPORT, ABOUT, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", exports.NAMES)
def test_every_column_is_described_in_both_languages(name):
    export = exports.load()[name]
    for text in (export.title, export.row, *export.notes, *(column.text for column in export.columns)):
        assert not foreign_letters(text.th)
        assert normalise_text(text.th) == text.th
        assert text.en.isascii()
    assert len({column.text.th for column in export.columns}) == len(export.columns)


def test_schema_pages_are_current():
    assert generated.stale(pages.pages()) == []


def test_a_misspelt_export_is_refused_at_its_place():
    text = exports.FILE.read_text("utf-8")
    with pytest.raises(ValueError, match=r"targets\.members"):
        exports.parse(text.replace('members = { kind = "number"', 'members = { kind = "numer"'))
    with pytest.raises(ValueError, match="no unit"):
        exports.parse(text.replace('unit = "person"', 'unit = "persons"'))


def test_before_any_night_it_is_said_in_both_languages(tmp_path, monkeypatch):
    (tmp_path / "jpt.toml").write_bytes(Path("jpt.toml").read_bytes())
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["export", "targets"])
    assert result.exit_code == 2
    assert "ยังไม่มีผลการตรวจทั้งจังหวัดของปี 2569" in result.stderr
    assert "run jpt night first" in result.stderr
    assert not (tmp_path / "export").exists()


def test_the_sample_province_is_exported_as_its_night_found_it(night: Ran, tmp_path):
    settings = str(night.root / "jpt.toml")
    result = CliRunner().invoke(app, ["export", "targets", "--out", str(tmp_path), "--settings", settings])
    assert result.exit_code == 0, result.stderr
    found = pl.read_parquet(tmp_path / "targets-2569-2026-11-24.parquet")
    judged = poverty.poor(
        *(
            pl.read_parquet(night.folder / "data" / f"{name}.parquet")
            for name in ("indicators", "below_line")
        ),
        SET,
    )
    assert found.height == judged.filter(pl.col("state") == "poor").height > 0
    assert found.get_column("welfare_card_holder_count").null_count() < found.height
    assert "the welfare-card register was not asked" in result.stdout
