"""`make bench`: seconds, rows per second and peak memory per stage of a night, on a province of any size.

Runs the stages one after another in one process without Prefect, so each number belongs to one stage. The
ratio to a bare reading of the same files is taken in the same run, because machines differ and are noisy.
Not a test: it asserts nothing.
"""

import argparse
import time
from datetime import date
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

import sample_data
from flows import run_record
from flows.district_reporting import write_district
from flows.examination import Examined, examine
from flows.judgement import judge
from flows.meter import peak_memory_bytes
from flows.nightly import start
from flows.province_reporting import province_report, write_province
from flows.run import Run

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
        run = start(str(province(households, seed, console)), date(2026, 11, 24), (), None)
        run.begin()
        codes = [examine(run, district).district.code for district in run.districts]
        folder.mkdir(parents=True, exist_ok=True)
        for table in ("households", "persons"):
            each = [pl.scan_parquet(run.typed(code) / f"{table}.parquet") for code in codes]
            pl.concat(each).sink_parquet(folder / f"{table}.parquet")
        run.clear()
    return folder


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--households", type=int, default=375_000)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    console = Console()
    run = start(str(province(asked.households, asked.seed, console)), date(2026, 11, 24), (), None)
    run.begin()
    bare = bare_reading(run)
    examined = [examine(run, district) for district in run.districts]
    judged = judge(run, examined)
    for one in judged.districts:
        write_district(run, one)
    write_province(run, judged, province_report(run, judged, run_record.inputs(examined)))
    show(console, run, examined, bare)


def show(console: Console, run: Run, examined: list[Examined], bare: float) -> None:
    """The table, then the ratios."""
    households, persons = sum(one.households for one in examined), sum(one.persons for one in examined)
    rows, spent = households + persons, run.meter.seconds
    table = Table(title=f"{households:,} households, {persons:,} persons")
    for heading in ("stage", "seconds", "rows/s"):
        table.add_column(heading, justify="left" if heading == "stage" else "right")
    for name, seconds in spent.items():
        table.add_row(name, f"{seconds:.1f}", f"{rows / seconds:,.0f}" if seconds else "-")
    table.add_row("all", f"{sum(spent.values()):.1f}", f"{rows / sum(spent.values()):,.0f}")
    console.print(table)
    console.print(f"checks / reading: {spent['check'] / spent['read']:.2f}")
    console.print(
        f"reading / bare Polars reading of the CSV and Parquet ({bare:.1f} s): {spent['read'] / bare:.1f}"
    )
    console.print(f"peak memory: {peak_memory_bytes() / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
