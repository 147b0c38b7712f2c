"""`jpt export targets`: files for partners, from the last night. What each holds is in reports/partners."""

from collections.abc import Iterator
from contextlib import contextmanager
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
        frame = partners.target_households(night)
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
    except TooFewError:
        say("ข้อมูลมีน้อยเกินกว่าจะเผยแพร่จำนวนใดได้", "there are too few records for any count to be published")
        raise typer.Exit(WRONG_USE) from None
    except OSError as error:
        say(*of_files(error))
        raise typer.Exit(NO_ROOM) from None
