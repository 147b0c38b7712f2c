"""The night as a flow: districts in, findings, below-line households, verdicts and reports out.

Reads like a table of contents; each stage is a plain function of another module and can be called without
Prefect. Districts run side by side; one that breaks is tried again and then set aside, and the others go on.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.futures import as_completed
from prefect.task_runners import ThreadPoolTaskRunner

from flows import judgement, reporting, run_record
from flows import settings as province
from flows.examination import Examined, examine
from flows.progress import Listener, Silent
from flows.run import Run
from flows.settings import District

T = TypeVar("T")
BANGKOK = ZoneInfo("Asia/Bangkok")

# Twice more, soon: a share that hiccups comes back within seconds; what fails three times is set aside.
examine_district = task(examine, name="examine", retries=2, retry_delay_seconds=[2, 10], cache_policy=None)
write_district = task(reporting.write_district, name="report", retries=1, cache_policy=None)


@flow(name="jpt-nightly", task_runner=ThreadPoolTaskRunner(max_workers=2), validate_parameters=False)
def nightly(
    settings: str = "jpt.toml",
    night: date | str | None = None,
    only: Sequence[str] = (),
    out: str | None = None,
    listener: Listener | None = None,
) -> run_record.Result:
    """Run the night of a province.

    settings: path of jpt.toml; night: the date on the reports (today in Bangkok); only: district codes;
    out: where results go instead of the settings' folder. Raises SettingsError for settings that cannot be used.
    """
    run = start(settings, night, only, out)
    listener = listener or Silent()
    run.begin()
    examined = each(listener, "ตรวจรายอำเภอ", examine_district, run, run.districts, judgement.set_aside)
    judged = judgement.judge(run, examined)
    written = each(listener, "เขียนรายงานรายอำเภอ", write_district, run, judged.districts, reporting.not_written)
    reporting.write_province(run, judged)
    result = run_record.finish(run, judged, written)
    show_table(result)
    return result


def start(settings: str, night: date | str | None, only: Sequence[str], out: str | None) -> Run:
    """What this run is about; nothing is written yet."""
    loaded = province.load(Path(settings))
    day = date.fromisoformat(night) if isinstance(night, str) else night
    return Run(
        settings=loaded,
        night=day or datetime.now(BANGKOK).date(),
        districts=loaded.only(tuple(only)),
        out=Path(out).resolve() if out else loaded.out,
    )


def each(
    listener: Listener,
    name_th: str,
    step: Any,
    run: Run,
    items: Sequence[Any],
    otherwise: Callable[[Run, Any, BaseException], T],
) -> list[T]:
    """Run a task for every item side by side; an item whose task keeps failing becomes `otherwise(…)`.

    Results come back in the order of `items`. A full disk is no district's fault: it ends the night.
    """
    listener.stage(name_th, len(items))
    futures = {step.submit(run, item): position for position, item in enumerate(items)}
    results: dict[int, T] = {}
    for future in as_completed(list(futures)):
        position = futures[future]
        outcome = future.result(raise_on_failure=False)
        if isinstance(outcome, OSError) and outcome.errno is not None:
            raise outcome
        if isinstance(outcome, BaseException):
            outcome = otherwise(run, items[position], outcome)
        results[position] = outcome
        listener.district(code_of(items[position]), str(outcome))
    return [results[position] for position in range(len(items))]


def code_of(item: District | judgement.JudgedDistrict) -> str:
    return item.code if isinstance(item, District) else item.row.code


def show_table(result: run_record.Result) -> None:
    """The night's table as a Prefect artifact: codes, names of districts, and counts only."""
    create_table_artifact(
        key="jpt-nightly",
        table=[run_record.artifact_row(row) for row in result.rows],
        description=f"{result.run_id} · {result.sentence_th}",
    )


__all__ = ["Examined", "nightly"]
