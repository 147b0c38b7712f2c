"""Examples for a machine's own scheduler, filled with this installation's paths when they are asked for.

systemd: a unit with a timer that runs `jpt night`, and a unit that keeps `jpt schedule` up. Windows: a task
for the Task Scheduler with the .cmd it runs. One of the two ways is enough; nothing is installed from here.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from flows.operation.windows_examples import task_xml, timed_cmd
from flows.settings import Settings

NAME = "jpt-night"
SERVED = "jpt-schedule"
_DAILY = re.compile(r"([0-5]?[0-9]) ([01]?[0-9]|2[0-3]) \* \* \*")


class NotDaily(ValueError):  # noqa: N818  (the word for what is wrong)
    """A cron time that is not once every day."""


@dataclass(frozen=True)
class Installation:
    """Where this program and this province are, and when the night is due in Bangkok."""

    python: Path
    settings: Path
    hour: int
    minute: int
    timeout_minutes: int
    cron: str

    @property
    def root(self) -> Path:
        return self.settings.parent


def write(settings: Settings, cron: str, folder: Path) -> list[Path]:
    """Write all examples into the folder, made when absent; their paths. Raises NotDaily and OSError."""
    found = _DAILY.fullmatch(cron.strip())
    if found is None:
        raise NotDaily(cron)
    here = Installation(
        # Not resolved: in a virtual environment the link is what knows the installed packages.
        python=Path(sys.executable),
        settings=settings.path,
        hour=int(found[2]),
        minute=int(found[1]),
        timeout_minutes=settings.timeout_minutes,
        cron=cron.strip(),
    )
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        f"{NAME}.service": night_service(here).encode(),
        f"{NAME}.timer": timer(here).encode(),
        f"{SERVED}.service": schedule_service(here).encode(),
        f"{NAME}.cmd": timed_cmd(here.python, here.settings).encode(),
        # As the Task Scheduler exports it itself.
        f"{NAME}.xml": task_xml(
            folder.resolve() / f"{NAME}.cmd", here.root, here.hour, here.minute, here.timeout_minutes
        ).encode("utf-16"),
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text)
    return [folder / name for name in texts]


def night_service(here: Installation) -> str:
    """A unit that runs one night. 1 and 3 are verdicts and files to see to, not failures of the unit."""
    return f"""# sudo cp {NAME}.service {NAME}.timer /etc/systemd/system/ && sudo systemctl daemon-reload
# sudo systemctl enable --now {NAME}.timer
[Unit]
Description=JPT night: check the province's household records
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
{_where(here)}
ExecStart={_command(here, "night")}
SuccessExitStatus=1 3
# A night that failed for a passing cause (a share, a database) is tried again, wrong settings are not.
Restart=on-failure
RestartSec=15min
RestartPreventExitStatus=2
# The program ends itself after night.timeout_minutes; this is for when even that fails.
TimeoutStartSec={here.timeout_minutes + 10}min
Nice=10
"""


def timer(here: Installation) -> str:
    """When the night is due. Persistent: a machine that was off at that hour makes up for it."""
    return f"""[Unit]
Description=JPT night, every day at {here.hour:02d}:{here.minute:02d} in Bangkok

[Timer]
OnCalendar=*-*-* {here.hour:02d}:{here.minute:02d}:00 Asia/Bangkok
Persistent=true
AccuracySec=1min

[Install]
WantedBy=timers.target
"""


def schedule_service(here: Installation) -> str:
    """A unit that keeps the Prefect deployment served. Instead of the timer, not beside it."""
    return f"""# sudo cp {SERVED}.service /etc/systemd/system/ && sudo systemctl daemon-reload
# sudo systemctl enable --now {SERVED}.service      (instead of {NAME}.timer, not beside it)
[Unit]
Description=JPT nights as a Prefect deployment
Wants=network-online.target
After=network-online.target

[Service]
Type=simple
{_where(here)}
ExecStart={_command(here, "schedule", "--cron", here.cron)}
Restart=always
RestartSec=30
TimeoutStopSec=2min
KillMode=mixed

[Install]
WantedBy=multi-user.target
"""


def _where(here: Installation) -> str:
    root = _escaped(str(here.root))
    return f"""WorkingDirectory={root}
Environment=PYTHONUTF8=1
# Passwords and tokens, one NAME=value a line, readable by the service's user only (chmod 600).
EnvironmentFile=-{root}/jpt.env
UMask=0027
NoNewPrivileges=true
PrivateTmp=true"""


def _command(here: Installation, *words: str) -> str:
    settings = ("--settings", str(here.settings))
    return " ".join(_quoted(word) for word in (str(here.python), "-m", "flows.cli", *words, *settings))


def _escaped(text: str) -> str:
    """A path in a unit: the percent sign is systemd's own."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """A word of a command line, as systemd reads it back."""
    safe = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{safe}"' if re.search(r"[\s\"'*]", word) else safe
