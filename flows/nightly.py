"""The night as a flow of Prefect: its schedule, retries, concurrency and artifacts around flows.steps.

Districts run side by side; one that breaks is tried again and then set aside, and the others go on. No other
module knows that a step is a task.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.futures import as_completed
from prefect.states import State

from flows import closing, last_good, runners
from flows import settings as province
from flows.alone import alone
from flows.district_reporting import write_district
from flows.examination import examine
from flows.failure import DistrictFailed, NightFailed, full_disk, is_full_disk, place
from flows.last_year import read_last_year
from flows.ledger import LedgerFailed
from flows.operation.artifacts import show_night
from flows.operation.watched import watched
from flows.progress import Listener, listening
from flows.run import Run
from flows.settings import SettingsError
from flows.steps import Otherwise, Step, T, Tell, steps
from rules import catalogue, in_force

BANGKOK = ZoneInfo("Asia/Bangkok")


def may_pass(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether a failure is worth another try: a share comes back, a fault of the program does not."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, DistrictFailed) and error.is_passing


# Twice more, soon; what fails three times is set aside.
tried_again = partial(
    task, retries=2, retry_delay_seconds=[2, 10], retry_condition_fn=may_pass, cache_policy=None
)
TASKS: dict[Callable[..., Any], Any] = {
    examine: tried_again(examine, name="examine"),
    read_last_year: tried_again(read_last_year, name="last year"),
    last_good.stand_in: tried_again(last_good.stand_in, name="last good version"),
    write_district: task(write_district, name="report", retries=1, retry_delay_seconds=5, cache_policy=None),
}


@flow(name="jpt-nightly", validate_parameters=False)
def nightly(
    settings: str = "jpt.toml",
    night: date | str | None = None,
    only: Sequence[str] = (),
    out: str | None = None,
    fresh: bool = False,
) -> closing.Result:
    """Run the night of a province.

    settings: path of jpt.toml; night: the date on the reports (today in Bangkok); only: district codes;
    out: where results go instead of the settings' folder; fresh: take nothing again that earlier nights have
    kept. Raises SettingsError; NightRunning when another night holds the folders; OSError for a full disk or
    a folder that cannot be written; LedgerFailed; NightFailed.
    """
    run, listener = replace(start(settings, night, only, out), is_fresh=fresh), listening()
    with alone(run.settings.keep, run.out), watched(run, listener.warn):
        try:
            result = taken_steps(run, listener)
        except Exception as error:
            if is_full_disk(error):
                raise full_disk() from None
            if isinstance(error, OSError | LedgerFailed):
                raise
            raise NightFailed(place(error)) from None
        finally:
            run.clear()
    show_table(result)
    show_night(result.run_id, result.rows, result.troubles, run.settings.notices.link)
    return result


def taken_steps(run: Run, listener: Listener) -> closing.Result:
    """The steps; a night that breaks over what earlier nights have kept is run again from the deliveries."""
    try:
        return _steps(run, listener)
    except Exception as error:
        if run.is_fresh or is_full_disk(error) or isinstance(error, OSError | LedgerFailed):
            raise
        listener.warn(
            f"ผลที่เก็บไว้จากคืนก่อนใช้ไม่ได้ ({place(error)}) เริ่มตรวจใหม่ทั้งหมด"
            f" · what earlier nights kept cannot be used ({place(error)}); everything is checked again"
        )
    return _steps(replace(run, is_fresh=True), listener)


def _steps(run: Run, listener: Listener) -> closing.Result:
    with runners.submitting(run.settings) as submit:
        return steps(run, listener, partial(side_by_side, submit))


def side_by_side(
    submit: runners.Submit,
    step: Step[T],
    run: Run,
    items: dict[int, Any],
    otherwise: Otherwise[T],
    tell: Tell[T],
) -> dict[int, T]:
    """Every item a task of its own (flows.steps.Each)."""
    task = TASKS[step].with_options(timeout_seconds=run.settings.district_timeout_minutes * 60)
    futures = {submit(task, run, item): position for position, item in items.items()}
    results: dict[int, T] = {}
    for future in as_completed(list(futures)):
        position = futures[future]
        outcome = future.result(raise_on_failure=False)
        if isinstance(outcome, BaseException):
            if is_full_disk(outcome):
                raise outcome
            outcome = otherwise(run, items[position], outcome)
        results[position] = outcome
        tell(position, outcome)
    return results


def start(settings: str, night: date | str | None, only: Sequence[str], out: str | None) -> Run:
    """What this run is about; nothing is written yet."""
    loaded = province.load(Path(settings))
    runners.refuse_absent(loaded)
    day = date.fromisoformat(night) if isinstance(night, str) else night
    run = Run(
        settings=loaded,
        night=day or datetime.now(BANGKOK).date(),
        districts=loaded.only(tuple(only)),
        out=Path(out).resolve() if out else loaded.out,
    )
    try:
        in_force.refuse_unknown(catalogue.load(), run.round)
    except in_force.RulesOffError as error:
        raise SettingsError(error.th, error.en) from None
    return run


def show_table(result: closing.Result) -> None:
    """The night's table as a Prefect artifact: codes, names of districts, and counts only."""
    create_table_artifact(
        key="jpt-nightly",
        table=[closing.artifact_row(row) for row in result.rows],
        description=f"{result.run_id} · {result.sentence_th}",
    )
