"""`jpt rules sql | export-gx`: the rules for systems of others, as SQL and as Great Expectations suites.

Deliberately not here: what a rule is in SQL (rules/language/to_sql.py) or as an expectation
(rules/as_expectation.py), and running either.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rules import as_expectation, catalogue
from rules.catalogue import CatalogueError
from rules.compiled import Compiled, compiled, round_params
from rules.in_force import in_force
from rules.language.sql_words import Dialect
from rules.language.to_sql import to_sql
from schemas import rounds

app = typer.Typer()
WRONG_USE = 2
PLAIN = {"markup": False, "highlight": False}


class Spoken(StrEnum):
    """The databases by their names."""

    DUCKDB = "duckdb"
    POSTGRESQL = "postgresql"
    SPARK = "spark"

    @property
    def dialect(self) -> Dialect:
        """The name the SQL target knows it by."""
        return {"duckdb": "duckdb", "postgresql": "postgres", "spark": "spark"}[self]  # type: ignore[return-value]


Chosen = Annotated[Spoken, typer.Option(help="duckdb, postgresql หรือ spark · whose SQL.")]


@app.command("sql", help="กฎหนึ่งข้อเป็น SQL · One rule as SQL: a row per record with its outcome, 0 to 3.")
def as_sql(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="เช่น WK003 · such as WK003")],
    dialect: Chosen = Spoken.POSTGRESQL,
) -> None:
    console = Console(soft_wrap=True)
    (rule,) = _chosen(console, [rule_id])
    console.print(f"-- {rule.rule.id}: {rule.rule.title['th']} · {rule.rule.title['en']}", **PLAIN)
    meanings = "0 ถูกต้อง holds, 1 ผิดกฎ violated, 2 ตรวจไม่ได้ cannot tell, 3 ไม่เข้าข่าย not applicable"
    console.print(f"-- {meanings}", **PLAIN)
    console.print(to_sql({rule.rule.id: rule}, rule.table, dialect.dialect), **PLAIN)


@app.command(
    "export-gx",
    help="กฎเป็นชุดตรวจของ Great Expectations บน SQL · The rules as Great Expectations suites on SQL.",
)
def export_gx(
    rule_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="เช่น WK003 · such as WK003 (default: all).")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="ไฟล์ JSON ที่จะเขียน · the JSON file to write (default: the screen).")
    ] = None,
    dialect: Chosen = Spoken.POSTGRESQL,
) -> None:
    console = Console(soft_wrap=True)
    rules = _chosen(console, rule_ids or [])
    suites = [as_expectation.suite(rules, table, dialect.dialect) for table in ("household", "person")]
    text = as_expectation.as_json(each for each in suites if each["expectations"])
    if out is None:
        console.print(text, end="", **PLAIN)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8", newline="\n")
    console.print(f"เขียน {len(rules)} กฎแล้ว · {len(rules)} rules written: {out}", **PLAIN)


def _chosen(console: Console, rule_ids: list[str]) -> list[Compiled]:
    """The rules in force of those ids, all when none is named; leaves when there is no such rule."""
    round_ = rounds.load(rounds.years()[-1])
    try:
        rules = in_force(catalogue.load(), round_)
    except CatalogueError as error:
        console.print(str(error), **PLAIN)
        raise typer.Exit(1) from None
    params = round_params(round_)
    known = {rule.id: rule for rule in rules if rule.must and rule.level != "delivery"}
    wanted = [rule_id.upper() for rule_id in rule_ids]
    for rule_id in wanted:
        if rule_id not in known:
            said = f"ไม่มีกฎที่เขียนด้วยภาษากฎชื่อ {rule_id} · no rule {rule_id} in the rule language"
            console.print(said, **PLAIN)
            raise typer.Exit(WRONG_USE)
    return [compiled(known[rule_id], params) for rule_id in wanted or known]
