import io
import json
import zipfile
from datetime import date
from pathlib import Path

import msoffcrypto
import polars as pl
import pytest
from msoffcrypto.exceptions import InvalidKeyError
from openpyxl import load_workbook
from typer.testing import CliRunner

from flows.cli import app
from reports.partners import exports, help_plan, writing
from reports.partners.exports import About
from reports.partners.locked import WeakPasswordError
from rules import below_line, indicators
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person
from tests.nights import NIGHT, Ran

PASSWORD = "ทดสอบ-correct-horse"
ROUND = rounds.load(2569)
CANARY = "นกขมิ้นเหลืองอ่อน"
ABOUT = About(2569, date(2026, 11, 24), "2569-2026-11-24", "ab" * 32, ("3401",))


def home(key: str, **answers):
    money = dict.fromkeys(below_line.COMPONENTS, 0) | {"income_main_baht": 900_000}
    place = {"district_code": "3401", "tambon_code": "340101", "village_no": 2, "house_no": "12/3"}
    return {"household_id": key, "household_status": "collected"} | place | money | answers


def person(key: str, number: int, age: int, **more):
    named = {"title": "dek_chai", "first_name": CANARY, "last_name": f"ที่{number}"}
    return {"household_id": key, "district_code": "3401", "member_no": number, "age": age} | named | more


def plan(homes, people, last=None):
    households, persons = from_rows(Household, homes), from_rows(Person, people)
    judged = below_line.judge(households, persons, ROUND)
    assessed = indicators.assess(households, persons, indicators.load(), ROUND)
    return help_plan.frame(households, persons, judged, assessed, indicators.load(), ROUND, last)


def poor_home():
    failing = {"drinking_water_enough": False, "domestic_water_enough": True, "income_main_baht": 1000}
    school = {"child_6_14_count": 1, "in_school_all": False, "in_school_not_count": 1}
    return [home("h1", **failing, **school)], [person("h1", 1, 40), person("h1", 2, 10)]


def rows_by_indicator(frame):
    return {row["indicator"]: row for row in frame.to_dicts()}


def test_what_fails_is_told_by_area_with_the_answers_that_matter():
    found = rows_by_indicator(plan(*poor_home()))
    assert {slug: row["area_no"] for slug, row in found.items()} == {
        "income_per_capita": 1, "compulsory_education": 2, "drinking_water": 3,
    }  # fmt: skip
    assert "รายได้จากอาชีพหลักของทุกคนในครัวเรือน: 1000 บาท" in found["income_per_capita"]["answers"]
    assert "มีน้ำสะอาดสำหรับดื่มและบริโภคเพียงพอตลอดปี: ไม่ใช่" in found["drinking_water"]["answers"]
    assert found["drinking_water"]["house_no"] == "12/3"


def test_for_whom_are_the_members_the_indicator_counts_and_everybody_where_it_counts_households():
    found = rows_by_indicator(plan(*poor_home()))
    assert found["compulsory_education"]["failing"] == 1
    assert found["compulsory_education"]["people"].startswith("2. ")
    assert found["compulsory_education"]["people"].endswith("ที่2 อายุ 10 ปี")
    assert [line[:2] for line in found["drinking_water"]["people"].split("\n")] == ["1.", "2."]


def test_since_when_is_the_last_round_where_it_failed_then_and_this_one_otherwise():
    assert set(plan(*poor_home())["since_round_be"]) == {2569}
    enum = pl.Enum(indicators.STATES)
    before = pl.DataFrame(
        {"household_id": ["h1"], "drinking_water": ["fail"], "compulsory_education": ["unanswered"]},
        schema={"household_id": pl.String, "drinking_water": enum, "compulsory_education": enum},
    )
    found = rows_by_indicator(plan(*poor_home(), last=(2568, before)))
    assert found["drinking_water"]["since_round_be"] == 2568
    assert found["compulsory_education"]["since_round_be"] == 2569


def test_who_fails_nothing_is_not_in_it():
    assert plan([home("h1")], [person("h1", 1, 40)]).is_empty()


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    frame, export = plan(*poor_home()), exports.load()["help_plan"]
    writing.write_encrypted(frame, export, ABOUT, folder, "help-plan-3401", PASSWORD)
    return folder / "help-plan-3401-2569-2026-11-24.xlsx"


def opened(path: Path, password: str) -> bytes:
    with path.open("rb") as file:
        book, clear = msoffcrypto.OfficeFile(file), io.BytesIO()
        book.load_key(password=password, verify_password=True)
        book.decrypt(clear)
    return clear.getvalue()


def test_it_opens_with_its_password_and_with_no_other(locked: Path):
    book = load_workbook(io.BytesIO(opened(locked, PASSWORD)))
    assert CANARY in "".join(str(cell.value) for row in book["ข้อมูล"].iter_rows() for cell in row)
    with pytest.raises(InvalidKeyError):
        opened(locked, PASSWORD + "x")


def test_names_lie_nowhere_in_the_clear(locked: Path):
    assert not zipfile.is_zipfile(locked)
    assert sorted(path.name for path in locked.parent.iterdir()) == [
        "help-plan-3401-2569-2026-11-24.schema.json",
        "help-plan-3401-2569-2026-11-24.xlsx",
    ]
    for path in locked.parent.iterdir():
        raw = path.read_bytes()
        for encoding in ("utf-8", "utf-16-le", "cp874"):
            assert CANARY.encode(encoding) not in raw
    assert locked.stat().st_mode & 0o077 == 0


def test_the_same_plan_is_the_same_workbook_inside(locked: Path, tmp_path: Path):
    frame, export = plan(*poor_home()), exports.load()["help_plan"]
    again, _ = writing.write_encrypted(frame.reverse(), export, ABOUT, tmp_path, "p", PASSWORD)
    assert opened(again, PASSWORD) == opened(locked, PASSWORD)
    assert again.read_bytes() != locked.read_bytes()


@pytest.mark.parametrize("password", ["", "short"])
def test_without_a_password_worth_the_name_nothing_is_written(password: str, tmp_path: Path):
    with pytest.raises(WeakPasswordError):
        writing.write_encrypted(
            plan(*poor_home()), exports.load()["help_plan"], ABOUT, tmp_path / "out", "p", password
        )
    assert not (tmp_path / "out").exists()


def test_an_answer_that_is_personal_or_unknown_is_refused():
    text = help_plan.FILE.read_text("utf-8")
    with pytest.raises(ValueError, match=r"areas\.housing.*house_id"):
        help_plan.parse(text.replace('"home_land_tenure"', '"house_id"'))


def exported(night: Ran, out: Path, *, password: str | None, code: str = "3405"):
    words = ["export", "help-plan", code, "--out", str(out), "--settings", str(night.root / "jpt.toml")]
    return CliRunner().invoke(app, words, env={"JPT_EXPORT_PASSWORD": password})


def test_a_district_s_plan_of_the_sample_province(night: Ran, tmp_path: Path):
    result = exported(night, tmp_path, password=PASSWORD)
    assert result.exit_code == 0, result.stderr
    assert PASSWORD not in result.output
    book = load_workbook(io.BytesIO(opened(tmp_path / f"help-plan-3405-2569-{NIGHT}.xlsx", PASSWORD)))
    heads, *rows = book["ข้อมูล"].iter_rows(values_only=True)
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    assert told
    assert {row["tambon_code"][:4] for row in told} == {"3405"}
    assert {row["since_round_be"] for row in told} == {2568, 2569}
    schema = json.loads((tmp_path / f"help-plan-3405-2569-{NIGHT}.schema.json").read_text("utf-8"))
    assert [column["name"] for column in schema["columns"] if column["personal"]] == ["house_no", "people"]


def test_without_password_and_terminal_the_command_refuses_in_both_languages(night: Ran, tmp_path: Path):
    result = exported(night, tmp_path / "out", password=None)
    assert result.exit_code == 2
    assert "names are not written unencrypted" in result.stderr
    assert "ไม่เขียนโดยไม่เข้ารหัส" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_district_that_is_not_of_the_province_is_said_so(night: Ran, tmp_path: Path):
    assert exported(night, tmp_path, password=PASSWORD, code="9999").exit_code == 2
