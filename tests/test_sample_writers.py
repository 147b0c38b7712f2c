from pathlib import Path

import fastexcel
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from flows import intake
from sample_data import province, writers
from sample_data.planting.sow import sow
from sample_data.writers.tables import Extract, extract
from sample_data.writers.typing_style import be_date, with_commas
from schemas import rounds
from schemas.dictionary import columns
from schemas.frames import complete
from schemas.household import Household
from schemas.person import Person

DISTRICT = province.districts(600)[7]


@pytest.fixture(scope="module")
def sent() -> Extract:
    records = province.visited(3, DISTRICT, (2568, 2569))[2569]
    clean = sow(3, DISTRICT, records, [])
    return extract(clean, clean.homes.select("hh", "household_id"), DISTRICT.code, 2569)


def received(sent: Extract, layout: str, folder: Path) -> intake.Extract:
    paths = writers.write(sent, layout, folder / "sent")
    deliveries = [intake.receive(path, folder / "kept") for path in paths]
    return intake.read(deliveries, DISTRICT.code, rounds.load(2569))


@pytest.mark.parametrize("layout", list(writers.WRITERS))
def test_what_is_sent_is_what_is_read(sent: Extract, layout: str, tmp_path: Path) -> None:
    read = received(sent, layout, tmp_path)
    for model, before, after in (
        (Household, sent.homes, read.households),
        (Person, sent.people, read.persons),
    ):
        names = [name for name in columns(model) if name in before.columns]
        assert_frame_equal(complete(before, model).select(names), after.select(names))


def test_utf8_files_begin_with_a_mark_and_cp874_files_are_no_utf8(sent: Extract, tmp_path: Path) -> None:
    (utf8, _), (cp874, _) = (
        writers.write(sent, layout, tmp_path / layout) for layout in ("csv_utf8", "csv_cp874")
    )
    assert utf8.read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(UnicodeDecodeError):
        cp874.read_bytes().decode("utf-8")
    assert "รหัสครัวเรือน" in utf8.read_text("utf-8-sig").splitlines()[0]
    assert "," in cp874.read_text("cp874")


def test_the_workbook_has_titles_a_header_of_two_rows_thai_digits_and_a_total(
    sent: Extract, tmp_path: Path
) -> None:
    path = writers.write(sent, "workbook", tmp_path)[0]
    sheet = fastexcel.read_excel(path).load_sheet("สมาชิก", header_row=None, dtypes="string").to_polars()
    rows = sheet.rows()
    assert rows[0][0] == "ข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี ๒๕๖๙"
    assert [rows[3][0], rows[4][0]] == ["ตัวบุคคล", "รหัสครัวเรือน"]
    born = rows[5][sent.people.columns.index("birth_date")]
    assert born is not None
    assert set(born) <= set("๐๑๒๓๔๕๖๗๘๙/")
    assert rows[-1][0] == "รวม"


def test_a_flat_file_repeats_the_household_on_each_member(sent: Extract, tmp_path: Path) -> None:
    path = writers.write(sent, "flat_csv", tmp_path)[0]
    flat = pl.read_csv(path.read_bytes().decode("cp874").encode(), infer_schema=False)
    assert flat.height == sent.people.height
    assert flat["รหัสครัวเรือน"].to_list() == sent.people["household_id"].to_list()


def test_money_is_grouped_in_thousands() -> None:
    money = pl.Series("baht", [0, 7, 999, 1_000, 45_050, 120_000, 1_000_000, 12_034_567])
    assert pl.select(with_commas(pl.lit(money))).to_series().to_list() == [
        "0", "7", "999", "1,000", "45,050", "120,000", "1,000,000", "12,034,567",
    ]  # fmt: skip


def test_dates_are_typed_in_the_buddhist_era() -> None:
    day = pl.Series("day", ["1984-02-29", None]).str.to_date()
    assert pl.select(be_date(pl.lit(day))).to_series().to_list() == ["29/02/2527", None]
