import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import olefile
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows import intake
from flows.intake import open_file
from tests.intake_writing import HEAD, HOME, SPOUSE, district, grid, read, write_csv, write_xlsx
from tests.reader_fuzz_seeds import DISTRICT, FILES, seeds, unzipped, zip_of

SHEET1, LINKS = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]>"
)
Change = Callable[[bytes], bytes]


def book(folder: Path, **changes: Change) -> Path:
    """The district as .xlsx, with some of its parts changed."""
    path = write_xlsx(
        folder / "book.xlsx",
        {"ครัวเรือน": grid("household", [HOME]), "สมาชิก": grid("person", [HEAD, SPOUSE])},
    )
    return _changed(path, {SHEET1: changes.get("sheet"), LINKS: changes.get("workbook")})


def ods(folder: Path, change: Change) -> Path:
    path = folder / "book.ods"
    path.write_bytes(seeds()["ods"]["book.ods"])
    return _changed(path, {"content.xml": change})


def _changed(path: Path, changes: dict[str, Change | None]) -> Path:
    parts = unzipped(path.read_bytes())
    parts |= {name: change(parts[name]) for name, change in changes.items() if change}
    path.write_bytes(zip_of(parts))
    return path


def refused(*paths: Path, district_code: str = "3401") -> intake.Quarantined:
    with pytest.raises(intake.Quarantined) as caught:
        read(*paths, district_code=district_code)
    assert not list((paths[0].parent / "kept").glob(".work-*")), "copies of people's data were left behind"
    return caught.value


def put_cell(cell: bytes) -> Change:
    return lambda xml: xml.replace(b"</row></sheetData>", cell + b"</row></sheetData>")


def test_a_stray_cell_at_the_end_of_a_sheet_is_named_and_fills_no_memory(tmp_path: Path) -> None:
    for cell in (b"XFD1048576", b"A4294967297", b"ZZZZZZZ1"):
        far = put_cell(b'<c r="%s" t="inlineStr"><is><t>x</t></is></c>' % cell)
        why = refused(book(tmp_path, sheet=far))
        assert (why.reason, why.sheet) == ("stray_cell", "ครัวเรือน")
    why = refused(book(tmp_path, sheet=put_cell(b'<c r="XFD1048576"><v>1</v></c>')))
    assert "XFD1048576" in why.th
    assert "XFD1048576" in why.en


def test_a_far_cell_that_is_only_formatted_is_read_around(tmp_path: Path) -> None:
    path = book(tmp_path, sheet=put_cell(b'<c r="XFD1048576" s="0"/>'))
    assert read(path).households.height == 1


def test_cells_without_a_place_reach_as_far_as_there_are_of_them(tmp_path: Path) -> None:
    def unplaced(xml: bytes) -> bytes:
        wide, long = b"<row>" + b"<c><v>1</v></c>" * 4000 + b"</row>", b"<row><c><v>1</v></c></row>" * 4000
        return xml.replace(b"</sheetData>", wide + long + b"</sheetData>")

    assert refused(book(tmp_path, sheet=unplaced)).reason == "stray_cell"


@pytest.mark.parametrize("part", ["sheet", "workbook"])
def test_entities_are_never_expanded(tmp_path: Path, part: str) -> None:
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    for declared in (LAUGHS, outside):
        why = refused(book(tmp_path, **{part: lambda xml, declared=declared: declared + xml}))
        assert why.reason == "truncated_file"


def test_xml_that_never_ends_hides_its_tags_or_counts_too_high_is_refused(tmp_path: Path) -> None:
    cases: list[Change] = [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: xml.replace(b"</sheetData>", b'<c x=">" r="XFD9"><v>1</v></c></sheetData>'),
        lambda xml: xml.replace(b"</sheetData>", b"</sheetData><c a='%s'/>" % (b' r="A1"' * 5000)),
        lambda xml: xml.decode().encode("utf-16"),
    ]
    for change in cases:
        assert refused(book(tmp_path, sheet=change)).reason == "truncated_file"
    shared = b'<sst uniqueCount="99999999999999999"><si><t>a</t></si></sst>'
    path = book(tmp_path)
    path.write_bytes(zip_of(unzipped(path.read_bytes()) | {"xl/sharedStrings.xml": shared}))
    assert refused(path).reason == "truncated_file"


def test_a_workbook_with_two_parts_of_one_name_is_refused(tmp_path: Path) -> None:
    parts = unzipped(book(tmp_path).read_bytes())
    other = SHEET1.replace("sheet1", "Sheet1")
    (tmp_path / "book.xlsx").write_bytes(zip_of(parts | {other: parts[SHEET1]}))
    assert refused(tmp_path / "book.xlsx").reason == "truncated_file"


def test_merged_areas_one_over_another_are_refused_and_one_over_all_hides_the_header(tmp_path: Path) -> None:
    def merged(times: int) -> Change:
        area = b'<mergeCell ref="A1:XFD1048576"/>' * times
        return lambda xml: xml.replace(b"</sheetData>", b"</sheetData><mergeCells>" + area + b"</mergeCells>")

    assert refused(book(tmp_path, sheet=merged(20_000))).reason == "truncated_file"
    assert refused(book(tmp_path, sheet=merged(1))).reason == "no_households"


def test_a_cell_that_holds_a_file_is_refused_with_its_row(tmp_path: Path) -> None:
    long = put_cell(b'<c r="P2" t="inlineStr"><is><t>' + b"9" * 2_000_000 + b"</t></is></c>")
    why = refused(book(tmp_path, sheet=long))
    assert (why.reason, why.row) == ("endless_cell", 2)


def test_ods_cells_repeated_beyond_all_measure_are_refused(tmp_path: Path) -> None:
    rows = b'<table:table-row table:number-rows-repeated="1048576"'
    cell = b'<table:table-cell table:number-columns-repeated="16384" '
    cases: list[tuple[str, Change]] = [
        ("stray_cell", lambda xml: xml.replace(b"<table:table-row", rows, 1).replace(
            b"<table:table-cell ", cell, 1)),
        ("truncated_file", lambda xml: xml.replace(b"<text:p>", b'<text:p><text:s text:c="4000000000"/>', 1)),
        # cut between two rows: calamine would look for the end of the table for ever
        ("truncated_file", lambda xml: xml[: xml.index(b"</table:table-row>") + 18]),
        ("truncated_file", lambda xml: xml.replace(b"<text:p>", b"<text:p><table:table/>", 1)),
    ]  # fmt: skip
    for reason, change in cases:
        assert refused(ods(tmp_path, change), district_code=DISTRICT).reason == reason


def xls(folder: Path, place: int, value: bytes) -> Path:
    content = bytearray((FILES / "fuzz.xls").read_bytes())
    content[place : place + len(value)] = value
    (folder / "book.xls").write_bytes(content)
    return folder / "book.xls"


def record(kind: int) -> int:
    """Where in the file the content of the first record of this kind begins."""
    content = (FILES / "fuzz.xls").read_bytes()
    with olefile.OleFileIO(io.BytesIO(content)) as envelope:
        stream = envelope.openstream("Workbook").read()
    start = content.index(stream[:512])
    at = 0
    while struct.unpack_from("<H", stream, at)[0] != kind:
        at += 4 + struct.unpack_from("<H", stream, at + 2)[0]
    return start + at + 4


def test_an_xls_that_announces_all_memory_is_read_as_what_it_holds(tmp_path: Path) -> None:
    announced = xls(tmp_path, record(0x0200), struct.pack("<I", 0x80000000))
    assert read(announced, district_code=DISTRICT).households.height == 12


def test_an_xls_whose_cells_or_tables_lead_nowhere_is_refused(tmp_path: Path) -> None:
    far = struct.pack("<HH", 0xFFFF, 0xFFFF)
    assert refused(xls(tmp_path, record(0x00FD), far), district_code=DISTRICT).reason == "truncated_file"
    content = (FILES / "fuzz.xls").read_bytes()
    table, directory = (struct.unpack_from("<I", content, at)[0] for at in (76, 48))
    in_a_circle = (table + 1) * 512 + 4 * directory
    read(xls(tmp_path, in_a_circle, struct.pack("<I", directory)), district_code=DISTRICT)


class PanicException(BaseException):
    pass


def test_a_panic_of_a_library_quarantines_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def panics(*_: object) -> None:
        raise PanicException("สมชาย")

    monkeypatch.setattr(open_file, "READERS", {"text": panics})
    why = refused(*district(tmp_path))
    assert (why.reason, why.file) == ("truncated_file", "household.csv")
    assert "สมชาย" not in f"{why!r}{why.sentences}"


def test_parquet_of_a_few_kilobytes_and_millions_of_rows_is_refused(tmp_path: Path) -> None:
    names = pl.read_parquet(io.BytesIO(seeds()["parquet"]["household.parquet"])).columns[:3]
    path = tmp_path / "h.parquet"
    pq.write_table(pa.table(dict.fromkeys(names, pa.nulls(5_000_000, pa.int64()))), path)
    assert path.stat().st_size < 100_000
    assert refused(path).reason == "too_many_rows"


def test_zips_whose_list_points_outside_and_members_without_a_name(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    files = {"h.csv": home.read_bytes(), "m.csv": member.read_bytes()}
    sent = tmp_path / "jpt.zip"
    packed = zip_of(files)
    sent.write_bytes(packed[:4] + packed[60:])
    assert refused(sent).reason == "truncated_file"
    sent.write_bytes(zip_of(files | {"": b"a"}))
    assert read(sent).persons.height == 2


def test_zip_members_of_another_size_than_the_list_says_are_refused(tmp_path: Path) -> None:
    packed = zip_of(unzipped(book(tmp_path).read_bytes()))
    at = packed.index(b"PK\x01\x02")
    shorter = struct.pack("<I", struct.unpack_from("<I", packed, at + 24)[0] - 20)
    (tmp_path / "book.xlsx").write_bytes(packed[: at + 24] + shorter + packed[at + 28 :])
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive, pytest.raises(zipfile.BadZipFile):
        archive.read(archive.namelist()[0])
    assert refused(tmp_path / "book.xlsx").reason == "truncated_file"


def lines_after(folder: Path, more: bytes) -> tuple[Path, Path]:
    home, member = district(folder)
    home.write_bytes(home.read_bytes() + more)
    return home, member


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (b"\n" * 700_000, "too_many_rows"),
        (b"\r" * 700_000, "too_many_rows"),
        (b"a\n" * 3000, "few_records"),
        (b"," * 17_000_000, "endless_line"),
        (b"x" * 17_000_000, "endless_line"),
    ],
)
def test_text_without_end_is_refused_before_it_fills_memory(tmp_path: Path, more: bytes, reason: str) -> None:
    assert refused(*lines_after(tmp_path, more)).reason == reason


def test_more_headings_than_any_form_has_are_refused(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    rows = grid("household", [HOME])
    write_csv(home, [[*rows[0], *map(str, range(5000))], rows[1]])
    why = refused(home, member)
    assert why.reason == "too_many_columns"
    write_csv(home, [[*row, *[""] * 16_000] for row in rows])
    assert read(home, member).households.height == 1


@pytest.mark.parametrize("number", ["9" * 5000, "1.2345678901234567890E19", "9" * 19, "1E" + "9" * 5000])
def test_a_number_beyond_all_columns_is_told_and_ends_nothing(tmp_path: Path, number: str) -> None:
    extract = read(*district(tmp_path, [HOME | {"income_other_baht": number, "latitude": "9" * 400}]))
    assert extract.households["income_other_baht"].to_list() == [None]
    assert set(extract.cells["field"]) == {"income_other_baht", "latitude"}


def test_a_row_whose_id_is_an_apostrophe_is_accounted_for(tmp_path: Path) -> None:
    extract = read(
        *district(tmp_path, members=[HEAD, SPOUSE, HEAD | {"household_id": "'", "member_no": "3"}])
    )
    assert extract.persons.height == 2
    assert extract.receipt[1]["rows_set_aside"] == {"header": 1, "no_household_id": 1}
