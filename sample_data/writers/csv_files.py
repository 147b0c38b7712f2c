"""CSV files: UTF-8 with a byte-order mark or CP874, two tables or one flat one, written piece by piece."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from sample_data.writers import headings
from sample_data.writers.tables import Extract, odd_rows, overwritten, texts
from sample_data.writers.typing_style import Style
from schemas.layouts import Table

BATCH = 8_000
"""Rows turned to text at once: keeps memory flat in the largest district."""

Heading = Callable[[Table, str], str]
TABLES: tuple[Table, ...] = ("household", "person")
UTF8 = Style(codes="code")
CP874 = Style(commas=True, unanswered="-")
FLAT = {"household": Style(codes="code"), "person": Style()}


def write_utf8(extract: Extract, folder: Path) -> list[Path]:
    """Household and member table with official headings and numeric codes, as Excel saves "CSV UTF-8"."""
    return [_table(extract, table, folder, "utf-8", UTF8, headings.official) for table in TABLES]


def write_2560(extract: Extract, folder: Path) -> list[Path]:
    """The same with the short keys of the tablet app of 2560-2564 for what the app names so."""
    return [_table(extract, table, folder, "utf-8", UTF8, headings.app_2560) for table in TABLES]


def write_cp874(extract: Extract, folder: Path) -> list[Path]:
    """The same in the old code page: everyday headings, labels, commas in money, a dash for no answer."""
    return [_table(extract, table, folder, "cp874", CP874, headings.everyday) for table in TABLES]


def write_flat(extract: Extract, folder: Path) -> list[Path]:
    """One file in the old code page, a row per member, the household's columns repeated on each."""
    path = folder / f"jpt{extract.year}_{extract.district_code}_all.csv"
    own = [name for name in extract.people.columns if name not in ("household_id", "district_code")]
    heads = [headings.flat("household", name) for name in extract.homes.columns]
    heads += [headings.flat("person", name) for name in own]
    beside = [cell for cell in extract.cells if cell.table == "household" and cell.member_no is not None]
    with path.open("wb") as file:
        file.write(_line(heads, "cp874"))
        for part in extract.homes.iter_slices(BATCH // 3):
            members = extract.people.filter(pl.col("household_id").is_in(part["household_id"].implode()))
            home = texts(part, "household", FLAT["household"], extract.cells)
            member = texts(members, "person", FLAT["person"], extract.cells).select(
                "household_id", pl.col(own).name.prefix("m.")
            )
            rows = home.join(member, on="household_id", how="inner", maintain_order="left_right")
            file.write(_lines(overwritten(rows, beside, "m.member_no"), "cp874"))
    return [path]


def _table(extract: Extract, table: Table, folder: Path, encoding: str, style: Style, known: Heading) -> Path:
    frame = extract.homes if table == "household" else extract.people
    word = "household" if table == "household" else "member"
    path = folder / f"jpt{extract.year}_{extract.district_code}_{word}.csv"
    with path.open("wb") as file:
        for number, part in enumerate(frame.iter_slices(BATCH)):
            text = odd_rows(texts(part, table, style, extract.cells), table, extract.extras)
            if number == 0:
                heads = [known(table, name) if name in frame.columns else name for name in text.columns]
                file.write(_line(heads, encoding))
            file.write(_lines(text, encoding))
    return path


def _line(heads: list[str], encoding: str) -> bytes:
    quoted = (f'"{head}"' if "," in head or '"' in head else head for head in heads)
    mark = "\ufeff" if encoding == "utf-8" else ""
    return f"{mark}{','.join(quoted)}\r\n".encode(encoding)


def _lines(text: pl.DataFrame, encoding: str) -> bytes:
    written = text.write_csv(include_header=False, line_terminator="\r\n")
    return written.encode(encoding)
