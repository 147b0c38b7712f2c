"""What `jpt status` looks at: records of nights, the last attempt, the folders' lock, disk and ledger.

Looks and changes nothing: no folder is made, no ledger created. Imports neither Prefect nor what reads
deliveries, so that the answer comes at once.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from flows.alone import NAME as LOCK
from flows.alone import NightRunning, alone
from flows.operation import attempt, nights
from flows.operation.attempt import Attempt
from flows.settings import Settings
from reports.recorded_night import RecordedNight

CONNECT_SECONDS = 5


@dataclass(frozen=True)
class Facts:
    """All that a status is made of. ``free``: bytes left where a folder lies, by what it is called.

    ``ledger``: "" when it answers, "absent" when it was never made, else the kind of failure.
    """

    now: datetime
    settings: Settings
    out: Path
    nights: tuple[RecordedNight, ...]
    attempt: Attempt | None = None
    is_running: bool = False
    ledger: str = ""
    free: Mapping[str, int] = field(default_factory=dict)

    @property
    def last(self) -> RecordedNight | None:
        """The newest night that was published."""
        return self.nights[-1] if self.nights else None


def gather(settings: Settings, now: datetime) -> Facts:
    """Look at a province's folders. Never raises for what it finds there."""
    tried = attempt.read(settings.keep)
    found = nights.recorded(settings.keep, settings.out, settings.round_year_be)
    return Facts(
        now=now,
        settings=settings,
        out=settings.out,
        # By when they were made: a night may be run again for an earlier day.
        nights=tuple(sorted((one for one in found if one.is_kept), key=lambda one: one.published)),
        attempt=tried,
        is_running=tried is not None and tried.state == "running" and is_held(settings.keep),
        ledger=ledger_state(settings.ledger),
        free={"keep": _free(settings.keep), "out": _free(settings.out)},
    )


def is_held(keep: Path) -> bool:
    """Whether a night holds the folder now. Asked only when one says so: it takes the lock for a moment."""
    if not (keep / LOCK).is_file():
        return False
    try:
        with alone(keep):
            return False
    except NightRunning:
        return True
    except OSError:
        return False


def ledger_state(url: str) -> str:
    """Whether the ledger answers: "" when it does, "absent", or the type of what went wrong."""
    parsed = sa.engine.make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}
    if is_file and not Path(str(parsed.database)).is_file():
        return "absent"
    patience: dict[str, Any] = {"timeout": CONNECT_SECONDS} if is_file else {}
    if parsed.get_backend_name() == "postgresql":
        patience = {"connect_timeout": CONNECT_SECONDS}
    engine = sa.create_engine(parsed, connect_args=patience)
    try:
        with engine.connect() as db:
            sa.inspect(db).get_table_names()
        return ""
    except Exception as error:
        # A driver's own words may hold a password.
        return type(error).__name__
    finally:
        engine.dispose()


def _free(folder: Path) -> int:
    there = next(one for one in (folder, *folder.parents) if one.exists())
    return shutil.disk_usage(there).free
