"""`jpt export targets | profile | help-plan`: files for partners, from the last night.

What each holds is in reports/partners, how it is made in flows/partners.py.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console

from flows import partners
from flows.partners import PublishedNight
from flows.settings import SettingsError, load
from flows.trouble import NO_ROOM, WRONG_USE, of_files, say
from reports.partners import exports, writing
from reports.partners.exports import Export
from reports.partners.locked import LEAST_LETTERS, WeakPasswordError
from reports.partners.profile import TooFewError, rows_of
from rules.poverty import PovertyError
from schemas import areas

app = typer.Typer()
SettingsFile = Annotated[
    Path,
    typer.Option("--settings", readable=False, help="ไฟล์ตั้งค่าของจังหวัด · the province's settings file."),
]
Folder = Annotated[Path, typer.Option(help="โฟลเดอร์ปลายทาง · the folder to write into.")]


@app.command(
    help="ครัวเรือนยากจนหลายมิติ ยังไม่ใช่คนจนเป้าหมาย · Multidimensionally poor households, not the target poor."
)
def targets(out: Folder = Path("export"), settings: SettingsFile = Path("jpt.toml")) -> None:
    with _told():
        night = partners.last_night(load(settings))
        frame = partners.target_households(night, night.table("bounds"))
        _write(frame, exports.load()["targets"], night, out)
        _print(f"ครัวเรือนยากจนหลายมิติ {frame.height:,} ครัวเรือน ยังไม่ได้เทียบทะเบียนบัตรสวัสดิการแห่งรัฐ")
        _print(
            f"{frame.height:,} multidimensionally poor households; the welfare-card register was not asked"
        )


@app.command(help="ข้อมูลตำบลห้าด้าน เฉพาะจำนวนนับ · Tambon profile in five fields, counts only.")
def profile(
    tambon: Annotated[
        str | None, typer.Option(help="รหัสตำบล 6 หลัก · a tambon's code (default: the whole province).")
    ] = None,
    out: Folder = Path("export"),
    settings: SettingsFile = Path("jpt.toml"),
) -> None:
    with _told():
        province = load(settings)
        known = {area.code for area in areas.tambons(province.province_code)}
        if tambon is not None and tambon not in known:
            raise SettingsError(f"ไม่มีตำบลรหัส {tambon}", f"there is no tambon {tambon}")
        night = partners.last_night(province)
        rows = partners.profile_rows(night, province.province_code)
        if tambon is None:
            _write(rows, exports.load()["profile"], night, out)
            return
        own, area = rows_of(rows, tambon)
        if area != tambon:
            _print(f"ตำบล {tambon} มีครัวเรือนน้อย รวมอยู่ในแถว {area} · too few; it is in the row {area}")
        _write(own, exports.load()["profile"], night, out, f"-{tambon}")


@app.command(
    "help-plan",
    help="แผนช่วยเหลือรายครัวเรือนของอำเภอ เข้ารหัสเสมอ · A district's help plan by household, always encrypted.",
)
def help_plan(
    district: Annotated[str, typer.Argument(help="รหัสอำเภอ เช่น 3401 · a district's code.")],
    password_env: Annotated[
        str,
        typer.Option(help="ชื่อตัวแปรที่เก็บรหัสผ่าน ถ้าไม่มีจะถาม · the variable with the password, else asked."),
    ] = "JPT_EXPORT_PASSWORD",
    out: Folder = Path("export"),
    settings: SettingsFile = Path("jpt.toml"),
) -> None:
    with _told():
        province = load(settings)
        province.only((district,))
        night = partners.last_night(province, district)
        rows = partners.help_plan_rows(province, night, district)
        about = replace(night.about, districts=(district,), missing=())
        export, name = exports.load()["help_plan"], f"help-plan-{district}"
        password = _password(password_env)
        for path in writing.write_encrypted(rows, export, about, out, name, password):
            _print(f"  {path}")
        _print(f"คืน {about.run_id} {rows.height:,} เรื่อง เข้ารหัสแล้ว · {rows.height:,} rows, encrypted")


def _password(variable: str) -> str:
    """From the environment, else typed twice and not shown; an argument would stay in the shell's history."""
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise WeakPasswordError
    text = "รหัสผ่านของไฟล์ · password of the file"
    return str(typer.prompt(text, hide_input=True, confirmation_prompt="พิมพ์อีกครั้ง · again", err=True))


def _write(frame: pl.DataFrame, export: Export, night: PublishedNight, out: Path, more: str = "") -> None:
    about = night.about
    _print(f"คืน {about.run_id} · night {about.run_id}")
    if about.missing:
        names = " ".join(areas.district_name(code, "th") for code in about.missing)
        _print(f"ไม่มีข้อมูลของอำเภอ {names} · without the districts {' '.join(about.missing)}")
    for path in writing.write(frame, export, about, out, name=f"{export.name}{more}"):
        _print(f"  {path}")


def _print(line: str) -> None:
    Console(soft_wrap=True).print(line, markup=False, highlight=False)


@contextmanager
def _told() -> Iterator[None]:
    """Say in both languages what went wrong, and leave with its code."""
    try:
        yield
    except (SettingsError, PovertyError) as error:
        say(f"ผิดพลาด: {error.th}", f"Error: {error.en}")
        raise typer.Exit(WRONG_USE) from None
    except WeakPasswordError:
        say(
            f"ต้องมีรหัสผ่านอย่างน้อย {LEAST_LETTERS} ตัว ไฟล์ที่มีชื่อคนไม่เขียนโดยไม่เข้ารหัส",
            f"a password of at least {LEAST_LETTERS} letters is needed; names are not written unencrypted",
        )
        raise typer.Exit(WRONG_USE) from None
    except TooFewError:
        say("ข้อมูลมีน้อยเกินกว่าจะเผยแพร่จำนวนใดได้", "there are too few records for any count to be published")
        raise typer.Exit(WRONG_USE) from None
    except OSError as error:
        say(*of_files(error))
        raise typer.Exit(NO_ROOM) from None
