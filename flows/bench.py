"""`make bench`: seconds, rows per second and peak memory per stage of a night, on a province of any size.

Runs the stages one after another in one process without Prefect, so each number belongs to one stage; then
the next night, in which nothing has changed. Ratios, also to a bare reading of the same files, are taken in
the same run, because machines differ and are noisy. Not a test: it asserts nothing.
"""

import argparse
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

import sample_data
from flows import closing
from flows.examination import examine
from flows.meter import peak_memory_bytes
from flows.nightly import start
from flows.progress import Silent
from flows.run import Run
from flows.steps import steps

FIRST = date(2026, 11, 24)
_FOLDER = Path(".jpt") / "bench"


def province(households: int, seed: int, console: Console) -> Path:
    """The settings of a province of that size; made once and kept."""
    folder = _FOLDER / f"{households}-{seed}"
    if not (folder / "jpt.toml").exists():
        begun = time.perf_counter()
        sample_data.make(folder, households=households, seed=seed)
        console.print(f"สร้างจังหวัดสมมุติ · made the province in {time.perf_counter() - begun:.1f} s")
    return folder / "jpt.toml"


def bare_reading(run: Run) -> float:
    """Seconds Polars alone needs to bring the same CSV and Parquet files to memory as text."""
    begun = time.perf_counter()
    for district in run.districts:
        for file in run.settings.files_of(district.deliveries):
            if file.suffix == ".parquet":
                pl.read_parquet(file)
            elif file.suffix == ".csv":
                pl.read_csv(file, infer_schema=False, encoding="utf8-lossy")
    return time.perf_counter() - begun


def typed_tables(households: int, seed: int, console: Console) -> Path:
    """The folder of that province's typed records, both tables whole as Parquet; read once and kept."""
    folder = _FOLDER / f"{households}-{seed}" / "typed"
    if not (folder / "persons.parquet").exists():
        run = start(str(province(households, seed, console)), FIRST, (), None)
        run.begin()
        codes = [examine(run, district).district.code for district in run.districts]
        folder.mkdir(parents=True, exist_ok=True)
        for table in ("households", "persons"):
            each = [pl.scan_parquet(run.typed(code) / f"{table}.parquet") for code in codes]
            pl.concat(each).sink_parquet(folder / f"{table}.parquet")
        run.clear()
    return folder


def night(settings: Path, day: date, is_fresh: bool) -> tuple[Run, closing.Result, float]:
    """A night of the whole province without Prefect: its run, its result, and the seconds it took."""
    run = replace(start(str(settings), day, (), None), is_fresh=is_fresh)
    begun = time.perf_counter()
    try:
        result = steps(run, Silent())
    finally:
        run.clear()
    return run, result, time.perf_counter() - begun


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--households", type=int, default=375_000)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    console = Console()
    settings = province(asked.households, asked.seed, console)
    bare = bare_reading(start(str(settings), FIRST, (), None))
    run, result, seconds = night(settings, FIRST, is_fresh=True)
    peak = peak_memory_bytes()
    show(console, run, result, seconds, bare)
    console.print(f"peak memory: {peak / 1e6:,.0f} MB")
    again, _, seconds_again = night(settings, FIRST + timedelta(1), is_fresh=False)
    spent = ", ".join(f"{name} {value:.1f}" for name, value in again.meter.seconds.items())
    console.print(
        f"the next night, nothing changed: {seconds_again:.1f} s ({spent}), "
        f"{seconds_again / seconds:.1%} of the first"
    )


def show(console: Console, run: Run, result: closing.Result, seconds: float, bare: float) -> None:
    """The table, then the ratios. Stages of one district after the other: they add up to nearly all."""
    households, persons = (
        sum(getattr(row, name) for row in result.rows) for name in ("households", "persons")
    )
    rows, spent = households + persons, run.meter.seconds
    table = Table(title=f"{households:,} households, {persons:,} persons, {len(result.rows)} districts")
    for heading in ("stage", "seconds", "rows/s"):
        table.add_column(heading, justify="left" if heading == "stage" else "right")
    for name, each in spent.items():
        table.add_row(name, f"{each:.1f}", f"{rows / each:,.0f}" if each else "-")
    table.add_row("all", f"{seconds:.1f}", f"{rows / seconds:,.0f}")
    console.print(table)
    console.print(f"checks / reading: {spent['check'] / spent['read']:.2f}")
    console.print(
        f"reading / bare Polars reading of the CSV and Parquet ({bare:.1f} s): {spent['read'] / bare:.1f}"
    )


if __name__ == "__main__":
    main()
