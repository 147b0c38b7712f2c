"""The program `jpt`: what an officer types. Each command calls plain functions; none decides anything itself.

Exit codes: 0 ran, whatever the verdict; 1 with --strict when a verdict is below green; 2 wrong use or
settings, or another night is running on the same folders; 3 ran, but some delivery was quarantined (this one
wins over 1: somebody must act on a file first); 70 the program failed, in whole or for a district's
documents; 74 a file or the ledger could not be written; 75 the night took longer than night.timeout_minutes;
130 stopped by hand.
"""

import sys
import warnings
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from flows import prefect_setup
from flows.lazy_commands import group_of
from flows.operation import commands
from flows.settings import SettingsError, load
from flows.trouble import NO_ROOM, of_files, say

app = typer.Typer(
    help="ตรวจและรับรองข้อมูล จปฐ. ของจังหวัด · Check and certify a province's JPT household data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
RULES = "ดูและตรวจกฎ · See and check the rules."
LAYOUT = "เรียนรู้หัวคอลัมน์ของไฟล์รูปแบบใหม่ · Learn the columns of a new export."
LEDGER = "สมุดบันทึกของการตรวจทุกคืน · The ledger: what is remembered between nights."
EXPORT = "ไฟล์สำหรับหน่วยงานภายนอก · Files for partners, with a documented schema."
app.add_typer(group_of("flows.rule_commands", "flows.coverage_command", help_text=RULES), name="rules")
app.add_typer(group_of("flows.layout_commands", help_text=LAYOUT), name="layout")
app.add_typer(group_of("flows.ledger_commands", help_text=LEDGER), name="ledger")
app.add_typer(group_of("flows.export_commands", help_text=EXPORT), name="export")
app.add_typer(commands.app)  # status, schedule
app.add_typer(commands.notices_app, name="notices")

SettingsFile = Annotated[
    # Not `readable`: what is wrong with the file is told by flows.settings, in both languages.
    Path,
    typer.Option("--settings", readable=False, help="ไฟล์ตั้งค่าของจังหวัด · the province's settings file."),
]


def main() -> None:
    """Entry point. Thai must reach a console of any code page: UTF-8, or escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # libraries' advice to programmers
    app()


def refuse(th: str, en: str, code: int = 2) -> NoReturn:
    """Say what is wrong, in Thai and English, and leave."""
    say(f"ผิดพลาด: {th}", f"Error: {en}")
    raise typer.Exit(code)


def prepare_prefect(root: Path) -> None:
    """Prefect's own folder beside the settings; a folder that cannot be written ends here."""
    try:
        prefect_setup.prepare(root)
    except OSError as error:
        refuse(*of_files(error), NO_ROOM)


def day(text: str | None) -> Any:
    """A date as typed, C.E. or B.E.: 2026-11-24 or 2569-11-24."""
    if text is None:
        return None
    try:
        year, _, rest = text.partition("-")
        christian = int(year) - 543 if int(year) >= 2400 else int(year)
        return datetime.strptime(f"{christian:04d}-{rest}", "%Y-%m-%d").date()
    except ValueError:
        refuse(f"วันที่ {text} ไม่ถูกต้อง ใช้รูปแบบ 2026-11-24", f"{text} is not a date; write 2026-11-24")


@app.command(help="ตรวจข้อมูลคืนนี้และเขียนรายงาน · Run the night and write the reports.")
def night(
    settings: SettingsFile = Path("jpt.toml"),
    out: Annotated[
        Path | None, typer.Option(help="โฟลเดอร์ผลลัพธ์ · where results go (default: as the settings say).")
    ] = None,
    district: Annotated[
        list[str] | None, typer.Option(help="รหัสอำเภอ ใส่ซ้ำได้ · district code; may be repeated.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--night", help="วันที่บนรายงาน · the date on the reports (default: today).")
    ] = None,
    fresh: Annotated[
        bool,
        typer.Option(help="ตรวจใหม่ทั้งหมด ไม่ใช้ผลที่เก็บไว้ · check everything again, take nothing kept."),
    ] = False,
    strict: Annotated[
        bool, typer.Option(help="ออกด้วยรหัส 1 เมื่อมีอำเภอไม่เขียว · exit 1 when a verdict is below green.")
    ] = False,
) -> None:
    try:
        loaded = load(settings)
        loaded.only(tuple(district or ()))
    except SettingsError as error:
        refuse(error.th, error.en)
    when = day(on)
    prepare_prefect(loaded.root)
    # Only now: this imports prefect, which reads its settings at once and takes two seconds to come.
    from flows import night_command

    raise typer.Exit(
        night_command.run(settings, when, tuple(district or ()), out, strict=strict, fresh=fresh)
    )


@app.command(help="สร้างจังหวัดสมมุติขนาดใดก็ได้ · Make an invented province of any size.")
def sample(
    out: Annotated[Path, typer.Option(help="โฟลเดอร์ปลายทาง · the folder to write into.")],
    households: Annotated[int, typer.Option(min=100, help="จำนวนครัวเรือน · how many households.")] = 1500,
    seed: Annotated[int, typer.Option(help="เลขตั้งต้น เลขเดิมได้ไฟล์เดิมทุกไบต์ · same seed, same bytes.")] = 1,
) -> None:
    import sample_data

    console = Console()
    if out.exists() and any(out.iterdir()):
        refuse(
            f"โฟลเดอร์ {out.name} ไม่ว่าง ให้เลือกโฟลเดอร์ใหม่",
            f"the folder {out.name} is not empty; name a new one",
        )
    sample_data.make(
        out, households=households, seed=seed, progress=lambda line: console.print(line, markup=False)
    )
    console.print(f"เสร็จแล้ว · done: {out / 'jpt.toml'}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
