import tempfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from flows.intake.read_text import tidy
from schemas import code_lists
from schemas.dictionary import Column, columns
from schemas.layouts import MODELS, Table, flat_synonyms, normalise_header
from schemas.missing_tokens import is_missing
from tests.intake_writing import HEAD, HOME, SPOUSE, Row, grid, labels, read, told, write_csv

# Decided by the sender or the round, or given fixed values below.
SET_APART = {"household_id", "member_no", "district_code", "province_code", "tambon_code", "village_code",
             "village_no", "survey_year_be", "reference_date", "delivery_id", "source_row",
             "house_id"}  # fmt: skip
WORDS = st.text("กบผมานเ่้โ 0129/,\"'ํ", min_size=1, max_size=12).map(tidy)
Values = Mapping[str, object]


def value_of(column: Column) -> st.SearchStrategy[object]:
    if column.kind == "number":
        # within every range of the models: hours, scores, counts, amounts
        high = 10**7 if column.unit == "baht" else 7
        value: st.SearchStrategy[object] = st.integers(1, high)
        if column.dtype == pl.Float64:
            value = st.integers(-89_000_000, 89_000_000).map(lambda micro: micro / 1_000_000)
    elif column.kind == "bool":
        value = st.booleans()
    elif column.kind == "date":
        value = st.integers(0, 36_000).map(lambda days: date(1927, 1, 1) + timedelta(days))
    elif column.kind == "code":
        value = st.sampled_from(code_lists.load(str(column.code_list)).slugs)
    elif column.name.endswith("_id"):
        value = st.integers(0, 10**13 - 1).map(lambda number: f"{number:013d}")
    else:
        value = WORDS.filter(lambda text: text != "" and tidy(text) == text and not is_missing(text, "text"))
    return st.none() | value


@st.composite
def districts(draw: st.DrawFn) -> tuple[list[Values], list[Values]]:
    """One to three households with members; a dozen columns of each table, drawn anew every time."""
    chosen: dict[Table, list[Column]] = {}
    for table, least in (("household", 6), ("person", 4)):
        free = [column for column in columns(MODELS[table]).values() if column.name not in SET_APART]
        chosen[table] = draw(
            st.lists(st.sampled_from(free), min_size=least, max_size=12, unique_by=lambda c: c.name)
        )
    homes, members = [], []
    for number in range(draw(st.integers(1, 3))):
        key = {
            "household_id": f"34010{number}",
            "tambon_code": "340101",
            "village_no": 1,
            "member_count": 1,
            "happiness": 5,
        }
        homes.append(key | {c.name: draw(value_of(c)) for c in chosen["household"]} | {"income_main_baht": 1})
        for member in range(draw(st.integers(1, 3))):
            own = {c.name: draw(value_of(c)) for c in chosen["person"]}
            members.append({"household_id": f"34010{number}", "member_no": member + 1, "age": 1} | own)
    return homes, members


def typed_plainly(column: Column, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year + 543}"
    return (
        code_lists.load(str(column.code_list)).label_th[str(value)] if column.kind == "code" else str(value)
    )


def typed_fancily(column: Column, value: object) -> str:
    if value is None:
        return "-"
    if column.kind == "code":
        known = {entry.slug: entry.code for entry in code_lists.load(str(column.code_list)).entries}
        return known[str(value)] or str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    return typed_plainly(column, value)


def texts(table: Table, rows: list[Values], typed: Callable[[Column, object], str]) -> list[Row]:
    known = columns(MODELS[table])
    return [{field: typed(known[field], value) for field, value in row.items()} for row in rows]


def as_csv(folder: Path, homes: list[Values], members: list[Values]) -> list[Path]:
    return [
        write_csv(folder / "h.csv", grid("household", texts("household", homes, typed_plainly))),
        write_csv(folder / "m.csv", grid("person", texts("person", members, typed_plainly))),
    ]


def as_legacy_csv(folder: Path, homes: list[Values], members: list[Values]) -> list[Path]:
    return [
        write_csv(
            folder / "h.csv", grid("household", texts("household", homes, typed_fancily)), "cp874", ";"
        ),
        write_csv(folder / "m.csv", grid("person", texts("person", members, typed_fancily)), "cp874", ";"),
    ]


def as_flat_csv(folder: Path, homes: list[Values], members: list[Values]) -> list[Path]:
    home_texts = {row["household_id"]: row for row in texts("household", homes, typed_plainly)}
    rows = [
        {("household", field): text for field, text in home_texts[row["household_id"]].items()}
        | {("person", field): text for field, text in row.items() if field != "household_id"}
        for row in texts("person", members, typed_plainly)
    ]
    heads = list(rows[0])
    named = [
        label if flat_synonyms()[normalise_header(label)] == (table, field) else field
        for table, field in heads
        for label in labels(table, [field])
    ]
    return [write_csv(folder / "flat.csv", [named, *([row[head] for head in heads] for row in rows)])]


def as_workbook(folder: Path, homes: list[Values], members: list[Values]) -> list[Path]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for table, rows in (("household", homes), ("person", members)):
        sheet = book.create_sheet(table)
        fields = list(rows[0])
        sheet.append(["แบบ จปฐ."])
        sheet.append(["กลุ่ม ก"])
        sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(fields))
        sheet.append(labels(table, fields))
        for row in rows:
            # numbers, booleans and dates as cells of their type; ids stay text
            sheet.append([None if row[field] is None else row[field] for field in fields])
    book.save(folder / "จปฐ.xlsx")
    return [folder / "จปฐ.xlsx"]


def as_parquet(folder: Path, homes: list[Values], members: list[Values]) -> list[Path]:
    paths = []
    for table, rows in (("household", homes), ("person", members)):
        schema = {name: columns(MODELS[table])[name].dtype for name in rows[0]}
        paths.append(folder / f"{table}.parquet")
        pl.DataFrame(rows, schema=schema).write_parquet(paths[-1])
    return paths


SHAPES = [as_csv, as_legacy_csv, as_flat_csv, as_workbook, as_parquet]


@pytest.mark.parametrize("write", SHAPES)
@settings(
    max_examples=10,
    deadline=None,
    # an example is two dozen cells in files on disk: shrinking one takes minutes and reads no better
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(sent=districts())
def test_whatever_the_shape_what_was_typed_is_what_is_read(
    write: Callable[[Path, list[Values], list[Values]], list[Path]], sent: tuple[list[Values], list[Values]]
) -> None:
    homes, members = sent
    with tempfile.TemporaryDirectory() as folder:
        extract = read(*write(Path(folder), homes, members))
    # An age left empty follows from the birth date: see test_intake_ages.
    aged = [
        row if row["age"] is not None or row.get("birth_date") is None else {**row, "age": age}
        for row, age in zip(members, extract.persons["age"], strict=True)
    ]
    for frame, rows in ((extract.households, homes), (extract.persons, aged)):
        assert frame.select(rows[0].keys()).to_dicts() == rows
    assert extract.cells.is_empty()
    untold = {"ST012", "ST016", "ST023", "NM011", "NM012", "CO001", "PL003", "PL007"}
    assert {rule for rule, _ in told(extract)} <= untold


def flat(folder: Path, *rows: Row) -> Path:
    fields = list(dict.fromkeys(field for row in rows for field in row))
    names = [labels("household" if field in HOME else "person", [field])[0] for field in fields]
    return write_csv(
        folder / "flat.csv", [names, *([row.get(field) or "" for field in fields] for row in rows)]
    )


def test_a_flat_file_is_parted_into_households_and_members(tmp_path: Path) -> None:
    extract = read(
        flat(tmp_path, {**HOME, **HEAD}, {**HOME, **SPOUSE}, {**HOME, **HEAD, "household_id": "H2"})
    )
    assert extract.households.select("household_id", "source_row").rows() == [("H1", 2), ("H2", 4)]
    assert extract.persons.select("household_id", "member_no").rows() == [("H1", 1), ("H1", 2), ("H2", 1)]
    assert extract.receipt[0]["rows_read"] == 3
    assert told(extract) == []


def test_values_that_differ_within_a_household_are_told_by_column_and_the_first_kept(tmp_path: Path) -> None:
    other = {**HOME, **SPOUSE, "member_count": "3", "house_no": "99"}
    extract = read(flat(tmp_path, {**HOME, **HEAD}, other, {**HOME, **HEAD, "household_id": "H2"}))
    assert extract.households["member_count"].to_list() == [2, 2]
    assert told(extract) == [("ST018", "house_no"), ("ST018", "member_count")]
    address, count = extract.findings["message_th"]
    assert "จำนวนคนทั้งหมดของครัวเรือน ไม่ตรงกัน (2 ≠ 3)" in count
    assert "99" not in address
    assert extract.findings["household_id"].to_list() == ["H1", "H1"]


def test_the_same_value_written_two_ways_is_no_difference(tmp_path: Path) -> None:
    again = {
        **HOME,
        **SPOUSE,
        "member_count": "2.0",
        "income_main_baht": "50000",
        "interview_date": "5 มี.ค. 2569",
    }
    extract = read(flat(tmp_path, {**HOME, **HEAD}, again))
    assert told(extract) == []


def test_a_household_cell_only_some_rows_fill_is_taken_from_those(tmp_path: Path) -> None:
    extract = read(flat(tmp_path, {**HOME, **HEAD, "house_no": ""}, {**HOME, **SPOUSE}))
    assert extract.households["house_no"].to_list() == ["12/3"]
    assert told(extract) == []


def test_an_unreadable_household_cell_is_told_once_not_per_member(tmp_path: Path) -> None:
    rows = [{**HOME, **row, "member_count": "สอง"} for row in (HEAD, SPOUSE)]
    extract = read(flat(tmp_path, *rows))
    assert told(extract) == [("ST001", "member_count")]
    assert extract.cells.height == 1


def test_an_empty_house_in_a_flat_file_has_no_members(tmp_path: Path) -> None:
    vacant = {**HOME, "household_id": "H2", "household_status": "ไม่มีคนอยู่"}
    status = {**HOME, **HEAD, "household_status": ""}
    rows = [status, vacant]
    fields = list(dict.fromkeys(field for row in rows for field in row))
    names = [labels("household" if field in vacant else "person", [field])[0] for field in fields]
    path = write_csv(
        tmp_path / "flat.csv", [names, *([row.get(field) or "" for field in fields] for row in rows)]
    )
    extract = read(path)
    assert extract.households["household_id"].to_list() == ["H1", "H2"]
    assert extract.persons.height == 1
    assert extract.receipt[0]["rows_read"] == 2
