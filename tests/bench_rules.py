"""`make bench-rules`: the same checks on the same records by our engine and by other tools, side by side.

    python -m tests.bench_rules [--households 375000] [--repeat 3]

A process per tool, so that peak memory is its own; the first run holds the import. Each must hand back the
broken rows; counts that differ from the engine's are shown by rule. Tools are ranked by processor seconds:
those of a busy machine say little else. Last the whole catalogue in one pass per table, and how far that is
from adding up the columns it reads. Not a test: it asserts nothing.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.progress import track
from rich.table import Table

from flows import bench
from flows.meter import peak_memory_bytes

OURS = "engine, keys"
HEADINGS = (
    "tool", "CPU s", "ratio to ours", "seconds", "first run", "rows/s", "peak MB", "broken rows", "agrees",
)  # fmt: skip
NO_PEER = ("engine, findings", "engine, keys", "polars by hand", "bare sum")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--households", type=int, default=375_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--repeat", type=int, default=3)
    words.add_argument("--one", nargs=2, metavar=("TOOL", "CHECKS"), help="run one tool here, print JSON")
    words.add_argument("--data", type=Path)
    asked = words.parse_args()
    if asked.one:
        print(json.dumps(alone(asked.one[0], asked.one[1], asked.data, asked.repeat)))
        return
    console = Console(width=110)
    data = bench.typed_tables(asked.households, asked.seed, console)
    for checks in (12, 20):
        compare(console, data, checks, asked.repeat)
    whole(console, data, asked.repeat)


def alone(name: str, checks: str, data: Path, repeat: int) -> dict[str, Any]:
    """One tool in this process: seconds of the first and the best run, counts by rule, peak memory in MB."""
    from tests.bench_checks import SETS
    from tests.bench_tools import TOOLS

    households, persons = (pl.read_parquet(data / f"{table}.parquet") for table in ("households", "persons"))
    loaded = peak_memory_bytes()
    seconds, worked, found = timed(lambda: TOOLS[name](households, persons, SETS[int(checks)]), repeat)
    return {
        "first": seconds[0],
        "best": min(seconds),
        "cpu": min(worked),
        "peak": peak_memory_bytes() / 1e6,
        "loaded": loaded / 1e6,
        "counts": dict(found.group_by("rule_id").len().sort("rule_id").iter_rows()),
        "digest": str(found.select("rule_id", "household_id", "member_no").sort(pl.all()).hash_rows(1).sum()),
        "rows": households.height + persons.height,
    }


def timed(work: Callable[[], pl.DataFrame], repeat: int) -> tuple[list[float], list[float], pl.DataFrame]:
    """Seconds by the clock and of all processors, a number a run, and what the last run gave."""
    seconds, worked = [], []
    for _ in range(repeat):
        begun, at_work = time.perf_counter(), time.process_time()
        found = work()
        seconds.append(time.perf_counter() - begun)
        worked.append(time.process_time() - at_work)
    return seconds, worked, found


def compare(console: Console, data: Path, checks: int, repeat: int) -> None:
    """The table of one set of checks, then every disagreement."""
    from tests.bench_tools import TOOLS

    results = {
        name: told
        for name in track(TOOLS, f"{checks} checks", console=console, transient=True)
        if (told := asked_of(name, checks, data, repeat)) is not None
    }
    ours = results[OURS]
    table = Table(title=f"{checks} checks, {ours['rows']:,} rows, best of {repeat}")
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == "tool" else "right")
    for name, told in sorted(results.items(), key=lambda item: item[1]["cpu"]):
        is_same = "-" if name == "bare sum" else ("yes" if told["digest"] == ours["digest"] else "NO")
        table.add_row(
            name,
            f"{told['cpu']:.2f}",
            f"{told['cpu'] / ours['cpu']:.2f}",
            f"{told['best']:.2f}",
            f"{told['first']:.2f}",
            f"{told['rows'] / told['best']:,.0f}",
            f"{told['peak']:,.0f}",
            f"{sum(told['counts'].values()):,}",
            is_same,
        )
    console.print(table)
    fastest = min((n for n in results if n not in NO_PEER), key=lambda name: results[name]["cpu"])
    console.print(f"fastest peer {fastest}: {results[fastest]['cpu'] / ours['cpu']:.2f} x our CPU seconds")
    for name, told in results.items():
        for rule_id in sorted({*told["counts"], *ours["counts"]} if name != "bare sum" else ()):
            here, there = ours["counts"].get(rule_id, 0), told["counts"].get(rule_id, 0)
            if here != there:
                console.print(f"{name} differs in {rule_id}: {there:,} broken rows, the engine {here:,}")


def asked_of(name: str, checks: int, data: Path, repeat: int) -> dict[str, Any] | None:
    command = [sys.executable, "-m", "tests.bench_rules", "--one", name, str(checks)]
    done = subprocess.run(
        [*command, "--data", str(data), "--repeat", str(repeat)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"{name} failed: {done.stderr.strip().splitlines()[-1:]}")
        return None
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def whole(console: Console, data: Path, repeat: int) -> None:
    """The whole catalogue as the night calls the engine: every rule in one pass per table."""
    from rules import catalogue, engine
    from rules.compiled import compiled, round_params
    from rules.in_force import in_force
    from rules.language.ast import cells_read
    from tests.bench_tools import ROUND, added_up

    households, persons = (pl.read_parquet(data / f"{table}.parquet") for table in ("households", "persons"))
    rules = [rule for rule in in_force(catalogue.load(), ROUND) if not rule.structural]
    read: dict[str, set[str]] = {"household": set(), "person": set()}
    for rule in rules:
        ready = compiled(rule, round_params(ROUND))
        for cell in cells_read(ready.expressions):
            if not cell.is_last:
                read[cell.table(ready.table)].add(cell.name)

    def bare() -> pl.DataFrame:
        added_up(households, read["household"])
        return added_up(persons, read["person"])

    seconds, worked, findings = timed(
        lambda: engine.check(households, persons, rules, ROUND).findings, repeat
    )
    _, adding, _ = timed(bare, repeat)
    rows, best = households.height + persons.height, min(worked)
    console.print(
        f"whole catalogue: {len(rules)} rules, {rows:,} rows, {findings.height:,} findings: {best:.2f} CPU s "
        f"({min(seconds):.2f} s, first {seconds[0]:.2f}), {rows / best:,.0f} rows/CPU s, "
        f"{best / len(rules) * 1000:.1f} CPU ms a rule, {best / min(adding):.0f} x a bare sum over the "
        f"{sum(map(len, read.values()))} columns the rules read ({min(adding) * 1000:.0f} ms), "
        f"peak {peak_memory_bytes() / 1e6:,.0f} MB"
    )


if __name__ == "__main__":
    main()
