"""The contract of the language: every target gives the verdict of the reference, on random rules and records.

    python -m tests.language_fuzz [--verdicts 1000000] [--seed 1]

Prints what ran, how many verdicts each target gave and in how many seconds, and the differences, the first
ones made small; ends with 1 when there are any. The same seed gives the same rules and the same records.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

from tests.language_engines import Batch, Engine, by_python, engines
from tests.language_minimise import Texts, a_batch, minimised
from tests.language_worlds import World, random_world
from tests.language_writer import Writer

REFERENCE = "python"
SHOWN = 5
TABLES = ("household", "person", "last household", "last person")


@dataclass
class Counted:
    """What one target did."""

    verdicts: int = 0
    seconds: float = 0.0
    differing: int = 0


@dataclass
class Report:
    """Of a run: each target's counts, outcomes met by their code, and the first differences made small."""

    engines: dict[str, Counted]
    rules: int = 0
    outcomes: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    shown: list[str] = field(default_factory=list)

    @property
    def differing(self) -> int:
        return sum(counted.differing for counted in self.engines.values())


def fuzzed(
    opened: Mapping[str, Engine], seed: int, verdicts: int, households: int = 300, rules: int = 8
) -> Report:
    """Compares all of them with the reference until each has given so many verdicts."""
    report = Report({name: Counted() for name in opened})
    while report.engines[REFERENCE].verdicts < verdicts:
        # A seed of its own for every batch, so that one batch can be run again alone.
        chosen = random.Random(f"{seed}/{report.rules}")
        table = chosen.choice(("household", "person"))
        texts = {f"R{n}": written(chosen, table) for n in range(rules)}
        batch = a_batch(table, texts, random_world(chosen, households))
        _compare(report, opened, batch, texts)
        report.rules += rules
    return report


def written(chosen: random.Random, table: str) -> Texts:
    """A random rule of the table: its ``applies``, if any, and its ``must``."""
    writer = Writer(chosen.choice, table)
    return (writer.condition(3) if chosen.random() < 0.8 else None), writer.condition(3)


def _compare(report: Report, opened: Mapping[str, Engine], batch: Batch, texts: dict[str, Texts]) -> None:
    found = {}
    for name, engine in opened.items():
        start = time.perf_counter()
        try:
            found[name] = engine(batch)
        except Exception as error:
            found[name] = {}
            report.shown.append(f"{name}: {type(error).__name__}: {error}")
        report.engines[name].seconds += time.perf_counter() - start
        report.engines[name].verdicts += sum(len(codes) for codes in found[name].values())
    for codes in found[REFERENCE].values():
        for code in codes:
            report.outcomes[code] += 1
    for name, rule_id, differing in _differences(found, texts):
        report.engines[name].differing += differing
        # Made small while there are few: one fault of an engine shows in many rules.
        if len(report.shown) < SHOWN:
            report.shown.append(small(name, opened[name], batch.table, texts[rule_id], batch.world))


def _differences(
    found: dict[str, dict[str, list[int]]], texts: dict[str, Texts]
) -> Iterator[tuple[str, str, int]]:
    for name, codes in found.items():
        for rule_id in texts:
            right, given = found[REFERENCE][rule_id], codes.get(rule_id)
            if given != right:
                wrong = [one for one, other in zip(right, given or (), strict=False) if one != other]
                yield name, rule_id, len(wrong) if given and len(given) == len(right) else len(right)


def small(name: str, engine: Engine, table: str, texts: Texts, world: World) -> str:
    """The smallest rule and records on which the engine differs, as people read it."""
    (applies, must), world = minimised(engine, table, texts, world)
    batch = a_batch(table, {"R": (applies, must)}, world)
    return "\n".join(
        [
            f"{name} differs from {REFERENCE} ({table} rule)",
            f"  applies: {applies}",
            f"  must:    {must}",
            f"  {name}: {_told(engine, batch)}   {REFERENCE}: {_told(by_python, batch)}",
            *(f"  {name}: {_cells(row)}" for name, rows in zip(TABLES, world, strict=True) for row in rows),
        ]
    )


def _told(engine: Engine, batch: Batch) -> str:
    try:
        return str(engine(batch)["R"])
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _cells(row: dict[str, object]) -> dict[str, object]:
    return {name: cell for name, cell in row.items() if cell is not None}


def told(report: Report) -> str:
    """The report as people read it."""
    holds, violated, cannot_tell, not_applicable = report.outcomes
    lines = [
        f"{report.rules:,} rules; of the verdicts {holds:,} hold, {violated:,} are violated, "
        f"{cannot_tell:,} cannot be told, {not_applicable:,} are not applicable"
    ]
    for name, counted in report.engines.items():
        lines.append(
            f"{name:11} {counted.verdicts:>10,} verdicts  {counted.seconds:7.1f} s  "
            f"{counted.differing:,} differ from {REFERENCE}"
        )
    return "\n".join([*lines, *report.shown])


def main() -> int:
    # This module is what that one is made of.
    from tests.language_forms_fuzz import fuzzed_forms, told_of_forms

    parser = argparse.ArgumentParser()
    parser.add_argument("--verdicts", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with engines() as opened:
        made_of = ", ".join(f"{name} {version(name)}" for name in ("polars", "duckdb", "dukpy", "sqlglot"))
        print(f"targets: {', '.join(opened)} ({made_of}, Python {sys.version.split()[0]}); seed {asked.seed}")
        print("not run: Spark (its SQL is only parsed back by sqlglot)", flush=True)
        report = fuzzed(opened, asked.seed, asked.verdicts)
    print(told(report))
    in_forms = fuzzed_forms(asked.seed, asked.verdicts)
    print(told_of_forms(in_forms))
    return 1 if report.differing or report.shown or in_forms.differing else 0


if __name__ == "__main__":
    sys.exit(main())
