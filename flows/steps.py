"""The steps of a night, one after the other: districts in, findings, verdicts and reports out.

Reads like a table of contents; each step is a plain function of another module. Where a step is taken for
every district, the caller says how: side by side as tasks of Prefect (flows.nightly), or one by one here.
What an earlier night made of the same causes is taken again before anybody is asked to make it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from flows import closing, last_good, run_record
from flows.district_reporting import not_written, write_district, written_before
from flows.examination import Examined, examine, examined_before
from flows.failure import is_full_disk
from flows.judgement import JudgedDistrict, apart, judge, set_aside
from flows.last_round import LastRound
from flows.last_year import not_read, read_before, read_last_year
from flows.ledger import Ledger
from flows.progress import Listener
from flows.province_reporting import province_report, write_province
from flows.run import Run
from flows.settings import District
from flows.sources.inbox import sort_inbox

T = TypeVar("T")
# From a run and an item to a result, to what another night has of it, or to what stands in when it failed.
Step = Callable[[Run, Any], T]
Before = Callable[[Run, Any], T | None]
Otherwise = Callable[[Run, Any, BaseException], T]
Tell = Callable[[int, T], None]


class Each(Protocol):
    """Takes a step for every item. Results by position, told as they come; a step that keeps failing becomes
    `otherwise(…)`. A full disk is no district's fault: it is raised.
    """

    def __call__(
        self, step: Step[T], run: Run, items: dict[int, Any], otherwise: Otherwise[T], tell: Tell[T]
    ) -> dict[int, T]: ...


def one_by_one(
    step: Step[T], run: Run, items: dict[int, Any], otherwise: Otherwise[T], tell: Tell[T]
) -> dict[int, T]:
    """Each item after the other, here and once: for benchmarks and tests."""
    results = {}
    for position, item in items.items():
        try:
            results[position] = step(run, item)
        except Exception as error:
            if is_full_disk(error):
                raise
            results[position] = otherwise(run, item, error)
        tell(position, results[position])
    return results


def steps(run: Run, listener: Listener, each: Each = one_by_one) -> closing.Result:
    """From the districts' files to published results."""
    run.begin()
    # Before the long work: a ledger that cannot be opened at its end would cost the whole night.
    Ledger(run.settings.ledger).close()
    run = replace(run, inbox=sort_inbox(run.settings))
    run = with_last_year(run, listener, each)
    examined = for_all(each, listener, "ตรวจรายอำเภอ", EXAMINE, run, run.districts)
    examined = standing_in(run, apart(examined), listener, each)
    judged = judge(run, examined)
    written = for_all(each, listener, "เขียนรายงานรายอำเภอ", WRITE, run, judged.districts)
    report = province_report(run, judged, run_record.inputs(examined))
    warnings = write_province(run, judged, report)
    return closing.finish(run, judged, report, written, warnings)


def with_last_year(run: Run, listener: Listener, each: Each) -> Run:
    """The run with what a round ago is known of the whole province, also when only some districts are run."""
    if run.settings.last_round_year_be is None:
        return run
    reads = tuple(for_all(each, listener, "อ่านข้อมูลปีก่อน", READ_LAST, run, run.settings.districts))
    return replace(run, last_read=reads, last_round=LastRound(run, reads))


def standing_in(run: Run, examined: Sequence[Examined], listener: Listener, each: Each) -> list[Examined]:
    """What was read is kept; for a district set aside its last good version stands in, where there is one."""
    last_good.keep(run, examined)
    aside = [one for one in examined if last_good.may_stand_in(run, one, examined)]
    if not aside:
        return list(examined)
    again = for_all(each, listener, "ใช้ข้อมูลเดิมแทนไฟล์ที่อ่านไม่ได้", STAND_IN, run, aside)
    found = {one.district.code: one for one in again}
    return [found.get(one.district.code, one) for one in examined]


def _never(run: Run, item: Any) -> None:
    del run, item


# How a step is taken, what an earlier night may have of it, what becomes of an item that cannot be helped.
EXAMINE = (examine, examined_before, set_aside)
READ_LAST = (read_last_year, read_before, not_read)
STAND_IN = (last_good.stand_in, _never, last_good.not_standing_in)
WRITE = (write_district, written_before, not_written)


def for_all(
    each: Each,
    listener: Listener,
    name_th: str,
    kind: tuple[Step[T], Before[T], Otherwise[T]],
    run: Run,
    items: Sequence[Any],
) -> list[T]:
    """Results in the order of `items`: those of an earlier night where they still hold, the rest made now."""
    step, before, otherwise = kind
    listener.stage(name_th, len(items))

    def tell(position: int, result: T) -> None:
        listener.district(code_of(items[position]), str(result))

    results: dict[int, T] = {}
    for position, item in enumerate(items):
        found = _taken(before, run, item)
        if found is not None:
            results[position] = found
            tell(position, found)
    left = {position: item for position, item in enumerate(items) if position not in results}
    if left:
        results |= each(step, run, left, otherwise, tell)
    return [results[position] for position in range(len(items))]


def _taken(before: Before[T], run: Run, item: Any) -> T | None:
    """What an earlier night has; when it cannot even be looked for, the step itself says why."""
    if run.is_fresh:
        return None
    try:
        return before(run, item)
    except Exception as error:
        if is_full_disk(error):
            raise
        return None


def code_of(item: District | Examined | JudgedDistrict) -> str:
    """The district that an item of a step is about."""
    if isinstance(item, Examined):
        return item.district.code
    return item.code if isinstance(item, District) else item.row.code
