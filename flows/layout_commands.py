"""`jpt layout learn FILE | check FILE`: what a new export's columns are, proposed, confirmed, kept as data.

`learn` reads headings and cells and proposes; at a terminal it asks about what is not sure, elsewhere it
writes a draft to be edited. `check` shows what a night would read of a file, with a draft or as things are.
Examples of cells are shown in the shape they have (`learn`) or by their row (`check`), never as they are.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table as Shown

from flows.intake import Quarantined
from flows.layout.draft import toml
from flows.layout.file_check import check_sheet, known_of
from flows.layout.file_columns import FileColumn, columns_of, sheets_of
from flows.layout.proposal import Candidate, Proposed, propose
from schemas import layouts
from schemas.dictionary import columns
from schemas.layouts import MODELS, with_file

app = typer.Typer(
    help="เรียนรู้หัวคอลัมน์ของไฟล์รูปแบบใหม่ · Learn the columns of a new export.",
    no_args_is_help=True,
    add_completion=False,
)
FAULTY, WRONG_USE = 1, 2
SIGNS = {"sure": "✓ แน่ใจ", "likely": "– น่าจะใช่", "unsure": "? ไม่แน่ใจ", "unknown": "✗ ไม่รู้จัก"}
File = Annotated[Path, typer.Argument(help="ไฟล์ที่อำเภอส่งมา · a file as sent.", exists=True, dir_okay=False)]

Round = Annotated[int, typer.Option("--round", help="ปีสำรวจ พ.ศ. · survey year, B.E.")]


@app.command(help="เสนอว่าคอลัมน์ใดคือช่องใด · Propose which column is which field.")
def learn(
    file: File,
    name: Annotated[str | None, typer.Option(help="ชื่อรูปแบบ เช่น export_2569 · name of the layout.")] = None,
    round_: Round = 2569,
    yes: Annotated[
        bool, typer.Option("--yes", help="บันทึกเฉพาะที่แน่ใจโดยไม่ถาม · save what is sure, ask nothing.")
    ] = False,
) -> None:
    console = Console(soft_wrap=True)
    called = name or f"export_{round_}"
    if not re.fullmatch("[a-z][a-z0-9_]{1,40}", called):
        console.print("ชื่อใช้ได้เฉพาะ a-z 0-9 _ · a name is of a-z 0-9 _", markup=False)
        raise typer.Exit(WRONG_USE)
    proposals = [one for sheet in _opened(console, file) for one in propose(sheet, round_)]
    _show(console, proposals)
    if yes or console.is_terminal:
        confirmed = proposals if yes else [_asked(one) for one in proposals]
        target = layouts.FOLDER / f"{called}.toml"
        text = toml(confirmed, called, _today(), with_likely=False)
    else:
        target = Path(f"{called}.draft.toml")
        text = toml(proposals, called, _today())
    _write(console, target, text)


@app.command(help="ดูว่าจะอ่านอะไรได้จากไฟล์ · Show what would be read of a file.")
def check(
    file: File,
    layout: Annotated[
        str, typer.Option("--layout", help="ไฟล์ร่างหรือชื่อรูปแบบ · a draft file, or a saved name.")
    ] = "",
    round_: Round = 2569,
) -> None:
    console = Console(soft_wrap=True)
    try:
        known = known_of(layout)
    except (OSError, ValueError) as error:
        console.print(f"ใช้รูปแบบนี้ไม่ได้: {error}", markup=False)
        raise typer.Exit(FAULTY) from None
    missing = 0
    try:
        with sheets_of(file) as sheets:
            for sheet in sheets:
                lines, lacking = check_sheet(sheet, known, round_)
                missing += lacking
                for line in lines:
                    console.print(line, markup=False, highlight=False)
    except Quarantined as reason:
        _refuse(console, reason)
    raise typer.Exit(FAULTY if missing else 0)


def _opened(console: Console, file: Path) -> list[list[FileColumn]]:
    try:
        return columns_of(file)
    except Quarantined as reason:
        _refuse(console, reason)


def _refuse(console: Console, reason: Quarantined) -> NoReturn:
    for line in reason.sentences:
        console.print(line, markup=False, highlight=False)
    raise typer.Exit(FAULTY) from None


def _show(console: Console, proposals: Sequence[Proposed]) -> None:
    table = Shown("คอลัมน์ในไฟล์", "ช่อง", "ความมั่นใจ", "ตัวอย่าง (ปิดบัง)", "เหตุผล", box=None, pad_edge=False)
    for one in sorted(proposals, key=lambda each: list(SIGNS).index(each.state), reverse=True):
        best = one.best
        table.add_row(
            one.column.heading,
            best.field if best else "",
            SIGNS[one.state] + (f" {best.confidence:.2f}" if best else ""),
            " | ".join(shapes(one.column.cells)),
            one.why + "".join(f" • {each.field} {each.confidence:.2f}" for each in _rivals(one)),
        )
    console.print(table)
    counts = Counter(one.state for one in proposals)
    console.print(
        " ".join(f"{SIGNS[state]} {counts[state]}" for state in SIGNS), markup=False, highlight=False
    )


def _rivals(one: Proposed) -> Sequence[Candidate]:
    return one.others if one.state in ("unsure", "unknown") else ()


def shapes(cells: Sequence[str], most: int = 2) -> list[str]:
    """What cells look like, letters as ก or a, digits as 9: examples that show no person."""
    drawn = (
        re.sub("[0-9๐-๙]", "9", re.sub("[a-zA-Z]", "a", re.sub("[ก-ฮ][ะ-ฺเ-๎]*", "ก", text))) for text in cells
    )
    short = (text if len(text) <= 16 else f"{text[:15]}…" for text in drawn)
    return list(dict.fromkeys(short))[:most]


def _asked(one: Proposed) -> Proposed:
    """The officer's word on what is not sure: Enter takes what is proposed, - leaves it, or another field."""
    if one.state == "sure":
        return one
    fields = {field for model in MODELS.values() for field in columns(model)}
    proposed = one.best.field if one.best else "-"
    while True:
        said = typer.prompt(f"{one.column.heading} → ช่อง (Enter = {proposed}, - = ไม่ใช้)", default=proposed)
        if said == "-":
            return replace(one, state="unknown", best=None)
        chosen = next((each for each in (one.best, *one.others) if each and each.field == said), None)
        if chosen:
            return replace(one, state="sure", best=chosen, why="เจ้าหน้าที่ยืนยัน")
        typer.echo(f"ไม่มีช่อง {said}" if said not in fields else f"ช่อง {said} ไม่อยู่ในรายการ ให้แก้ในไฟล์ร่าง")


def _write(console: Console, target: Path, text: str) -> None:
    if target.exists():
        console.print(
            f"มีไฟล์ {target.name} อยู่แล้ว ใช้ --name อื่น · {target.name} exists; choose another", markup=False
        )
        raise typer.Exit(WRONG_USE)
    fresh = target.with_suffix(".partial")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    try:
        for table in MODELS:
            with_file(fresh, table)
    except ValueError as error:
        fresh.rename(target.with_name(f"{target.stem}.refused"))
        console.print(f"บันทึกไม่ได้: {error}", markup=False)
        raise typer.Exit(FAULTY) from None
    fresh.rename(target)
    console.print(f"บันทึกแล้ว · saved: {target}", markup=False)


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Bangkok")).date()
