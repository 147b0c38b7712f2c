import json
from pathlib import Path

import pytest

from flows.operation import nights
from tests.operation_province import a_record, put_record

GREEN = {"3424": "green", "3430": "green"}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("kept", "out"):
        (tmp_path / name).mkdir()
    return tmp_path / "kept", tmp_path / "out"


def left(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir())


def test_a_record_is_read_with_what_was_wrong_and_what_to_do(folders: tuple[Path, Path]) -> None:
    aside = {"reason": "empty", "file": "a.csv", "th": "ไฟล์ว่าง", "en": "The file is empty"}
    told = aside | {"action_th": "ส่งใหม่", "action_en": "Send it again"}
    record = a_record(
        "2026-11-24",
        GREEN,
        quarantined={"3424": told, "3430": aside},
        documents_not_written={"3424": "E, p.py:1"},
    )
    put_record(folders[1], record)
    (night,) = nights.recorded(*folders, 2569)
    assert night.quarantined == {
        "3424": ("ไฟล์ว่าง ▸ ส่งใหม่", "The file is empty. Send it again"),
        "3430": ("ไฟล์ว่าง", "The file is empty"),
    }
    assert (night.households, night.left, night.seconds, night.is_whole) == (48, 12, 88.6, True)
    assert night.not_written == {"3424": "E, p.py:1"}


def test_what_is_no_record_is_left_out(folders: tuple[Path, Path]) -> None:
    put_record(folders[1], a_record("2026-11-24", GREEN))
    for name, text in (("2569-broken", "{"), ("2569-other", "[]"), ("2569-old", '{"run_id": "2569-old"}')):
        (folders[1] / name).mkdir()
        (folders[1] / name / "run.json").write_text(text, "utf-8")
    assert [night.run_id for night in nights.recorded(*folders, 2569)] == ["2569-2026-11-24"]
    assert nights.recorded(folders[0] / "absent", folders[1] / "absent", 2569) == []


def test_a_run_of_some_districts_is_not_whole_and_goes_with_its_day(folders: tuple[Path, Path]) -> None:
    for day in ("2026-11-22", "2026-11-23", "2026-11-24"):
        put_record(folders[1], a_record(day, GREEN))
        put_record(folders[1], a_record(day, GREEN, run_id=f"2569-{day}-3424"))
    removed = nights.prune(*folders, 2, "2569-2026-11-24")
    assert sorted(removed) == ["2569-2026-11-22", "2569-2026-11-22-3424"]
    assert len(left(folders[1])) == 4


def test_the_newest_and_certified_nights_are_never_removed(folders: tuple[Path, Path]) -> None:
    for day in ("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"):
        put_record(folders[1], a_record(day, GREEN))
    signed = folders[1] / "2569-2026-11-21" / "districts" / "3424"
    signed.mkdir(parents=True)
    (signed / "certificate-3424.json").write_text("{}", "utf-8")
    # A night run late for an early day is the newest by its hour, and old by its day.
    assert nights.prune(*folders, 1, "2569-2026-11-20") == ["2569-2026-11-22"]
    assert left(folders[1]) == ["2569-2026-11-20", "2569-2026-11-21", "2569-2026-11-23"]


def test_every_round_keeps_its_own_newest_nights(folders: tuple[Path, Path]) -> None:
    put_record(folders[1], a_record("2026-03-01", GREEN, run_id="2568-2026-03-01", round_year_be=2568))
    for day in ("2026-11-23", "2026-11-24"):
        put_record(folders[1], a_record(day, GREEN))
    assert nights.prune(*folders, 1, "2569-2026-11-24") == ["2569-2026-11-23"]
    assert left(folders[1]) == ["2568-2026-03-01", "2569-2026-11-24"]


def test_of_a_removed_night_the_numbers_stay_and_no_name_of_a_file(folders: tuple[Path, Path]) -> None:
    aside = {"th": "ไฟล์ นายลับเฉพาะ.csv เสีย", "en": "broken"}
    put_record(folders[1], a_record("2026-11-23", GREEN, quarantined={"3424": aside}))
    put_record(folders[1], a_record("2026-11-24", GREEN))
    (before, _) = nights.recorded(*folders, 2569)
    nights.prune(*folders, 1, "2569-2026-11-24")
    (after, newest) = nights.recorded(*folders, 2569)
    assert newest.is_kept
    assert not after.is_kept
    assert (after.night, after.verdicts, after.left) == (before.night, before.verdicts, before.left)
    assert list(after.quarantined) == ["3424"]
    (file,) = (folders[0] / "nights").iterdir()
    assert "ลับ" not in json.dumps(json.loads(file.read_text(encoding="utf-8")), ensure_ascii=False)


def test_what_is_no_night_of_ours_is_not_touched(folders: tuple[Path, Path]) -> None:
    for day in ("2026-11-23", "2026-11-24"):
        put_record(folders[1], a_record(day, GREEN))
    (folders[1] / "2500-minutes").mkdir()
    (folders[1] / "notes").mkdir()
    (folders[1] / "index.html").touch()
    nights.prune(*folders, 1, "2569-2026-11-24")
    assert left(folders[1]) == ["2500-minutes", "2569-2026-11-24", "index.html", "notes"]
