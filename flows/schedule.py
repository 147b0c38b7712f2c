"""The nightly deployment: Prefect starts the flow at 01:00 Bangkok time.

Two ways. `serve`: for as long as this process runs; with PREFECT_API_URL set it registers with that server,
without, Prefect's own small server runs inside. `deploy`: registered with a server's work pool, for whichever
process worker takes from it. Either way one night at a time, and a second one waits.
"""

import os
from typing import Any

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound, PrefectException
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType
from prefect.workers.process import ProcessWorker
from rich.console import Console

from flows import prefect_setup
from flows.nightly import BANGKOK, nightly
from flows.settings import Settings

DEPLOYMENT = "every-night"
# Waits rather than be cancelled: a slot that a killed night left behind is freed within minutes, and a night
# that waits then runs, where one that is cancelled would be missing in the morning.
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)


class NotDeployed(RuntimeError):  # noqa: N818  (the word for a state)
    """A deployment that cannot be made; `th` and `en` say what to do."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(f"{th} · {en}")
        self.th, self.en = th, en


def serve(settings: Settings, cron: str, console: Console) -> None:
    """Register the deployment and wait for its hours. Returns when interrupted."""
    _say(
        console,
        f"ตั้งเวลาแล้ว {cron} ({BANGKOK.key}) สำหรับ {settings.path.name} · กด Ctrl-C เพื่อหยุด",
        f"Scheduled {cron} ({BANGKOK.key}) for {settings.path.name} · Ctrl-C stops it",
    )
    nightly.serve(
        name=DEPLOYMENT,
        global_limit=ONE_AT_A_TIME,
        print_starting_message=False,
        **_about(settings, cron),
    )


def deploy(settings: Settings, cron: str, pool: str, console: Console) -> None:
    """Register the deployment with a work pool of the server, made when absent. Raises NotDeployed."""
    if not os.environ.get("PREFECT_API_URL"):
        raise NotDeployed(
            "--worker ต้องมีเซิร์ฟเวอร์ Prefect ให้ตั้งตัวแปร PREFECT_API_URL เช่น http://127.0.0.1:4200/api",
            "--worker needs a Prefect server: set PREFECT_API_URL, such as http://127.0.0.1:4200/api",
        )
    try:
        _make_pool(pool)
        deployment = RunnerDeployment.from_flow(
            nightly,
            name=DEPLOYMENT,
            concurrency_limit=ONE_AT_A_TIME,
            work_pool_name=pool,
            # In the province's folder, and as quiet as a night at the terminal.
            job_variables={"working_dir": str(settings.root), "env": prefect_setup.quiet()},
            **_about(settings, cron),
        )
        deployment.apply()
    except NotDeployed:
        raise
    except (httpx.HTTPError, PrefectException, RuntimeError) as error:
        kind = type(error).__name__
        raise NotDeployed(
            f"ลงทะเบียนกับเซิร์ฟเวอร์ Prefect ไม่ได้ ({kind}) ตรวจ PREFECT_API_URL และว่าเซิร์ฟเวอร์ทำงานอยู่",
            f"the Prefect server could not be used ({kind}); look at PREFECT_API_URL and whether it runs",
        ) from None
    start = f"prefect worker start --pool {pool}"
    _say(
        console,
        f"ลงทะเบียนแล้วใน work pool {pool} เวลา {cron} ({BANGKOK.key}) · เริ่มตัวทำงานด้วย {start}",
        f"Deployed to the work pool {pool}, {cron} ({BANGKOK.key}) · start a worker: {start}",
    )


def _about(settings: Settings, cron: str) -> dict[str, Any]:
    """What both ways say of the deployment. By module: the program may be installed anywhere."""
    return {
        "schedule": Cron(cron, timezone=BANGKOK.key),
        "parameters": {"settings": str(settings.path)},
        "entrypoint_type": EntrypointType.MODULE_PATH,
    }


def _make_pool(name: str) -> None:
    with get_client(sync_client=True) as client:
        try:
            pool = client.read_work_pool(name)
        except ObjectNotFound:
            template = ProcessWorker.get_default_base_job_template()
            client.create_work_pool(
                WorkPoolCreate(name=name, type=ProcessWorker.type, base_job_template=template)
            )
            return
    if pool.type != ProcessWorker.type:
        raise NotDeployed(
            f"work pool {name} เป็นชนิด {pool.type} ต้องเป็นชนิด {ProcessWorker.type} ให้ใช้ชื่ออื่น",
            f"the work pool {name} is of type {pool.type}, not {ProcessWorker.type}; use another name",
        )


def _say(console: Console, th: str, en: str) -> None:
    console.print(f"{th}\n{en}", markup=False, highlight=False, soft_wrap=True)
