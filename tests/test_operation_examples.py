import configparser
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from flows.operation import examples
from flows.operation.windows_examples import SCHEMA
from tests.nights import environment
from tests.operation_province import small_province, small_settings

NAMES = ["jpt-night.service", "jpt-night.timer", "jpt-schedule.service", "jpt-night.cmd", "jpt-night.xml"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples of a province whose folder's name is as awkward as an office's."""
    root = tmp_path_factory.mktemp("province") / "จปฐ 100% ปี 69"
    root.mkdir()
    settings = small_settings(root, night="timeout_minutes = 90")
    files = examples.write(settings, "30 2 * * *", root / "ตัวอย่าง")
    assert [file.name for file in files] == NAMES
    return root / "ตัวอย่าง"


def unit(file: Path) -> configparser.RawConfigParser:
    # Units may name a key twice; these do not.
    parsed = configparser.RawConfigParser(strict=True, delimiters=("=",))
    parsed.optionxform = str  # type: ignore[assignment]
    parsed.read_string(file.read_text(encoding="utf-8"))
    return parsed


def test_the_units_run_this_program_on_this_province_once_a_day(written: Path) -> None:
    night, timer = unit(written / "jpt-night.service"), unit(written / "jpt-night.timer")
    root = str(written.parent).replace("%", "%%")
    assert night["Service"]["ExecStart"] == (
        f'{sys.executable} -m flows.cli night --settings "{root}/jpt.toml"'
    )
    assert night["Service"]["WorkingDirectory"] == root
    assert night["Service"]["SuccessExitStatus"] == "1 3"
    assert night["Service"]["TimeoutStartSec"] == "100min"
    assert timer["Timer"]["OnCalendar"] == "*-*-* 02:30:00 Asia/Bangkok"
    assert timer["Timer"]["Persistent"] == "true"
    served = unit(written / "jpt-schedule.service")["Service"]
    assert '--cron "30 2 * * *"' in served["ExecStart"]
    assert served["Restart"] == "always"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here to ask")
def test_systemd_finds_nothing_to_say_about_the_units(written: Path, tmp_path: Path) -> None:
    units = [shutil.copy(written / name, tmp_path) for name in NAMES[:3]]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if "jpt-" in line] == []
    calendar = unit(tmp_path / "jpt-night.timer")["Timer"]["OnCalendar"]
    asked = subprocess.run(["systemd-analyze", "calendar", calendar], capture_output=True, check=False)
    assert asked.returncode == 0, asked.stderr


def test_the_windows_task_has_all_that_the_scheduler_asks_for(written: Path) -> None:
    data = (written / "jpt-night.xml").read_bytes()
    assert data.startswith(b"\xff\xfe")
    task = ET.fromstring(data)
    assert task.tag == f"{{{SCHEMA}}}Task"

    def text(path: str) -> str | None:
        return task.findtext("/".join(f"{{{SCHEMA}}}{part}" for part in path.split("/")))

    assert text("Triggers/CalendarTrigger/StartBoundary") == "2026-01-01T02:30:00+07:00"
    assert text("Triggers/CalendarTrigger/ScheduleByDay/DaysInterval") == "1"
    assert text("Settings/MultipleInstancesPolicy") == "IgnoreNew"
    assert text("Settings/StartWhenAvailable") == "true"
    assert text("Settings/ExecutionTimeLimit") == "PT100M"
    assert text("Actions/Exec/Command") == f'"{written.resolve() / "jpt-night.cmd"}"'
    assert text("Actions/Exec/WorkingDirectory") == str(written.parent)
    principal = task.find(f".//{{{SCHEMA}}}Principal")
    actions = task.find(f"{{{SCHEMA}}}Actions")
    assert principal is not None
    assert actions is not None
    assert principal.get("id") == actions.get("Context")


def test_the_command_file_is_for_windows_and_passes_the_exit_code_on(written: Path) -> None:
    lines = (written / "jpt-night.cmd").read_bytes().decode("utf-8").split("\r\n")
    assert not any("\n" in line for line in lines)
    root = str(written.parent).replace("%", "%%")
    # The console must know UTF-8 before a Thai name comes up.
    assert lines.index("chcp 65001 >nul") < lines.index(f'cd /d "{root}" || exit /b 74')
    (night,) = [line for line in lines if "flows.cli night" in line]
    program = f'"{sys.executable}" -m flows.cli night --settings "{Path(root, "jpt.toml")}"'
    assert night == f"{program} >.jpt\\night.log 2>&1"
    assert lines[-2] == "exit /b %CODE%"


def test_a_word_of_a_command_line_is_read_back_as_it_was(tmp_path: Path) -> None:
    odd = tmp_path / 'a "b" $HOME %n \\c'
    here = examples.Installation(Path("/opt/py"), odd / "jpt.toml", 1, 0, 240, "0 1 * * *")
    (line,) = [one for one in examples.night_service(here).splitlines() if one.startswith("ExecStart=")]
    assert line.endswith('a \\"b\\" $$HOME %%n \\\\c/jpt.toml"')


@pytest.mark.parametrize("cron", ["0 1 * * 1", "*/5 * * * *", "0 25 * * *", "1 a day"])
def test_a_time_that_is_not_once_every_day_is_refused(tmp_path: Path, cron: str) -> None:
    with pytest.raises(examples.NotDaily):
        examples.write(small_settings(tmp_path), cron, tmp_path / "examples")
    assert not (tmp_path / "examples").exists()


def test_the_examples_are_written_by_the_command_and_need_no_prefect(tmp_path: Path) -> None:
    small_province(tmp_path)
    command = [sys.executable, "-m", "flows.cli", "schedule", "--examples", "units"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(Path("units", name)) for name in NAMES]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["jpt.toml", "units"]
