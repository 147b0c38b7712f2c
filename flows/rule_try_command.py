"""`jpt rules try FILE`: what a rule would do to last night and last year, before anybody approves it.

The file may lie anywhere. It is read and typed, its examples are run, it is proved against the rules that
read the same columns, and run over the kept records; nothing of the night or the catalogue is changed.
Deliberately not here: comparing (rules/trying.py), finding the night (flows/kept_night.py).
"""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import polars as pl
import typer
from rich.console import Console

from flows import kept_night
from flows.kept_night import KeptNight
from flows.settings import Settings, SettingsError, load
from reports.words import measure_text
from rules import catalogue, examples, trying
from rules.catalogue import CatalogueError
from rules.catalogue.reading import read
from rules.compiled import TextError
from rules.rule import Rule
from schemas import areas, rounds

app = typer.Typer()
FAULTY, WRONG_USE = 1, 2
STATES = {"met": ("ผ่าน", "met"), "not_met": ("ไม่ผ่าน", "not met"), "not_measured": ("วัดไม่ได้", "not measured")}


@app.command(
    "try",
    help="ลองกฎกับข้อมูลคืนล่าสุดและปีก่อน ก่อนอนุมัติ · Try a rule on last night and last year before it is approved.",
)
def try_rule(
    file: Annotated[Path, typer.Argument(help="ไฟล์กฎ อยู่ที่ใดก็ได้ · a rule file, anywhere.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="RUN", help="รหัสหรือโฟลเดอร์ของคืน · a night's id or folder.")
    ] = None,
    settings: Annotated[
        Path, typer.Option("--settings", readable=False, help="ไฟล์ตั้งค่า · the settings file.")
    ] = Path("jpt.toml"),
    out: Annotated[Path | None, typer.Option(help="ไฟล์รายการ · the list to write (try_ID.csv).")] = None,
) -> None:
    console = Console(soft_wrap=True)
    try:
        rules = catalogue.load()
        rule = read(file.resolve(), file.resolve().parent)
        province = load(settings)
        night = kept_night.find(province, on)
    except FileNotFoundError:
        _leave(console, f"ไม่มีไฟล์ {file} · there is no file {file}", WRONG_USE)
    except CatalogueError as error:
        _leave(console, str(error), FAULTY)
    except SettingsError as error:
        _leave(console, f"{error.th}\n{error.en}", WRONG_USE)
    year = rounds.load(night.round_year_be)
    is_sound = _examples_hold(console, rule, year) and _is_proved(console, rule, rules, year)
    cases = _tried(console, rule, rules, province, night)
    target = out or Path(f"try_{rule.id}.csv")
    # With a mark at its start, so that Excel reads it as UTF-8.
    target.write_text(cases.write_csv(), encoding="utf-8-sig", newline="")
    _say(console, f"รายการ {cases.height:,} แถว (เฉพาะรหัส) · {cases.height:,} cases, keys only: {target}")
    raise typer.Exit(0 if is_sound else FAULTY)


def _examples_hold(console: Console, rule: Rule, year: rounds.Round) -> bool:
    if rule.structural:
        _leave(
            console,
            "กฎที่โปรแกรมตรวจเองลองแบบนี้ไม่ได้ · a structural rule is a program's; try it by tests",
            FAULTY,
        )
    try:
        run = examples.run(rule, year)
    except (examples.ExampleError, TextError) as error:
        _leave(console, str(error), FAULTY)
    wrong = [one for one in run if not one.is_as_said]
    for one in wrong:
        th, en = f"ตัวอย่าง {one.kind} ที่ {one.number}", f"{one.kind} example {one.number}"
        _say(console, f"✗ {th} ได้ {one.by_polars.name} · {en} comes out as {one.by_polars.name}")
    _say(console, f"{rule.id} {rule.title.th} · {rule.title.en}")
    good = len(run) - len(wrong)
    _say(
        console,
        f"ตัวอย่างตรงตามที่เขียน {good} จาก {len(run)} · {good} of {len(run)} examples come out as written",
    )
    return not wrong


def _is_proved(console: Console, rule: Rule, rules: Sequence[Rule], year: rounds.Round) -> bool:
    """Prove the rule with those that share a column with it; the whole is `jpt rules check`'s."""
    try:
        from rules import proof
    except ModuleNotFoundError:
        _say(console, "ยังไม่ได้พิสูจน์ เพราะไม่ได้ติดตั้ง z3-solver · NOT proved: pip install z3-solver")
        return True
    shared = {name.rpartition(".")[2] for name in rule.fields}
    near = [
        one
        for one in rules
        if one.id != rule.id and shared & {name.rpartition(".")[2] for name in one.fields}
    ]
    flaws = [
        flaw
        for flaw in proof.prove([*near, replace(rule, since=0)], replace(year, rules_off={})).flaws
        if rule.id in flaw.rules
    ]
    for flaw in flaws:
        _say(console, f"{'✗' if flaw.is_fault else '!'} {flaw.sentence.th}\n  {flaw.sentence.en}")
    if not flaws:
        _say(
            console,
            f"ไม่ขัดและไม่ซ้ำกับกฎ {len(near)} ข้อที่ใช้ช่องเดียวกัน · agrees with {len(near)} rules on its columns",
        )
    return not any(flaw.is_fault for flaw in flaws)


def _tried(
    console: Console, rule: Rule, rules: Sequence[Rule], province: Settings, night: KeptNight
) -> pl.DataFrame:
    """Run it over last night and last year, say what it does, and hand back last night's cases."""
    old = next((one for one in rules if one.id == rule.id and not one.structural), None)
    before = kept_night.last_round(province)
    year = rounds.load(night.round_year_be)
    last = kept_night.last_for(replace(rule, since=0), before, year)
    frames = list(night.districts.values())
    new = trying.run(rule, frames, year, last)
    was = trying.run(old, frames, year, kept_night.last_for(old, before, year)) if old else ()
    effect = trying.effect(new, was)
    _say_effect(console, f"คืน {night.run_id}", f"night {night.run_id}", effect, old)
    _say_moves(console, trying.moved_gates(rule.id, new, night.evidence, night.measured))
    if not before:
        _say(console, "ไม่ได้เก็บข้อมูลปีก่อนไว้ จึงลองกับปีก่อนไม่ได้ · last year is not kept; not tried on it")
        return effect.cases
    earlier = rounds.load(province.last_round_year_be or 0)
    then = [list(before.values()), earlier]
    past = trying.effect(trying.run(rule, *then), trying.run(old, *then) if old else ())
    _say_effect(console, f"ปีก่อน {earlier.year_be}", f"last year {earlier.year_be}", past, old)
    return effect.cases


def _say_effect(console: Console, th: str, en: str, effect: trying.Effect, old: Rule | None) -> None:
    if effect.error:
        _say(console, f"{th}: กฎทำงานไม่สำเร็จ ({effect.error}) · {en}: the rule broke ({effect.error})")
        return
    n, m = effect.households(trying.NEWLY), effect.districts(trying.NEWLY)
    people = effect.people(trying.NEWLY)
    who = (f" ({people:,} คน)", f" ({people:,} people)") if people else ("", "")
    _say(console, f"{th}: ผิดเพิ่ม {n:,} ครัวเรือน{who[0]} ใน {m} อำเภอ")
    _say(console, f"  {en}: newly fails {n:,} households{who[1]} in {m} districts")
    if old is not None:
        k = effect.households(trying.CLEARED)
        _say(
            console, f"  แทนกฎเดิม พ้นผิด {k:,} ครัวเรือน · replaces the rule of that id, clears {k:,} households"
        )
    told, unsure = effect.counts["holds"] + effect.counts["violated"], effect.counts["cannot_tell"]
    _say(console, f"  ตรวจได้ {told:,} ตรวจไม่ได้ {unsure:,} · could tell {told:,}, cannot tell {unsure:,}")


def _say_moves(console: Console, moves: Sequence[trying.Move]) -> None:
    """One gate at a time, with the districts in which it comes out otherwise."""
    if not moves:
        _say(console, "  ไม่มีเกณฑ์ใดเปลี่ยน · no gate moves")
    by_gate = itertools.groupby(sorted(moves, key=_gate_and_states), key=_gate_and_states)
    for (_, was, now), group in by_gate:
        found = list(group)
        gate, (th, en) = found[0].gate, zip(STATES[was], STATES[now], strict=True)
        _say(console, f"  เกณฑ์เปลี่ยน {len(found)} อำเภอ: {gate.th}: {th[0]} → {th[1]}")
        _say(console, f"    a gate moves in {len(found)} districts: {gate.en}: {en[0]} → {en[1]}")
        _say(console, f"    {' · '.join(map(_where, found))}")


def _gate_and_states(move: trying.Move) -> tuple[str, str, str]:
    return move.gate.key, move.before[0], move.after[0]


def _where(move: trying.Move) -> str:
    was, now = (measure_text(move.gate.measure, value) for _, value in (move.before, move.after))
    return f"{areas.district_name(move.district_code, 'th')} {was} → {now}"


def _leave(console: Console, text: str, code: int) -> NoReturn:
    _say(console, text)
    raise typer.Exit(code)


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False)
