"""The nightly deployment: Prefect starts the flow at 01:00 Bangkok time for as long as this process runs.

With PREFECT_API_URL set it registers with that server; without, Prefect's own small server runs inside.
"""

from prefect.schedules import Cron
from rich.console import Console

from flows.nightly import BANGKOK, nightly
from flows.settings import Settings

DEPLOYMENT = "every-night"


def serve(settings: Settings, cron: str, console: Console) -> None:
    """Register the deployment and wait for its hours. Returns when interrupted."""
    console.print(
        f"ตั้งเวลาแล้ว {cron} ({BANGKOK.key}) สำหรับ {settings.path.name} · กด Ctrl-C เพื่อหยุด\n"
        f"Scheduled {cron} ({BANGKOK.key}) for {settings.path.name} · Ctrl-C stops it",
        markup=False,
        highlight=False,
    )
    nightly.serve(
        name=DEPLOYMENT,
        schedule=Cron(cron, timezone=BANGKOK.key),
        parameters={"settings": str(settings.path)},
        print_starting_message=False,
    )
