"""`jpt status`, `jpt notices test` and `jpt schedule`: what an officer types to keep the nights going.

Only `schedule` needs Prefect, and imports it when it is certain to be used.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.text import Text

from flows import prefect_setup
from flows.operation import examples, notices, status
from flows.operation.status_facts import gather
from flows.settings import Settings, load
from flows.settings_values import SettingsError
from flows.trouble import NO_ROOM, WRONG_USE, of_files, say

BANGKOK = ZoneInfo("Asia/Bangkok")
NIGHTLY = "0 1 * * *"
STYLES = {"✓": "green", "·": "", "!": "bold red"}
SettingsFile = Annotated[
    Path,
    typer.Option("--settings", readable=False, help="ไฟล์ตั้งค่าของจังหวัด · the province's settings file."),
]
app = typer.Typer(add_completion=False)
notices_app = typer.Typer(help="การแจ้งเตือน · Notices of a night.", no_args_is_help=True, add_completion=False)


@app.command("status", help="เมื่อคืนตรวจอะไร มีอะไรต้องทำ · What ran last night and what to do.")
def show_status(settings: SettingsFile = Path("jpt.toml")) -> None:
    told = status.lines(gather(_loaded(settings), datetime.now(BANGKOK)))
    console = Console(soft_wrap=True, highlight=False)
    for line in told:
        console.print(Text(f"{line.sign} {line.th}", style=STYLES[line.sign]))
        console.print(Text(f"  {line.en}", style="dim"))
    raise typer.Exit(status.exit_code(told))


@notices_app.callback()
def notices_group() -> None:
    """Keeps `test` a word of its own."""


@notices_app.command("test", help="ส่งข้อความทดลองทุกช่องทาง · Send a trial message by every channel.")
def send_trial(settings: SettingsFile = Path("jpt.toml")) -> None:
    loaded = _loaded(settings)
    console = Console(soft_wrap=True, highlight=False)
    if not loaded.notices.has_channel:
        _refuse(
            f"{loaded.path.name} ไม่มีหมวด [notices.webhook] [notices.email] หรือ [notices.line]",
            f"{loaded.path.name} has no [notices.webhook], [notices.email] or [notices.line]",
        )
    sent = notices.trial(loaded)
    for channel, told in sent.items():
        is_sent = told == "sent"
        line = f"{channel}: ส่งแล้ว · sent" if is_sent else f"{channel}: ส่งไม่ได้ · not sent ({told})"
        console.print(Text(f"{'✓' if is_sent else '!'} {line}", style=STYLES["✓" if is_sent else "!"]))
    raise typer.Exit(0 if set(sent.values()) == {"sent"} else 1)


@app.command(help="ตั้งเวลาตรวจทุกคืน 01:00 น. (Prefect) · Serve the nightly deployment at 01:00 Asia/Bangkok.")
def schedule(
    settings: SettingsFile = Path("jpt.toml"),
    cron: Annotated[
        str, typer.Option(help="เวลาแบบ cron ตามเวลากรุงเทพฯ · cron time, Asia/Bangkok.")
    ] = NIGHTLY,
    worker: Annotated[
        str | None,
        typer.Option(
            metavar="POOL", help="ลงทะเบียนกับ work pool ของเซิร์ฟเวอร์ Prefect · deploy to a work pool."
        ),
    ] = None,
    examples_to: Annotated[
        Path | None,
        typer.Option(
            "--examples", help="เขียนตัวอย่าง systemd และ Windows · write systemd and Windows examples."
        ),
    ] = None,
) -> None:
    loaded = _loaded(settings)
    console = Console(soft_wrap=True, highlight=False)
    try:
        if examples_to is not None:
            for file in examples.write(loaded, cron, examples_to):
                console.print(str(file), markup=False)
            return
        prefect_setup.prepare(loaded.root)
    except examples.NotDaily:
        _refuse(
            f"ตัวอย่างใช้ได้กับเวลาเดียวกันทุกวันเท่านั้น เช่น {NIGHTLY}",
            f"examples are for one time every day, such as {NIGHTLY}",
        )
    except OSError as error:
        _refuse(*of_files(error), code=NO_ROOM)
    _deploy(loaded, cron, worker, console)


def _deploy(loaded: Settings, cron: str, worker: str | None, console: Console) -> None:
    from flows import schedule as deployment

    try:
        if worker is None:
            deployment.serve(loaded, cron, console)
        else:
            deployment.deploy(loaded, cron, worker, console)
    except deployment.NotDeployed as error:
        _refuse(error.th, error.en)


def _loaded(settings: Path) -> Settings:
    try:
        return load(settings)
    except SettingsError as error:
        _refuse(error.th, error.en)


def _refuse(th: str, en: str, code: int = WRONG_USE) -> NoReturn:
    say(f"ผิดพลาด: {th}", f"Error: {en}")
    raise typer.Exit(code)
