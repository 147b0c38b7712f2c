"""The night as a flow: districts in, findings, below-line households, verdicts and reports out.

Reads like a table of contents; each stage is a plain function of another module and can be called without
Prefect. Districts run side by side; one that breaks is tried again and then set aside, and the others go on.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.futures import as_completed
from prefect.states import State
from prefect.task_runners import ThreadPoolTaskRunner

from flows import closing, last_good, run_record
from flows import settings as province
from flows.alone import alone
from flows.district_reporting import not_written, write_district
from flows.examination import Examined, examine
from flows.failure import DistrictFailed, NightFailed, full_disk, is_full_disk, place
from flows.judgement import JudgedDistrict, apart, judge, set_aside
from flows.last_year import joined, not_read, read_last_year
from flows.ledger import Ledger, LedgerFailed
from flows.progress import Listener, Silent
from flows.province_reporting import province_report, write_province
from flows.run import Run
from flows.settings import District, SettingsError
from flows.sources.inbox import sort_inbox
from rules import catalogue, in_force

T = TypeVar("T")
BANGKOK = ZoneInfo("Asia/Bangkok")


def may_pass(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether a failure is worth another try: a share comes back, a fault of the program does not."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, DistrictFailed) and error.is_passing


# Twice more, soon; what fails three times is set aside.
tried_again = partial(
    task, retries=2, retry_delay_seconds=[2, 10], retry_condition_fn=may_pass, cache_policy=None
)
examine_district = tried_again(examine, name="examine")
read_last = tried_again(read_last_year, name="last year")
check_last_good = tried_again(last_good.stand_in, name="last good version")
write_documents = task(write_district, name="report", retries=1, cache_policy=None)


@flow(name="jpt-nightly", task_runner=ThreadPoolTaskRunner(max_workers=2), validate_parameters=False)
def nightly(
    settings: str = "jpt.toml",
    night: date | str | None = None,
    only: Sequence[str] = (),
    out: str | None = None,
    listener: Listener | None = None,
) -> closing.Result:
    """Run the night of a province.

    settings: path of jpt.toml; night: the date on the reports (today in Bangkok); only: district codes;
    out: where results go instead of the settings' folder. Raises SettingsError; NightRunning when another
    night holds the folders; OSError for a full disk or a folder that cannot be written; LedgerFailed;
    NightFailed.
    """
    run = start(settings, night, only, out)
    with alone(run.settings.keep, run.out):
        try:
            return steps(run, listener or Silent())
        except Exception as error:
            if is_full_disk(error):
                raise full_disk() from None
            if isinstance(error, OSError | LedgerFailed):
                raise
            raise NightFailed(place(error)) from None
        finally:
            run.clear()


def steps(run: Run, listener: Listener) -> closing.Result:
    """From the districts' files to published results."""
    run.begin()
    # Before the long work: a ledger that cannot be opened at its end would cost the whole night.
    Ledger(run.settings.ledger).close()
    run = replace(run, inbox=sort_inbox(run.settings))
    run = with_last_year(run, listener)
    examined = each(listener, "ตรวจรายอำเภอ", examine_district, run, run.districts, set_aside)
    examined = standing_in(run, apart(examined), listener)
    judged = judge(run, examined)
    written = each(listener, "เขียนรายงานรายอำเภอ", write_documents, run, judged.districts, not_written)
    report = province_report(run, judged, run_record.inputs(examined))
    warnings = write_province(run, judged, report)
    result = closing.finish(run, judged, report, written, warnings)
    show_table(result)
    return result


def with_last_year(run: Run, listener: Listener) -> Run:
    """The run with what a round ago is known of the whole province, also when only some districts are run."""
    if run.settings.last_round_year_be is None:
        return run
    return joined(run, each(listener, "อ่านข้อมูลปีก่อน", read_last, run, run.settings.districts, not_read))


def standing_in(run: Run, examined: Sequence[Examined], listener: Listener) -> list[Examined]:
    """What was read is kept; for a district set aside its last good version stands in, where there is one."""
    last_good.keep(run, examined)
    aside = [one for one in examined if last_good.may_stand_in(run, one, examined)]
    if not aside:
        return list(examined)
    step, otherwise = check_last_good, last_good.not_standing_in
    again = each(listener, "ใช้ข้อมูลเดิมแทนไฟล์ที่อ่านไม่ได้", step, run, aside, otherwise)
    found = {one.district.code: one for one in again}
    return [found.get(one.district.code, one) for one in examined]


def start(settings: str, night: date | str | None, only: Sequence[str], out: str | None) -> Run:
    """What this run is about; nothing is written yet."""
    loaded = province.load(Path(settings))
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
        if isinstance(outcome, BaseException):
            if is_full_disk(outcome):
                raise outcome
            outcome = otherwise(run, items[position], outcome)
        results[position] = outcome
        listener.district(code_of(items[position]), str(outcome))
    return [results[position] for position in range(len(items))]


def code_of(item: District | Examined | JudgedDistrict) -> str:
    if isinstance(item, Examined):
        return item.district.code
    return item.code if isinstance(item, District) else item.row.code


def show_table(result: closing.Result) -> None:
    """The night's table as a Prefect artifact: codes, names of districts, and counts only."""
    create_table_artifact(
        key="jpt-nightly",
        table=[closing.artifact_row(row) for row in result.rows],
        description=f"{result.run_id} · {result.sentence_th}",
    )
