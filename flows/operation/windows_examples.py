"""The same for Windows: a task for the Task Scheduler and the .cmd file that it runs."""

from pathlib import Path
from xml.etree import ElementTree as ET

SCHEMA = "http://schemas.microsoft.com/windows/2004/02/mit/task"  # the name of the format; nothing is fetched


def timed_cmd(python: Path, settings: Path) -> str:
    """A .cmd that runs one night in the province's folder and keeps the words of the last two."""
    root = settings.parent
    lines = [
        "@echo off",
        "rem Passwords and tokens: set them as variables of the account that runs the task, not here.",
        "chcp 65001 >nul",
        "set PYTHONUTF8=1",
        f'cd /d "{_percent(root)}" || exit /b 74',
        "if not exist .jpt mkdir .jpt",
        "if exist .jpt\\night.log move /y .jpt\\night.log .jpt\\night.before.log >nul",
        f'"{_percent(python)}" -m flows.cli night --settings "{_percent(settings)}" >.jpt\\night.log 2>&1',
        "set CODE=%ERRORLEVEL%",
        "rem 1 and 3 are verdicts and files to see to: the night itself ran.",
        "if %CODE%==1 exit /b 0",
        "if %CODE%==3 exit /b 0",
        "exit /b %CODE%",
    ]
    return "\r\n".join([*lines, ""])


def task_xml(cmd: Path, root: Path, hour: int, minute: int, timeout_minutes: int) -> str:
    """The task: every day at that time in Bangkok, made up for when the machine was off, one at a time.

    Import with: schtasks /Create /TN jpt-night /XML jpt-night.xml /RU account /RP *
    """
    ET.register_namespace("", SCHEMA)
    task = ET.Element(_tag("Task"), version="1.4")
    about = _under(task, "RegistrationInfo")
    _under(about, "Description", "JPT night: check the province's household records")
    _under(about, "URI", "\\jpt-night")
    daily = _under(_under(task, "Triggers"), "CalendarTrigger")
    _under(daily, "StartBoundary", f"2026-01-01T{hour:02d}:{minute:02d}:00+07:00")
    _under(daily, "Enabled", "true")
    _under(_under(daily, "ScheduleByDay"), "DaysInterval", "1")
    principal = _under(_under(task, "Principals"), "Principal")
    principal.set("id", "Author")
    _under(principal, "LogonType", "Password")
    _under(principal, "RunLevel", "LeastPrivilege")
    _settings(task, timeout_minutes)
    actions = _under(task, "Actions")
    actions.set("Context", "Author")
    action = _under(actions, "Exec")
    _under(action, "Command", f'"{cmd}"')
    _under(action, "WorkingDirectory", str(root))
    ET.indent(task)
    return '<?xml version="1.0" encoding="UTF-16"?>\n' + ET.tostring(task, encoding="unicode") + "\n"


def _settings(task: ET.Element, timeout_minutes: int) -> None:
    settings = _under(task, "Settings")
    _under(settings, "MultipleInstancesPolicy", "IgnoreNew")
    _under(settings, "DisallowStartIfOnBatteries", "false")
    _under(settings, "StopIfGoingOnBatteries", "false")
    _under(settings, "StartWhenAvailable", "true")
    _under(settings, "WakeToRun", "true")
    _under(settings, "ExecutionTimeLimit", f"PT{timeout_minutes + 10}M")
    # A night that failed for a passing cause is tried twice more.
    again = _under(settings, "RestartOnFailure")
    _under(again, "Interval", "PT15M")
    _under(again, "Count", "2")


def _tag(name: str) -> str:
    return f"{{{SCHEMA}}}{name}"


def _under(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, _tag(name))
    child.text = text
    return child


def _percent(path: Path) -> str:
    """A path in a .cmd file, where a percent sign begins a variable."""
    return str(path).replace("%", "%%")
