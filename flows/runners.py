"""Where the districts' work runs: in threads of this process, or in processes of Dask, by one setting.

    [night]
    runner = "threads"                 # as many districts at once as night.workers
    runner = "dask"                    # as many processes of this machine
    runner = "dask:tcp://host:8786"    # the workers of a cluster, which see the same folders

A district's work knows its run and its files and nothing of the others, so that it can be sent anywhere.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib.util import find_spec
from typing import Any, Protocol

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.settings import Settings
from flows.settings_values import SettingsError


class Submit(Protocol):
    """Has a task run with these arguments; returns Prefect's future."""

    def __call__(self, task: Any, *arguments: Any) -> Any: ...


@contextmanager
def submitting(settings: Settings) -> Iterator[Submit]:
    """What submits tasks as the settings say; nothing is started before the first, which may never come."""
    with ExitStack() as started:

        @cache
        def runner() -> TaskRunner[Any]:
            return started.enter_context(_runner_of(settings))

        def submit(task: Any, *arguments: Any) -> Any:
            names = task.fn.__code__.co_varnames
            return runner().submit(task, dict(zip(names, arguments, strict=False)))

        yield submit


def refuse_absent(settings: Settings) -> None:
    """Say before the night begins that what it is to run on is not installed. Raises SettingsError."""
    if settings.runner != "threads" and find_spec("prefect_dask") is None:
        raise SettingsError(
            f'night.runner = "{settings.runner}" ต้องติดตั้งเพิ่มก่อนด้วย pip install prefect-dask',
            f'night.runner = "{settings.runner}" needs another package first: pip install prefect-dask',
        )


def _runner_of(settings: Settings) -> TaskRunner[Any]:
    kind, _, address = settings.runner.partition(":")
    if kind == "threads":
        return ThreadPoolTaskRunner(max_workers=settings.workers)
    # Read when it is first imported, by its workers too: a night's console has one line per district.
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "critical")
    from prefect_dask import DaskTaskRunner

    if address:
        return DaskTaskRunner(address=address)
    local = {"n_workers": settings.workers, "threads_per_worker": 1, "dashboard_address": None}
    return DaskTaskRunner(cluster_kwargs=local)
