import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.alone import alone
from flows.operation import attempt, status
from flows.operation.attempt import Attempt
from flows.operation.status_facts import Facts, gather, is_held, ledger_state
from schemas.thai import foreign_letters
from tests.nights import environment
from tests.operation_province import a_night, a_record, put_record, small_settings

NOW = datetime.fromisoformat("2026-11-24T07:00:00+07:00")
VERDICTS = {"3424": "red", "3430": "green"}
DONE = Attempt("2569-2026-11-24", "done", "2026-11-24T01:00:00+07:00", "2026-11-24T01:02:00+07:00")


@pytest.fixture
def well(tmp_path: Path) -> Facts:
    settings = small_settings(tmp_path)
    nights = (a_night(23, VERDICTS), a_night(24, VERDICTS))
    return Facts(NOW, settings, settings.out, nights, DONE, free={"keep": 80 * 10**9})


def said(facts: Facts, sign: str) -> list[tuple[str, str]]:
    return [(line.th, line.en) for line in status.lines(facts) if line.sign == sign]


def test_all_well_says_when_how_long_and_how_it_stands(well: Facts) -> None:
    assert said(well, "!") == []
    assert status.exit_code(status.lines(well)) == 0
    told = "\n".join(line.th for line in status.lines(well))
    assert "ตรวจล่าสุดคืนวันที่ 24 พฤศจิกายน 2569 เสร็จ 24 พฤศจิกายน 2569 01:02 น. ใช้ 1.5 นาที" in told
    assert "✗ แดง 1 ✓ เขียว 1" in told
    assert str(well.out / "2569-2026-11-24" / "index.html") in told


NEEDS_A_PERSON: list[tuple[dict[str, Any], str, str]] = [
    ({"nights": ()}, "ยังไม่มีคืนที่ตรวจเสร็จ", "jpt schedule"),
    ({"now": NOW + timedelta(hours=21)}, "ไม่มีการตรวจมา 26 ชั่วโมง", "No night for 26 hours"),
    ({"attempt": replace(DONE, state="running")}, "ถูกตัดกลางคัน", "was cut off"),
    ({"attempt": replace(DONE, state="stopped")}, "ถูกสั่งหยุด", "stopped by hand"),
    ({"attempt": replace(DONE, state="failed", cause="full_disk")}, "พื้นที่ดิสก์เต็ม", "the disk is full"),
    ({"attempt": replace(DONE, state="failed", cause="ledger")}, "night.ledger", "night.ledger"),
    ({"attempt": replace(DONE, state="failed", cause="files")}, "ตรวจสิทธิ์", "permissions"),
    ({"attempt": replace(DONE, state="too_late", cause="time")}, "นานเกินกำหนด", "night.timeout_minutes"),
    (
        {"attempt": replace(DONE, state="failed", cause="program", place="KeyError, tables.py:40")},
        "โปรแกรมขัดข้อง (KeyError, tables.py:40)",
        "(KeyError, tables.py:40)",
    ),
    (
        {"attempt": replace(DONE, notices={"line": "HTTP 401", "email": "sent"})},
        "ทาง line ไม่ได้ (HTTP 401)",
        "jpt notices test",
    ),
    (
        {"attempt": replace(DONE, left_undone="KeyError, nights.py:9")},
        "งานหลังเขียนผล",
        "KeyError, nights.py:9",
    ),
    ({"ledger": "OperationalError"}, "เปิดสมุดบันทึก (ledger) ไม่ได้", "cannot be opened (OperationalError)"),
    ({"ledger": "absent"}, "ไม่พบไฟล์สมุดบันทึก", "file is gone"),
    ({"free": {"keep": 10**9, "out": 80 * 10**9}}, "พื้นที่ว่างเหลือน้อย", "keep 1.0 GB"),
    (
        {"nights": (a_night(24, VERDICTS, quarantined={"3424": ("ไฟล์เสีย ▸ ส่งใหม่", "broken. Send again")}),)},
        "3424 ดอนมดแดง ใช้ไฟล์ที่ส่งมาไม่ได้: ไฟล์เสีย ▸ ส่งใหม่ (ดู districts/3424/3424-receipt.html)",
        "3424 Don Mot Daeng: the delivery is not usable: broken. Send again",
    ),
    (
        {
            "nights": (
                a_night(
                    24, VERDICTS, quarantined={"3424": ("ไฟล์เสีย", "broken")}, stale={"3424": "2026-11-20"}
                ),
            )
        },
        "ใช้ข้อมูลเดิมของวันที่ 20 พฤศจิกายน 2569",
        "data of 2026-11-20 stands in",
    ),
    (
        {"nights": (a_night(24, VERDICTS, not_written={"3430": "KeyError, page.py:3"}),)},
        "3430 นาตาล เขียนเอกสารไม่ครบ (KeyError, page.py:3)",
        "documents missing",
    ),
    ({"nights": (a_night(24, VERDICTS, broken_rules=("ID001",)),)}, "กฎที่ทำงานไม่ได้ 1 ข้อ: ID001", "ID001"),
]


@pytest.mark.parametrize(("change", "th", "en"), NEEDS_A_PERSON, ids=[one[1][:20] for one in NEEDS_A_PERSON])
def test_what_needs_a_person_is_said_with_what_to_do(
    well: Facts, change: dict[str, Any], th: str, en: str
) -> None:
    facts = replace(well, **change)
    (found,) = said(facts, "!")
    assert th in found[0]
    assert en in found[1]
    assert status.exit_code(status.lines(facts)) == 1


def test_a_night_that_runs_now_is_neither_cut_off_nor_overdue(well: Facts) -> None:
    now = NOW + timedelta(days=2)
    begun = replace(DONE, state="running", started=(now - timedelta(minutes=12)).isoformat())
    facts = replace(well, now=now, attempt=begun, is_running=True)
    assert said(facts, "!") == []
    assert any("(12 นาทีแล้ว)" in th for th, _ in said(facts, "·"))


@pytest.mark.parametrize("key", status.texts())
def test_a_sentence_is_whole_in_both_languages(key: str) -> None:
    text = status.texts()[key]
    holes = {
        lang: {hole.removesuffix(f"_{lang}") for hole in re.findall(r"\{(\w+)\}", text[lang])}
        for lang in ("th", "en")
    }
    assert holes["th"] == holes["en"]
    assert re.search("[ก-๙]", text["th"])
    assert not re.search("[ก-๙]", text["en"])
    assert foreign_letters(text["th"]) == []


def test_the_facts_are_read_from_the_folders(tmp_path: Path) -> None:
    settings = small_settings(tmp_path)
    settings.keep.mkdir()
    attempt.write(settings.keep, replace(DONE, state="running"))
    put_record(settings.out, a_record("2026-11-24", VERDICTS))
    facts = gather(settings, NOW)
    assert facts.last is not None
    assert (facts.last.run_id, facts.last.verdicts, facts.last.left) == ("2569-2026-11-24", VERDICTS, 12)
    assert facts.attempt == replace(DONE, state="running")
    assert not facts.is_running
    assert facts.ledger == "absent"
    with alone(settings.keep):
        assert is_held(settings.keep)
        assert gather(settings, NOW).is_running
    assert sorted(path.name for path in tmp_path.iterdir()) == ["jpt.toml", "kept", "out"]


def test_the_newest_is_the_one_made_last_whatever_day_it_is_for(tmp_path: Path) -> None:
    settings = small_settings(tmp_path)
    for day, hour in (("2026-11-23", 9), ("2026-11-24", 1)):
        folder = put_record(settings.out, a_record(day, VERDICTS))
        made = datetime(2026, 11, 24, hour).timestamp()
        os.utime(folder / "run.json", (made, made))
    assert gather(settings, NOW).last.run_id == "2569-2026-11-23"  # type: ignore[union-attr]


def test_a_ledger_that_cannot_answer_is_told_by_kind_only(tmp_path: Path) -> None:
    (tmp_path / "jpt.db").write_text("this is no database, whatever it is called" * 30, "utf-8")
    assert ledger_state(f"sqlite:///{tmp_path}/jpt.db") == "DatabaseError"
    assert ledger_state(f"sqlite:///{tmp_path}/absent.db") == "absent"
    assert not (tmp_path / "absent.db").exists()
    assert ledger_state("postgresql+psycopg://jpt:CanaryPass@127.0.0.1:1/jpt") == "OperationalError"


def test_status_answers_at_once_and_without_prefect(tmp_path: Path) -> None:
    settings = small_settings(tmp_path)
    put_record(settings.out, a_record("2026-11-24", VERDICTS))
    (tmp_path / "jpt.db").touch()
    imported = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "flows.cli", "status"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    modules = {line.rpartition("|")[2].strip().split(".")[0] for line in imported.stderr.splitlines()}
    assert "typer" in modules
    assert not modules & {"prefect", "polars", "pandera", "pandas", "numpy", "great_expectations", "httpx"}
    assert "ตรวจล่าสุดคืนวันที่ 24 พฤศจิกายน 2569" in imported.stdout


@pytest.mark.parametrize("words", [["status"], ["notices", "test"], ["schedule"]])
def test_settings_that_cannot_be_read_are_wrong_use(tmp_path: Path, words: list[str]) -> None:
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *words],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "ไม่พบไฟล์ตั้งค่า".encode() in done.stderr
    assert time.perf_counter() - begun < 30
