"""Telling people of a night: when a notice is due, and sending it without ever costing the night.

All channels at once, each with a few tries that wait longer each time. What became of it is data: it is told
on the terminal, kept in keep/last_attempt.json, and repeated by `jpt status` until a night gets through.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from flows.operation import channels, notice_text
from flows.operation.attempt import Cause
from flows.operation.changes import Happened
from flows.operation.channels import NotSent
from flows.operation.notice_settings import Notices
from flows.operation.notice_text import Notice
from flows.settings import Settings

PAUSES = (2.0, 8.0)  # seconds before the second and the third try


def of_night(settings: Settings, happened: Happened) -> dict[str, str]:
    """Send what a finished night gives reason to; channel -> "sent" or why not. Empty when nothing is due."""
    if not is_due(settings.notices, happened):
        return {}
    return send(settings.notices, notice_text.of_night(settings, happened))


def is_due(notices: Notices, happened: Happened) -> bool:
    """Whether the settings ask for a notice of this night."""
    return (
        "always" in notices.on
        or ("failure" in notices.on and happened.is_trouble)
        or ("change" in notices.on and happened.is_change)
    )


def of_failure(settings: Settings, run_id: str, cause: Cause) -> dict[str, str]:
    """Send that a night has no results; as `of_night`."""
    if not {"failure", "always"} & set(settings.notices.on):
        return {}
    return send(settings.notices, notice_text.of_failure(settings, run_id, cause))


def trial(settings: Settings) -> dict[str, str]:
    """Send the trial message by every channel; as `of_night`."""
    return send(settings.notices, notice_text.trial(settings))


def send(notices: Notices, notice: Notice, pauses: Sequence[float] = PAUSES) -> dict[str, str]:
    """Send by every channel of the settings, side by side. Never raises."""
    ways: dict[str, Callable[[], None]] = {}
    if notices.webhook:
        ways["webhook"] = partial(channels.by_webhook, notices.webhook, notice)
    if notices.email:
        ways["email"] = partial(channels.by_email, notices.email, notice)
    if notices.line:
        ways["line"] = partial(channels.by_line, notices.line, notice, channels.new_key())
    if not ways:
        return {}
    with ThreadPoolExecutor(len(ways)) as pool:
        return dict(zip(ways, pool.map(partial(_tried, pauses=pauses), ways.values()), strict=True))


def _tried(way: Callable[[], None], pauses: Sequence[float]) -> str:
    told = ""
    for pause in (0.0, *pauses):
        time.sleep(pause)
        try:
            way()
            return "sent"
        except NotSent as error:
            told = str(error)
            if not error.may_pass:
                break
        except Exception as error:
            # Whatever else a library may raise: a notice is never worth a night.
            return type(error).__name__
    return told
