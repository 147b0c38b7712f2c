"""Rows in = rows typed + rows set aside: over generated files, and what happens if it were ever not so."""

import csv
import re
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import intake
from flows.examination import examine
from flows.failure import DistrictFailed
from flows.intake import accounting
from flows.nightly import start
from tests.intake_writing import HEAD, HOME, SPOUSE, Row, district, grid, read, write_csv
from tests.nights import copied_province

JUNK: tuple[list[str], ...] = (
    [],
    ["รวม", "", "99"],
    ["ลงชื่อ ....................", ""],
    ["", "", "x"],
    ["รหัสครัวเรือน", "ปีที่สำรวจ"],
    ["3.42E+11", "2569", "3401"],
    ["X9", "2569", "3402", "340201"],
    ["(1)", "(2)", "(3)", "(4)"],
)
junk = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(JUNK)), max_size=8, unique_by=lambda one: tuple(one[1])
)


def with_junk(cells: list[list[str]], added: list[tuple[int, list[str]]]) -> list[list[str]]:
    width, rows = len(cells[0]), [list(row) for row in cells]
    for at, row in added:
        rows.insert(1 + at % len(rows), (row + [""] * width)[:width])
    return rows


def homes(count: int) -> list[Row]:
    return [HOME | {"household_id": f"H{number}", "member_count": "1"} for number in range(1, count + 1)]


def members(count: int) -> list[Row]:
    return [HEAD | {"household_id": f"H{number}"} for number in range(1, count + 1)]


def rows_of(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as sent:
        return sum(1 for _ in csv.reader(sent))


def assert_accounted(extract: intake.Extract, paths: list[Path]) -> None:
    for receipt, path in zip(extract.receipt, paths, strict=True):
        aside = receipt["rows_set_aside"]
        assert receipt["rows_in_file"] == rows_of(path)
        assert receipt["rows_in_file"] == receipt["rows_read"] + sum(aside.values())
        spans = receipt["rows_aside_at"]
        assert {
            reason: sum(last - first + 1 for first, last in runs) for reason, runs in spans.items()
        } == aside
        places = [row for runs in spans.values() for first, last in runs for row in range(first, last + 1)]
        assert len(places) == len(set(places))


@settings(deadline=None, max_examples=12)
@given(st.integers(25, 40), junk, junk)
def test_every_row_of_two_files_is_typed_or_set_aside(count, of_homes, of_members) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [
            write_csv(Path(folder) / "h.csv", with_junk(grid("household", homes(count)), of_homes)),
            write_csv(Path(folder) / "m.csv", with_junk(grid("person", members(count)), of_members)),
        ]
        assert_accounted(read(*paths), paths)


def flat(count: int) -> list[list[str]]:
    home, people = grid("household", homes(count)), grid("person", members(count))
    return [left + right[1:] for left, right in zip(home, people, strict=True)]


@settings(deadline=None, max_examples=12)
@given(st.integers(25, 40), junk, st.lists(st.integers(1, 24), max_size=6))
def test_every_row_of_a_flat_file_is_typed_or_set_aside(count, added, emptied) -> None:
    cells = flat(count)
    own = len(grid("household", homes(1))[0])
    again = [[*cells[row][:own], *[""] * (len(cells[0]) - own)] for row in emptied]
    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "all.csv", with_junk([*cells, *again], added))
        extract = read(path)
        assert_accounted(extract, [path])
        repeated = extract.receipt[0]["rows_set_aside"].get("same_household_again", 0)
        assert repeated == len(again)


def test_rows_are_told_by_the_runs_they_stand_in(tmp_path: Path) -> None:
    people = grid("person", [HEAD, SPOUSE])
    path = write_csv(tmp_path / "m.csv", [["รายงาน"], *people, [], [], ["รวม", "2"], []])
    (_, receipt) = read(write_csv(tmp_path / "h.csv", grid("household", [HOME])), path).receipt
    assert receipt["rows_aside_at"] == {
        "title": [[1, 1]],
        "header": [[2, 2]],
        "blank": [[5, 6], [8, 8]],
        "total": [[7, 7]],
    }


def test_cells_that_were_not_cast_are_counted_by_column(tmp_path: Path) -> None:
    bad = HOME | {"interview_date": "31/02/2569", "income_main_baht": "มาก"}
    receipt = read(*district(tmp_path, homes=[bad])).receipt[0]
    assert receipt["cells_not_cast_of"] == {"household": {"income_main_baht": 1, "interview_date": 1}}


def test_a_column_nobody_knows_is_kept_as_text_with_its_row_and_heading(tmp_path: Path) -> None:
    cells = grid("household", [HOME])
    path = write_csv(tmp_path / "h.csv", [[*cells[0], "สีหลังคา"], [*cells[1], "เขียว"]])
    extract = read(path, write_csv(tmp_path / "m.csv", grid("person", [HEAD, SPOUSE])))
    told = extract.unknown_columns.select("source_row", "heading", "text").rows()
    assert told == [(2, "สีหลังคา", "เขียว")]
    assert extract.receipt[0]["columns_unknown"] == ["สีหลังคา"]


def test_a_row_lost_on_the_way_sets_the_district_aside_and_names_counts_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copied_province(tmp_path)
    run = start(str(root / "jpt.toml"), "2026-11-24", ["3402"], None)
    run.begin()
    whole = accounting.typed_rows
    monkeypatch.setattr(
        "flows.intake.extract.typed_rows",
        lambda *frames: {sheet: rows.slice(1) for sheet, rows in whole(*frames).items()},
    )
    with pytest.raises(DistrictFailed) as raised:
        examine(run, run.districts[0])
    told = re.fullmatch(
        r"3402: RowsUnaccounted, accounting.py:\d+: "
        r"(\d+) rows in the file, (\d+) typed, (\d+) set aside",
        str(raised.value),
    )
    assert told is not None, raised.value
    in_file, typed, aside = map(int, told.groups())
    assert in_file == typed + aside + 1


def test_without_any_unknown_column_the_frame_is_there_and_empty(tmp_path: Path) -> None:
    extract = read(*district(tmp_path))
    assert extract.unknown_columns.is_empty()
    assert dict(extract.unknown_columns.schema)["source_row"] == pl.Int64()
