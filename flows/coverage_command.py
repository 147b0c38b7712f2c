"""`jpt rules coverage`: types every plausible mistake into clean records and says which the rules notice.

Takes minutes, so nobody runs it at night. What counts as a mistake is said in rules/coverage, how records are
judged in judge_of_coverage; here are the sizes, the progress and where the result goes.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from rules import catalogue
from rules.coverage import table
from rules.coverage.measure import measure
from rules.coverage.records import records
from rules.coverage.statement import statement
from rules.last_year import last_year
from schemas import rounds

app = typer.Typer()

DISTRICTS = ("3401", "3404", "3407", "3411")
"""The clean households are spread over these: few large files are read faster than many small ones."""

SEED = 11
"""Not the seed of the sample province, so that rules are judged on people they were not tried with."""


@app.command(
    help="วัดว่ากฎมองเห็นอะไรและมองไม่เห็นอะไร (2-5 นาที) · "
    "Measure what the rules notice and what they cannot see (2-5 minutes)."
)
def coverage(
    households: Annotated[
        int, typer.Option(min=400, help="ครัวเรือนที่ถูกต้อง · clean households to spoil.")
    ] = 20_000,
    each: Annotated[
        int, typer.Option(min=1, help="ความผิดพลาดต่อช่องต่อแบบ · mistakes per field and error type.")
    ] = 50,
    field: Annotated[
        list[str] | None,
        typer.Option(help="เฉพาะช่องนี้ เช่น person.sex ใส่ซ้ำได้ · only this field; may be repeated."),
    ] = None,
    out: Annotated[
        Path, typer.Option(help="โฟลเดอร์ที่จะเขียน · the folder to write into (default: the catalogue).")
    ] = catalogue.FOLDER,
) -> None:
    console = Console()
    if field and out == catalogue.FOLDER:
        console.print(
            "วัดเพียงบางช่อง ให้ระบุ --out เป็นโฟลเดอร์อื่น · only some fields: name another folder with --out",
            markup=False,
        )
        raise typer.Exit(2)
    result = measured(households, each, field, console)
    out.mkdir(parents=True, exist_ok=True)
    paths = table.write(result, out)
    said = statement(result, result.rules).sentences
    for line in (*said["th"], *said["en"]):
        console.print(line, markup=False, highlight=False)
    names = ", ".join(path.name for path in paths)
    console.print(f"เขียนแล้ว · written: {names}", markup=False, highlight=False)


def measured(
    households: int, each: int, fields: list[str] | None = None, console: Console | None = None
) -> table.Kept:
    """The measure of the newest round, over invented clean households."""
    # Only now: they take a second to come, and every other command would wait for it.
    from flows.judge_of_coverage import NightJudge
    from sample_data.clean import clean

    round_ = rounds.load(rounds.years()[-1])
    rules = table.active(catalogue.load(), round_)
    years = (round_.year_be - 1, round_.year_be)
    found = clean(households, SEED, years, DISTRICTS)
    before, now = (found[year] for year in years)
    judge = NightJudge(rules, round_, last_year(before.households, before.persons))
    with Progress(
        TextColumn("ทดลองกรอกผิด · mistyping"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console or Console(quiet=True),
    ) as progress:
        task = progress.add_task("", total=None)
        result = measure(
            records(now.households, now.persons),
            judge,
            each=each,
            seed=SEED,
            fields=fields,
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    return table.kept(result, rules, round_, each, SEED)
