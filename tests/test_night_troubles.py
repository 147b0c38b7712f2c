import errno
import json
import re
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from flows.examination import examine
from flows.failure import DistrictFailed
from flows.judgement import set_aside
from flows.nightly import start
from flows.run import Run
from tests.nights import NIGHT, ROOT, copied_province, environment, jpt, night_here

CODES = ("3403", "3424", "3430")
# What this night meets: a share that hiccups once, and a district on which the program itself breaks.
TROUBLED = """
import sys
from flows import cli, prefect_setup
from pathlib import Path
prefect_setup.prepare(Path.cwd())
from flows import intake
read, tries = intake.read, {}
def troubled(deliveries, code, round_, *more):
    if round_.year_be == 2568:
        return read(deliveries, code, round_, *more)
    tries[code] = tries.get(code, 0) + 1
    if code == "3403" and tries[code] == 1:
        raise TimeoutError("the share did not answer")
    if code == "3424":
        raise ValueError("นายลับเฉพาะ 1987654321012")
    return read(deliveries, code, round_, *more)
intake.read = troubled
sys.argv = ["jpt", "night", "--night", "2026-11-24"]
try:
    cli.main()
finally:
    print(tries)
"""


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    root = copied_province(tmp_path_factory.mktemp("troubled"), *CODES)
    done = subprocess.run(
        [sys.executable, "-c", TROUBLED],
        cwd=root,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return root, done


def test_a_share_that_hiccups_is_tried_again_and_a_fault_of_the_program_is_not(
    troubled: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    assert "{'3403': 2, '3424': 1, '3430': 1}" in re.sub(r"\{[^}]*\}", in_order, troubled[1].stdout)


def in_order(found: re.Match[str]) -> str:
    pairs = sorted(re.findall(r"'(\d+)': (\d)", found.group()))
    return "{" + ", ".join(f"'{code}': {times}" for code, times in pairs) + "}"


def test_a_district_that_breaks_is_set_aside_and_the_others_go_on(
    troubled: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    root, done = troubled
    assert done.returncode == 3, done.stderr
    (run,) = (root / "out").glob("2569-*")
    record = json.loads((run / "run.json").read_text(encoding="utf-8"))
    assert record["counts"]["quarantined"] == 1
    assert record["verdicts"]["3424"] == "red"
    quality = pl.read_parquet(run / "data" / "quality.parquet")
    assert quality.filter(pl.col("district_code") == "3424")["households"].to_list() == [None]


def test_the_words_of_an_exception_are_not_repeated(
    troubled: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    root, done = troubled
    assert "ลับเฉพาะ" not in done.stdout + done.stderr
    assert "ValueError" in done.stdout
    pages = [path.read_text(encoding="utf-8") for path in root.rglob("*.html")]
    assert not any("1987654321012" in page for page in pages)


def run_of(root: Path, *codes: str) -> Run:
    run = start(str(root / "jpt.toml"), date.fromisoformat(NIGHT), codes, None)
    run.begin()
    return run


def test_a_full_disk_ends_the_night_and_is_no_districts_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(copied_province(tmp_path, "3424"), "3424")
    full = OSError(errno.ENOSPC, "No space left on device")

    def no_room(*_: object, **__: object) -> None:
        raise full

    monkeypatch.setattr(pl.DataFrame, "write_parquet", no_room)
    with pytest.raises(OSError, match="No space") as raised:
        examine(run, run.districts[0])
    assert raised.value is full


def test_a_district_without_files_is_quarantined_with_what_to_do(tmp_path: Path) -> None:
    root = copied_province(tmp_path, "3424")
    shutil.rmtree(root / "sample_data" / "2569" / "3424")
    examined = examine(run := run_of(root, "3424"), run.districts[0])
    assert examined.quarantine is not None
    assert "3424" in examined.quarantine.th or "ดอนมดแดง" in str(examined)
    assert examined.quarantine.action_th


def test_a_failure_is_told_by_type_and_place_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(copied_province(tmp_path, "3424"), "3424")

    def broken(*_: object) -> None:
        raise KeyError("นางสาวลับเฉพาะ")

    monkeypatch.setattr("flows.intake.read", broken)
    with pytest.raises(DistrictFailed) as raised:
        examine(run, run.districts[0])
    assert re.fullmatch(r"3424: KeyError, \w+\.py:\d+", str(raised.value))
    assert "ลับ" not in set_aside(run, run.districts[0], raised.value).quarantine.th  # type: ignore[union-attr]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a child process")
def test_a_night_stopped_half_way_leaves_the_last_results_and_can_be_run_again(tmp_path: Path) -> None:
    root = copied_province(tmp_path, *CODES)
    codes = ("3424", "3430")
    assert night_here(root, "2026-11-23", *codes).code == 0
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "night", "--night", NIGHT],
        cwd=root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    for line in process.stdout:
        if re.match(r"34\d\d ", line):
            break
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert "หยุดตามคำสั่ง" in said
    assert [path.name for path in (root / "out").glob("2569-*")] == ["2569-2026-11-23-3424-and-1-more"]
    again = jpt(root, "night", "--night", NIGHT, "--district", codes[0], "--district", codes[1])
    assert again.returncode == 0, again.stderr
    assert len(list((root / "out").glob("2569-*"))) == 2


def test_settings_that_cannot_be_used_end_with_2_and_say_why_in_both_languages(tmp_path: Path) -> None:
    text = (ROOT / "jpt.toml").read_text(encoding="utf-8")
    (tmp_path / "jpt.toml").write_text(text.replace("round = 2569", "round = 2500"), encoding="utf-8")
    done = jpt(tmp_path, "night")
    assert done.returncode == 2
    assert "ไม่ถูกต้อง" in done.stderr
    assert "province.round is wrong" in done.stderr


def test_a_missing_settings_file_ends_with_2(tmp_path: Path) -> None:
    done = jpt(tmp_path, "night", "--settings", "nowhere.toml")
    assert done.returncode == 2
    assert "ไม่พบไฟล์ตั้งค่า nowhere.toml" in done.stderr


def test_a_district_that_does_not_exist_ends_with_2(tmp_path: Path) -> None:
    done = jpt(copied_province(tmp_path, "3424"), "night", "--district", "9999")
    assert done.returncode == 2
    assert "9999" in done.stderr
