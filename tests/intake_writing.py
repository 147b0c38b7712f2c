"""Small districts written as offices write them, for the intake tests: rows are fields with typed texts."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from flows import intake
from schemas import rounds
from schemas.dictionary import columns
from schemas.layouts import MODELS, Table

ROUND = rounds.load(2569)
DISTRICT = "3401"
Row = Mapping[str, str | None]

HOME: Row = {
    "household_id": "H1",
    "survey_year_be": "2569",
    "district_code": "3401",
    "tambon_code": "340101",
    "village_no": "3",
    "house_no": "12/3",
    "member_count": "2",
    "interview_date": "05/03/2569",
    "income_main_baht": "50,000",
    "income_secondary_baht": "0",
    "income_other_baht": "7200",
    "income_own_produce_baht": "1,500",
    "nobody_drinks": "1",
    "home_land_tenure": "",
}
HEAD: Row = {
    "household_id": "H1",
    "member_no": "1",
    "title": "นาย",
    "first_name": "สมชาย",
    "last_name": "ใจดี",
    "national_id": "1340100000018",
    "sex": "ชาย",
    "birth_date": "12/04/2526",
    "age": "43",
    "relation": "หัวหน้าครัวเรือน",
    "education": "จบชั้นประถมศึกษา (ป.4, ป.7, ป.6)",
    "occupation": "ทำนา",
}
SPOUSE: Row = {
    **HEAD,
    "member_no": "2",
    "title": "นาง",
    "first_name": "สมหญิง",
    "national_id": "1340100000026",
    "sex": "หญิง",
    "birth_date": "01/02/2530",
    "age": "39",
    "relation": "คู่สมรส",
}


def labels(table: Table, fields: Sequence[str]) -> list[str]:
    known = columns(MODELS[table])
    return [known[field].th if field in known else field for field in fields]


def grid(table: Table, rows: Sequence[Row]) -> list[list[str]]:
    fields = list(dict.fromkeys(field for row in rows for field in row))
    return [labels(table, fields), *([row.get(field) or "" for field in fields] for row in rows)]


def write_csv(
    path: Path, cells: Sequence[Sequence[str]], encoding: str = "utf-8-sig", delimiter: str = ","
) -> Path:
    with path.open("w", encoding=encoding, newline="") as target:
        csv.writer(target, delimiter=delimiter).writerows(cells)
    return path


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(list(row))
    book.save(path)
    return path


def district(
    folder: Path, homes: Sequence[Row] = (HOME,), members: Sequence[Row] = (HEAD, SPOUSE)
) -> list[Path]:
    return [
        write_csv(folder / "household.csv", grid("household", homes)),
        write_csv(folder / "member.csv", grid("person", members)),
    ]


def read(*paths: Path, district_code: str = DISTRICT, round_: rounds.Round = ROUND) -> intake.Extract:
    keep = paths[0].parent / "kept"
    return intake.read([intake.receive(path, keep) for path in paths], district_code, round_)


def told(extract: intake.Extract) -> list[tuple[str, str]]:
    return list(extract.findings.select("rule_id", "fields").rows())
