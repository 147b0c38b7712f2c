"""`jpt rules mutate | examples | page`: how well examples guard the rules, more of them, all rules to read.

Nothing is written into the catalogue unless --write asks for it. What a mistake is, and which records tell
it, is said in rules/mutation and rules/boundaries, not here.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from reports import rules_page
from reports.words import share_text
from rules import catalogue, mutation
from rules.boundaries import rows as boundaries_rows
from rules.boundaries.rows import Row
from rules.catalogue import CatalogueError
from rules.examples import Kind
from rules.rule import Rule
from schemas import rounds

app = typer.Typer()
BELOW_GOAL, WRONG_USE = 1, 2
OUTCOMES = {
    "HOLDS": "ถูกต้อง · holds",
    "VIOLATED": "ผิดกฎ · violated",
    "CANNOT_TELL": "ตรวจไม่ได้ · cannot tell",
    "NOT_APPLICABLE": "ไม่เข้าข่าย · not applicable",
}


@app.command(help="ทดสอบว่าตัวอย่างจับกฎที่เขียนพลาดได้ · Do the examples notice small mistakes in each rule?")
def mutate(
    rule_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="เช่น WK003 · such as WK003 (default: all).")
    ] = None,
) -> None:
    console = Console(soft_wrap=True)
    year = rounds.load(rounds.years()[-1])
    scores = []
    for rule in _chosen(console, rule_ids or []):
        scores.append(mutation.score(rule, year))
        _say(console, _score_lines(scores[-1]))
    share = mutation.share(scores)
    _say(console, _total_lines(scores, share))
    raise typer.Exit(BELOW_GOAL if share < mutation.GOAL else 0)


def _score_lines(score: mutation.Score) -> list[str]:
    lines = [f"{score.rule_id}  {score.noticed}/{score.total}"]
    for one in score.survivors:
        was, mistaken = (OUTCOMES[outcome.name] for outcome in (one.outcome, one.mistaken))
        lines += [
            f"  {one.mutant.key}: {one.mutant.before}  →  {one.mutant.after}",
            f"    {boundaries_rows.row_text(one.record)}",
            f"    {was}  →  {mistaken}",
        ]
    return lines


def _total_lines(scores: Sequence[mutation.Score], share: float) -> list[str]:
    noticed, total = sum(score.noticed for score in scores), sum(score.total for score in scores)
    alike = sum(score.alike for score in scores)
    goal = share_text(mutation.GOAL)
    return [
        f"ตัวอย่างจับได้ {noticed:,} จาก {total:,} แบบ = {share_text(share)} (ต้องไม่น้อยกว่า {goal}) · "
        f"noticed {noticed:,} of {total:,} mistakes (at least {goal} needed)",
        f"อีก {alike:,} แบบให้ผลเหมือนกฎเดิม ไม่นับ · {alike:,} more find the same as the rule, not counted",
    ]


@app.command(help="เสนอตัวอย่างที่ขอบเขตของกฎ · Propose examples at the boundaries of a rule, as YAML to paste.")
def examples(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="เช่น WK003 · such as WK003")],
    missing: Annotated[
        bool,
        typer.Option("--missing", help="เฉพาะแถวที่จับจุดพลาดที่ยังจับไม่ได้ · only rows that notice a survivor."),
    ] = False,
    write: Annotated[
        str | None,
        typer.Option(
            metavar="KIND", help="good, bad หรือ unknown: เขียนต่อท้ายในไฟล์ · append these to the file."
        ),
    ] = None,
) -> None:
    console = Console(soft_wrap=True)
    (rule,) = _chosen(console, [rule_id])
    if write not in (None, *boundaries_rows.KINDS_IN_ORDER):
        console.print("--write good | bad | unknown", markup=False, highlight=False)
        raise typer.Exit(WRONG_USE)
    trial = mutation.Trial(rule, rounds.load(rounds.years()[-1]))
    rows = boundaries_rows.telling(trial) if missing else boundaries_rows.boundaries(trial.ready)
    for kind in boundaries_rows.KINDS_IN_ORDER:
        if write in (None, kind):
            _say(console, _row_lines(kind, [row for row in rows if row.kind == kind]))
            if write:
                added = boundaries_rows.append(catalogue.FOLDER / rule.path, kind, rows)
                path = rule.path.as_posix()
                _say(console, [f"# เพิ่ม {added} แถวใน {path} · added {added} rows to {path}"])


def _row_lines(kind: Kind, rows: Sequence[Row]) -> list[str]:
    lines = [f"  - {row.text}  # {OUTCOMES[row.outcome.name]} · {row.about}".rstrip(" ·") for row in rows]
    return [f"{kind}:", *lines] if lines else []


@app.command(
    help="หน้าเว็บรวมกฎทุกข้อ ค้นหาได้ · All rules as one searchable page, for the office's web or a stick."
)
def page(
    out: Annotated[Path, typer.Option(help="ไฟล์ที่จะเขียน · the file to write.")] = Path("rules.html"),
) -> None:
    console = Console(soft_wrap=True)
    text = rules_page.render(_all(console), rounds.load(rounds.years()[-1]))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8", newline="\n")
    _say(console, [f"เขียนแล้ว · written: {out}"])


def _chosen(console: Console, rule_ids: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of those ids, all when none is named; leaves when there is no such rule."""
    known = {rule.id: rule for rule in mutation.in_force(_all(console))}
    wanted = [rule_id.upper() for rule_id in rule_ids]
    for rule_id in wanted:
        if rule_id not in known:
            _say(console, [f"ไม่มีกฎที่เขียนด้วยภาษากฎชื่อ {rule_id} · no rule {rule_id} in the rule language"])
            raise typer.Exit(WRONG_USE)
    return tuple(known[rule_id] for rule_id in wanted) or tuple(known.values())


def _all(console: Console) -> tuple[Rule, ...]:
    try:
        return catalogue.load()
    except CatalogueError as error:
        _say(console, [str(error)])
        raise typer.Exit(1) from None


def _say(console: Console, lines: Sequence[str]) -> None:
    for line in lines:
        console.print(line, markup=False, highlight=False)
