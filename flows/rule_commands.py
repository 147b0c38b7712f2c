"""`jpt rules list | show ID | check`: the catalogue as its editors see it.

`check` is what an editor runs after changing a file: it parses and type-checks every rule and indicator, runs
the examples of each rule on both targets, and says per file what is wrong and where. Then the rules are
proved together: what contradicts, can never hold, can never fire, or is not needed (rules/proof).
"""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from flows import rule_export_commands, rule_trust_commands, rule_try_command
from reports.words import SEVERITIES
from rules import catalogue, examples, in_force, indicators, poverty
from rules.catalogue import CatalogueError
from rules.compiled import TextError
from rules.recalled import recalled
from rules.rule import Rule
from schemas import rounds

app = typer.Typer(help="ดูและตรวจกฎ · See and check the rules.", no_args_is_help=True, add_completion=False)
app.add_typer(rule_trust_commands.app)
app.add_typer(rule_try_command.app)
app.add_typer(rule_export_commands.app)
FAULTY, WRONG_USE = 1, 2
TRIAL = " · กำลังทดลอง · on trial"


@app.command("list", help="รายการกฎทั้งหมด · All rules, one line each.")
def list_rules(
    severity: Annotated[
        str | None, typer.Option(help="must_fix, must_explain หรือ watch · only this severity.")
    ] = None,
) -> None:
    console = Console()
    chosen = [rule for rule in _loaded(console) if severity in (None, rule.severity)]
    if not chosen:
        console.print(f"ไม่มีกฎระดับ {severity} · no rule of severity {severity}", markup=False)
        raise typer.Exit(WRONG_USE)
    table = Table("รหัส", "ระดับ", "ใช้กับ", "ชื่อ", "ข้อความ", box=None, pad_edge=False)
    for rule in chosen:
        table.add_row(
            rule.id,
            SEVERITIES[rule.severity].word,
            rule.level,
            rule.name,
            rule.message["th"] + (TRIAL if rule.status == "trial" else ""),
        )
    console.print(table)
    console.print(f"{len(chosen)} กฎ · rules", highlight=False)


@app.command(help="กฎหนึ่งข้อ พร้อมเหตุผลและตัวอย่าง · One rule with its reason and examples.")
def show(rule_id: Annotated[str, typer.Argument(help="เช่น WK003 · such as WK003")]) -> None:
    console = Console(soft_wrap=True)
    rules = {rule.id: rule for rule in _loaded(console)}
    rule = rules.get(rule_id.upper())
    if rule is None:
        near = (
            ", ".join(sorted(known for known in rules if known[:2] == rule_id.upper()[:2]))
            or "jpt rules list"
        )
        console.print(f"ไม่มีกฎ {rule_id} ลอง: {near} · no such rule; try: {near}", markup=False)
        raise typer.Exit(WRONG_USE)
    for label, text in _described(rule):
        if text:
            console.print(f"[bold]{label}[/]", end="  ")
            console.print(text, markup=False, highlight=False)


def _described(rule: Rule) -> list[tuple[str, str]]:
    return [
        (f"{rule.id} {rule.name}", f"{rule.level} · {SEVERITIES[rule.severity].word} ({rule.severity})"),
        ("ข้อความ · message", f"{rule.message['th']}\n  {rule.message['en']}"),
        ("วิธีแก้ · what to do", f"{rule.fix['th']}\n  {rule.fix['en']}"),
        ("ใช้เมื่อ · applies", rule.applies or ("" if rule.structural else "ทุกรายการ · every record")),
        ("ต้องเป็นจริง · must hold", rule.must or ""),
        ("เหตุผล · why", f"{rule.why.th}\n  {rule.why.en}"),
        ("ใช้ตั้งแต่รอบปี · since", f"{rule.since}{TRIAL if rule.status == 'trial' else ''}"),
        ("ไม่ได้ตรวจ · not checked", "\n  ".join(_left_out(rule))),
        ("อาศัยข้อมูลที่ยังไม่ยืนยัน · not confirmed", "\n  ".join(_rests_on(rule))),
        ("ที่มา · basis", rule.basis),
        ("ช่องข้อมูล · fields", ", ".join(rule.fields)),
        *((f"ตัวอย่าง · {kind}", "\n  ".join(map(str, rows))) for kind, rows in _examples(rule)),
        ("ไฟล์ · file", rule.path.as_posix().split("/rules/", 1)[-1]),
    ]


def _left_out(rule: Rule) -> list[str]:
    """Why the newest round does not run the rule; empty when it does."""
    left = in_force.left_out([rule], rounds.load(rounds.years()[-1]))
    return [f"{one.reason.th} · {one.reason.en}{f' ({one.who})' if one.who else ''}" for one in left]


def _rests_on(rule: Rule) -> list[str]:
    found = recalled(rule, rounds.load(rounds.years()[-1]))
    return [f"{one.words.th} · {one.words.en}" for one in found]


def _examples(rule: Rule) -> list[tuple[str, list[object]]]:
    named = (("good", rule.good), ("bad", rule.bad), ("unknown", rule.unknown))
    return [(name, list(rows)) for name, rows in named if rows]


@app.command(
    help="ตรวจไวยากรณ์ ชนิดข้อมูล ตัวอย่าง และพิสูจน์ว่ากฎไม่ขัดกัน · Parse, type-check, run every rule's examples, and"
    " prove that no rules contradict each other."
)
def check() -> None:
    console = Console(soft_wrap=True)
    rules = _loaded(console)
    year = rounds.load(rounds.years()[-1])
    faults = [fault for rule in rules if not rule.structural for fault in _example_faults(rule, year)]
    faults += _indicator_faults()
    faults += _rounds_faults(rules)
    for fault in faults:
        console.print(fault, markup=False, highlight=False)
    console.print(
        f"{len(rules)} กฎ ผิด {len(faults)} แห่ง · {len(rules)} rules, {len(faults)} faults", highlight=False
    )
    if faults:
        console.print(
            "แก้ที่ผิดก่อน แล้วจึงพิสูจน์กฎได้ · correct these first; the rules are not proved yet", highlight=False
        )
        raise typer.Exit(FAULTY)
    raise typer.Exit(0 if _is_proved(console, rules, year) else FAULTY)


def _rounds_faults(rules: Sequence[Rule]) -> list[str]:
    """Rounds that switch off what is not there, or cannot be switched off."""
    faults = []
    for year in rounds.years():
        try:
            in_force.refuse_unknown(rules, rounds.load(year))
        except in_force.RulesOffError as error:
            faults.append(f"{error.th}\n{error.en}")
    return faults


def _indicator_faults() -> list[str]:
    """Files that cannot be used; when all can, rounds and dimensions that do not fit them."""
    if faults := indicators.faults() or poverty.faults():
        return faults
    every = indicators.load()
    return [fault for year in rounds.years() for fault in indicators.round_faults(every, rounds.load(year))]


def _is_proved(console: Console, rules: Sequence[Rule], year: rounds.Round) -> bool:
    """Print what the proof finds; whether there is no fault among it. Warnings are no faults."""
    try:
        from rules import proof
    except ModuleNotFoundError:
        console.print(
            "ยังไม่ได้พิสูจน์กฎ เพราะไม่ได้ติดตั้ง z3-solver · rules NOT proved, z3-solver is not installed:"
            " pip install z3-solver",
            highlight=False,
        )
        return False
    with console.status("กำลังพิสูจน์กฎ · proving the rules"):
        proved = proof.prove(rules, year)
    for flaw in proved.flaws:
        mark = "[red]✗[/]" if flaw.is_fault else "[yellow]![/]"
        console.print(mark, end=" ")
        console.print(f"{flaw.sentence.th}\n  {flaw.sentence.en}", markup=False, highlight=False)
    console.print(proved.summary, markup=False, highlight=False)
    return not proved.faults


def _example_faults(rule: Rule, year: rounds.Round) -> list[str]:
    """Examples that do not come out as the rule says, on either target."""
    try:
        tried = examples.run(rule, year)
    except (examples.ExampleError, TextError) as error:
        return [f"{rule.path.as_posix()}: {error}"]
    return [
        f"{rule.path.as_posix()}: ตัวอย่าง {one.kind} ที่ {one.number} ได้ {one.by_polars.name} · "
        f"{one.kind} example {one.number} comes out as {one.by_polars.name} (Python: {one.by_python.name})"
        for one in tried
        if not one.is_as_said
    ]


def _loaded(console: Console) -> tuple[Rule, ...]:
    try:
        return catalogue.load()
    except CatalogueError as error:
        console.print(str(error), markup=False, highlight=False)
        raise typer.Exit(FAULTY) from None
