import base64
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pypdfium2
import pytest

from tests.nights import NIGHT, copied_province, jpt

FIRST, LAST = "คานารีซ่อน", "ลับเฉพาะกิจ"
NATIONAL_ID, BIRTH_DATE = "1987654321012", "31/02/2531"
READ, BROKEN = "3421", "3422"
HEADINGS = {
    "ชื่อ": FIRST,
    "นามสกุล": LAST,
    "เลขประจำตัวประชาชน": NATIONAL_ID,
    "วันเดือนปีเกิด": BIRTH_DATE,
}


def put_canaries(file: Path, drop: str | None = None) -> None:
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    for heading, value in HEADINGS.items():
        rows[1][rows[0].index(heading)] = value
    if drop:
        gone = rows[0].index(drop)
        rows = [row[:gone] + row[gone + 1 :] for row in rows]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, int]:
    root = copied_province(tmp_path_factory.mktemp("canary"), READ, BROKEN)
    for code, drop in ((READ, None), (BROKEN, "รหัสครัวเรือน")):
        (member,) = (root / "sample_data" / "2569" / code).glob("*member.csv")
        put_canaries(member, drop)
    done = jpt(root, "night", "--night", NIGHT, "--district", READ, "--district", BROKEN)
    return root, done.stdout + done.stderr, done.returncode


def all_text(path: Path) -> Iterator[str]:
    raw = path.read_bytes()
    yield raw.decode("utf-8", errors="replace")
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            yield from (book.read(name).decode("utf-8", errors="replace") for name in book.namelist())
    if path.suffix == ".html":
        for packed in re.findall(rb"[A-Za-z0-9_-]{200,}={0,2}", raw):
            try:
                yield zlib.decompress(base64.urlsafe_b64decode(packed + b"=" * (-len(packed) % 4))).decode()
            except (ValueError, zlib.error):
                continue
    if path.suffix == ".parquet":
        yield pl.read_parquet(path).cast(pl.String).write_csv()
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        yield from (page.get_textpage().get_text_range() for page in document)


def written(root: Path) -> list[Path]:
    private = (root / "kept", root / "sample_data")
    return [
        path
        for path in root.rglob("*")
        if path.is_file() and not any(path.is_relative_to(folder) for folder in private)
    ]


def holding(root: Path, secret: str) -> set[str]:
    return {
        path.relative_to(root).as_posix()
        for path in written(root)
        if any(secret in text for text in all_text(path))
    }


def test_the_broken_district_is_set_aside_and_the_other_goes_on(spoken: tuple[Path, str, int]) -> None:
    root, said, code = spoken
    assert code == 3, said
    assert "รหัสครัวเรือน" in said
    (run,) = (root / "out").glob("2569-*")
    assert sorted(path.name for path in (run / "districts").iterdir()) == [READ, BROKEN]
    assert pl.read_parquet(run / "data" / "findings.parquet").height > 0


@pytest.mark.parametrize("secret", [FIRST, LAST, NATIONAL_ID, BIRTH_DATE])
def test_nothing_of_a_person_is_printed(spoken: tuple[Path, str, int], secret: str) -> None:
    assert secret not in spoken[1]


@pytest.mark.parametrize("secret", [NATIONAL_ID, BIRTH_DATE])
def test_ids_and_birth_dates_leave_the_keep_for_no_document(
    spoken: tuple[Path, str, int], secret: str
) -> None:
    assert holding(spoken[0], secret) == set()


@pytest.mark.parametrize("secret", [FIRST, LAST])
def test_names_reach_only_the_districts_own_documents(spoken: tuple[Path, str, int], secret: str) -> None:
    found = holding(spoken[0], secret)
    assert found, "the canary was planted, but no finding named it: the test proves nothing"
    assert all(f"/districts/{READ}/" in name for name in found)


def test_the_ledger_and_prefects_records_are_among_what_is_searched(spoken: tuple[Path, str, int]) -> None:
    names = {path.relative_to(spoken[0]).as_posix() for path in written(spoken[0])}
    assert "jpt.db" in names
    assert any(name.startswith(".jpt/prefect/") for name in names)
