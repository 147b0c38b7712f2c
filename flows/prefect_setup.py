"""How Prefect behaves here: quiet, no call outside, its own database beside the province's settings.

Prefect reads its settings from the environment when it is first imported, so `prepare` must run before that.
Whatever the operator has set already (a server's PREFECT_API_URL above all) wins.
"""

import logging
import os
from pathlib import Path

# Each entry was seen to matter: the first three stop look-ups of the vendor's hosts, the timeout covers the
# first start, which migrates a database for 15 s and more, the rest keeps one line per district readable
# (Prefect prints the trace of every failed task and flow; what failed is told by our own words and run.json).
_QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_SHOW_DEPRECATION_WARNINGS": "false",
    "GX_ANALYTICS_ENABLED": "false",
}


def quiet() -> dict[str, str]:
    """The same for a process that somebody else starts: a worker's."""
    return dict(_QUIET)


def prepare(root: Path) -> None:
    """Set what is not set yet; `root` is the folder of jpt.toml. Call before anything imports prefect."""
    home = Path(os.environ.setdefault("PREFECT_HOME", str(root / ".jpt" / "prefect")))
    home.mkdir(parents=True, exist_ok=True)
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    # Says at the end of a busy night that events are still on their way, under a name no setting reaches.
    logging.getLogger("EventsWorker").setLevel(logging.CRITICAL)
